"""Checking a book by the part of it in which anything could be found: what is plain has been judged by its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from custledger import pipeline
from custledger.check import catalogue
from custledger.check.rules import number_gap
from custledger.core.diagnostic import Severity
from custledger.core.frozen import replace
from custledger.indexed.parts import open_part, read_customers
from custledger.store.index_rows import COMMON, INVOICES, JOURNALS, ORPHAN, PLAIN, PRECISE, owners

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from custledger.core.diagnostic import Diagnostic
    from custledger.indexed.asking import Asking
    from custledger.pipeline import Documents, Opened

EDGES_MAX = 200
"""For more numbers beside gaps the whole text is read."""


class Looked(NamedTuple):
    """The part of the book in which anything could be found, and every problem of the whole."""

    opened: Opened
    whose: set[int]
    """The places of the customers of whom all is in it."""
    problems: tuple[Diagnostic, ...]


def check(asking: Asking, today: dt.date) -> tuple[Opened, tuple[int, int], tuple[Diagnostic, ...]] | None:
    """The part of the book that was looked at, how many documents and transactions the whole has, and every problem.

    None: the whole text must be asked.
    """
    looked = look(asking, today)
    if looked is None:
        return None
    counts = asking.index.entries({INVOICES}), asking.index.entries({JOURNALS, PRECISE})
    return looked.opened, counts, looked.problems


def look(asking: Asking, today: dt.date) -> Looked | None:
    """What there is to find.

    None: the whole text must be asked. Plain entries can only show a date in the future or a gap in the numbers: who
    has such a date, or a number beside a gap, is part of the part; where there are too many gaps the whole is read.
    Rules of `--strict` look at every entry; they are not run here.
    """
    whose = {row.place for row in asking.everybody() if row.state != PLAIN} | asking.index.later(today.toordinal())
    known = read_customers(asking.text, asking.layout)
    lines = {name: asking.index.column(name, "numbers") for name in (*asking.layout.journals, *asking.layout.invoices)}
    opened = _opened(asking, known, whose)
    edges = number_gap.edges(opened.settings, [said.decode() for said in lines.values()], _numbers(opened))
    if len(edges) > EDGES_MAX:
        return None
    names = [slug for slug in catalogue() if slug != number_gap.CHECK.name or edges]
    elsewhere: frozenset[str] = frozenset()
    if edges:
        whose |= _holders(asking, lines, edges)
        opened = _opened(asking, known, whose)
        elsewhere = frozenset(b"".join(lines.values()).decode().split("\n")).difference(_numbers(opened))
    found = pipeline.check(opened, today, names, elsewhere=elsewhere)
    if not asking.unmoved() or any(problem.severity is Severity.ERROR for problem in found):
        return None
    return Looked(opened, whose, found)


def _opened(asking: Asking, known: Documents, whose: set[int]) -> Opened:
    """The part of the book that some customers have, and everybody's and nobody's."""
    several = (COMMON, ORPHAN, *sorted(whose))
    logs = frozenset(asking.layout.activities)

    def pieces(name: str) -> list[tuple[int, int, int]]:
        return [(0, -1, 1)] if name in logs else asking.index.pieces(name, several)

    opened = open_part(asking.text, asking.layout, asking.label, pieces, known=known)
    return replace(opened, book=replace(opened.book, revision=asking.revision))


def _numbers(opened: Opened) -> Iterable[str]:
    """The numbers that documents of the part may have."""
    yield from (invoice.number for invoice in opened.invoices)
    yield from (charge.number for charge in opened.book.charges if charge.number)
    yield from (credit.code for credit in opened.book.credits if credit.code and credit.kind == "credit-note")


def _holders(asking: Asking, lines: Mapping[str, bytes], numbers: Iterable[str]) -> set[int]:
    """Who has an entry with one of these numbers that was read quickly."""
    wanted = {number.encode() for number in numbers}
    found: set[int] = set()
    for name, said in lines.items():
        here = sorted(wanted.intersection(said.split(b"\n")))
        row = asking.index.file(name) if here else None
        if row is not None:
            (data,) = asking.text.ranges(name, [(0, -1)])
            found = found.union(*(owners(row, data, number) for number in here))
    return found
