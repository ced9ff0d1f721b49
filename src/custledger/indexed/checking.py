"""Checking a book by the part of it in which anything could be found: what is plain has been judged by its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger import pipeline
from custledger.check import catalogue
from custledger.check.rules import number_gap
from custledger.core.diagnostic import Severity
from custledger.indexed.parts import open_part, read_customers
from custledger.store.index_rows import COMMON, ORPHAN, PLAIN

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from custledger.core.diagnostic import Diagnostic
    from custledger.indexed.asking import Asking
    from custledger.pipeline import Opened


def check(asking: Asking, today: dt.date) -> tuple[Opened, int, tuple[Diagnostic, ...]] | None:
    """The part of the book that was looked at, how many transactions the whole has, and every problem.

    None: the whole text must be asked. Plain entries can only show a date in the future or a gap in the numbers: who
    has such a date is part of the part, and where a number is missing the whole is read. Rules of `--strict` look at
    every entry; they are not run here.
    """
    hard = {row.place for row in asking.everybody() if row.state != PLAIN} | asking.index.later(today.toordinal())
    owners = (COMMON, ORPHAN, *sorted(hard))
    logs = frozenset(asking.layout.activities)

    def pieces(name: str) -> list[tuple[int, int, int]]:
        return [(0, -1, 1)] if name in logs else asking.index.pieces(name, owners)

    known = read_customers(asking.text, asking.layout)
    opened = open_part(asking.text, asking.layout, asking.label, pieces, known=known)
    if not asking.unmoved() or not number_gap.complete(opened.settings, _numbers(asking, opened)):
        return None
    names = [slug for slug in catalogue() if slug != number_gap.CHECK.name]
    found = pipeline.check(opened, today, names)
    if any(problem.severity is Severity.ERROR for problem in found):
        return None
    return opened, asking.index.entries(), found


def _numbers(asking: Asking, opened: Opened) -> Iterable[str]:
    """Every number that a document may have."""
    for name in (*asking.layout.journals, *asking.layout.invoices):
        yield from (line.decode() for line in asking.index.column(name, "numbers").split(b"\n") if line)
    yield from (invoice.number for invoice in opened.invoices)
    yield from (charge.number for charge in opened.book.charges if charge.number)
    yield from (credit.code for credit in opened.book.credits if credit.code and credit.kind == "credit-note")
