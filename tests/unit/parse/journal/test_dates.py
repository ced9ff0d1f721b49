"""Dates as written."""

from __future__ import annotations

import datetime as dt

import pytest

from custledger.parse.journal.dates import make_date, scan_date
from custledger.parse.journal.problems import Refused


@pytest.mark.parametrize("text", ["2026-01-02", "2026/1/2", "2026.01.2", "2026-1-02 x", "2026-01-02-03"])
def test_full_dates(text: str) -> None:
    raw = scan_date(text, 0)
    assert make_date(raw, 1999) == dt.date(2026, 1, 2)
    assert raw.column == 1


def test_dates_without_a_year() -> None:
    raw = scan_date("x 2/29", 2)
    assert (raw.year, raw.month, raw.day, raw.column, raw.end) == (None, 2, 29, 3, 7)
    assert make_date(raw, 2024) == dt.date(2024, 2, 29)
    with pytest.raises(Refused, match="invalid-date"):
        make_date(raw, 2026)


@pytest.mark.parametrize(
    ("text", "variant"),
    [("x", "form"), ("", "form"), ("2026", "form"), ("2026-01", "form"), ("2026-01/02", "form"), ("2026-13-01", ""), ("2026-02-30", ""), ("0000-01-01", ""),
     ("10/1/2026", "order"), ("99999999-1-1", ""), ("20261-01-01", ""), ("１２-1-1", "form")],
)  # fmt: skip
def test_what_is_no_date(text: str, variant: str) -> None:
    with pytest.raises(Refused) as refused:
        scan_date(text, 0)
    assert (refused.value.slug, refused.value.variant) == ("invalid-date", variant)
