"""What the generators of the shipped books share: documents, entries, and how they are written as text.

Amounts are whole numbers of a currency's smallest unit. A document's total is computed here by a second, independent
implementation of the invoice arithmetic (formats.md §2): the tool has to come to the same figure (`expect:`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

DIGITS = {"JPY": 0}
PLAIN = re.compile(r"[\w(（][^:#\[\]{},&*!|>'\"%@`\\]*", re.UNICODE)
LOOKS_TYPED = re.compile(r"[-+.\d_:eExX ]+|true|false|null|yes|no|on|off|~", re.IGNORECASE)


def units(minor: int, currency: str) -> str:
    """`1,130.00`: an amount as journals have it, without its currency."""
    digits = DIGITS.get(currency, 2)
    return f"{Decimal(minor).scaleb(-digits):,.{digits}f}"


def half_up(value: Decimal) -> int:
    """To the nearest whole number, halves away from zero."""
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


@dataclass
class Line:
    """One line of a document; `price` in units, `discount` in percent, `rate` of the tax in percent."""

    text: str
    quantity: Decimal
    price: Decimal
    item: str = ""
    unit: str = ""
    discount: int = 0
    tax: str = "vat13"
    rate: int = 13


@dataclass
class Doc:
    """An invoice or credit note. `number` is given when all are known, in order of date."""

    customer: str
    date: dt.date
    due: dt.date | None
    lines: list[Line]
    currency: str = "CNY"
    kind: str = "invoice"
    number: str = ""
    corrects: Doc | None = None
    instalments: list[tuple[dt.date, int, str]] = field(default_factory=list)
    refs: dict[str, str | list[str]] = field(default_factory=dict)
    salesperson: str = ""
    note: str = ""
    void: tuple[dt.date, str] | None = None
    expect: bool = False
    journal: str = ""
    """`only`: stands in a journal and not in YAML; `both`: its posting stands in a journal too."""
    payee: str = ""

    def nets(self) -> dict[str, tuple[int, int]]:
        """Per tax: its rate in percent and the net in smallest units."""
        sums: dict[str, tuple[int, int]] = {}
        for line in self.lines:
            scale = Decimal(10) ** DIGITS.get(self.currency, 2)
            net = half_up(line.quantity * line.price * (100 - line.discount) / 100 * scale)
            sums[line.tax] = (line.rate, sums.get(line.tax, (0, 0))[1] + net)
        return sums

    @property
    def tax(self) -> int:
        """The taxes, rounded once per rate."""
        return sum(half_up(Decimal(net * rate) / 100) for rate, net in self.nets().values())

    @property
    def net(self) -> int:
        """The sum of the lines."""
        return sum(net for _, net in self.nets().values())

    @property
    def total(self) -> int:
        """What the customer owes for it."""
        return self.net + self.tax

    def share(self, index: int) -> int:
        """The amount of instalment `index` (from 0): shares half up, the remainder on the last."""
        parts = [half_up(Decimal(self.total * percent) / 100) for _, percent, _ in self.instalments[:-1]]
        parts.append(self.total - sum(parts))
        return parts[index]


@dataclass
class Post:
    """One posting: account, amount, commodity; tags whose values may be documents, entries or (document, part)."""

    account: str
    minor: int
    currency: str = "CNY"
    tags: dict[str, object] = field(default_factory=dict)
    cost: str = ""
    check: bool = False
    """Whether the account's balance is asserted behind it."""


@dataclass
class Entry:
    """One transaction. `number` of a receipt is given when all are known, in order of date."""

    date: dt.date
    payee: str
    note: str
    posts: list[Post]
    number: str = ""
    receipt: bool = False
    tags: dict[str, object] = field(default_factory=dict)
    outside: object = ""
    """Text of the payer: text, or a list of text and documents, which is put together when numbers are known."""


def value(thing: object) -> str:
    """A tag's value as text: a number, a date, several numbers."""
    if isinstance(thing, (Doc, Entry)):
        return thing.number
    if isinstance(thing, tuple):
        return f"{value(thing[0])}/{thing[1]}"
    if isinstance(thing, list):
        return " ".join(value(one) for one in thing)
    return str(thing)


def tags_text(tags: dict[str, object]) -> str:
    """`name:value, name:value`."""
    return ", ".join(f"{name}:{value(thing)}" for name, thing in tags.items())


def entry_text(entry: Entry, balances: dict[tuple[str, str], int]) -> str:
    """A transaction as the journal has it; `balances` runs along for the assertions."""
    code = f"({entry.number}) " if entry.number else ""
    head = f"{entry.date} * {code}{entry.payee}" + (f" | {entry.note}" if entry.note else "")
    rows = [head + (f"  ; {tags_text(entry.tags)}" if entry.tags else "")]
    if entry.outside:
        parts = entry.outside if isinstance(entry.outside, list) else [entry.outside]
        rows.append("    ; > " + "".join(value(part) for part in parts))
    for post in entry.posts:
        key = (post.account, post.currency)
        balances[key] = balances.get(key, 0) + post.minor
        row = f"    {post.account:<38}{post.currency + ' ' + units(post.minor, post.currency):>18}"
        row += f" @ {post.cost}" if post.cost else ""
        row += f" = {post.currency} {units(balances[key], post.currency)}" if post.check else ""
        rows.append(row + (f"  ; {tags_text(post.tags)}" if post.tags else ""))
    return "\n".join(rows) + "\n"


def yaml_value(thing: object) -> str:
    """A value as YAML: flow collections, text quoted where it would read as something else."""
    if isinstance(thing, dict):
        return "{" + ", ".join(f"{key}: {yaml_value(one)}" for key, one in thing.items()) + "}"
    if isinstance(thing, (list, tuple)):
        return "[" + ", ".join(yaml_value(one) for one in thing) + "]"
    if isinstance(thing, bool):
        return "true" if thing else "false"
    if isinstance(thing, (int, Decimal, dt.date)):
        return str(thing)
    text = str(thing)
    if isinstance(thing, Raw) or (PLAIN.fullmatch(text) and not LOOKS_TYPED.fullmatch(text) and text == text.strip()):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Raw(str):
    """Text that goes into YAML as it is: a percentage, an amount with two digits."""

    __slots__ = ()


def document_text(pairs: list[tuple[str, object]]) -> str:
    """A YAML document: a key a line; a list of mappings one a line below its key; empty values left out."""
    rows = []
    for key, thing in pairs:
        if thing in ("", None, [], {}, ()):
            continue
        if isinstance(thing, list) and isinstance(thing[0], dict):
            rows.append(f"{key}:")
            rows += [f"  - {yaml_value(one)}" for one in thing]
        else:
            rows.append(f"{key}: {yaml_value(thing)}")
    return "\n".join(rows) + "\n"


def line_pairs(line: Line) -> dict[str, object]:
    """A line as YAML has it."""
    pairs: dict[str, object] = {"item": line.item} if line.item else {}
    pairs["text"] = line.text
    if line.quantity != 1:
        pairs["quantity"] = line.quantity
    if line.unit:
        pairs["unit"] = line.unit
    pairs["price"] = line.price
    if line.discount:
        pairs["discount"] = Raw(f"{line.discount}%")
    return {**pairs, "tax": line.tax} if line.tax else pairs


def doc_text(doc: Doc) -> str:
    """An invoice or credit note as a YAML document."""
    shares = [
        {"due": due, "share": Raw(f"{percent}%"), **({"text": text} if text else {})}
        for due, percent, text in doc.instalments
    ]
    total = Raw(units(doc.total, doc.currency).replace(",", ""))
    return document_text(
        [
            ("kind", "" if doc.kind == "invoice" else doc.kind),
            ("number", doc.number),
            ("customer", doc.customer),
            ("corrects", doc.corrects.number if doc.corrects else ""),
            ("date", doc.date),
            ("due", None if shares else doc.due),
            ("instalments", shares),
            ("currency", doc.currency),
            ("salesperson", doc.salesperson),
            ("refs", doc.refs),
            ("lines", [line_pairs(line) for line in doc.lines]),
            ("note", doc.note),
            ("expect", {"total": total} if doc.expect else {}),
            ("void", {"date": doc.void[0], "reason": doc.void[1]} if doc.void else {}),
        ]
    )


def activity_text(entry: dict[str, object]) -> str:
    """An activity, its id made from its date and its own digest."""
    body = yaml_value({key: one for key, one in entry.items() if key != "closes"})
    digest = hashlib.sha256((body + str(entry.get("closes", ""))).encode()).hexdigest()[:6]
    entry["id"] = Raw(f"{entry['date']}-{digest}")
    rows = [f"{key}: {yaml_value(entry[key])}" for key in ("id", *[k for k in entry if k != "id"])]
    return "- " + "\n  ".join(rows) + "\n"


def number_all(docs: list[Doc], entries: list[Entry], year: int) -> None:
    """Numbers in order of date: invoices, credit notes, receipts; each its own sequence without gaps."""
    prefix = {"invoice": "INV", "credit-note": "CN"}
    for kind, short in prefix.items():
        chosen = sorted((d for d in docs if d.kind == kind and not d.number), key=lambda d: d.date)
        for index, doc in enumerate(chosen, 1):
            doc.number = f"{short}-{year}-{index:04}"
    receipts = sorted((e for e in entries if e.receipt), key=lambda e: e.date)
    for index, entry in enumerate(receipts, 1):
        entry.number = f"RCPT-{year}-{index:05}"


def social_credit_code(serial: int) -> str:
    """An 18-place 统一社会信用代码 with right check digits (GB 11714, GB 32100) in region 990000, which no one has."""
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    organisation = f"MA0{serial:05}"
    weighed = sum(letters.index(c) * w for c, w in zip(organisation, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    organisation += "0123456789X"[(11 - weighed % 11) % 11]
    code, alphabet = "91990000" + organisation, "0123456789ABCDEFGHJKLMNPQRTUWXY"
    weighed = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(code))
    return code + alphabet[(31 - weighed % 31) % 31]


def write(folder: Path, files: dict[str, str]) -> None:
    """Writes `files` and takes away generated files that are no longer among them (README.md stays)."""
    for old in sorted(folder.rglob("*")):
        name = old.relative_to(folder).as_posix()
        if old.is_file() and name not in files and old.suffix in {".yaml", ".journal"}:
            old.unlink()
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def amount(minor: int, currency: str = "CNY") -> Raw:
    """An amount as YAML has it: `1234.50`."""
    return Raw(units(minor, currency).replace(",", ""))
