"""Right, wrong and left open, by count and value, with intervals.

A receipt is *wrong* when anything was applied on it that was not meant, or was meant in another amount, or could not
be told yet: applying what is undecidable is wrong even where luck had it. It is *right* when exactly what was meant
was applied, on a day on which it could be told, and a permitted difference was explained by its own reason. Else it
is *left*: rightly, where nothing could be told or nothing was to be paid.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.matching.world import Receipt

RIGHT, WRONG, LEFT, RIGHTLY = "right", "wrong", "left open", "rightly left"
OUTCOMES = (RIGHT, WRONG, LEFT, RIGHTLY)
Z = 1.959963984540054
"""Of a 95 % interval."""


@dataclass(slots=True)
class Tally:
    """Counts and cents by outcome."""

    count: dict[str, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))
    cents: dict[str, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))

    def add(self, outcome: str, cents: int) -> None:
        """One receipt."""
        self.count[outcome] += 1
        self.cents[outcome] += cents

    def merge(self, other: Tally) -> None:
        """Another part's counts."""
        for outcome in OUTCOMES:
            self.count[outcome] += other.count[outcome]
            self.cents[outcome] += other.cents[outcome]

    @property
    def total(self) -> int:
        """Receipts."""
        return sum(self.count.values())

    @property
    def applied(self) -> int:
        """Receipts on which something was applied without a person."""
        return self.count[RIGHT] + self.count[WRONG]


@dataclass(slots=True)
class Score:
    """What one way of matching did: by kind of difficulty; of the decidable; by size and prices of the customer."""

    kinds: dict[str, Tally] = field(default_factory=dict)
    decidable: dict[str, Tally] = field(default_factory=dict)
    customers: dict[str, Tally] = field(default_factory=dict)

    def add(self, made: Receipt, customer: str, outcome: str) -> None:
        """One receipt."""
        self.kinds.setdefault(made.kind, Tally()).add(outcome, made.amount)
        if made.decidable is not None:
            self.decidable.setdefault(made.kind, Tally()).add(outcome, made.amount)
            self.customers.setdefault(customer, Tally()).add(outcome, made.amount)

    def merge(self, other: Score) -> None:
        """Another part's counts."""
        for mine, theirs in (
            (self.kinds, other.kinds),
            (self.decidable, other.decidable),
            (self.customers, other.customers),
        ):
            for name, tally in theirs.items():
                mine.setdefault(name, Tally()).merge(tally)

    @property
    def all(self) -> Tally:
        """Every receipt."""
        return summed(self.kinds.values())

    @property
    def told(self) -> Tally:
        """Every decidable receipt."""
        return summed(self.decidable.values())


def summed(tallies: Iterable[Tally]) -> Tally:
    """One tally of several."""
    whole = Tally()
    for tally in tallies:
        whole.merge(tally)
    return whole


def outcome_of(made: Receipt, applied: dict[str, int], *, timely: bool = True, reasoned: bool = True) -> str:
    """What became of a receipt: `applied` by invoice; whether it could be told by then, and the reason is right."""
    if not applied:
        return RIGHTLY if made.decidable is None else LEFT
    right = made.decidable is not None and timely and applied == made.meant
    if not right:
        return WRONG
    return RIGHT if reasoned else LEFT


def interval(hits: int, count: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share; at zero hits the rule of three: 0 to 3/count."""
    if not count:
        return 0.0, 1.0
    if not hits:
        return 0.0, min(1.0, 3 / count)
    share = hits / count
    middle = (share + Z * Z / (2 * count)) / (1 + Z * Z / count)
    half = Z * sqrt(share * (1 - share) / count + Z * Z / (4 * count * count)) / (1 + Z * Z / count)
    return max(0.0, middle - half), min(1.0, middle + half)
