"""The shape of `custledger.yaml` (formats.md §2)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema

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
    fault,
)

FORMAT = 1
"""The version of the format that this program reads and writes."""


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


_PATTERN = re.compile(r'(?:[^\s,;:|()\[\]{}"`]|\{(?:year|month|seq(?::0?[1-9])?)\})+')


def _pattern(value: object) -> str:
    if not isinstance(value, str):
        raise fault("text")
    if not _PATTERN.fullmatch(value) or value.count("{seq") != 1:
        raise fault("pattern", value=value)
    return value


Pattern = Annotated[str, PlainValidator(_pattern), WithJsonSchema({"type": "string", "pattern": r"\{seq(:0?[1-9])?\}"})]


class NumberingShape(Shape):
    """Patterns of numbers, and the day from which a gap matters."""

    invoice: Pattern = "INV-{year}-{seq:04}"
    credit_note: Pattern = "CN-{year}-{seq:04}"
    receipt: Pattern = "RCPT-{year}-{seq:05}"
    since: Date | None = Field(None, alias="from")


_EDGE = re.compile(r"([1-9][0-9]{0,3})([my]?)", re.ASCII)
_DAYS = {"": Decimal(1), "m": Decimal("30.4"), "y": Decimal("365.2")}


def _edges(edges: tuple[str, ...]) -> tuple[str, ...]:
    before, days_before = "0", Decimal(0)
    for edge in edges:
        match = _EDGE.fullmatch(edge)
        if match is None:
            raise fault("edge", value=edge)
        days = int(match[1]) * _DAYS[match[2]]
        if days <= days_before:
            raise fault("edges", value=edge, before=before)
        before, days_before = edge, days
    if not edges:
        raise fault("empty")
    return edges


_EDGES_SCHEMA = {
    "type": "array",
    "minItems": 1,
    "items": {"type": ["string", "integer"], "minimum": 1, "pattern": "^[1-9][0-9]{0,3}[my]?$"},
}


class AgingShape(Shape):
    """How reports of age are cut."""

    basis: Annotated[str, Choice("due", "invoice")] = "due"
    edges: Annotated[tuple[Words, ...], AfterValidator(_edges), WithJsonSchema(_EDGES_SCHEMA)] = ("30", "60", "90")


def _probability(value: Decimal) -> Decimal:
    if value > 1:
        raise fault("probability", value=str(value))
    return value


class MatchingShape(Shape):
    """What reconciling may do; what is left out is left to the book, or to the program's own defaults."""

    fifo: Flag | None = None
    rival_size: Annotated[int, Count(0, 5)] | None = None
    set_size: Annotated[int, Count(1, 8)] | None = None
    coincidence: Annotated[NotNegative, AfterValidator(_probability)] | None = None
    tolerance: NotNegative | None = None
    bank_fee: NotNegative | None = None
    withholding: tuple[Percent, ...] | None = None
    fx_tolerance: Percent | None = None


class RoundingShape(Shape):
    """Where tax is rounded: once a rate on the document, or on each line."""

    tax: Annotated[str, Choice("document", "line")] = "document"


def _zone(value: object) -> str:
    from zoneinfo import ZoneInfo

    text = value if isinstance(value, str) else ""
    try:
        ZoneInfo(text)
    except (OSError, ValueError, KeyError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise fault("timezone", value=text) from error
    return text


def _version(value: object) -> int:
    if value != str(FORMAT):
        raise fault("version", value=str(value), known=str(FORMAT))
    return FORMAT


class SettingsShape(Shape):
    """The whole document. `book` is the format's version."""

    book: Annotated[int, PlainValidator(_version), WithJsonSchema({"enum": [FORMAT, str(FORMAT)]})]
    company: CompanyShape = CompanyShape()
    currency: DatedCurrency = ()
    commodities: dict[CommodityName, CommodityShape] = Field(default_factory=dict)
    decimal_mark: Annotated[str, Choice(".", ",")] | None = None
    language: Language = "en"
    timezone: Annotated[
        str, PlainValidator(_zone), WithJsonSchema({"type": "string", "examples": ["Asia/Shanghai"]})
    ] = "UTC"
    terms: DatedTerms = ()
    accounts: AccountsShape = AccountsShape()
    taxes: dict[Words, TaxShape] = Field(default_factory=dict)
    prices: Annotated[str, Choice("net", "gross")] = "net"
    rounding: RoundingShape = RoundingShape()
    numbering: NumberingShape = Field(default_factory=lambda: NumberingShape.model_validate({}))
    aging: AgingShape = AgingShape()
    matching: MatchingShape = MatchingShape()
