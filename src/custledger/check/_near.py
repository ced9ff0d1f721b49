"""Which number was meant: stricter than for names, since numbers of one sequence all look alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOOKALIKE = str.maketrans("oil", "011")


def nearest_number(word: str, numbers: Iterable[str]) -> str:
    """The one number that `word` can be a slip of, or "".

    First those that differ in capitals, separators, leading zeros, or O for 0 and l for 1; else those one slip away
    (a character too many, too few, another, or two swapped). Of several none is named: a guess would be worse.
    """
    pool = list(dict.fromkeys(numbers))
    for test in (_same, _one_slip):
        found = [number for number in pool if number != word and test(word, number)]
        if found:
            return found[0] if len(found) == 1 else ""
    return ""


def _bare(number: str) -> str:
    plain = re.sub(r"[^\w]|_", "-", number.casefold().translate(_LOOKALIKE))
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", plain).replace("-", "")


def _same(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


def _one_slip(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, rest_other = one[start:], other[start:]
    while rest and rest_other and rest[-1] == rest_other[-1]:
        rest, rest_other = rest[:-1], rest_other[:-1]
    swapped = len(rest) == 2 and rest == rest_other[::-1]  # noqa: PLR2004 - two neighbours
    return swapped or max(len(rest), len(rest_other)) <= 1
