from __future__ import annotations

import datetime as dt

import pytest

from custledger.core.trouble import UsageError
from custledger.edit.numbering import next_number

DAY = dt.date(2026, 3, 7)
PATTERN = "INV-{year}-{seq:04}"


@pytest.mark.parametrize(
    ("pattern", "taken", "expected"),
    [
        (PATTERN, [], "INV-2026-0001"),
        (PATTERN, ["INV-2026-0007", "INV-2026-0003"], "INV-2026-0008"),
        (PATTERN, ["INV-2025-0099", "X-2026-0050", "INV-2026-0050-B", "INV-2026-00５０"], "INV-2026-0001"),
        (PATTERN, ["INV-2026-9999"], "INV-2026-10000"),
        (PATTERN, ["INV-2026-10000", "INV-2026-9999"], "INV-2026-10001"),
        ("{year}{month}/{seq}", ["202602/9", "202603/1"], "202603/2"),
        ("{seq:03}/{year}", ["004/2026", "009/2025"], "005/2026"),
        ("R{year}{month}{day}{seq:02}", [], "R2026030701"),
        ("a.b{seq}", ["axb7"], "a.b1"),
    ],
)
def test_next(pattern: str, taken: list[str], expected: str) -> None:
    assert next_number(pattern, DAY, taken) == expected


def test_a_pattern_that_cannot_count() -> None:
    with pytest.raises(UsageError, match=r"edit\.pattern_without_sequence"):
        next_number("INV-{year}", DAY, [])
