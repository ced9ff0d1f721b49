"""From what was read to the rows of the index."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from custledger import pipeline
from custledger.book.plain import CHARGE
from custledger.indexed import NotIndexed
from custledger.indexed.reading import digest
from custledger.indexed.setup import kin_text
from custledger.reconcile.stretches import stretches_of
from custledger.store.blob import blob_id
from custledger.store.index_rows import PRECISE, AccountRow, CustomerRow, FileRow

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from custledger.book.book import Book
    from custledger.book.customer import Customer
    from custledger.book.entry import Entry, ReceivablePosting
    from custledger.book.plain import Row, Stretch
    from custledger.indexed.reading import Blocks
    from custledger.indexed.texts import Text
    from custledger.pipeline import Opened


_NOTE = "credit-note"


def file_row(name: str, kind: str, blocks: Blocks, source: Text) -> FileRow:
    """A file as the index keeps it."""
    inode, size, mtime = source.signature(name)
    return FileRow(
        name=name,
        kind=PRECISE if blocks.precise else kind,
        size=size,
        mtime=mtime,
        inode=inode,
        blob=blocks.blob,
        starts=blocks.starts,
        lines=blocks.lines,
        whose=blocks.whose,
        begins=blocks.begins,
        blocks=blocks.blocks,
        digests=blocks.digests,
        numbers=blocks.numbers,
        codes=blocks.codes,
        entries=blocks.entries,
    )


def whole_row(name: str, kind: str, source: Text) -> FileRow:
    """A file that is read as a whole."""
    data = source.read(name)
    inode, size, mtime = source.signature(name)
    return FileRow(name=name, kind=kind, size=size, mtime=mtime, inode=inode, blob=blob_id(data), digests=digest(data))


def pieces_of(row: FileRow, owners: Iterable[int]) -> list[tuple[int, int, int]]:
    """(start, end, first line) of the blocks of some owners, in order; the end -1 is the file's."""
    begins = {owner: at for at, owner in enumerate(row.whose)}
    wanted = sorted(
        {
            block
            for owner in owners
            if (at := begins.get(owner)) is not None
            for block in row.blocks[row.begins[at] : row.begins[at + 1]]
        }
    )
    last = len(row.starts) - 1
    return [(row.starts[b], row.starts[b + 1] if b < last else -1, row.lines[b]) for b in wanted]


def account_row(place: int, unit: str, told: Sequence[Stretch], days: Iterable[int]) -> AccountRow:
    """An account as the index keeps it; `days` are those of its entries. Raises NotIndexed for sums too large."""
    every = list(days)
    try:
        return AccountRow.of(place, unit, min(every), max(every), told)
    except OverflowError:
        raise NotIndexed("amount") from None


def accounts_of(opened: Opened, places: Mapping[str, int]) -> list[AccountRow]:
    """The accounts of a part of a book, as the engine tells their story."""
    book = opened.book
    days: dict[tuple[str, str], list[int]] = {}
    entries: list[Entry | ReceivablePosting] = [*book.charges, *book.credits, *book.debits, *book.postings]
    for each in entries:
        days.setdefault((each.customer, each.money.commodity), []).append(each.date.toordinal())
    told = stretches_of(book, pipeline.story(opened))
    return [account_row(places[c], unit, several, days[c, unit]) for (c, unit), several in told.items()]


def named_of(book: Book, places: Mapping[str, int]) -> Counter[tuple[int, str, int]]:
    """(place, number, 1) of whatever has a number of its own, and (place, code, 0) of credits, once a transaction."""
    papers = {(places[each.customer], number, 1) for number, each in book.invoices.items() if each.customer in places}
    numbers = {each.code: places[each.customer] for each in book.credits if each.code and each.kind == _NOTE}
    numbers.update((each.number, places[each.customer]) for each in book.charges if each.number)
    found = Counter(papers.union((place, number, 1) for number, place in numbers.items()))
    codes: dict[tuple[str, int | None], int] = {}
    for each in book.credits:
        if each.code:
            codes.setdefault((each.code, each.transaction), places[each.customer])
    found.update((place, code, 0) for (code, _), place in codes.items())
    return found


def said_by(place: int, rows: Iterable[Row]) -> Iterator[tuple[int, str, int]]:
    """The same of a customer's plain rows."""
    for _, what, number, _, extra in rows:
        if what == CHARGE:
            yield place, number.decode(), 1
        elif extra:
            yield place, extra.decode(), 0


def listed(lines: bytes) -> list[bytes]:
    """The lines of a column."""
    return [each for each in lines.split(b"\n") if each]


def customer_row(customer: Customer, place: int, state: int, kin: Sequence[int]) -> CustomerRow:
    """A customer as the index keeps it: who, what to select by, whom to read with."""
    marks = {
        "was": customer.was, "aliases": customer.aliases, "kind": customer.kind, "status": customer.status,
        "segment": customer.segment, "industry": customer.industry, "tags": customer.tags, "owner": customer.owner,
        "language": customer.language, "region": customer.address.get("region", ""),
        "country": customer.address.get("country", ""), "parent": customer.parent or "", "pays_for": customer.pays_for,
        "terms": [(since.isoformat() if since else "", terms.text) for since, terms in customer.terms.versions],
        "currency": [(since.isoformat() if since else "", unit) for since, unit in customer.currency.versions],
        "prices": customer.prices,
    }  # fmt: skip
    said = json.dumps({key: value for key, value in marks.items() if value}, ensure_ascii=False)
    return CustomerRow(
        place=place, id=customer.id, name=customer.name, state=state, marks=said,
        kin=kin_text(place, kin),
    )  # fmt: skip


def sound(opened: Opened, today: dt.date) -> None:
    """Raises NotIndexed where a part of a book has an error, or entries that only the whole book explains."""
    if pipeline.errors(opened, today) or opened.book.carry_forwards or opened.book.withheld:
        raise NotIndexed("problems")
    known = opened.settings.commodities
    for name in sorted({posting.money.commodity for posting in opened.book.postings}):
        commodity = opened.book.commodities.known.get(name)
        if commodity is not None and not commodity.declared and name not in known.known:
            raise NotIndexed("commodity")
