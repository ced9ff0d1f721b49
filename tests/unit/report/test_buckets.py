"""The edges of aging buckets, day by day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custledger.core.dates import add_months
from custledger.core.trouble import UsageError
from custledger.report.buckets import Scheme, parse_edges
from standings import Hand, day

DUE = day("2026-03-31")
#: Days past due and the bucket, the right edge included; d <= 0 is current (study of peers, EU 2011/7).
BOUNDARIES = [
    (-1, "current"),
    (0, "current"),
    (1, "1-30"),
    (29, "1-30"),
    (30, "1-30"),
    (31, "31-60"),
    (60, "31-60"),
    (61, "61-90"),
    (90, "61-90"),
    (91, ">90"),
    (120, ">90"),
]
#: By age of the claim there is no current, and the first bucket begins at 0.
BY_INVOICE = [
    (-1, "0-30"),
    (0, "0-30"),
    (1, "0-30"),
    (30, "0-30"),
    (31, "31-60"),
    (60, "31-60"),
    (90, "61-90"),
    (91, ">90"),
]


def bucket(scheme: Scheme, date: dt.date, as_of: dt.date) -> str:
    charge = Hand().charge("INV-1", "acme", 100, "2025-01-01", date.isoformat(), claim=date.isoformat()).charges[0]
    return scheme.buckets(as_of)[scheme.place(charge, as_of)].name


@pytest.mark.parametrize(("days", "expected"), BOUNDARIES)
def test_by_due_date(days, expected):
    scheme = Scheme("due", parse_edges(("30", "60", "90")))
    assert bucket(scheme, DUE, DUE + dt.timedelta(days)) == expected


@pytest.mark.parametrize(("days", "expected"), BY_INVOICE)
def test_by_date_of_the_claim(days, expected):
    scheme = Scheme("invoice", parse_edges(("30", "60", "90")))
    assert bucket(scheme, DUE, DUE + dt.timedelta(days)) == expected


@pytest.mark.parametrize(
    ("date", "as_of", "expected"),
    [
        ("2024-02-29", "2025-02-28", "0-1y"),  # a leap day's year ends on 28 February
        ("2024-02-29", "2025-03-01", "1y-2y"),
        ("2024-03-01", "2025-03-01", "0-1y"),  # the right edge included
        ("2024-03-01", "2025-03-02", "1y-2y"),
        ("2020-12-31", "2025-12-31", "4y-5y"),
        ("2020-12-31", "2026-01-01", ">5y"),
    ],
)
def test_years_go_by_the_calendar(date, as_of, expected):
    scheme = Scheme("invoice", parse_edges(("1y", "2y", "3y", "4y", "5y")))
    assert bucket(scheme, day(date), day(as_of)) == expected


@pytest.mark.parametrize(
    ("date", "as_of", "expected"),
    [("2025-08-31", "2026-02-28", "0-6m"), ("2025-08-31", "2026-03-01", "6m-1y"), ("2025-08-31", "2026-09-01", ">1y")],
)
def test_months_go_by_the_calendar(date, as_of, expected):
    assert bucket(Scheme("due", parse_edges(("6m", "1y"))), day(date), day(as_of)) == expected


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2026-07-01", "current"),
        ("2026-06-30", "current"),
        ("2026-06-29", "2026-06"),
        ("2026-06-01", "2026-06"),
        ("2026-05-31", "2026-05"),
        ("2026-04-01", "2026-04"),
        ("2026-03-31", "<2026-04"),
    ],
)
def test_calendar_months(due, expected):
    assert bucket(Scheme("due", (), months=3), day(due), day("2026-06-30")) == expected


def test_the_names_are_the_same_in_every_language_and_cover_all():
    scheme = Scheme("due", parse_edges(("30", "6m", "1y")))
    assert [b.name for b in scheme.buckets(DUE)] == ["current", "1-30", "30-6m", "6m-1y", ">1y"]


@pytest.mark.parametrize(
    "edges", [("60", "30"), ("30", "30"), ("1y", "12m"), ("1y", "365"), ("31", "1m"), ("6m", "180")]
)
def test_edges_must_rise(edges):
    with pytest.raises(UsageError, match="edges_not_rising"):
        parse_edges(edges)


@pytest.mark.parametrize("text", ["", "0", "-30", "1.5", "30x", "1_000", "３０", "9999999", "200y", " "])
def test_no_edges(text):
    with pytest.raises(UsageError, match="bad_edge"):
        parse_edges((text,))


@given(st.dates(dt.date(1950, 1, 1), dt.date(2150, 1, 1)), st.integers(1, 100), st.integers(-40, 3700))
def test_within_months_means_that_so_many_months_have_not_passed(date, months, days):
    as_of = date + dt.timedelta(days)
    assert parse_edges((f"{months}m",))[0].holds(date, as_of) == (as_of <= add_months(date, months))
