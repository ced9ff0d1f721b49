"""The quick reader of documents: the same values as the models give, without pydantic, or nothing at all.

Whatever it does not like goes to the precise reader (`reading`, the models), which is the specification and places
every problem; a test keeps the two equal. pydantic takes longer to start than a small book to read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custledger.parse.yaml.nodes import Mapping, Node, Scalar, Sequence
from custledger.schema import values
from custledger.schema.values import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[Node], Any]
    Table = dict[str, Reader]


def quick(table: Table, required: tuple[str, ...], node: Node) -> dict[str, Any] | None:
    """The values behind the keys that are there, or None where anything is wrong."""
    try:
        found: dict[str, Any] = record(table, *required)(node)
    except Fault:
        return None
    return found


SCALARS: dict[Reader, Callable[[object], Any]] = {}
"""What readers of scalars (or also of scalars) do with a scalar's text: for who has the text and no node."""
RECORDS: dict[Reader, tuple[Table, tuple[str, ...]]] = {}
"""The keys of readers of mappings, and which of them must be there."""


def leaf(read: Callable[[object], Any]) -> Reader:
    """A scalar's value."""

    def on(node: Node) -> Any:  # noqa: ANN401 - whatever the reader gives
        if type(node) is not Scalar or (node.plain and not node.text):
            raise Fault("text")
        return read(node.text)

    SCALARS[on] = read
    return on


def listed(read: Reader, check: Callable[[tuple[Any, ...]], None] | None = None) -> Reader:
    """A list's values."""

    def on(node: Node) -> tuple[Any, ...]:
        if type(node) is not Sequence:
            raise Fault("list")
        found = tuple([read(item) for item in node.items])
        if check is not None:
            check(found)
        return found

    return on


def record(table: Table, *required: str) -> Reader:
    """A mapping with known keys; those with nothing behind them are as good as left out."""

    def on(node: Node) -> dict[str, Any]:
        if type(node) is not Mapping:
            raise Fault("mapping")
        found = {}
        for key, value in node.items:
            name = key.text
            reader = table.get(name)
            if reader is None:
                if name.startswith("x-"):
                    continue
                raise Fault("unknown")
            if type(value) is Scalar and value.plain and not value.text:
                continue
            found[name] = reader(value)
        for name in required:
            if name not in found:
                raise Fault("missing")
        return found

    RECORDS[on] = table, required
    return on


def keyed(read_key: Callable[[object], str], read: Reader) -> Reader:
    """A mapping with keys of the user's."""

    def on(node: Node) -> dict[str, Any]:
        if type(node) is not Mapping:
            raise Fault("mapping")
        return {read_key(key.text): read(value) for key, value in node.items if not key.text.startswith("x-")}

    return on


def dated(read: Callable[[object], Any]) -> Reader:
    """A plain value, valid since ever, or the list of its versions."""
    plain = leaf(read)
    versions = listed(record({"from": leaf(values.date), "is": leaf(read)}, "from", "is"))

    def on(node: Node) -> tuple[dict[str, Any], ...]:
        if type(node) is not Sequence:
            return ({"from": None, "is": plain(node)},)
        found: tuple[dict[str, Any], ...] = versions(node)
        values.rising([version["from"] for version in found])
        return found

    return on


def references(node: Node) -> tuple[str, ...]:
    """One reference or a list of them."""
    words = leaf(values.words)
    return tuple([words(item) for item in node.items]) if type(node) is Sequence else (words(node),)


SCALARS[references] = values.references

_TEXT, _WORDS, _ID, _DATE = leaf(values.text), leaf(values.words), leaf(values.identifier), leaf(values.date)
_AMOUNT, _PERCENT, _ACCOUNT = leaf(values.amount), leaf(values.percent), leaf(values.account)
_NOT_NEGATIVE, _NUMBER, _COMMODITY = leaf(values.not_negative), leaf(values.number), leaf(values.commodity)
_PRICES = leaf(values.choice("net", "gross"))

BANK_ACCOUNT: Table = {
    **dict.fromkeys(("bank", "branch", "account", "name", "iban", "bic"), _WORDS),
    "currency": _COMMODITY,
}
MATCHING: Table = {
    "fifo": leaf(values.flag),
    "rival_size": leaf(values.count(0, 5)),
    "set_size": leaf(values.count(1, 8)),
    "coincidence": leaf(values.probability),
    "tolerance": _NOT_NEGATIVE,
    "bank_fee": _NOT_NEGATIVE,
    "withholding": listed(_PERCENT),
    "fx_tolerance": _PERCENT,
}
COMPANY: Table = {
    **dict.fromkeys(("name", "tax_id", "phone", "email"), _WORDS),
    "address": _TEXT,
    "bank_accounts": listed(record(BANK_ACCOUNT)),
}
ACCOUNTS: Table = dict.fromkeys(
    (
        "receivable", "cash", "revenue", "tax", "discount", "bad_debt", "allowance", "withholding", "fx", "fee",
        "payable", "unidentified",
    ),
    listed(_ACCOUNT),
)  # fmt: skip
NUMBERING: Table = {
    **dict.fromkeys(("invoice", "credit_note", "receipt"), leaf(values.pattern)),
    "from": _DATE,
}
SETTINGS: Table = {
    "book": leaf(values.version),
    "company": record(COMPANY),
    "currency": dated(values.commodity),
    "commodities": keyed(values.commodity, record({"digits": leaf(values.count(0, 12)), "also": listed(_COMMODITY)})),
    "decimal_mark": leaf(values.choice(".", ",")),
    "language": leaf(values.language),
    "timezone": leaf(values.zone),
    "terms": dated(values.terms),
    "accounts": record(ACCOUNTS),
    "taxes": keyed(values.words, record({"rate": dated(values.percent), "account": _ACCOUNT}, "rate")),
    "prices": _PRICES,
    "rounding": record({"tax": leaf(values.choice("document", "line"))}),
    "numbering": record(NUMBERING),
    "aging": record({"basis": leaf(values.choice("due", "invoice")), "edges": listed(_WORDS, values.edges)}),
    "matching": record(MATCHING),
}

CONTACT: Table = {
    **dict.fromkeys(("name", "role", "email", "phone"), _WORDS),
    "receives": listed(leaf(values.choice("statement", "reminder", "invoice", "confirmation"))),
}
ADDRESS: Table = {
    **dict.fromkeys(("country", "region", "city", "district", "postcode"), _WORDS),
    "street": _TEXT,
}
CUSTOMER: Table = {
    "id": _ID,
    "was": listed(_ID),
    "aliases": listed(_WORDS),
    "kind": leaf(values.choice("company", "individual")),
    "status": leaf(values.choice("prospect", "active", "on-hold", "closed")),
    "tags": listed(_WORDS),
    "parent": _ID,
    "pays_for": listed(_ID),
    "language": leaf(values.language),
    "currency": dated(values.commodity),
    "contacts": listed(record(CONTACT)),
    "address": record(ADDRESS),
    "bank_accounts": listed(record(BANK_ACCOUNT)),
    "terms": dated(values.terms),
    "prices": _PRICES,
    "matching": record(MATCHING),
    "credit": record({"limit": dated(values.not_negative)}),
    "reviewed": _DATE,
    "since": _DATE,
    "note": _TEXT,
    **dict.fromkeys(("name", "segment", "industry", "tax_id", "owner"), _WORDS),
}

LINE: Table = {
    "item": _WORDS,
    "text": _TEXT,
    "quantity": leaf(values.quantity),
    "unit": _WORDS,
    "price": _AMOUNT,
    "discount": _PERCENT,
    "tax": _WORDS,
    "account": _ACCOUNT,
}
INSTALMENT: Table = {"due": _DATE, "share": leaf(values.share), "amount": leaf(values.positive), "text": _WORDS}
INVOICE: Table = {
    "kind": leaf(values.choice("invoice", "credit-note")),
    "number": _NUMBER,
    "customer": _ID,
    "corrects": _NUMBER,
    "date": _DATE,
    "due": _DATE,
    "instalments": listed(record(INSTALMENT, "due")),
    "currency": _COMMODITY,
    "terms": leaf(values.terms),
    "prices": _PRICES,
    "salesperson": _WORDS,
    "refs": record(dict.fromkeys(("po", "contract", "delivery", "tax_invoice"), references)),
    "lines": listed(record(LINE, "price"), values.some),
    "note": _TEXT,
    "expect": record({"total": _AMOUNT}),
    "void": record({"date": _DATE, "reason": _TEXT}, "date"),
}
ACTIVITY_KINDS = (
    "call", "email", "visit", "note", "feedback", "promise", "dispute", "reminder", "statement",
    "confirmation", "credit-limit", "review",
)  # fmt: skip
ACTIVITY: Table = {
    "id": _ID,
    "kind": leaf(values.choice(*ACTIVITY_KINDS)),
    "date": _DATE,
    "customer": _ID,
    "by": _WORDS,
    "invoices": listed(_NUMBER),
    "amount": _NOT_NEGATIVE,
    "until": _DATE,
    "text": _TEXT,
    "closes": _ID,
    "outcome": _WORDS,
}
REQUIRED = {
    "settings": ("book",),
    "customer": ("id", "name"),
    "invoice": ("number", "date", "lines"),
    "activity": ("id", "date"),
}
