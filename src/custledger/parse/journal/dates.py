"""Dates as written.

```
date = year sep month sep day | month sep day        sep = "-" | "/" | ".", the same twice
```
"""

from __future__ import annotations

import datetime as dt
import re

from custledger.parse.journal.problems import Refused
from custledger.parse.journal.raw import RawDate

_DATE = re.compile(r"([0-9]+)([-/.])([0-9]+)(?:([-/.])([0-9]+))?", re.ASCII)
_YEAR_DIGITS = 4
_NUMBER_MAX = 6


def scan_date(line: str, position: int) -> RawDate:
    """The date at `position` (from 0). A year has four digits or more, as in hledger.

    Raises:
        Refused: there is none, or no calendar has it.
    """
    match = _DATE.match(line, position)
    if match is None:
        end = position + _word(line, position)
        raise Refused("invalid-date", "form", position + 1, end + 1, found=line[position:end][:40])
    first, mark, second, mark_second, third = match.groups()
    column, end = position + 1, match.end() + 1
    if max(len(first), len(second), len(third or "")) > _NUMBER_MAX:
        raise Refused("invalid-date", "", column, end, found=match[0][:40])
    if len(first) < _YEAR_DIGITS:
        if third is not None:
            raise Refused("invalid-date", "order", column, end, found=match[0])
        return RawDate(None, int(first), int(second), column, end, match[0])
    if third is None or mark != mark_second:
        raise Refused("invalid-date", "form", column, end, found=match[0])
    date = RawDate(int(first), int(second), int(third), column, end)
    make_date(date, date.year or 0)
    return date


def make_date(raw: RawDate, year: int) -> dt.date:
    """The day that is meant, with `year` where none was written.

    Raises:
        Refused: there is no such day.
    """
    try:
        return dt.date(raw.year if raw.year is not None else year, raw.month, raw.day)
    except ValueError:
        text = f"{raw.year if raw.year is not None else year:04d}-{raw.month:02d}-{raw.day:02d}"
        raise Refused("invalid-date", "", raw.column, raw.end, found=text) from None


def _word(line: str, position: int) -> int:
    rest = line[position:].split(maxsplit=1)
    return len(rest[0]) if rest and not line[position : position + 1].isspace() else 0
