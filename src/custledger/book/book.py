"""A book, read: what every report and rule works on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.book.settings import Settings
from custledger.core.frozen import field, frozen

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from decimal import Decimal

    from custledger.book.activity import Activity, Dispute
    from custledger.book.customer import Customer
    from custledger.book.entry import AdvanceUse, Charge, Credit, Debit, ReceivablePosting
    from custledger.book.invoice import Invoice, Totals
    from custledger.core.money import Commodities


@frozen(kw_only=True)
class Price:
    """A `P` directive: on this day one unit of `commodity` cost `rate` of `currency`."""

    date: dt.date
    commodity: str
    rate: Decimal
    currency: str
    place: str


@frozen(kw_only=True)
class CarryForward:
    """A year's carry-forward that reports read the book without: between the halves hledger shows zero."""

    closed: dt.date
    opened: dt.date
    places: tuple[str, ...]


@frozen
class Revision:
    """The git revision that a book was read at: as it was asked for, and the first digits of its commit."""

    name: str
    commit: str


@frozen(kw_only=True)
class Book:
    """Everything that the text says, resolved. Tuples are in order of date, then text; nothing is sorted twice.

    In a bare journal `customers` has one profile a receivable sub-account, with nothing but id and name.
    """

    label: tuple[str, ...]
    """The book's folder, or the list of `-f`: what headings and JSON call it."""
    revision: Revision | None = None
    """None: the files as they are now."""
    settings: Settings = field(default_factory=Settings)
    commodities: Commodities
    customers: Mapping[str, Customer]
    names: Mapping[str, str] | None = None
    """The names of `customers` by id, where they are at hand without them."""
    invoices: Mapping[str, Invoice] = field(default_factory=dict)
    totals: Mapping[str, Totals] = field(default_factory=dict)
    """By document number."""
    activities: tuple[Activity, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    charges: tuple[Charge, ...] = ()
    credits: tuple[Credit, ...] = ()
    debits: tuple[Debit, ...] = ()
    advances: tuple[AdvanceUse, ...] = ()
    postings: tuple[ReceivablePosting, ...] = ()
    prices: tuple[Price, ...] = ()
    carry_forwards: tuple[CarryForward, ...] = ()
    withheld: frozenset[str] = frozenset()
    """Customers with an error of scope `customer`: nothing is shown of them."""
    partial: bool = False
    """Whether entries are left out of it: it is the part of a book that one report needs."""
