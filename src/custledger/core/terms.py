"""Terms of payment: from a document's date to its due date and its discount's last day."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from typing import TYPE_CHECKING

from custledger.core.frozen import frozen
from custledger.core.numbers import plain

if TYPE_CHECKING:
    from decimal import Decimal

DAYS_MAX = 3650
"""Ten years: longer terms are typing mistakes."""

_NET = re.compile(r"net ([0-9]{1,4})", re.ASCII)
_EOM = re.compile(r"eom(?: ?\+ ?([0-9]{1,4}))?", re.ASCII)
_DAY_OF_NEXT = re.compile(r"day ([0-9]{1,2}) of next month", re.ASCII)
_DISCOUNT = re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,4})?)/([0-9]{1,4}) net ([0-9]{1,4})", re.ASCII)

#: Spellings with one meaning only. 月结30天 has two (from the invoice, from the month's end) and is not here.
_SAME = {
    "due on receipt": "due on receipt",
    "prepaid": "prepaid",
    "见票即付": "due on receipt",
    "预付": "prepaid",
    "款到发货": "prepaid",
}


@frozen
class Terms:
    """Terms understood (see `parse_terms`). `text` is the canonical spelling: equal terms have equal texts."""

    text: str
    days: int = 0
    """Days after the base: the document's date, or the end of its month."""
    month_end: bool = False
    day_of_next: int | None = None
    """The day of the next month; a shorter month gives its last day."""
    discount: Decimal | None = None
    """0.02 for `2/10 net 30`."""
    discount_days: int = 0

    def due(self, day: dt.date) -> dt.date:
        """The due date of a document of `day`; `due on receipt` and `prepaid` are due that very day."""
        if self.day_of_next is not None:
            first = _month_end(day) + dt.timedelta(days=1)
            return first.replace(day=min(self.day_of_next, monthrange(first.year, first.month)[1]))
        base = _month_end(day) if self.month_end else day
        return base + dt.timedelta(days=self.days)

    def discount_until(self, day: dt.date) -> dt.date | None:
        """The last day on which a document of `day` may be paid less the discount; None where there is none."""
        return None if self.discount is None else day + dt.timedelta(days=self.discount_days)


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def parse_terms(text: str) -> Terms | None:
    """Terms as documents and options have them, or None where `text` is anything else.

    `net N` (N days after the date) · `eom` (the month's last day) · `eom + N` (N days after that) ·
    `day D of next month` · `R/D net N` (R % off when paid within D days) · `due on receipt` · `prepaid`.
    Capitals and repeated blanks do not matter. At most DAYS_MAX days.
    """
    words = " ".join(text.casefold().split())
    if words in _SAME:
        return Terms(_SAME[words])
    if match := _NET.fullmatch(words):
        days = int(match[1])
        return Terms(f"net {days}", days) if days <= DAYS_MAX else None
    if match := _EOM.fullmatch(words):
        days = int(match[1] or 0)
        return Terms(f"eom + {days}" if days else "eom", days, month_end=True) if days <= DAYS_MAX else None
    if match := _DAY_OF_NEXT.fullmatch(words):
        day = int(match[1])
        return Terms(f"day {day} of next month", day_of_next=day) if 1 <= day <= 31 else None  # noqa: PLR2004
    if match := _DISCOUNT.fullmatch(words):
        return _discounted(match[1], int(match[2]), int(match[3]))
    return None


def _discounted(rate_text: str, within: int, days: int) -> Terms | None:
    rate = plain(rate_text)
    if rate is None or not rate or not within <= days <= DAYS_MAX:
        return None
    shown = f"{rate:f}".rstrip("0").rstrip(".") if "." in rate_text else rate_text
    return Terms(f"{shown}/{within} net {days}", days, discount=rate.scaleb(-2), discount_days=within)
