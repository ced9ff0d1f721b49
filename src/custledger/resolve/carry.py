"""Carry-forwards: a year closed into equity and opened again is no business with any customer (formats.md §1)."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from custledger.book.book import CarryForward
from custledger.resolve.roles import EQUITY

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from custledger.parse.journal.model import Transaction
    from custledger.resolve.roles import Roles
    from custledger.resolve.rows import Row

DAYS_BETWEEN = 31
"""A closing and its mirror lie at most this far apart, unless both are tagged `clopen:`."""

_Place = tuple[str, str]
_Sums = tuple[tuple[_Place, int], ...]


def carry_forwards(
    rows: Mapping[int, Sequence[Row]], transactions: Sequence[Transaction], roles: Roles
) -> tuple[tuple[CarryForward, ...], frozenset[int]]:
    """The carry-forwards, and the indices of the transactions that are halves of one.

    A half has equity on it and no virtual receivable posting, all on the transaction's own date. The closing
    takes every receivable account that it touches to zero at the end of its day; the mirror gives each back.
    """
    candidates = [index for index in rows if _touches_equity(transactions[index], rows[index], roles)]
    candidates.sort(key=lambda index: (transactions[index].date, index))
    if len(candidates) < 2:  # noqa: PLR2004 - a pair
        return (), frozenset()
    sums = {index: _sums(rows[index]) for index in candidates}
    balances = _Balances(rows)
    alike: dict[_Sums, list[int]] = {}
    for index in candidates:
        alike.setdefault(sums[index], []).append(index)
    halves: set[int] = set()
    found: list[CarryForward] = []
    for index in candidates:
        closing = transactions[index]
        mirrors = alike.get(tuple((place, -minor) for place, minor in sums[index]), [])
        for mirror in mirrors if index not in halves else ():
            opening = transactions[mirror]
            if mirror in halves or mirror == index or not _follows(closing, opening):
                continue
            # What opens again on the very day of the closing stands behind it.
            again = sums[mirror] if opening.date == closing.date else ()
            if balances.zero_after(sums[index], again, closing.date):
                halves |= {index, mirror}
                places = (closing.span.place, opening.span.place)
                found.append(CarryForward(closed=closing.date, opened=opening.date, places=places))
                break
    return tuple(found), frozenset(halves)


def _touches_equity(transaction: Transaction, rows: Sequence[Row], roles: Roles) -> bool:
    if EQUITY not in [roles.of(posting.account) for posting in transaction.postings]:
        return False
    return bool(rows) and all(row.date == transaction.date and not row.posting.virtual for row in rows)


def _sums(rows: Sequence[Row]) -> _Sums:
    """What a transaction moves on each receivable account in each commodity."""
    found: dict[_Place, int] = {}
    for row in rows:
        place = (row.posting.account, row.money.commodity)
        found[place] = found.get(place, 0) + row.money.minor
    return tuple(sorted((place, minor) for place, minor in found.items() if minor))


def _follows(closing: Transaction, opening: Transaction) -> bool:
    """Whether `opening` is near enough behind `closing`, or both carry the same `clopen:` tag."""
    days = (opening.date - closing.date).days
    mine, theirs = closing.tag("clopen"), opening.tag("clopen")
    paired = mine is not None and theirs is not None and mine.value.strip() == theirs.value.strip()
    return days >= 0 and (days <= DAYS_BETWEEN or paired)


class _Balances:
    """The balance of each receivable account at the end of each day."""

    def __init__(self, rows: Mapping[int, Sequence[Row]]) -> None:
        self._moves: dict[_Place, list[tuple[dt.date, int]]] = {}
        for found in rows.values():
            for row in found:
                place = (row.posting.account, row.money.commodity)
                self._moves.setdefault(place, []).append((row.date, row.money.minor))
        self._running: dict[_Place, tuple[list[dt.date], list[int]]] = {}

    def zero_after(self, moved: _Sums, again: _Sums, day: dt.date) -> bool:
        """Whether each account in `moved` stands at zero at the end of `day`, but for what `again` adds."""
        added = dict(again)
        return all(self._on(place, day) == added.get(place, 0) for place, _ in moved)

    def _on(self, place: _Place, day: dt.date) -> int:
        if place not in self._running:
            moves = sorted(self._moves[place])
            self._running[place] = ([date for date, _ in moves], list(accumulate(minor for _, minor in moves)))
        dates, sums = self._running[place]
        count = bisect_right(dates, day)
        return sums[count - 1] if count else 0
