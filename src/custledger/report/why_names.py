"""What a word means that `why` is asked about: an entry, a customer, or an aging cell of one.

Names are those that reports print: numbers of invoices and receipts, `FILE:LINE`, `NUMBER@FILE:LINE` where a number
repeats, ids, names and aliases of customers, and `CUSTOMER:BUCKET`.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from custledger.book.entry import Charge, Credit, Debit
from custledger.core.frozen import frozen
from custledger.core.nearest import nearest
from custledger.core.text import listed
from custledger.core.trouble import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from custledger.book.book import Book
    from custledger.book.position import Standing

Named = Charge | Credit | Debit

ALL, OPEN, OVERDUE, UNAPPLIED, DISPUTED = "total", "open", "overdue", "unapplied", "disputed"
CELLS = (OVERDUE, OPEN, UNAPPLIED, DISPUTED, ALL)
"""What may stand behind `CUSTOMER:` beside the names of buckets."""
_NEAR_MAX = 3
_LISTED_MAX = 12


@frozen(kw_only=True)
class Asked:
    """What was asked about: some entries that are one thing, or a customer, or a cell of one."""

    entries: tuple[Named, ...] = ()
    customer: str | None = None
    cell: str | None = None


def asked(standing: Standing, name: str, buckets: Sequence[str]) -> Asked:
    """What `name` means. Raises UsageError for nothing (with the nearest names), for several things, for what is later.

    `buckets` are the names of the aging's buckets.
    """
    book = standing.book
    groups = _groups(_entries(book, name))
    customers = _customers(book, name)
    if len(groups) + len(customers) > 1:
        found = [f"customer:{customer}" for customer in customers] + [_full(group[0]) for group in groups]
        more = ["…"] if len(found) > _LISTED_MAX else []
        raise UsageError("why.several", name=name, found=listed([*found[:_LISTED_MAX], *more]))
    if groups:
        known = tuple(entry for entry in groups[0] if entry.date <= standing.as_of)
        if not known:
            raise UsageError("why.later", name=name, date=groups[0][0].date, as_of=standing.as_of)
        return Asked(entries=known)
    if customers:
        return Asked(customer=customers[0])
    cell = _cell(book, name, buckets)
    if cell is not None:
        return cell
    raise _nothing(book, name)


def _full(entry: Named) -> str:
    place = entry.span.place
    return entry.name if entry.name.endswith(place) else f"{entry.name}@{place}"


def names_of(entry: Named) -> tuple[str, ...]:
    """Everything that an entry may be called by."""
    found = [entry.name, entry.span.place]
    if isinstance(entry, Charge):
        found += [entry.number or "", entry.document or ""]
    if isinstance(entry, Credit):
        found += [entry.code or "", *(text.span.place for text in entry.texts), *(p.span.place for p in entry.parts)]
    return tuple(dict.fromkeys(name for name in found if name))


def _entries(book: Book, name: str) -> list[Named]:
    """The entries called so: exactly; else without regard to capitals and full width."""
    every: tuple[Named, ...] = (*book.charges, *book.credits, *book.debits)
    base, _, place = name.rpartition("@")
    if base and place:
        exact = [entry for entry in every if base in names_of(entry) and _stands(entry, place)]
        if exact:
            return exact
    found = [entry for entry in every if name in names_of(entry) or (":" in name and _stands(entry, name))]
    if found:
        return found
    wanted = _folded(name)
    return [entry for entry in every if wanted in map(_folded, names_of(entry))]


def _stands(entry: Named, place: str) -> bool:
    """Whether an entry stands at `FILE:LINE`; the file's folders may be left out."""
    return any(name == place or name.endswith(f"/{place}") for name in names_of(entry))


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _groups(entries: Iterable[Named]) -> list[list[Named]]:
    """Entries that are one thing together: of one transaction, or the instalments of one document."""
    found: dict[object, list[Named]] = {}
    for entry in entries:
        document = entry.document if isinstance(entry, Charge) else None
        key = (
            ("transaction", entry.transaction) if entry.transaction is not None else ("document", document or entry.key)
        )
        found.setdefault(key, []).append(entry)
    return list(found.values())


def _customers(book: Book, name: str) -> list[str]:
    """The customers called so: by id, earlier id, name, alias; `customer:ID` means the customer alone."""
    word = name.removeprefix("customer:")
    exact = [c.id for c in book.customers.values() if word in (c.id, c.name, *c.was, *c.aliases)]
    if exact:
        return exact
    wanted = _folded(word)
    return [c.id for c in book.customers.values() if wanted in map(_folded, (c.id, c.name, *c.was, *c.aliases))]


def _cell(book: Book, name: str, buckets: Sequence[str]) -> Asked | None:
    """`acme:31-60`, `acme:90+`: a customer and a bucket. UsageError for a customer's bucket that there is not."""
    who, colon, cell = name.rpartition(":")
    customers = _customers(book, who) if colon else []
    if len(customers) != 1:
        return None
    known = [*buckets, *CELLS]
    wanted = cell.strip().casefold()
    if wanted.endswith("+") and f">{wanted[:-1]}" in known:
        wanted = f">{wanted[:-1]}"  # a shell takes `>` for its own
    if wanted not in known:
        if f"{who}:{cell}".count(":") == 1 and cell.isascii() and cell.isdigit():
            return None  # a file and a line, rather
        raise UsageError("why.no_bucket", bucket=cell, known=listed(known))
    return Asked(customer=customers[0], cell=wanted)


def _nothing(book: Book, name: str) -> UsageError:
    every: tuple[Named, ...] = (*book.charges, *book.credits, *book.debits)
    names = {n for entry in every for n in (entry.name, *_documents(entry))}
    names |= {n for c in book.customers.values() for n in (c.id, c.name, *c.aliases) if n}
    near = nearest(name, sorted(names), most=_NEAR_MAX) or sorted(n for n in names if name in n)[:_NEAR_MAX]
    return UsageError("why.nothing_near" if near else "why.nothing", name=name, near=listed(near))


def _documents(entry: Named) -> tuple[str, ...]:
    return (entry.document,) if isinstance(entry, Charge) and entry.document else ()
