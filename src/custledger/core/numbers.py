"""The one strict door between text and numbers."""

from __future__ import annotations

import re
from decimal import Decimal

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
    return None if number is None else number.scaleb(-2)
