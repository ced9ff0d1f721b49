"""What reconciling works on: charges, credits, and debits that take credits back. All amounts are > 0."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from custledger.core.frozen import field, frozen
from custledger.core.span import Span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from fractions import Fraction

    from custledger.core.money import Money
    from custledger.core.terms import Terms


class Cost(NamedTuple):
    """What an entry was posted at (`@`, `@@`) in another commodity."""

    money: Money
    """In all: > 0, half up in smallest units."""
    rate: Fraction
    """Units of `money` for one unit of the entry's own commodity, exactly as the text says."""


@frozen(kw_only=True)
class Entry:
    """One item of a customer's account. `key` is unique in the book, `name` is what reports print."""

    key: str
    name: str
    customer: str
    kind: str
    money: Money
    date: dt.date
    date_value: dt.date
    """The secondary date: what early-payment discounts look at; else the entry's date."""
    text: str = ""
    """Description or note, as the user wrote it."""
    span: Span = Span("")
    transaction: int | None = None
    """Index in the journal; None where a document posts itself."""
    accounts: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    cost: Cost | None = None
    """None where any of its postings has none, or they are in several commodities."""

    @property
    def order(self) -> tuple[dt.date, str, str, int, int]:
        """The one tie-break: date, number, file, line, column. A name that is a place is no number."""
        number = "" if self.name == self.span.place else self.name
        return (self.date, number, self.span.file, self.span.line, self.span.column)


@frozen(kw_only=True)
class Charge(Entry):
    """What a customer owes us for: an invoice or one instalment of it, a debit note, an opening debit."""

    number: str | None = None
    """None: the charge has only a place, and nothing may be recorded against it."""
    document: str | None = None
    """The number of the document it is (a part of), which instalments share; in a journal the code of the
    transaction whose instalment (`CODE/1`) it is."""
    instalment: int = 0
    """1, 2, … for instalments; 0 for a whole."""
    date_due: dt.date
    date_claim: dt.date
    """When the claim arose (`dated:`); else the entry's date. Aging by invoice uses it."""
    terms: Terms | None = None
    refs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@frozen(kw_only=True)
class CreditPart:
    """A receivable posting of a credit: how much, what it says it pays, and from when that holds."""

    amount: int
    invoices: tuple[str, ...] = ()
    """Numbers of charges or of documents, in the order named."""
    applied: dt.date | None = None
    span: Span = Span("")
    cost: Cost | None = None


class Text(NamedTuple):
    """Something written on a credit in which numbers of charges may be found."""

    kind: str
    """code, note (the description), outside (`; >` lines), or the name of a reference (po, contract …)."""
    text: str
    span: Span
    """The text itself, on one line: a number found in it has a place of its own."""


@frozen(kw_only=True)
class Credit(Entry):
    """What reduces a customer's debt: a payment, credit note, discount, write-off, void …."""

    code: str | None = None
    """The transaction's code or the credit note's number; receipts may share one."""
    parts: tuple[CreditPart, ...]
    corrects: str | None = None
    """The document or charge that a credit note or a void settles, recorded by the `corrects` tier."""
    refs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    texts: tuple[Text, ...] = ()
    """What was written on it, for matching."""
    rejected: tuple[str, ...] = ()
    """Numbers that somebody said it does not pay (`not-invoice:`)."""


@frozen(kw_only=True)
class Debit(Entry):
    """A refund, bounce or other debit that takes back credits and is owed by nobody."""

    reverses: str | None = None
    """The credit's code or name that it takes back; None: the engine finds an unapplied one."""


@frozen(kw_only=True)
class AdvanceUse:
    """A transaction that only moves between receivable accounts of one customer: it allocates an advance."""

    customer: str
    money: Money
    date: dt.date
    receipt: str | None
    invoices: tuple[str, ...]
    span: Span
    accounts: tuple[str, ...] = ()
    """The accounts it takes the advance from."""


class ReceivablePosting(NamedTuple):
    """One posting on a receivable account: the control account, independent of how it is read as entries."""

    customer: str
    account: str
    date: dt.date
    money: Money
    """Signed: positive is what the customer owes."""
    span: Span
    document: bool = False
    """Whether a YAML document posted it."""
