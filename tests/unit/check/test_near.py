"""Which number was meant."""

from __future__ import annotations

import pytest

from custledger.check._near import nearest_number


@pytest.mark.parametrize(
    ("word", "numbers", "expected"),
    [
        ("INV-2026-00O1", ["INV-2026-0001", "INV-2026-0011"], "INV-2026-0001"),
        ("inv 2026 1", ["INV-2026-0001", "INV-2026-0002"], "INV-2026-0001"),
        ("INV2026-0001", ["INV-2026-0001"], "INV-2026-0001"),
        ("RCPT-007", ["RCPT-0007", "RCPT-0008"], "RCPT-0007"),
        ("INV-2062-0001", ["INV-2026-0001"], "INV-2026-0001"),
        ("INV-2026-0077", ["INV-2026-0001", "INV-2026-0003"], ""),
        ("INV-2026-0011", ["INV-2026-0010", "INV-2026-0012"], ""),
        ("INV-1", ["INV-1"], ""),
        ("", ["INV-1"], ""),
        ("X", [], ""),
    ],
)
def test_nearest_number(word: str, numbers: list[str], expected: str) -> None:
    assert nearest_number(word, numbers) == expected
