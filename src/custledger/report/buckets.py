"""Aging buckets (账龄段): by days, months and years past a date, or by calendar month (engine.md §4).

Overdue begins the day after the due date: d = as of − due; d ≤ 0 is current; 1-30 is 1 ≤ d ≤ 30, its right edge
included; the last bucket is open. By invoice date d = as of − date of the claim, and the first bucket begins at 0.
Edges in months and years go by the calendar: an item belongs within 6m as long as as of ≤ its date + 6 months.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from custledger.core.dates import add_months
from custledger.core.frozen import frozen
from custledger.core.trouble import UsageError
from custledger.document import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custledger.book.entry import Charge
    from custledger.document import Value

BASES = ("due", "invoice")
MONTHS_DEFAULT = 3
#: Longest edge: nobody ages over a century, and dates stay within the calendar.
_DAYS_MAX, _MONTHS_MAX = 36_500, 1_200
_EDGE = re.compile(r"([1-9][0-9]{0,5})([dmy]?)", re.ASCII)
_DAYS_PER_MONTH_LEAST, _DAYS_PER_MONTH_MOST = 28, 31

#: `--preset`: basis, edges, netting.
PRESETS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "cn-provision": ("invoice", ("1y", "2y", "3y", "4y", "5y"), "oldest"),
}


@frozen
class Edge:
    """The upper edge of a bucket, included in it."""

    number: int
    unit: str
    """d, m or y."""

    @property
    def months(self) -> int:
        """Its months by the calendar; 0 for days."""
        return {"d": 0, "m": 1, "y": 12}[self.unit] * self.number

    @property
    def name(self) -> str:
        """`30`, `6m`, `1y`."""
        return f"{self.number}" if self.unit == "d" else f"{self.number}{self.unit}"

    def holds(self, day: dt.date, as_of: dt.date) -> bool:
        """Whether on `as_of` no more than this has passed since `day`."""
        if self.unit == "d":
            return (as_of - day).days <= self.number
        return day >= _first_day_within(self.months, as_of)


@lru_cache(maxsize=64)
def _first_day_within(months: int, as_of: dt.date) -> dt.date:
    """The earliest day from which no more than `months` have passed on `as_of`: as of ≤ day + months."""
    day = add_months(as_of, -months)
    one = dt.timedelta(days=1)
    while add_months(day, months) < as_of:
        day += one
    while add_months(day - one, months) >= as_of:
        day -= one
    return day


def parse_edge(text: str) -> Edge:
    """`30`, `30d`, `6m`, `1y`. UsageError for anything else."""
    found = _EDGE.fullmatch(text.strip())
    if found is None:
        raise UsageError("reports.bad_edge", value=text)
    edge = Edge(int(found[1]), found[2] or "d")
    if edge.number > _DAYS_MAX or edge.months > _MONTHS_MAX:
        raise UsageError("reports.bad_edge", value=text)
    return edge


def parse_edges(texts: Sequence[str]) -> tuple[Edge, ...]:
    """Edges, each truly later than the one before. UsageError otherwise."""
    edges = tuple(parse_edge(text) for text in texts)
    for low, high in pairwise(edges):
        if not _before(low, high):
            raise UsageError("reports.edges_not_rising", low=low.name, high=high.name)
    if not edges:
        raise UsageError("reports.no_edges")
    return edges


def _before(low: Edge, high: Edge) -> bool:
    if (low.unit == "d") == (high.unit == "d"):
        return low.number < high.number if low.unit == "d" else low.months < high.months
    if low.unit == "d":
        return low.number < high.months * _DAYS_PER_MONTH_LEAST
    return low.months * _DAYS_PER_MONTH_MOST < high.number


@frozen
class Bucket:
    """One bucket: its name in JSON (`31-60`, the same in every language) and its heading."""

    name: str
    heading: Value


@frozen
class Scheme:
    """The buckets of one report, and where an item goes."""

    basis: str
    edges: tuple[Edge, ...]
    months: int = 0
    """> 0: by calendar month, this many of them; `edges` is then empty."""

    def day(self, charge: Charge) -> dt.date:
        """The day from which a charge ages."""
        return charge.date_due if self.basis == "due" else charge.date_claim

    def buckets(self, as_of: dt.date) -> tuple[Bucket, ...]:
        """All buckets, youngest first."""
        current = (Bucket("current", word("reports.bucket.current")),) if self.basis == "due" else ()
        if self.months:
            firsts = self._firsts(as_of)
            named = [Bucket(first.isoformat()[:7], first.isoformat()[:7]) for first in firsts]
            oldest = firsts[-1].isoformat()[:7]
            return (*current, *named, Bucket(f"<{oldest}", word("reports.bucket.before", month=oldest)))
        done = list(current)
        low: Edge | None = None
        for edge in self.edges:
            done.append(Bucket(*_between(low, edge, from_zero=self.basis == "invoice")))
            low = edge
        last = self.edges[-1]
        heading = f">{last.name}" if last.unit == "d" else word(f"reports.bucket.over.{last.unit}", number=last.number)
        return (*done, Bucket(f">{last.name}", heading))

    def place(self, charge: Charge, as_of: dt.date) -> int:
        """The index of the bucket that `charge` is in on `as_of`."""
        return self.place_of(self.day(charge), as_of)

    def place_of(self, day: dt.date, as_of: dt.date) -> int:
        """The index of the bucket on `as_of` of what ages from `day` on."""
        first = 0
        if self.basis == "due":
            if as_of <= day:
                return 0
            first = 1
        if self.months:
            firsts = self._firsts(as_of)
            return first + next((i for i, month in enumerate(firsts) if month <= day), len(firsts))
        return first + next((i for i, edge in enumerate(self.edges) if edge.holds(day, as_of)), len(self.edges))

    def _firsts(self, as_of: dt.date) -> list[dt.date]:
        """The first days of the months, this month first."""
        this = as_of.replace(day=1)
        return [add_months(this, -back) for back in range(self.months)]


class Places(dict[int, int]):
    """The bucket on a day of what ages from each day (an ordinal) that is asked for: a book has few of them."""

    def __init__(self, scheme: Scheme, as_of: dt.date) -> None:
        super().__init__()
        self.buckets = scheme.buckets(as_of)
        self._scheme = scheme
        self._as_of = as_of

    def __missing__(self, day: int) -> int:
        self[day] = found = self._scheme.place_of(dt.date.fromordinal(day), self._as_of)
        return found


@lru_cache(maxsize=8)
def places(scheme: Scheme, as_of: dt.date) -> Places:
    """What was met so far of a scheme on a day."""
    return Places(scheme, as_of)


def _between(low: Edge | None, high: Edge, *, from_zero: bool) -> tuple[str, Value]:
    if high.unit == "d" and (low is None or low.unit == "d"):
        begin = low.number + 1 if low is not None else 0 if from_zero else 1
        return f"{begin}-{high.number}", f"{begin}-{high.number}"
    name = f"{low.name if low is not None else '0'}-{high.name}"
    if low is None:
        return name, word(f"reports.bucket.within.{high.unit}", number=high.number)
    if low.unit == high.unit:
        return name, word(f"reports.bucket.between.{high.unit}", low=low.number, high=high.number)
    return name, word(
        "reports.bucket.between",
        low=word(f"reports.unit.{low.unit}", number=low.number),
        high=word(f"reports.unit.{high.unit}", number=high.number),
    )
