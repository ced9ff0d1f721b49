"""Period expressions of `~` rules: their syntax is checked, nothing is done with them.

```
period   = interval [span] | span
interval = "daily" | "weekly" | … | "every" ["N"] unit | "every" day-of-week | "every" "Nth" "day" …
span     = ["from"] date [("to" | "until" | "..") [date]] | ("to" | "until") date | "in" date
```
Source: hledger 1.25, "Period expressions", and its rule that an interval begins on its natural first day.
"""

from __future__ import annotations

import datetime as dt
import re

from custledger.parse.journal.lines import SPACE
from custledger.parse.journal.problems import Refused, found

_MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH = "(?:" + "|".join([*_MONTHS, *(name[:3] for name in _MONTHS)]) + ")"
_WEEKDAY = "(?:" + "|".join([*_WEEKDAYS, *(name[:3] for name in _WEEKDAYS)]) + ")"
_NTH = r"[0-9]+(?:st|nd|rd|th)"
_UNIT = "(?:day|week|month|quarter|year)"
_DATE = (
    r"(?:[0-9]{4,6}(?:[-/.][0-9]{1,2}(?:[-/.][0-9]{1,2})?)?|[0-9]{8}|[0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{4}q[1-4]|q[1-4]"
    rf"|today|yesterday|tomorrow|(?:this|last|next)(?: {_UNIT})?|{_MONTH}|[0-9]{{1,2}})"
)
_INTERVAL = re.compile(
    rf"(?:(?P<named>daily|weekly|biweekly|fortnightly|monthly|bimonthly|quarterly|yearly)"
    rf"|every (?P<each>{_UNIT})"
    rf"|every (?P<count>[0-9]+) (?P<units>{_UNIT}s)"
    rf"|every (?:{_NTH} day of (?:week|month)|{_NTH} day|{_NTH} {_WEEKDAY}(?: of month)?"
    rf"|{_WEEKDAY}(?:,{_WEEKDAY})*|weekday|weekendday|[0-9]{{1,2}}/[0-9]{{1,2}}|{_MONTH} {_NTH}|{_NTH} {_MONTH})"
    rf"(?: of (?:week|month))?)(?= |$)"
)
_SPAN = re.compile(
    rf"(?:(?:from )?(?P<start>{_DATE})(?: ?(?:\.\.|-)| ?(?:to|\.\.|-) ?(?P<stop>{_DATE}))?"
    rf"|(?:to|until|\.\.) ?(?P<until>{_DATE})|in (?P<within>{_DATE}))$"
)
_TEXT = re.compile(rf"~[{SPACE}]*([^{SPACE};]+(?:[{SPACE}][^{SPACE};]+)*)")


def check_period(line: str, year: int | None) -> None:
    """Whether hledger could read the rule's period. `year` is the one in force.

    Raises:
        Refused: it could not.
    """
    match = _TEXT.match(line)
    if match is None:
        raise Refused("syntax", "period", 1, len(line) + 1, found=found(line))
    text = re.sub(rf"[{SPACE}]+", " ", match[1]).lower()
    begin, end = match.start(1) + 1, match.end(1) + 1
    interval = _INTERVAL.match(text)
    rest = text[interval.end() :].strip() if interval else text
    span = _SPAN.match(rest) if rest else None
    impossible = span is not None and not all(map(_possible, span.groups()))
    if (rest and span is None) or not (interval or span) or impossible:
        raise Refused("syntax", "period", begin, end, found=found(match[1]))
    if interval and span:
        unit = _unit(interval)
        start = _start(span["start"] or span["within"] or "", year)
        if start is not None and not _natural(start, unit):
            raise Refused("syntax", "period-start", begin, end, found=found(match[1]))


def _possible(text: str | None) -> bool:
    """Whether there may be such a month and day."""
    parts = re.split(r"[-/.]", text or "")
    if not all(part.isdigit() for part in parts):
        return True
    limits = (9999, 12, 31) if len(parts[0]) > 2 else (12, 31, 31)  # noqa: PLR2004 - a year has more digits
    return len(parts) == 1 or all(1 <= int(part) <= most for part, most in zip(parts, limits, strict=False))


def _unit(interval: re.Match[str]) -> str:
    named = interval["named"] or ""
    if named:
        return {"daily": "", "biweekly": "week", "fortnightly": "week", "weekly": "week", "monthly": "month",
                "bimonthly": "month", "quarterly": "quarter", "yearly": "year"}[named]  # fmt: skip
    return (interval["each"] or (interval["units"] or "").rstrip("s")).replace("day", "")


def _start(text: str, year: int | None) -> dt.date | None:
    """The first day of a date that says one by itself; None where only today could tell."""
    parts = [int(part) for part in re.split(r"[-/.]", text) if part.isdigit()]
    if not parts or "q" in text or not re.fullmatch(r"[0-9]+(?:[-/.][0-9]+){0,2}", text):
        return None
    if len(text) == 8 and text.isdigit():  # noqa: PLR2004 - YYYYMMDD
        parts = [int(text[:4]), int(text[4:6]), int(text[6:])]
    elif len(re.split(r"[-/.]", text)[0]) < 4:  # noqa: PLR2004 - digits of a year
        if year is None or len(parts) != 2:  # noqa: PLR2004 - month and day
            return None
        parts = [year, *parts]
    try:
        return dt.date(*[*parts, 1, 1][:3])
    except ValueError:
        return None


def _natural(day: dt.date, unit: str) -> bool:
    if unit == "week":
        return day.weekday() == 0
    first_months = {"month": range(1, 13), "quarter": (1, 4, 7, 10), "year": (1,)}.get(unit)
    return first_months is None or (day.day == 1 and day.month in first_months)
