"""The rows of the index, and how what was open from when to when is packed into integers."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, Self

from custledger.book.plain import FOREVER, Stretch
from custledger.core.frozen import field, frozen, mutable
from custledger.store.index_seals import checked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custledger.store.layout import Layout

COMMON, ORPHAN = -2, -1
"""The owners of blocks that everybody is read with (directives), and of entries that are nobody's and not plain."""

#: States of a customer: all of it is plain; the engine told its story; the engine is asked each time.
PLAIN, HARD, ASKED = 0, 1, 2


JOURNALS, PRECISE = "journals", "precise"
"""Kinds of journals: read by shape, where that covers the text; read by the precise reader alone."""
CUSTOMERS, INVOICES, ACTIVITY = "customers", "invoices", "activity"
"""Kinds of files of documents."""
YAML = 4
"""So many times as long it takes to read a byte of documents as one of a journal."""
BOOK = "book"
"""The kind of `book.journal`, which other programs read: it says nothing that is in the index."""
MENDED = frozenset({JOURNALS, PRECISE, CUSTOMERS, INVOICES, ACTIVITY, BOOK})
"""Kinds of files that may change without the index being made anew."""


def kinds_of(layout: Layout) -> dict[str, str]:
    """The kind of each file of a book that is read block by block; of a journal JOURNALS."""
    many = (
        (CUSTOMERS, layout.customers), (INVOICES, layout.invoices),
        (JOURNALS, layout.journals), (ACTIVITY, layout.activities),
    )  # fmt: skip
    return {name: kind for kind, names in many for name in names}


def mended_of(layout: Layout) -> set[str]:
    """The files of a book that may change without the index being made anew."""
    return {*kinds_of(layout), *([layout.book_journal] if layout.book_journal is not None else [])}


@mutable(kw_only=True)
class FileRow:
    """One file of the book. Blocks are numbered in order of the text, from 0, and leave nothing of it out.

    `whose` are the owners of its blocks, rising; the blocks of owner i are `blocks[begins[i]:begins[i + 1]]`, and
    `digests[8 * i : 8 * i + 8]` is a digest of what they say.
    """

    name: str
    kind: str
    """settings, customers, invoices, activity, JOURNALS, PRECISE."""
    size: int
    mtime: int
    inode: int
    blob: str
    """The content's hash, as git has it."""
    starts: array[int] = field(default_factory=lambda: array("I"))
    lines: array[int] = field(default_factory=lambda: array("I"))
    whose: array[int] = field(default_factory=lambda: array("i"))
    begins: array[int] = field(default_factory=lambda: array("I"))
    blocks: array[int] = field(default_factory=lambda: array("I"))
    digests: bytes = b""
    numbers: bytes = b"\n"
    """The numbers of plain invoices, each between line feeds."""
    codes: bytes = b"\n"
    """The codes of plain receipts; the ids of a log's entries."""
    entries: int = 0
    """How many transactions or documents stand in it."""


@frozen(kw_only=True)
class CustomerRow:
    """A customer. `state`: PLAIN, HARD (the engine told its story), ASKED (the engine is asked each time)."""

    place: int
    id: str
    name: str
    state: int
    marks: str
    """JSON: what to select by."""
    kin: str = ""
    """JSON: the places of those it is read together with; empty: nobody."""


@frozen(kw_only=True)
class AccountRow:
    """A customer in one commodity. `begin` is its first day, `last` the last on which anything changed."""

    place: int
    unit: str
    begin: int
    last: int
    live: bytes
    """What is so to this day, `packed`, and the names of it."""
    live_names: str
    past: bytes
    past_names: str

    @classmethod
    def of(cls, place: int, unit: str, begin: int, end: int, told: Sequence[Stretch]) -> Self:
        """From its stretches and the days of its first and last entries.

        Raises OverflowError for an amount beyond eight bytes.
        """
        live, live_names = packed([each for each in told if each.until == FOREVER])
        past, past_names = packed([each for each in told if each.until != FOREVER])
        last = max([end, *(each.first if each.until == FOREVER else each.until for each in told)])
        return cls(
            place=place,
            unit=unit,
            begin=begin,
            last=last,
            live=live,
            live_names=live_names,
            past=past,
            past_names=past_names,
        )


def packed(stretches: Sequence[Stretch]) -> tuple[bytes, str]:
    """Stretches as integers, and their names a line each."""
    days = array("i")
    for first, until, _, charge, day, claim, due, _ in stretches:
        days.extend((first, until, day, claim, due, charge))
    amounts = array("q", [each[2] for each in stretches])
    return days.tobytes() + amounts.tobytes(), "\n".join([each[7] for each in stretches])


def unpacked(data: bytes, names: str | None, as_of: int) -> list[Stretch]:
    """Those of the stretches that hold on a day; without `names` they have none."""
    count = len(data) // 32
    checked(len(data) == 32 * count)
    days, amounts = array("i"), array("q")
    days.frombytes(data[: 24 * count])
    amounts.frombytes(data[24 * count :])
    written = names.split("\n") if names else [""] * count
    return [
        Stretch(
            first,
            until,
            amounts[at],
            bool(days[6 * at + 5]),
            days[6 * at + 2],
            days[6 * at + 3],
            days[6 * at + 4],
            written[at],
        )
        for at, (first, until) in enumerate(zip(days[::6], days[1::6], strict=True))
        if first <= as_of < until
    ]


def owners(row: FileRow, data: bytes, text: bytes) -> set[int]:
    """The customers in whose blocks of a file `text` stands."""
    blocks: set[int] = set()
    at = data.find(text)
    while at >= 0:
        blocks.add(bisect_right(row.starts, at) - 1)
        at = data.find(text, at + 1)
    return {
        row.whose[bisect_right(row.begins, place) - 1]
        for place, block in enumerate(row.blocks)
        if block in blocks and row.whose[bisect_right(row.begins, place) - 1] > 0
    }
