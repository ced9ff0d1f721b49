"""Dates and amounts as other systems write them, by declared patterns: nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from custledger.core.numbers import plain

if TYPE_CHECKING:
    from decimal import Decimal

YEARS = (1900, 2200)
"""A date outside is a slip of the pen or of the order."""

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LONG = "january february march april may june july august september october november december".split()
_TOKENS = re.compile(r"YYYY|YY|Y|MMM|MM|M|DD|D|h|m|s")
_PARTS = {
    "YYYY": r"(?P<Y>[0-9]{4})",
    "Y": r"(?P<Y>[0-9]{4})",
    "YY": r"(?P<y>[0-9]{2})",
    "MMM": r"(?P<N>[A-Za-z]{3,9})\.?",
    "MM": r"(?P<M>[0-9]{2})",
    "M": r"(?P<M>[0-9]{1,2})",
    "DD": r"(?P<D>[0-9]{2})",
    "D": r"(?P<D>[0-9]{1,2})",
    "h": r"[0-9]{1,2}",
    "m": r"[0-9]{2}",
    "s": r"[0-9]{2}(?:\.[0-9]+)?",
}


@lru_cache(maxsize=256)
def date_pattern(pattern: str) -> re.Pattern[str] | None:
    """A pattern of dates as a regular expression; None where it has not a year, a month and a day, each once.

    `Y` four digits, `YY` two (of this century), `M` `D` one or two, `MM` `DD` two, `MMM` an English month's name,
    `h` `m` `s` a time that is read over; every other character is itself. `YMD` is eight digits.
    """
    if pattern == "YMD":
        pattern = "YYYYMMDD"
    text, kinds, at = "", [], 0
    for match in _TOKENS.finditer(pattern):
        between = pattern[at : match.start()]
        if any(char.isalnum() and char.isascii() and char != "T" for char in between):
            return None
        kinds.append(match[0][0] if match[0] not in {"h", "m", "s"} else match[0])
        text += re.escape(between) + _PARTS[match[0]]
        at = match.end()
    tail = pattern[at:]
    if sorted(kinds)[:3] != ["D", "M", "Y"] or len(set(kinds)) != len(kinds):
        return None
    return re.compile(text + re.escape(tail), re.ASCII)


def order_of(pattern: str) -> str:
    """The order of a pattern's parts: `DMY`, `MDY`, `YMD`."""
    return "".join(token[0] for token in _TOKENS.findall(pattern) if token[0] in "YMD")


def parse_date(text: str, patterns: tuple[str, ...]) -> dt.date | None:
    """The day that `text` is by the first pattern that fits, or None; days that do not exist are None."""
    for pattern in patterns:
        compiled = date_pattern(pattern)
        match = compiled.fullmatch(text) if compiled else None
        if match is None:
            continue
        parts = match.groupdict()
        year = int(parts["Y"]) if parts.get("Y") else 2000 + int(parts["y"])
        name = (parts.get("N") or "").lower()
        month = _month(name) if name else int(parts["M"])
        try:
            day = dt.date(year, month, int(parts["D"]))
        except ValueError:
            continue
        return day if YEARS[0] <= year < YEARS[1] else None
    return None


def _month(name: str) -> int:
    if name == "sept":
        return 9
    return (_LONG.index(name) if name in _LONG else _MONTHS.index(name) if name in _MONTHS else -1) + 1


@lru_cache(maxsize=64)
def _groups(mark: str) -> re.Pattern[str]:
    return re.compile(rf"[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}})+|[0-9]+", re.ASCII)


def strip_marks(text: str, marks: tuple[str, ...]) -> str:
    """`text` without blanks and the declared marks at its ends."""
    text = text.strip()
    again = bool(marks)
    while again:
        again = False
        for mark in marks:
            shorter = text.removeprefix(mark).removesuffix(mark).strip()
            if shorter != text:
                text, again = shorter, True
    return text


def parse_amount(text: str, decimal_mark: str, group_mark: str, marks: tuple[str, ...]) -> Decimal | None:
    """A number by declared marks, or None where it is anything else.

    A sign may stand before or behind the currency's mark, or the whole in parentheses (negative). Groups are of three
    digits from the right, as the declared mark separates them, or there are none.
    """
    text, sign = strip_marks(text, marks), ""
    if text.startswith("(") and text.endswith(")"):
        text, sign = strip_marks(text[1:-1], marks), "-"
    elif text[:1] in {"-", "+", "−"}:
        sign, text = ("" if text[0] == "+" else "-"), strip_marks(text[1:], marks)
    elif text.endswith("-"):
        text, sign = strip_marks(text[:-1], marks), "-"
    whole, mark, fraction = text.partition(decimal_mark)
    if mark and not fraction:
        return None
    if group_mark and whole and _groups(group_mark).fullmatch(whole):
        whole = whole.replace(group_mark, "")
    if not (whole or fraction) or not (whole.isdigit() or not whole) or not whole.isascii():
        return None
    whole = whole.lstrip("0") or "0"
    return plain(sign + whole + ("." + fraction if fraction else ""))
