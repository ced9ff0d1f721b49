"""A journal as a tree with spans: what scanning and binding give, and everything later reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from custledger.core.frozen import field, frozen
from custledger.core.span import Span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from decimal import Decimal

    from custledger.core.diagnostic import Diagnostic


class AmountStyle(NamedTuple):
    """How an amount was written, so that it can be written again."""

    commodity_left: bool = True
    spaced: bool = True
    decimal_mark: str = "."
    group_mark: str = ""
    groups: tuple[int, ...] = ()
    """Sizes of digit groups from the right; the last repeats."""
    digits: int = 0
    """Digits behind the decimal mark as written."""


class Amount(NamedTuple):
    """A quantity of a commodity, exactly (`core.money.EXACT` arithmetic only)."""

    quantity: Decimal
    commodity: str
    style: AmountStyle = AmountStyle()


class Cost(NamedTuple):
    """`@` (each) or `@@` (in all; its sign is the amount's)."""

    total: bool
    amount: Amount
    span: Span


class Assertion(NamedTuple):
    """`=` `==` `=*` `==*`. With no amount on the posting it is an assignment."""

    amount: Amount
    sole: bool
    """`==`: the account holds no other commodity."""
    inclusive: bool
    """`*`: sub-accounts are counted in."""
    cost: Cost | None
    span: Span


class Tag(NamedTuple):
    """`name:value` in a comment; `span` covers the value (or the name, where it is empty)."""

    name: str
    value: str
    span: Span


@frozen(kw_only=True)
class Comment:
    """The text behind `;`, of the entry's own line and the lines below it, as written without the marks."""

    text: str = ""
    tags: tuple[Tag, ...] = ()
    outside: tuple[tuple[str, Span], ...] = ()
    """`; > …` lines: text from outside, in which tags are never read."""


@frozen(kw_only=True)
class Posting:
    """One posting, bound: full account after aliases, amounts after inference."""

    account: str
    account_written: str
    status: str = ""
    """`*`, `!` or empty."""
    virtual: str = ""
    """`()` unbalanced, `[]` balanced, or empty."""
    amount: Amount | None
    """As written; None where it was left out."""
    amounts: tuple[Amount, ...] = ()
    """What it comes to: the written one, or what was inferred or assigned (may be several commodities)."""
    cost: Cost | None = None
    assertion: Assertion | None = None
    date: dt.date
    """The posting's own date, else the transaction's."""
    date_secondary: dt.date | None = None
    comment: Comment = field(default_factory=Comment)
    span: Span
    """The posting's first line, without its indentation, up to the end of its text."""
    span_account: Span
    span_amount: Span | None = None
    """The amount itself, sign and commodity included, without cost and assertion."""

    def tag(self, name: str) -> Tag | None:
        """The posting's own tag (not the transaction's), the first where there are several."""
        for tag in self.comment.tags:
            if tag.name == name:
                return tag
        return None


@frozen(kw_only=True)
class Transaction:
    """One transaction, bound and balanced."""

    index: int
    """In order of roots, then text: the n-th of the whole journal."""
    date: dt.date
    date_secondary: dt.date | None = None
    status: str = ""
    code: str = ""
    description: str = ""
    """As written behind the code, without the comment."""
    column_code: int = 0
    """Where the code's text begins on the entry's first line; 0 where there is none."""
    column_description: int = 0
    payee: str = ""
    note: str = ""
    comment: Comment = field(default_factory=Comment)
    postings: tuple[Posting, ...]
    span: Span
    """From the date to the end of the last line of the entry."""

    def tag(self, name: str) -> Tag | None:
        """The transaction's own tag, the first where there are several."""
        return next((tag for tag in self.comment.tags if tag.name == name), None)


@frozen(kw_only=True)
class CommodityDeclared:
    """A `commodity` or `D` directive's say about a commodity, or what its amounts were written with."""

    name: str
    digits: int
    """Declared digits (directive), or the most digits written."""
    declared: bool
    style: AmountStyle = AmountStyle()
    span: Span = Span("")


@frozen(kw_only=True)
class AccountDeclared:
    """An `account` directive: its name in full and its `type:` (A L E R X C V, or empty)."""

    name: str
    type: str
    span: Span


@frozen(kw_only=True)
class PriceDeclared:
    """A `P` directive."""

    date: dt.date
    commodity: str
    price: Amount
    span: Span


@frozen(kw_only=True)
class Journal:
    """All journals of a book, bound, balanced, asserted; with every problem found on the way."""

    transactions: tuple[Transaction, ...] = ()
    accounts: tuple[AccountDeclared, ...] = ()
    commodities: Mapping[str, CommodityDeclared] = field(default_factory=dict)
    prices: tuple[PriceDeclared, ...] = ()
    payees: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    files: tuple[str, ...] = ()
    """Every file read, in order of reading."""
    roots: tuple[str, ...] = ()
    """Of these, the ones that no other includes, in the order in which they were read."""
    diagnostics: tuple[Diagnostic, ...] = ()
    broken: tuple[Span, ...] = ()
    """Entries that could not be read: what they would have defined is not reported missing elsewhere."""
