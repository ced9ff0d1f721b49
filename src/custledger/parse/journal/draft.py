"""Transactions on their way: bound to their context, not yet balanced."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from custledger.core.frozen import field, mutable
from custledger.parse.journal.model import Amount, AmountStyle, Comment, Cost, Posting, Transaction

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

    from custledger.core.diagnostic import Diagnostic
    from custledger.core.span import Span
    from custledger.parse.journal.model import AccountDeclared, Assertion, CommodityDeclared, PriceDeclared

NO_COMMENT = Comment()


class Part(NamedTuple):
    """So much of a commodity, at a cost or without."""

    quantity: Decimal
    commodity: str
    cost: Cost | None


class DraftPosting:
    """A posting whose amounts are still to be found out. The fields are those of `model.Posting`."""

    __slots__ = (
        "account",
        "account_written",
        "amount",
        "assertion",
        "comment",
        "cost",
        "date",
        "date_secondary",
        "dated",
        "parts",
        "span",
        "span_account",
        "span_amount",
        "status",
        "virtual",
    )

    account: str
    account_written: str
    amount: Amount | None
    assertion: Assertion | None
    comment: Comment
    cost: Cost | None
    date: dt.date
    date_secondary: dt.date | None
    dated: bool
    """Whether it has a date of its own."""
    parts: list[Part] | None
    """What it comes to; None while that is unknown."""
    span: Span
    span_account: Span
    span_amount: Span | None
    status: str
    virtual: str

    def finished(self, styles: dict[str, AmountStyle]) -> Posting:
        """The posting with its amounts; `styles` of the commodities of amounts that were not written."""
        if self.amount is not None:
            amounts: tuple[Amount, ...] = (self.amount,)
        else:
            amounts = tuple(
                Amount(part.quantity, part.commodity, fitting(styles.get(part.commodity), part.quantity))
                for part in self.parts or ()
            )
        cost = self.cost
        if cost is None and self.amount is None and self.assertion is not None:
            cost = self.assertion.cost
        return Posting(
            account=self.account,
            account_written=self.account_written,
            status=self.status,
            virtual=self.virtual,
            amount=self.amount,
            amounts=amounts,
            cost=cost,
            assertion=self.assertion,
            date=self.date,
            date_secondary=self.date_secondary,
            comment=self.comment,
            span=self.span,
            span_account=self.span_account,
            span_amount=self.span_amount,
        )


class Draft:
    """A transaction whose postings are drafts. The fields are those of `model.Transaction`."""

    __slots__ = (
        "code",
        "columns",
        "comment",
        "cut",
        "date",
        "date_secondary",
        "description",
        "doubtful",
        "postings",
        "span",
        "status",
    )

    code: str
    columns: tuple[int, int]
    comment: Comment
    cut: bool
    date: dt.date
    date_secondary: dt.date | None
    description: str
    doubtful: bool
    """Something in it is already reported: it is not balanced, and not finished."""
    postings: list[DraftPosting]
    span: Span
    status: str

    def finished(self, index: int, styles: dict[str, AmountStyle]) -> Transaction:
        """The transaction, the `index`-th of the journal."""
        payee, bar, note = self.description.partition("|")
        return Transaction(
            index=index,
            date=self.date,
            date_secondary=self.date_secondary,
            status=self.status,
            code=self.code,
            description=self.description,
            column_code=self.columns[0],
            column_description=self.columns[1],
            payee=payee.strip() if bar else self.description,
            note=note.strip(),
            comment=self.comment,
            postings=tuple([posting.finished(styles) for posting in self.postings]),
            span=self.span,
        )


def fitting(style: AmountStyle | None, quantity: Decimal) -> AmountStyle:
    """The style for a computed quantity: that of its commodity, with no digit of the quantity lost."""
    exponent = quantity.as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    if style is None:
        return AmountStyle(digits=digits)
    return style if style.digits >= digits else style._replace(digits=digits)


@mutable
class Gathered:
    """What binding finds, over all files of one journal."""

    drafts: list[Draft] = field(default_factory=list)
    accounts: list[AccountDeclared] = field(default_factory=list)
    commodities: dict[str, CommodityDeclared] = field(default_factory=dict)
    styles: dict[str, AmountStyle] = field(default_factory=dict)
    """How each commodity was first written."""
    prices: list[PriceDeclared] = field(default_factory=list)
    payees: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    files: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    broken: list[Span] = field(default_factory=list)
    tainted: set[str] = field(default_factory=set)
    """Accounts of entries that could not be read: their balances are unknown."""
    holes: bool = False
    """Something could not be read that may have held anything: no balance is known."""
    automatic: set[str] = field(default_factory=set)
    """Accounts of automatic rules: hledger refuses balance assignments on them."""
