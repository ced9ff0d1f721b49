"""The search for sets of open amounts, alone: how far it gets, what it finds, how long it takes."""

from __future__ import annotations

import random
import statistics
import time
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from custledger.reconcile.search import FOUND_MAX, STEPS_MAX, Outcome, search, worth

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SIZES = (60, 200, 1000)
ROUNDS = 5
LIMIT = Fraction(1, 10_000)
SET_SIZE = 5


class Row(NamedTuple):
    """One line of the table: what the tier does, and what searching a family of this size alone comes to."""

    amounts: str
    target: str
    count: int
    tier: str
    found: tuple[str, ...]
    """For sets of up to 2, 3 and 5: sets found, steps, milliseconds."""


def cents(rng: random.Random, count: int) -> list[int]:
    """Amounts to the cent, 100 to 60,000."""
    return [rng.randrange(100_00, 60_000_00) for _ in range(count)]


def hundreds(rng: random.Random, count: int) -> list[int]:
    """A price list in whole hundreds, times one to five."""
    prices = [rng.randrange(1, 60) * 100_00 for _ in range(12)]
    return [rng.choice(prices) * rng.randint(1, 5) for _ in range(count)]


def series(rng: random.Random, count: int) -> list[int]:
    """1.00, 2.00, 3.00 …: every sum there is, in very many ways."""
    del rng
    return [(place + 1) * 100 for place in range(count)]


def same(rng: random.Random, count: int) -> list[int]:
    """One amount over and over."""
    del rng
    return [999_99] * count


def nearly(rng: random.Random, count: int) -> list[int]:
    """Amounts close to each other, to the cent: nothing can be left out early."""
    return [10_000_00 + rng.randrange(10_00) for _ in range(count)]


KINDS: dict[str, Callable[[random.Random, int], list[int]]] = {
    "to the cent": cents,
    "price list in hundreds": hundreds,
    "1, 2, 3 …": series,
    "all the same": same,
    "nearly the same": nearly,
}
TARGETS = {"sum of 2": 2, "sum of 3": 3, "no set meant": 0}
FAMILIES = (2, 3, 5)


def target_of(rng: random.Random, amounts: Sequence[int], size: int) -> int:
    """The sum of so many of them, or three times their mean and a cent."""
    return sum(rng.sample(amounts, size)) if size else sum(amounts) // len(amounts) * 3 + 1


def tier(amounts: Sequence[int], target: int) -> str:
    """What `combination` does: the largest family that chance allows and that can be searched to its end."""
    searched = False
    for size in range(SET_SIZE, 1, -1):
        if not worth(amounts, size, 0, LIMIT):
            continue
        searched = True
        outcome = search(amounts, target, set_size=size)
        if outcome.complete and outcome.coincidence <= LIMIT:
            return f"up to {size}: {told(outcome)}"
    return "left: not proved" if searched else "left: chance"


def told(outcome: Outcome) -> str:
    """What becomes of an outcome within its bounds."""
    if len(outcome.sets) > 1:
        return "several, left"
    return "applied" if outcome.sets else "none"


def table(seed: int) -> list[Row]:
    """Every count, kind of amounts and target."""
    rows = []
    for name, make in KINDS.items():
        for target, size in TARGETS.items():
            for count in SIZES:
                rng = random.Random(f"{seed}/{count}/{name}/{target}")  # noqa: S311 - a benchmark
                amounts = make(rng, count)
                wanted = target_of(rng, amounts, size)
                found = tuple(alone(amounts, wanted, family) for family in FAMILIES)
                rows.append(Row(name, target, count, tier(amounts, wanted), found))
    return rows


def alone(amounts: Sequence[int], wanted: int, size: int) -> str:
    """One search: sets found (a plus where it stopped looking), or that it gave up; steps; the median time."""
    outcome = search(amounts, wanted, set_size=size)
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        search(amounts, wanted, set_size=size)
        seconds.append(time.perf_counter() - start)
    sets = f"{len(outcome.sets)}{'+' if len(outcome.sets) == FOUND_MAX else ''}"
    what = sets if outcome.complete else f"gave up ({sets})"
    return f"{what} · {outcome.steps:,} · {1000 * statistics.median(seconds):.1f} ms"


__all__ = ["FAMILIES", "STEPS_MAX", "Row", "table"]
