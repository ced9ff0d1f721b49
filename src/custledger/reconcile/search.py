"""Which sets of open amounts sum to a payment, and how likely that is by chance.

Arithmetic proves nothing by itself: with a few dozen open items some set sums to almost anything. So the search
looks at a *family* of sets that people do pay, completely or saying that it gave up, and measures coincidence:

    λ = sets in the family × g ÷ range of their sums        g = greatest common divisor of the amounts

the number of sets expected to hit an arbitrary sum. Where prices are in whole hundreds g is large, and so is λ.
Source: counts of false sums measured on generated books; see docs/MATCHING.md.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import comb, gcd
from typing import TYPE_CHECKING, NamedTuple

from custledger.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STEPS_MAX = 400_000
"""Look-ups and comparisons: about 50 ms of plain Python. A count, never a time, so that answers repeat."""
FOUND_MAX = 5
BUT = 2
"""Sets of all but at most this many belong to the family."""

Set = tuple[int, ...]
"""Indices into the amounts, ascending."""


@frozen
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


class Measure(NamedTuple):
    """What λ depends on, beside the size of the family."""

    divisor: int
    """g, in minor units; 1 where there are no amounts."""
    spread: int
    """Range of the sums of non-empty sets, in minor units."""


def measure(amounts: Sequence[int]) -> Measure:
    """The measure of some amounts."""
    negative = sum([amount for amount in amounts if amount < 0])
    return Measure(gcd(*amounts) or 1, sum(amounts) - negative - (negative or min(amounts, default=0)))


def worth(amounts: Sequence[int], size: int, groups: int, limit: Fraction, measured: Measure | None = None) -> bool:
    """Whether chance could be excluded at all in the family of sets of at most `size`: λ without searching.

    `measured` is the amounts' measure, for who asks about several sizes.
    """
    divisor, spread = measured or measure(amounts)
    family = family_size(len(amounts), min(size, len(amounts))) + groups
    return family * divisor * limit.denominator <= limit.numerator * spread


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
    extra = sorted({tuple(sorted(group)) for group in groups if size < len(group) < len(amounts) - BUT})
    family = family_size(len(amounts), size) + len(extra)
    steps = _Steps(steps_max)
    found: dict[Set, None] = {}
    complete = True
    divisor, spread = measure(amounts)
    possible = target % divisor == 0
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
        spread=spread,
        complete=complete,
        steps=steps_max - max(0, steps.left),
    )


@lru_cache(maxsize=512)
def family_size(count: int, size: int) -> int:
    """How many sets of `count` amounts have at most `size` of them or all but at most two; the empty set is none."""
    sizes = {*range(1, size + 1), *range(max(1, count - BUT), count + 1)}
    return sum(comb(count, each) for each in sizes)


_Pairs = dict[int, list[tuple[int, int]]]
"""Every pair of amounts, by its sum."""


def _family(amounts: Sequence[int], target: int, size: int, groups: Sequence[Set], steps: _Steps) -> Iterator[Set]:
    count = len(amounts)
    everything = tuple(range(count))
    for group in groups:
        steps.spend(len(group))
        if sum(amounts[i] for i in group) == target:
            yield group
    rest = sum(amounts) - target
    for left_out in range(min(BUT, count - 1) + 1):
        if count - left_out > size:
            for out in _of_size(amounts, rest, left_out, steps):
                yield tuple(i for i in everything if i not in out)
    ordered = sorted(amounts)
    pairs: _Pairs = {}
    for wanted in range(1, size + 1):
        if sum(ordered[:wanted]) <= target <= sum(ordered[count - wanted :]):
            yield from _of_size(amounts, target, wanted, steps, pairs)


def _of_size(
    amounts: Sequence[int], target: int, size: int, steps: _Steps, pairs: _Pairs | None = None
) -> Iterator[Set]:
    """Every set of exactly `size` amounts that sums to `target`; `pairs` may be empty, and are filled once."""
    if size == 0:
        if target == 0:
            yield ()
        return
    if size == 1:
        yield from _ones(amounts, target, steps)
        return
    if size == 2:  # noqa: PLR2004 - sets of one are a look-up, of two a pass
        yield from _twos(amounts, target, steps)
        return
    pairs = {} if pairs is None else pairs
    steps.spend(len(amounts) * (len(amounts) - 1) // 2)
    if not pairs:
        _fill(pairs, amounts)
    yield from _more(amounts, target, size - 2, pairs, steps)


def _ones(amounts: Sequence[int], target: int, steps: _Steps) -> Iterator[Set]:
    first = 0
    for _ in range(amounts.count(target)):
        place = amounts.index(target, first)
        steps.spend(place + 1 - first)
        yield (place,)
        first = place + 1
    steps.spend(len(amounts) - first)


def _twos(amounts: Sequence[int], target: int, steps: _Steps) -> Iterator[Set]:
    if steps.left >= len(amounts) and set(amounts).isdisjoint([target - amount for amount in amounts]):
        steps.spend(len(amounts))
        return
    where: dict[int, list[int]] = {}
    for index, amount in enumerate(amounts):
        steps.spend()
        for other in where.get(target - amount, ()):
            yield (other, index)
        where.setdefault(amount, []).append(index)


def _fill(pairs: _Pairs, amounts: Sequence[int]) -> None:
    for low, first in enumerate(amounts):
        for high in range(low + 1, len(amounts)):
            total = first + amounts[high]
            if total in pairs:
                pairs[total].append((low, high))
            else:
                pairs[total] = [(low, high)]


def _more(amounts: Sequence[int], target: int, size: int, pairs: _Pairs, steps: _Steps) -> Iterator[Set]:
    """Every set of `size` amounts that leaves two behind it, with every pair behind it that makes up the sum.

    A step for each amount that is tried and for each set; what nothing fits is counted at once.
    """
    stack: list[tuple[Set, int]] = [((), target)]
    while stack:
        head, wanted = stack.pop()
        first = head[-1] + 1 if head else 0
        last = len(amounts) - 1 - size + len(head)
        steps.spend(max(0, last - first))
        if len(head) + 1 < size:
            stack.extend(((*head, index), wanted - amounts[index]) for index in reversed(range(first, last)))
            continue
        missing = [wanted - amount for amount in amounts[first:last]]
        if steps.left >= len(missing) and pairs.keys().isdisjoint(missing):
            steps.spend(len(missing))
            continue
        for index, rest in enumerate(missing, first):
            steps.spend()
            for low, high in pairs.get(rest, ()):
                steps.spend()
                if low > index:
                    yield (*head, index, low, high)
