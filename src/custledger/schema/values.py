"""From a scalar's text to a value, or what is wrong with it.

Every scalar arrives as text, exactly as written; nothing is ever guessed from its look. Each reader takes what stands
behind a key (text, None for nothing, a list, a dict) and gives the value or raises `Fault`.
"""

from __future__ import annotations

import itertools
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from custledger.core.dates import parse_iso
from custledger.core.ids import suggest_id, valid_id, valid_number
from custledger.core.numbers import percent as parse_percent
from custledger.core.numbers import plain
from custledger.core.terms import Terms, parse_terms
from custledger.core.text import listed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

FORMAT = 1
"""The version of the format that this program reads and writes."""


class Fault(Exception):  # noqa: N818 - it says what is wrong with a value, and is caught at once
    """A value that cannot be: the variant of `invalid-value` and its arguments."""

    def __init__(self, variant: str, **args: str) -> None:
        super().__init__(variant)
        self.variant = variant
        self.args_named = args


def text(value: object) -> str:
    """Any text; it may have several lines."""
    if isinstance(value, str):
        return value
    raise Fault("empty" if value is None else "text")


def words(value: object) -> str:
    """Text on one line, not empty."""
    found = text(value)
    if "\n" in found:
        raise Fault("one-line")
    if not found.strip():
        raise Fault("empty")
    return found


def date(value: object) -> dt.date:
    """An ISO date."""
    found = text(value)
    day = parse_iso(found)
    if day is None:
        raise Fault("date", value=found)
    return day


def amount(value: object, variant: str = "amount") -> Decimal:
    """A number as the digits stand."""
    found = text(value)
    number = plain(found)
    if number is None:
        raise Fault(variant, value=found)
    return number


def quantity(value: object) -> Decimal:
    """A number that is no money."""
    return amount(value, "number")


def not_negative(value: object) -> Decimal:
    """An amount that is zero or more."""
    number = amount(value)
    if number < 0:
        raise Fault("not-negative", value=text(value))
    return number


def positive(value: object) -> Decimal:
    """An amount above zero."""
    number = amount(value)
    if number <= 0:
        raise Fault("positive", value=text(value))
    return number


def probability(value: object) -> Decimal:
    """A number from 0 to 1."""
    number = not_negative(value)
    if number > 1:
        raise Fault("probability", value=text(value))
    return number


def percent(value: object) -> Decimal:
    """`13%` as 0.13: from 0% to 100%."""
    found = text(value)
    rate = parse_percent(found)
    if rate is None:
        raise Fault("percent", value=found)
    if not 0 <= rate <= 1:
        raise Fault("percent-range", value=found)
    return rate


def share(value: object) -> Decimal:
    """A percentage above 0%."""
    rate = percent(value)
    if not rate:
        raise Fault("positive", value=text(value))
    return rate


def identifier(value: object) -> str:
    """The id of a customer or of an entry of the log."""
    found = text(value)
    if not valid_id(found):
        suggestion = suggest_id(found)
        raise Fault("id-nearest", value=found, nearest=suggestion) if suggestion else Fault("id", value=found)
    return found


def number(value: object) -> str:
    """A document's number."""
    found = text(value)
    if not valid_number(found):
        raise Fault("document-number", value=found)
    return found


def terms(value: object) -> Terms:
    """Terms of payment."""
    found = text(value)
    parsed = parse_terms(found)
    if parsed is None:
        raise Fault("terms", value=found)
    return parsed


_COMMODITY = re.compile(r'[^\s";]{1,32}(?: [^\s";]{1,32}){0,3}')
_ACCOUNT = re.compile(r"[^\s:;()\[\]](?:[^\s:;]| (?! ))*(?::[^\s:;](?:[^\s:;]| (?! ))*)*(?<! )")
_LANGUAGE = re.compile(r"(en|zh)([-_][A-Za-z]{2,4}){0,2}")


def _matching(value: object, pattern: re.Pattern[str], variant: str) -> str:
    found = text(value)
    if not pattern.fullmatch(found):
        raise Fault(variant, value=found)
    return found


def commodity(value: object) -> str:
    """A currency or another commodity."""
    return _matching(value, _COMMODITY, "commodity")


def account(value: object) -> str:
    """An account's name as journals have it."""
    return _matching(value, _ACCOUNT, "account")


def language(value: object) -> str:
    """A language that documents are written in."""
    return _matching(value, _LANGUAGE, "language")


def references(value: object) -> tuple[str, ...]:
    """One reference or a list of them."""
    return tuple(words(item) for item in value) if isinstance(value, list) else (words(value),)


def flag(value: object) -> bool:
    """`true` or `false`."""
    found = text(value)
    if found not in {"true", "false"}:
        raise Fault("choice", value=found, choices="`true`, `false`")
    return found == "true"


def choice(*names: str) -> Callable[[object], str]:
    """A reader of one of these words."""
    known = frozenset(names)

    def check(value: object) -> str:
        found = text(value)
        if found in known:
            return found
        from custledger.core.nearest import nearest

        choices = listed(f"`{name}`" for name in names)
        near = nearest(found, names, most=1)
        raise (
            Fault("choice-nearest", value=found, choices=choices, nearest=near[0])
            if near
            else Fault("choice", value=found, choices=choices)
        )

    return check


_WHOLE = re.compile(r"0|[1-9][0-9]{0,5}", re.ASCII)


def count(least: int, most: int) -> Callable[[object], int]:
    """A reader of a whole number in this range."""

    def check(value: object) -> int:
        found = text(value)
        if not _WHOLE.fullmatch(found) or not least <= int(found) <= most:
            raise Fault("count", value=found, least=str(least), most=str(most))
        return int(found)

    return check


_PATTERN = re.compile(r'(?:[^\s,;:|()\[\]{}"`]|\{(?:year|month|seq(?::0?[1-9])?)\})+')


def pattern(value: object) -> str:
    """A pattern of numbers, `INV-{year}-{seq:04}`: `{seq}` once."""
    found = _matching(value, _PATTERN, "pattern")
    if found.count("{seq") != 1:
        raise Fault("pattern", value=found)
    return found


def zone(value: object) -> str:
    """A time zone of the IANA database."""
    from zoneinfo import ZoneInfo

    found = text(value)
    try:
        ZoneInfo(found)
    except (OSError, ValueError, KeyError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise Fault("timezone", value=found) from error
    return found


def version(value: object) -> int:
    """The format's version."""
    found = text(value)
    if found != str(FORMAT):
        raise Fault("version", value=found, known=str(FORMAT))
    return FORMAT


_EDGE = re.compile(r"([1-9][0-9]{0,3})([my]?)", re.ASCII)
_DAYS = {"": Decimal(1), "m": Decimal("30.4"), "y": Decimal("365.2")}


def edges(found: Sequence[str]) -> None:
    """Edges of aging rise: `30`, `6m`, `1y`."""
    before, days_before = "0", Decimal(0)
    for edge in found:
        match = _EDGE.fullmatch(edge)
        if match is None:
            raise Fault("edge", value=edge)
        days = int(match[1]) * _DAYS[match[2]]
        if days <= days_before:
            raise Fault("edges", value=edge, before=before)
        before, days_before = edge, days
    some(found)


def rising(days: Sequence[dt.date | None]) -> None:
    """The days of a dated list rise, and there is one version at least."""
    some(days)
    for before, day in itertools.pairwise(day for day in days if day is not None):
        if day <= before:
            raise Fault("dated-order", value=day.isoformat(), before=before.isoformat())


def some(items: Sequence[object]) -> None:
    """A list that must not be empty."""
    if not items:
        raise Fault("empty")
