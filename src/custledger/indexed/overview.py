"""What the overview says of everybody: where they stand, what is wrong with the book, what lies ahead of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.indexed.checking import look
from custledger.indexed.rows import pieces_of
from custledger.schema.documents import read_invoices

if TYPE_CHECKING:
    import datetime as dt

    from custledger.book.position import Standing
    from custledger.core.diagnostic import Diagnostic
    from custledger.indexed.asking import Asking


def overview(asking: Asking, as_of: dt.date, today: dt.date) -> tuple[Standing, tuple[Diagnostic, ...], int] | None:
    """Where everybody stands, every problem of the book, and how many entries are dated after the day.

    None: the whole text must be asked.
    """
    standing = asking.standing(as_of, today, names=False)
    looked = None if standing is None else look(asking, today)
    if standing is None or looked is None:
        return None
    book = looked.opened.book
    future = sum(entry.date > as_of for several in (book.charges, book.credits, book.debits) for entry in several)
    future += _plain_after(asking, as_of, asking.index.later(as_of.toordinal()) - looked.whose)
    return (standing, looked.problems, future) if asking.unmoved() else None


def _plain_after(asking: Asking, as_of: dt.date, whose: set[int]) -> int:
    """How many entries after a day customers have who are plain: each block of theirs is one."""
    if not whose:
        return 0
    count, day = 0, as_of.isoformat().encode()
    for name in asking.layout.journals:
        row = asking.index.file(name)
        if row is not None and not whose.isdisjoint(row.whose):
            (data,) = asking.text.ranges(name, [(0, -1)])
            # Of a plain transaction the first ten bytes are the date.
            count += sum([data[start : start + len(day)] > day for start, _, _ in pieces_of(row, whose)])
    for name in asking.layout.invoices:
        row = asking.index.file(name)
        if row is not None and not whose.isdisjoint(row.whose):
            texts = asking.text.ranges(name, [(start, end) for start, end, _ in pieces_of(row, whose)])
            count += sum(invoice.date > as_of for invoice in read_invoices([(name, b"".join(texts))])[0])
    return count
