"""How a book numbers its invoices, and the calendar of the benchmark."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

#: Patterns as custledger.yaml has them.
PATTERNS = ("INV-{year}-{seq:04}", "INV{seq:06}", "{seq:05}", "SI/{year}/{seq:05}", "XS{year}{seq:05}")
FIRST = dt.date(2026, 1, 1)


@dataclass(slots=True)
class Series:
    """One book's numbers: customers take turns, so that a customer's own numbers have gaps."""

    pattern: str
    taken: set[str] = field(default_factory=set)

    @property
    def start(self) -> int:
        """Five digits begin at 10,001, the others at one."""
        return 10_001 if self.pattern == "{seq:05}" else 1

    def next(self, rng: random.Random, after: int, year: int) -> tuple[int, str]:
        """(sequence, number) behind `after`, most often close to it."""
        step = 1 if rng.random() < 0.5 else rng.randint(1, 9)  # noqa: PLR2004 - half of them follow each other
        sequence = after + step
        while (number := self.pattern.format(year=year, seq=sequence)) in self.taken:
            sequence += 1
        self.taken.add(number)
        return sequence, number

    def alike(self, number: str) -> str | None:
        """A free number of this series that ends with the same four digits."""
        for place, digit in ((-5, "123456789"), (-6, "12")):
            if len(number) >= -place and number[place].isdigit():
                for other in digit:
                    made = number[:place] + other + number[place + 1 :]
                    if other != number[place] and made not in self.taken:
                        self.taken.add(made)
                        return made
        return None


def month(index: int) -> tuple[dt.date, dt.date]:
    """First and last day of a month of the benchmark."""
    first = FIRST.replace(month=FIRST.month + index)
    following = first.replace(month=first.month + 1)
    return first, following - dt.timedelta(days=1)
