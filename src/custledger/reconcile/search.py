"""Which sets of open amounts sum to a payment, and how likely that is by chance.

Arithmetic proves nothing by itself: with a few dozen open items some set sums to almost anything. So the search
looks at a *family* of sets that people do pay, completely or saying that it gave up, and measures coincidence:

    λ = sets in the family × g ÷ range of their sums        g = greatest common divisor of the amounts

the number of sets expected to hit an arbitrary sum. Where prices are in whole hundreds g is large, and so is λ.
Source: counts of false sums measured on generated books; see docs/MATCHING.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb, gcd
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STEPS_MAX = 400_000
"""Look-ups and comparisons: about 50 ms of plain Python. A count, never a time, so that answers repeat."""
FOUND_MAX = 5
_BUT = 2
"""Sets of all but at most this many belong to the family."""

Set = tuple[int, ...]
"""Indices into the amounts, ascending."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the search found. `complete`: the family was searched to its end, or FOUND_MAX sets were found."""

    sets: tuple[Set, ...]
    family: int
    """How many sets the family has."""
    divisor: int
    """g, in minor units."""
    spread: int
    """Range of the family's sums, in minor units."""
    complete: bool
    steps: int

    @property
    def coincidence(self) -> Fraction:
        """λ: sets expected to hit an arbitrary sum by chance. 0 where there is but one set."""
        if self.family <= 1 or not self.spread:
            return Fraction(0)
        return Fraction(self.family * self.divisor, self.spread)


def sets_of_size(amounts: Sequence[int], target: int, size: int, steps_max: int = STEPS_MAX) -> Iterator[Set]:
    """Sets of exactly `size` amounts that sum to `target`; ends early where the budget is spent."""
    try:
        yield from _of_size(amounts, target, size, _Steps(steps_max))
    except _SpentError:
        return


def worth(amounts: Sequence[int], size: int, groups: int, limit: Fraction) -> bool:
    """Whether chance could be excluded at all in the family of sets of at most `size`: λ without searching."""
    family = family_size(len(amounts), min(size, len(amounts))) + groups
    return Fraction(family * (gcd(*amounts) or 1)) <= limit * _spread(amounts)


def _spread(amounts: Sequence[int]) -> int:
    """Range of the sums of non-empty sets."""
    negative = sum(amount for amount in amounts if amount < 0)
    return sum(amount for amount in amounts if amount > 0) - (negative or min(amounts, default=0))


class _Steps:
    """A budget; what goes over it stops the search."""

    __slots__ = ("left",)

    def __init__(self, budget: int) -> None:
        self.left = budget

    def spend(self, count: int = 1) -> None:
        self.left -= count
        if self.left < 0:
            raise _SpentError


class _SpentError(Exception):
    """The budget is spent."""


def search(
    amounts: Sequence[int],
    target: int,
    *,
    set_size: int = 5,
    groups: Sequence[Set] = (),
    steps_max: int = STEPS_MAX,
) -> Outcome:
    """The sets of the family that sum to `target`, in minor units; amounts may be negative (credits), none zero.

    The family: every set of at most `set_size` amounts, every one of `groups` (the charges of one month, order or
    delivery), and all but at most two. At most FOUND_MAX sets are given, in order of size, then indices.
    """
    size = min(set_size, len(amounts))
    extra = sorted({tuple(sorted(group)) for group in groups if size < len(group) < len(amounts) - _BUT})
    family = family_size(len(amounts), size) + len(extra)
    steps = _Steps(steps_max)
    found: dict[Set, None] = {}
    complete = True
    divisor = gcd(*amounts) if amounts else 1
    possible = not divisor or target % divisor == 0
    try:
        for hit in _family(amounts, target, size, extra, steps) if possible else ():
            found[hit] = None
            if len(found) >= FOUND_MAX:
                break
    except _SpentError:
        complete = False
    return Outcome(
        sets=tuple(sorted(found, key=lambda one: (len(one), one))),
        family=family,
        divisor=divisor,
        spread=_spread(amounts),
        complete=complete,
        steps=steps_max - max(0, steps.left),
    )


def family_size(count: int, size: int) -> int:
    """How many sets of `count` amounts have at most `size` of them or all but at most two; the empty set is none."""
    sizes = {*range(1, size + 1), *range(max(1, count - _BUT), count + 1)}
    return sum(comb(count, each) for each in sizes)


def _family(amounts: Sequence[int], target: int, size: int, groups: Sequence[Set], steps: _Steps) -> Iterator[Set]:
    count = len(amounts)
    everything = tuple(range(count))
    for group in groups:
        steps.spend(len(group))
        if sum(amounts[i] for i in group) == target:
            yield group
    rest = sum(amounts) - target
    for left_out in range(min(_BUT, count - 1) + 1):
        if count - left_out > size:
            for out in _of_size(amounts, rest, left_out, steps):
                yield tuple(i for i in everything if i not in out)
    ordered = sorted(amounts)
    for wanted in range(1, size + 1):
        if sum(ordered[:wanted]) <= target <= sum(ordered[count - wanted :]):
            yield from _of_size(amounts, target, wanted, steps)


def _of_size(amounts: Sequence[int], target: int, size: int, steps: _Steps) -> Iterator[Set]:
    """Every set of exactly `size` amounts that sums to `target`."""
    if size == 0:
        if target == 0:
            yield ()
        return
    if size <= 2:  # noqa: PLR2004 - sets of one are a look-up, of two a pass
        yield from _small(amounts, target, size, steps)
        return
    pairs = _pairs(amounts, steps)
    for head, total in _heads(amounts, size - 2, steps):
        steps.spend()
        for low, high in pairs.get(target - total, ()):
            steps.spend()
            if low > head[-1]:
                yield (*head, low, high)


def _small(amounts: Sequence[int], target: int, size: int, steps: _Steps) -> Iterator[Set]:
    where: dict[int, list[int]] = {}
    for index, amount in enumerate(amounts):
        steps.spend()
        if size == 1:
            if amount == target:
                yield (index,)
            continue
        for other in where.get(target - amount, ()):
            yield (other, index)
        where.setdefault(amount, []).append(index)


def _pairs(amounts: Sequence[int], steps: _Steps) -> dict[int, list[tuple[int, int]]]:
    steps.spend(len(amounts) * (len(amounts) - 1) // 2)
    found: dict[int, list[tuple[int, int]]] = {}
    for low, first in enumerate(amounts):
        for high in range(low + 1, len(amounts)):
            found.setdefault(first + amounts[high], []).append((low, high))
    return found


def _heads(amounts: Sequence[int], size: int, steps: _Steps) -> Iterator[tuple[Set, int]]:
    """Every set of `size` amounts that leaves two behind it, with its sum."""
    stack: list[tuple[Set, int]] = [((), 0)]
    while stack:
        head, total = stack.pop()
        if len(head) == size:
            yield head, total
            continue
        first = head[-1] + 1 if head else 0
        last = len(amounts) - 2 - (size - len(head) - 1)
        steps.spend(max(0, last - first))
        stack.extend(((*head, index), total + amounts[index]) for index in reversed(range(first, last)))
