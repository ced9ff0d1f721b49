import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custledger.core.dates import add_months, parse_day, parse_iso, parse_period

D = dt.date.fromisoformat
TODAY = D("2026-05-31")
days = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))


@given(days)
def test_iso_round_trip(day):
    assert parse_iso(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    ["01/02/2026", "20181301", "20260115", "2026-13", "2026-13-01", "2026-02-30", "2025-02-29", "2026-1-5", "1899-12-31",
     "2200-01-01", "２０２６-01-01", "2026-01-01 ", "2026-01-01T00:00:00", "2026-W01-1", "", "1704412800"],
)  # fmt: skip
def test_iso_refused(text):
    assert parse_iso(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-02-28", "2026-02-28", "2026-02-28"),
        ("today", "2026-05-31", "2026-05-31"),
        ("Yesterday", "2026-05-30", "2026-05-30"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026Q1", "2026-01-01", "2026-03-31"),
        ("2026q4", "2026-10-01", "2026-12-31"),
        ("2026-Q2", "2026-04-01", "2026-06-30"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("last month", "2026-04-01", "2026-04-30"),
        ("this month", "2026-05-01", "2026-05-31"),
        ("next month", "2026-06-01", "2026-06-30"),
        ("this  quarter", "2026-04-01", "2026-06-30"),
        ("last quarter", "2026-01-01", "2026-03-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("this week", "2026-05-25", "2026-05-31"),
        ("last week", "2026-05-18", "2026-05-24"),
        ("30 days ago", "2026-05-01", "2026-05-01"),
        ("1 day ago", "2026-05-30", "2026-05-30"),
        ("3 months ago", "2026-02-28", "2026-02-28"),
        ("2 weeks ago", "2026-05-17", "2026-05-17"),
        ("1 year ago", "2025-05-31", "2025-05-31"),
        ("2026-01..2026-03", "2026-01-01", "2026-03-31"),
        ("2025Q4 .. today", "2025-10-01", "2026-05-31"),
        ("今天", "2026-05-31", "2026-05-31"),
        ("昨天", "2026-05-30", "2026-05-30"),
        ("上月", "2026-04-01", "2026-04-30"),
        ("上个月", "2026-04-01", "2026-04-30"),
        ("本月", "2026-05-01", "2026-05-31"),
        ("本季", "2026-04-01", "2026-06-30"),
        ("上季度", "2026-01-01", "2026-03-31"),
        ("去年", "2025-01-01", "2025-12-31"),
        ("2026年", "2026-01-01", "2026-12-31"),
        ("2026年2月", "2026-02-01", "2026-02-28"),
        ("2026年2月3日", "2026-02-03", "2026-02-03"),
        ("2026年第一季度", "2026-01-01", "2026-03-31"),
        ("30天前", "2026-05-01", "2026-05-01"),
        ("3个月前", "2026-02-28", "2026-02-28"),
    ],
)
def test_period(text, first, last):
    assert parse_period(text, TODAY) == (D(first), D(last))
    assert parse_day(text, TODAY) == D(last)
    assert parse_day(text, TODAY, exact=True) == (D(last) if first == last else None)


@pytest.mark.parametrize(
    "text",
    ["01/02/2026", "20181301", "2026-13", "2026-00", "2026Q5", "1899", "2200", "2026-02-30", "2026-02-01..2026-01", "..", "2026..",
     "..2026", "last", "soon", "30 days", "ago", "9999 years ago", "9999 weeks ago", "2026-1", "", "2026年13月", "1..2..3"],
)  # fmt: skip
def test_period_refused(text):
    assert parse_period(text, TODAY) is None


@given(days, st.integers(-600, 600))
def test_add_months_keeps_the_day_or_takes_the_last(day, months):
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + dt.timedelta(days=1)).day == 1)


@given(days, st.sampled_from(["week", "month", "quarter", "year"]))
def test_this_period_holds_today_and_neighbours_touch(today, unit):
    here = parse_period(f"this {unit}", today)
    before = parse_period(f"last {unit}", today)
    if here is not None:
        assert here[0] <= today <= here[1]
    if here is not None and before is not None:
        assert before[1] + dt.timedelta(days=1) == here[0]


@given(st.text(max_size=12), days)
def test_any_text_is_a_period_or_none(text, today):
    period = parse_period(text, today)
    assert period is None or period[0] <= period[1]
