"""What may stand only once in a book: numbers of invoices, ids of the log; and codes that several receipts have."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from custledger.core.frozen import mutable
from custledger.indexed import NotIndexed
from custledger.indexed.rows import listed
from custledger.store.index_rows import ACTIVITY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from custledger.store.index import Index
    from custledger.store.index_rows import FileRow

    Named = tuple[int, str, int]

SEARCHED_MAX = 50
"""So many new numbers are each looked for in the files; for more of them all are counted."""


def repeated_codes(rows: Sequence[FileRow], named: Sequence[Named], told: Mapping[Named, int]) -> list[str]:
    """The codes that several receipts of these files have. Raises NotIndexed where two invoices have one number."""
    numbers = [number for row in rows for number in listed(row.numbers)]
    numbers += [number.encode() for _, number, charge in named if charge]
    if len(set(numbers)) < len(numbers):
        for number, count in Counter(numbers).items():
            _check_number(number, count, told)
    del numbers
    logged = [each for row in rows if row.kind == ACTIVITY for each in listed(row.codes)]
    if len(set(logged)) < len(logged):
        raise NotIndexed("problems")
    codes = [code for row in rows if row.kind != ACTIVITY for code in listed(row.codes)]
    codes += [code.encode() for _, code, charge in named if not charge]
    if len(set(codes)) == len(codes):
        return []
    return sorted(code.decode() for code, count in Counter(codes).items() if count > 1)


def _check_number(number: bytes, count: int, told: Mapping[Named, int]) -> None:
    """Raises NotIndexed for a number that stands several times, unless all with one customer who is not plain.

    Then it may be a document and its posting: that customer's story says so, or that it is an error.
    """
    if count < 2:  # noqa: PLR2004 - once
        return
    text = number.decode()
    if count not in {here for (_, each, charge), here in told.items() if charge and each == text}:
        raise NotIndexed("duplicate-number")


@mutable
class Uses:
    """The numbers, codes and ids of an index of which some files changed."""

    index: Index
    kinds: Mapping[str, str]
    """Of the files as the index has them."""
    new: Mapping[str, FileRow]
    gone: frozenset[str]

    def repeated(
        self,
        before: Iterable[FileRow | None],
        hard: Collection[int],
        named: Sequence[Named],
        told: Mapping[Named, int],
    ) -> list[str]:
        """The codes that several receipts have now; `before` are the files that changed or went, as they were.

        `hard` are those customers whose numbers and codes are `named` now, and `told` what stands in their plain rows.
        Raises NotIndexed where two invoices, or two entries of the log, have one number.
        """
        old = [row for row in before if row is not None]
        there = self.index.named()
        left = [each for each in there if each[0] not in hard] + list(named)
        gone = [each for each in there if each[0] in hard]
        repeated = set(json.loads(self.index.meta("repeated") or "[]"))
        for number, count in self._changed("numbers", 1, old, gone, named, left):
            _check_number(number, count, told)
        for code, count in self._changed("codes", 0, old, gone, named, left):
            (repeated.add if count > 1 else repeated.discard)(code.decode())
        for _, count in self._changed("codes", None, old, (), (), ()):
            if count > 1:
                raise NotIndexed("problems")
        return sorted(repeated)

    def _changed(
        self,
        column: str,
        charge: int | None,
        old: Sequence[FileRow],
        gone: Sequence[Named],
        named: Sequence[Named],
        left: Sequence[Named],
    ) -> list[tuple[bytes, int]]:
        """What stands more or less often than before, and how often now; `charge` None: in the log."""
        of_log = charge is None
        was = Counter(each for row in old if of_log == (row.kind == ACTIVITY) for each in listed(getattr(row, column)))
        was.update(text.encode() for _, text, kind in gone if kind == charge)
        new = [row for row in self.new.values() if of_log == (row.kind == ACTIVITY)]
        now = Counter(each for row in new for each in listed(getattr(row, column)))
        now.update(text.encode() for _, text, kind in named if kind == charge)
        wanted = {*(now - was), *(was - now)}
        counts = Counter(each for _, text, kind in left if kind == charge and (each := text.encode()) in wanted)
        names = sorted({*self.kinds, *self.new} - self.gone) if wanted else []
        for name in names:
            row = self.new.get(name)
            kind = self.kinds[name] if row is None else row.kind
            if of_log == (kind == ACTIVITY):
                lines = getattr(row, column) if row is not None else self.index.column(name, column)
                _count(counts, lines, wanted)
        return sorted((each, counts[each]) for each in wanted)


def _count(counts: Counter[bytes], lines: bytes, wanted: set[bytes]) -> None:
    """Add how often each of `wanted` is one of the lines."""
    if len(wanted) > SEARCHED_MAX:
        counts.update(each for each in listed(lines) if each in wanted)
    else:
        for text in wanted:
            counts[text] += _times(lines, text)


def _times(lines: bytes, text: bytes) -> int:
    """How many of the lines are `text`; neighbours share a line feed."""
    count, wanted, at = 0, b"\n" + text + b"\n", -1
    while (at := lines.find(wanted, at + 1)) >= 0:
        count += 1
    return count
