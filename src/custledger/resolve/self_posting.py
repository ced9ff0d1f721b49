"""The transactions of documents that no journal posts: what `print` shows and the control account counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.book.arithmetic import shares
from custledger.book.entry import ReceivablePosting
from custledger.core.frozen import frozen
from custledger.core.money import Commodities, Money
from custledger.core.text import visible
from custledger.parse.journal.model import Amount, AmountStyle, Comment, Posting, Tag, Transaction
from custledger.resolve.documents import CREDIT_NOTE, Paper

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from custledger.book.settings import Settings
    from custledger.core.span import Span
    from custledger.parse.journal.model import CommodityDeclared, Cost

RECEIVABLE_DEFAULT = "assets:receivable"
REVENUE_DEFAULT = "income:sales"
TAX_DEFAULT = "liabilities:tax"
"""Where a document posts itself in a book whose settings name no account for it."""

_TWINS = str.maketrans({";": "；", "|": "｜"})


@frozen
class Writer:
    """Writes documents as transactions."""

    settings: Settings
    commodities: Commodities
    declared: Mapping[str, CommodityDeclared]
    names: Mapping[str, str]
    """Customers' names by id."""

    def receivable(self, customer: str) -> str:
        """The account that a customer's documents are posted to."""
        return f"{self._account('receivable', RECEIVABLE_DEFAULT)}:{customer}"

    def _account(self, role: str, default: str) -> str:
        listed = self.settings.accounts.get(role, ())
        return listed[0] if listed else default

    def transaction(
        self, paper: Paper, index: int, receivable: Sequence[tuple[str, Money]] | None = None
    ) -> Transaction:
        """The document's own transaction, instalments as postings of their own.

        `receivable` gives the accounts and amounts where they are known from a journal.
        """
        invoice = paper.invoice
        sign = -1 if invoice.kind == CREDIT_NOTE else 1
        account = self.receivable(invoice.customer)
        parts = [(account, money, tags) for money, tags in self._receivable_parts(paper)]
        if receivable is not None:
            parts = [(account, money, {}) for account, money in receivable]
        postings = [
            self._posting(account, money, invoice.date, span=invoice.span, tags=tags) for account, money, tags in parts
        ]
        for account, money in self._other_side(paper).items():
            turned = Money(-sign * money, paper.totals.total.commodity)
            if turned:
                postings.append(self._posting(account, turned, invoice.date, span=invoice.span))
        return self._transaction(paper, index, invoice.date, postings, ())

    def _receivable_parts(self, paper: Paper) -> list[tuple[Money, dict[str, str]]]:
        invoice = paper.invoice
        if invoice.kind == CREDIT_NOTE:
            return [(paper.money, {"invoice": invoice.corrects} if invoice.corrects else {})]
        if not invoice.instalments:
            return [(paper.money, {"due": str(invoice.due)} if invoice.due else {})]
        parts = shares(paper.money, invoice.instalments)
        return [
            (money, {"invoice": f"{invoice.number}/{place}", "due": str(instalment.due)})
            for place, (money, instalment) in enumerate(zip(parts, invoice.instalments, strict=True), 1)
        ]

    def _other_side(self, paper: Paper) -> dict[str, int]:
        """Revenue by line and tax by tax, by account in order of first use; as an invoice has them, without sign."""
        found: dict[str, int] = {}
        revenue = self._account("revenue", REVENUE_DEFAULT)
        for line, net in zip(paper.invoice.lines, paper.totals.line_nets, strict=True):
            account = line.account or revenue
            found[account] = found.get(account, 0) + net.minor
        for name, _, amount in paper.totals.taxes:
            tax = self.settings.taxes.get(name)
            account = (tax.account if tax else None) or self._account("tax", TAX_DEFAULT)
            found[account] = found.get(account, 0) + amount.minor
        return found

    def reversed(self, paper: Paper, of: Transaction, index: int, date: dt.date, span: Span) -> Transaction:
        """The transaction that voids `of`, on the void's date."""
        reason = paper.invoice.void.reason if paper.invoice.void else ""
        postings = [
            self._posting(
                posting.account,
                Money(0, amount.commodity),
                date,
                span=span,
                virtual=posting.virtual,
                amount=amount._replace(quantity=-amount.quantity),
                cost=posting.cost if posting.amount is not None else None,
            )
            for posting in of.postings
            for amount in posting.amounts
        ]
        return self._transaction(paper, index, date, postings, (("reverses", paper.number),), note=reason, span=span)

    def _transaction(
        self,
        paper: Paper,
        index: int,
        date: dt.date,
        postings: list[Posting],
        tags: tuple[tuple[str, str], ...],
        *,
        note: str = "",
        span: Span | None = None,
    ) -> Transaction:
        place = span or paper.invoice.span
        payee = self._plain(self.names.get(paper.invoice.customer, paper.invoice.customer))
        shown = self._plain(note)
        return Transaction(
            index=index,
            date=date,
            code=paper.number if not tags else "",
            description=f"{payee} | {shown}" if shown else payee,
            payee=payee,
            note=shown or payee,
            comment=_comment(dict(tags), place),
            postings=tuple(postings),
            span=place,
        )

    def _plain(self, text: str) -> str:
        return visible(" ".join(text.split())).translate(_TWINS)

    def _posting(
        self,
        account: str,
        money: Money,
        date: dt.date,
        *,
        span: Span,
        tags: Mapping[str, str] | None = None,
        virtual: str = "",
        amount: Amount | None = None,
        cost: Cost | None = None,
    ) -> Posting:
        written = amount or Amount(self.commodities.decimal(money), money.commodity, self._style(money.commodity))
        return Posting(
            account=account,
            account_written=account,
            virtual=virtual,
            amount=written,
            amounts=(written,),
            cost=cost,
            date=date,
            comment=_comment(tags or {}, span),
            span=span,
            span_account=span,
        )

    def _style(self, commodity: str) -> AmountStyle:
        digits = self.commodities.get(commodity).digits_shown
        found = self.declared.get(commodity)
        if found is not None:
            return found.style._replace(digits=digits)
        return AmountStyle(group_mark=",", groups=(3,), digits=digits)


def _comment(tags: Mapping[str, str], span: Span) -> Comment:
    text = ", ".join(f"{name}:{value}" for name, value in tags.items())
    return Comment(text=text, tags=tuple(Tag(name, value, span) for name, value in tags.items()))


def posting_of(paper: Paper, account: str, money: Money, date: dt.date, span: Span) -> ReceivablePosting:
    """What a document that posts itself, or its void, puts on the control account."""
    return ReceivablePosting(
        customer=paper.invoice.customer, account=account, date=date, money=money, span=span, document=True
    )
