"""Who we are and the rules of this book (`custledger.yaml`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from custledger.core.frozen import field, frozen
from custledger.core.money import Commodities
from custledger.core.span import Span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from decimal import Decimal

    from custledger.core.terms import Terms

T = TypeVar("T")

#: What an account can be for. The order is that of formats.md.
ROLES = (
    "receivable", "cash", "revenue", "tax", "discount", "bad_debt", "allowance",
    "withholding", "fx", "fee", "payable", "unidentified",
)  # fmt: skip


@frozen
class Dated(Generic[T]):
    """A value with its history: `(from, value)` in order of date; the first may hold since ever (None)."""

    versions: tuple[tuple[dt.date | None, T], ...] = ()
    span: Span = Span("")

    def on(self, day: dt.date) -> T | None:
        """The version valid on `day`, or None where none is yet."""
        found: T | None = None
        for since, value in self.versions:
            if since is None or since <= day:
                found = value
        return found

    @property
    def changes(self) -> bool:
        """Whether it is a dated list (a plain value holds since ever)."""
        return any(since is not None for since, _ in self.versions)


@frozen
class Tax:
    """A named tax: its rate (0.13 for 13 %), dated, and the account that its postings go to."""

    name: str
    rate: Dated[Decimal]
    account: str | None = None


@frozen
class Numbering:
    """Patterns of numbers (`INV-{year}-{seq:04}`), and the day from which gaps matter."""

    invoice: str = "INV-{year}-{seq:04}"
    credit_note: str = "CN-{year}-{seq:04}"
    receipt: str = "RCPT-{year}-{seq:05}"
    since: dt.date | None = None


@frozen
class Matching:
    """What reconciling may do; None where the customer leaves it to the book."""

    fifo: bool | None = None
    rival_size: int | None = None
    set_size: int | None = None
    coincidence: Decimal | None = None
    tolerance: Decimal | None = None
    bank_fee: Decimal | None = None
    withholding: tuple[Decimal, ...] | None = None
    fx_tolerance: Decimal | None = None


@frozen
class AgingRule:
    """`basis`: due or invoice; `edges`: upper edges of the buckets as written (`30`, `6m`, `1y`)."""

    basis: str = "due"
    edges: tuple[str, ...] = ("30", "60", "90")


@frozen
class Company:
    """Who sends the invoices."""

    name: str = ""
    tax_id: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    bank_accounts: tuple[Mapping[str, str], ...] = ()


@frozen
class Settings:
    """The rules of a book; a bare journal has the defaults and the common options' values."""

    bare: bool = False
    company: Company = field(default_factory=Company)
    currency: Dated[str] = field(default_factory=Dated)
    commodities: Commodities = field(default_factory=Commodities)
    decimal_mark: str | None = None
    language: str = "en"
    timezone: str = "UTC"
    terms: Dated[Terms] = field(default_factory=Dated)
    accounts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    taxes: Mapping[str, Tax] = field(default_factory=dict)
    prices: str = "net"
    tax_rounding: str = "document"
    numbering: Numbering = field(default_factory=Numbering)
    aging: AgingRule = field(default_factory=AgingRule)
    matching: Matching = field(default_factory=Matching)
    span: Span = Span("custledger.yaml")
    spans: Mapping[str, Span] = field(default_factory=dict)
    """Where each key's value stands (`terms`, `accounts.receivable` …)."""
