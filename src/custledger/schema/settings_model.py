"""The shape of `custledger.yaml` (formats.md §2)."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field, WithJsonSchema

from custledger.schema import values
from custledger.schema.fields import (
    Account,
    Choice,
    CommodityName,
    Count,
    Date,
    DatedCurrency,
    DatedRate,
    DatedTerms,
    Flag,
    Language,
    NotNegative,
    Percent,
    Shape,
    Text,
    Words,
    checked,
    valued,
)
from custledger.schema.values import FORMAT


class BankAccount(Shape):
    """Where money is paid to or comes from."""

    bank: Words = ""
    branch: Words = ""
    account: Words = ""
    name: Words = ""
    iban: Words = ""
    bic: Words = ""
    currency: CommodityName = ""


class CompanyShape(Shape):
    """Who sends the invoices."""

    name: Words = ""
    tax_id: Words = ""
    address: Text = ""
    phone: Words = ""
    email: Words = ""
    bank_accounts: tuple[BankAccount, ...] = ()


class CommodityShape(Shape):
    """Digits of a commodity and its other spellings."""

    digits: Annotated[int, Count(0, 12)] | None = None
    also: tuple[CommodityName, ...] = ()


class AccountsShape(Shape):
    """What accounts are for: lists of names that hold for their sub-accounts."""

    receivable: tuple[Account, ...] = ()
    cash: tuple[Account, ...] = ()
    revenue: tuple[Account, ...] = ()
    tax: tuple[Account, ...] = ()
    discount: tuple[Account, ...] = ()
    bad_debt: tuple[Account, ...] = ()
    allowance: tuple[Account, ...] = ()
    withholding: tuple[Account, ...] = ()
    fx: tuple[Account, ...] = ()
    fee: tuple[Account, ...] = ()
    payable: tuple[Account, ...] = ()
    unidentified: tuple[Account, ...] = ()


class TaxShape(Shape):
    """A named tax."""

    rate: DatedRate
    account: Account | None = None


Pattern = Annotated[str, valued(values.pattern), WithJsonSchema({"type": "string", "pattern": r"\{seq(:0?[1-9])?\}"})]


class NumberingShape(Shape):
    """Patterns of numbers, and the day from which a gap matters."""

    invoice: Pattern = "INV-{year}-{seq:04}"
    credit_note: Pattern = "CN-{year}-{seq:04}"
    receipt: Pattern = "RCPT-{year}-{seq:05}"
    since: Date | None = Field(None, alias="from")


_EDGES_SCHEMA = {
    "type": "array",
    "minItems": 1,
    "items": {"type": ["string", "integer"], "minimum": 1, "pattern": "^[1-9][0-9]{0,3}[my]?$"},
}


class AgingShape(Shape):
    """How reports of age are cut."""

    basis: Annotated[str, Choice("due", "invoice")] = "due"
    edges: Annotated[tuple[Words, ...], checked(values.edges), WithJsonSchema(_EDGES_SCHEMA)] = ("30", "60", "90")


Probability = Annotated[
    Decimal,
    valued(values.probability),
    WithJsonSchema({"type": ["string", "number"], "minimum": 0, "maximum": 1, "pattern": r"^[+]?[01](\.[0-9]+)?$"}),
]


class MatchingShape(Shape):
    """What reconciling may do; what is left out is left to the book, or to the program's own defaults."""

    fifo: Flag | None = None
    rival_size: Annotated[int, Count(0, 5)] | None = None
    set_size: Annotated[int, Count(1, 8)] | None = None
    coincidence: Probability | None = None
    tolerance: NotNegative | None = None
    bank_fee: NotNegative | None = None
    withholding: tuple[Percent, ...] | None = None
    fx_tolerance: Percent | None = None


class RoundingShape(Shape):
    """Where tax is rounded: once a rate on the document, or on each line."""

    tax: Annotated[str, Choice("document", "line")] = "document"


class SettingsShape(Shape):
    """The whole document. `book` is the format's version."""

    book: Annotated[int, valued(values.version), WithJsonSchema({"enum": [FORMAT, str(FORMAT)]})]
    company: CompanyShape = CompanyShape()
    currency: DatedCurrency = ()
    commodities: dict[CommodityName, CommodityShape] = Field(default_factory=dict)
    decimal_mark: Annotated[str, Choice(".", ",")] | None = None
    language: Language = "en"
    timezone: Annotated[str, valued(values.zone), WithJsonSchema({"type": "string", "examples": ["Asia/Shanghai"]})] = (
        "UTC"
    )
    terms: DatedTerms = ()
    accounts: AccountsShape = AccountsShape()
    taxes: dict[Words, TaxShape] = Field(default_factory=dict)
    prices: Annotated[str, Choice("net", "gross")] = "net"
    rounding: RoundingShape = RoundingShape()
    numbering: NumberingShape = Field(default_factory=lambda: NumberingShape.model_validate({}))
    aging: AgingShape = AgingShape()
    matching: MatchingShape = MatchingShape()
