"""How a table from another system is read: an import map, as a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.frozen import field, frozen
from custledger.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = ("invoices", "customers", "payments")


@frozen
class Fields:
    """What a column may mean in one kind of map. `dates`, `amounts`: read as such; the rest is text."""

    required: tuple[tuple[str, ...], ...]
    """Of each group at least one must have a column or a constant."""
    text: frozenset[str]
    dates: frozenset[str] = frozenset()
    amounts: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """Every field of this kind."""
        return self.text | self.dates | self.amounts


_INVOICE_TEXT = """number kind customer customer_id currency terms salesperson po contract delivery tax_invoice
 corrects note item text unit tax tax_name tax2_name account discount prices""".split()
_CUSTOMER_TEXT = """id name kind status segment industry tags tax_id owner language currency contact first_name
 last_name email phone country region city street street2 postcode bank bank_account terms terms_days note""".split()
_PAYMENT_TEXT = "number customer customer_id invoices currency method bankref text payer account".split()

FIELDS: Mapping[str, Fields] = {
    "invoices": Fields(
        required=(("number",), ("customer", "customer_id"), ("date",), ("price", "amount")),
        text=frozenset(_INVOICE_TEXT),
        dates=frozenset(["date", "due"]),
        amounts=frozenset("quantity price amount tax_amount tax2_amount shipping adjustment total paid".split()),
    ),
    "customers": Fields(
        required=(("name", "contact", "first_name", "last_name"),),
        text=frozenset(_CUSTOMER_TEXT),
        dates=frozenset(["since"]),
        amounts=frozenset(["credit_limit"]),
    ),
    "payments": Fields(
        required=(("date",), ("customer", "customer_id"), ("amount",)),
        text=frozenset(_PAYMENT_TEXT),
        dates=frozenset(["date", "value_date"]),
        amounts=frozenset(["amount", "fee"]),
    ),
}

ID_RULES = ("slug", "lower", "exact")
"""How an id is made of what the customer's column says: letters and digits joined by `-`; lower case; as it is."""


@frozen(kw_only=True)
class ImportMap:
    """One map. Everything that a table leaves open is declared here; nothing is guessed row by row."""

    kind: str
    about: str = ""
    encodings: tuple[str, ...] = ("utf-8",)
    """Tried strictly in this order; the first that fits the whole file is its encoding."""
    delimiter: str = ","
    sheet: str | None = None
    preamble: bool = False
    """Whether rows may stand above the headings, which are then found by their words."""
    columns: Mapping[str, tuple[str, ...]]
    """Field to the headings that its column may have; where a table has several of them, the first counts."""
    constants: Mapping[str, str] = field(default_factory=dict)
    dates: tuple[str, ...] = ("Y-M-D",)
    """Accepted patterns of dates: `Y-M-D`, `D/M/Y`, `YMD`, `D MMM Y`, `Y年M月D日`, with ` h:m:s` where times follow."""
    decimal_mark: str = "."
    group_mark: str = ""
    strip: tuple[str, ...] = ()
    """Marks that may stand before or behind any cell's text and mean nothing: `¥`, a backtick."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Field to what its texts mean; a text that is not listed is an error unless `*` is."""
    skip: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Heading to texts: rows that have one of them are left out."""
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Heading to texts: rows that have none of them are left out."""
    lines: bool = False
    """Whether rows with one number are the lines of one document."""
    continued: bool = False
    """Whether a row without a number goes on with the document above it."""
    id_from: str = "slug"
    into: str = ""
    """The file to write to, with {year} and {month}; empty: the kind's own."""
    accounts: Mapping[str, str] = field(default_factory=dict)
    """`cash`, `fee`, `receivable` for payments, else the book's; `tax` for the tax amounts of invoices."""
    span: Span = Span("")

    def names(self, name: str) -> bool:
        """Whether the map gives the field `name` at all."""
        return name in self.columns or name in self.constants
