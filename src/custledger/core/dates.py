"""Days and periods as people write them. No guessing: what could be read in two ways is not read."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange

YEAR_FIRST, YEAR_LAST = 1900, 2199
"""A year outside of these is a typing mistake."""

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})", re.ASCII)
_QUARTER = re.compile(r"([0-9]{4})-?q([1-4])", re.ASCII)
_YEAR = re.compile(r"([0-9]{4})年?", re.ASCII)
_MONTH_ZH = re.compile(r"([0-9]{4})年([0-9]{1,2})月", re.ASCII)
_DAY_ZH = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日", re.ASCII)
_QUARTER_ZH = re.compile(r"([0-9]{4})年第?([1-4一二三四])季度?", re.ASCII)
_AGO = re.compile(r"([0-9]{1,4}) (day|week|month|year)s? ago", re.ASCII)
_AGO_ZH = re.compile(r"([0-9]{1,4}) ?(天|日|周|星期|个星期|个月|年)[之以]?前", re.ASCII)

_UNITS_ZH = {"天": "day", "日": "day", "周": "week", "星期": "week", "个星期": "week", "个月": "month", "年": "year"}
_QUARTERS_ZH = {"一": 1, "二": 2, "三": 3, "四": 4}

#: A named period: its unit and how many units from the present one.
_NAMED: dict[str, tuple[str, int]] = {
    "today": ("day", 0),
    "yesterday": ("day", -1),
    "tomorrow": ("day", 1),
    **{
        f"{which} {unit}": (unit, shift)
        for which, shift in (("last", -1), ("this", 0), ("next", 1))
        for unit in ("week", "month", "quarter", "year")
    },
    "今天": ("day", 0),
    "今日": ("day", 0),
    "昨天": ("day", -1),
    "昨日": ("day", -1),
    "前天": ("day", -2),
    "明天": ("day", 1),
    "本周": ("week", 0),
    "上周": ("week", -1),
    "下周": ("week", 1),
    **dict.fromkeys(("本月", "这个月"), ("month", 0)),
    **dict.fromkeys(("上月", "上个月"), ("month", -1)),
    **dict.fromkeys(("下月", "下个月"), ("month", 1)),
    **dict.fromkeys(("本季", "本季度", "这个季度"), ("quarter", 0)),
    **dict.fromkeys(("上季", "上季度", "上个季度"), ("quarter", -1)),
    **dict.fromkeys(("下季", "下季度", "下个季度"), ("quarter", 1)),
    **dict.fromkeys(("今年", "本年", "本年度"), ("year", 0)),
    **dict.fromkeys(("去年", "上年", "上年度"), ("year", -1)),
    "前年": ("year", -2),
    "明年": ("year", 1),
}


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """That day, or None where there is no such day or the year lies outside of 1900 to 2199."""
    if not (YEAR_FIRST <= year <= YEAR_LAST and 1 <= month <= 12 and day >= 1):  # noqa: PLR2004
        return None
    return dt.date(year, month, day) if day <= monthrange(year, month)[1] else None


def parse_iso(text: str) -> dt.date | None:
    """`2026-01-15` and nothing else; None for `20260115`, `2026-1-5`, `01/02/2026`, days that do not exist."""
    match = _ISO.fullmatch(text)
    return day_of(int(match[1]), int(match[2]), int(match[3])) if match else None


def add_months(day: dt.date, months: int) -> dt.date:
    """`day` moved by whole months by the calendar; where the month is shorter, its last day (31 Jan + 1 = 28 Feb).

    Years stay within 1 to 9999 (ValueError from `datetime` beyond them).
    """
    from dateutil.relativedelta import relativedelta  # 8 ms that most commands do not need

    return day + relativedelta(months=months)


def parse_day(text: str, today: dt.date, *, exact: bool = False) -> dt.date | None:
    """A day as options have it: ISO or any period of `parse_period`, which then means its last day.

    With `exact` a longer period is refused: for dates of entries, where `2026-01` is no answer.
    """
    period = parse_period(text, today)
    if period is None or (exact and period[0] != period[1]):
        return None
    return period[1]


def parse_period(text: str, today: dt.date) -> tuple[dt.date, dt.date] | None:
    """First and last day of a period as options have it, or None where `text` is none.

    ISO days; `2026-01`, `2026Q1`, `2026`; `today`, `yesterday`, `last|this|next week|month|quarter|year`;
    `30 days ago`; `A..B` from the first day of A to the last of B; 今天 昨天 上月 本月 本季 去年 2026年1月 30天前 ….
    Weeks begin on Monday (ISO 8601).
    """
    words = " ".join(text.casefold().split())
    left, dots, right = words.partition("..")
    if not dots:
        return _single(words, today)
    first, last = _single(left.strip(), today), _single(right.strip(), today)
    if first is None or last is None or first[0] > last[1]:
        return None
    return first[0], last[1]


def _single(words: str, today: dt.date) -> tuple[dt.date, dt.date] | None:
    if words in _NAMED:
        unit, shift = _NAMED[words]
        return _checked(_around(today, unit, shift))
    if match := _AGO.fullmatch(words) or _AGO_ZH.fullmatch(words):
        return _ago(today, int(match[1]), _UNITS_ZH.get(match[2], match[2]))
    return _numeric(words)


def _numeric(words: str) -> tuple[dt.date, dt.date] | None:
    if match := _ISO.fullmatch(words) or _DAY_ZH.fullmatch(words):
        day = day_of(int(match[1]), int(match[2]), int(match[3]))
        return (day, day) if day else None
    if match := _MONTH.fullmatch(words) or _MONTH_ZH.fullmatch(words):
        first = day_of(int(match[1]), int(match[2]), 1)
        return _around(first, "month", 0) if first else None
    if match := _QUARTER.fullmatch(words) or _QUARTER_ZH.fullmatch(words):
        quarter = _QUARTERS_ZH.get(match[2]) or int(match[2])
        first = day_of(int(match[1]), quarter * 3 - 2, 1)
        return _around(first, "quarter", 0) if first else None
    if match := _YEAR.fullmatch(words):
        first = day_of(int(match[1]), 1, 1)
        return _around(first, "year", 0) if first else None
    return None


def _ago(today: dt.date, count: int, unit: str) -> tuple[dt.date, dt.date] | None:
    if unit in {"day", "week"}:
        day = today - dt.timedelta(days=count * (7 if unit == "week" else 1))
    else:
        months = count * (12 if unit == "year" else 1)
        if months >= (today.year - 1) * 12:
            return None
        day = add_months(today, -months)
    return _checked((day, day))


def _around(day: dt.date, unit: str, shift: int) -> tuple[dt.date, dt.date]:
    """The day, week, month, quarter or year that holds `day`, moved by `shift` of them."""
    if unit == "day":
        moved = day + dt.timedelta(days=shift)
        return moved, moved
    if unit == "week":
        monday = day - dt.timedelta(days=day.weekday()) + dt.timedelta(weeks=shift)
        return monday, monday + dt.timedelta(days=6)
    length = {"month": 1, "quarter": 3, "year": 12}[unit]
    start = (day.year * 12 + day.month - 1) // length * length + shift * length
    first = dt.date(start // 12, start % 12 + 1, 1)
    last = start + length - 1
    return first, dt.date(last // 12, last % 12 + 1, monthrange(last // 12, last % 12 + 1)[1])


def _checked(period: tuple[dt.date, dt.date]) -> tuple[dt.date, dt.date] | None:
    return period if period[0].year >= YEAR_FIRST and period[1].year <= YEAR_LAST else None
