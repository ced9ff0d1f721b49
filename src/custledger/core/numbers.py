"""The one strict door between text and numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

DIGITS_MAX = 100
"""More digits than this in one number are refused: no amount of money needs them."""

_PLAIN = re.compile(r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)


def plain(text: str) -> Decimal | None:
    """A number as YAML documents, options and tables have it: ASCII digits, `.` decimal, no groups, no exponent.

    None where `text` is anything else (`1e3`, `1_000`, `１２`, `.5`, ` 1`), or longer than DIGITS_MAX.
    """
    return Decimal(text) if len(text) <= DIGITS_MAX and _PLAIN.fullmatch(text) else None


def percent(text: str) -> Decimal | None:
    """`13%` or `0.5%` as 0.13 or 0.005; None where `text` is anything else."""
    number = plain(text[:-1]) if text.endswith("%") else None
    return None if number is None else _shifted(number, -2)


# Numbers as journals have them. Source: hledger 1.25, the manual's "Decimal marks, digit group marks".

GROUP_SPACES = " \u00a0\u2002\u2003\u2008\u2009\u202f\u205f"
"""Blanks that may stand between groups of digits."""

NUMBER = rf"(?:[0-9]+(?:([.,{GROUP_SPACES}])[0-9]+(?:\NTH[0-9]+)*(?:(?!\NTH)[.,][0-9]*)?|[.,])?|[.,][0-9]+)"
"""The longest number at a place; `NTH` is the number of its one group, to be filled in by who embeds it."""


class WrittenNumber(NamedTuple):
    """A number without its sign, and how it was written."""

    quantity: Decimal
    digits: int
    """Digits behind the decimal mark."""
    mark: str
    """The decimal mark, or empty."""
    group: str
    """The mark between groups of digits, or empty."""
    groups: tuple[int, ...]
    """Sizes of the groups from the right; the last repeats."""
    single: bool
    """One mark with digits on both sides, which might be either; `quantity` takes it as the decimal mark."""
    exponent: bool = False


class NumberRefused(ValueError):  # noqa: N818 - it says what happened, in the words of the catalogue
    """A number that is none. `reason`: `too-long`, or `groups-and-exponent`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def written_number(text: str, exponent: str = "") -> WrittenNumber:
    """Read what `NUMBER` matched, with an exponent such as `-6`.

    Raises:
        NumberRefused: it is longer than anything sensible, or has both groups of digits and an exponent.
    """
    if len(text) + len(exponent) > DIGITS_MAX:
        raise NumberRefused("too-long")
    if not exponent:
        if text.isdigit():
            return WrittenNumber(Decimal(text), 0, "", "", (), single=False)
        whole, point, fraction = text.partition(".")
        if point and fraction.isdigit():
            if whole.isdigit():
                return WrittenNumber(Decimal(text), len(fraction), ".", "", (), single=True)
            parts = whole.split(",")
            if len(parts) > 1 and all(map(str.isdigit, parts)):
                value = Decimal("".join(parts) + point + fraction)
                groups = _known_groups(tuple([len(part) for part in parts]))
                return WrittenNumber(value, len(fraction), ".", ",", groups, single=False)
    marks = [char for char in text if not "0" <= char <= "9"]
    if len(marks) == 1 and marks[0] in ".,":
        mark = marks[0]
        whole, _, fraction = text.partition(mark)
        return _scaled(whole, fraction, mark, exponent, single=bool(whole and fraction))
    if not marks:
        return _scaled(text, "", "", exponent, single=False)
    if exponent:
        raise NumberRefused("groups-and-exponent")
    group, mark = marks[0], ""
    whole, fraction = text, ""
    if marks[-1] != group:
        mark = marks[-1]
        whole, _, fraction = text.rpartition(mark)
    sizes = [len(part) for part in whole.split(group)]
    value = Decimal(whole.replace(group, "") + (f".{fraction}" if fraction else ""))
    return WrittenNumber(value, len(fraction), mark, group, _groups(sizes), single=False)


def as_groups(number: WrittenNumber) -> WrittenNumber:
    """A `single` number read the other way: its mark parts two groups of digits.

    Raises:
        NumberRefused: it has an exponent too.
    """
    if number.exponent:
        raise NumberRefused("groups-and-exponent")
    whole = len(str(int(number.quantity)))
    return WrittenNumber(
        _shifted(number.quantity, number.digits), 0, "", number.mark, _groups([whole, number.digits]), single=False
    )


def _shifted(number: Decimal, places: int) -> Decimal:
    """Exactly `number` × 10^`places`; `scaleb` would round long numbers to the context."""
    sign, digits, exponent = number.as_tuple()
    return Decimal((sign, digits, int(exponent) + places))


def _scaled(whole: str, fraction: str, mark: str, exponent: str, *, single: bool) -> WrittenNumber:
    shift = int(exponent) if exponent else 0
    digits = len(fraction) - shift
    if abs(shift) > DIGITS_MAX:
        raise NumberRefused("too-long")
    value = Decimal((0, tuple(map(int, whole + fraction)), shift - len(fraction)))
    if digits < 0:
        value, digits = Decimal((0, tuple(map(int, whole + fraction)) + (0,) * -digits, 0)), 0
    return WrittenNumber(value, digits, mark, "", (), single, bool(exponent))


@lru_cache(maxsize=256)
def _known_groups(sizes: tuple[int, ...]) -> tuple[int, ...]:
    return _groups(list(sizes))


def _groups(sizes: list[int]) -> tuple[int, ...]:
    """Group sizes from the right, without a shorter first group, and without repeating the last."""
    if len(sizes) > 1 and sizes[0] < sizes[1]:
        sizes = sizes[1:]
    sizes = sizes[::-1]
    while len(sizes) > 1 and sizes[-1] == sizes[-2]:
        sizes.pop()
    return tuple(sizes)
