import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custledger.core.terms import DAYS_MAX, Terms, parse_terms

D = dt.date.fromisoformat
days = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))


@pytest.mark.parametrize(
    ("text", "day", "due"),
    [
        ("net 30", "2026-01-15", "2026-02-14"),
        ("net 0", "2026-01-15", "2026-01-15"),
        ("Net  30", "2024-02-01", "2024-03-02"),
        ("eom", "2026-02-10", "2026-02-28"),
        ("eom", "2024-02-29", "2024-02-29"),
        ("eom + 30", "2026-01-31", "2026-03-02"),
        ("EOM+10", "2026-01-01", "2026-02-10"),
        ("day 15 of next month", "2026-01-31", "2026-02-15"),
        ("day 31 of next month", "2026-01-31", "2026-02-28"),
        ("day 31 of next month", "2026-02-28", "2026-03-31"),
        ("day 1 of next month", "2026-12-31", "2027-01-01"),
        ("2/10 net 30", "2026-01-31", "2026-03-02"),
        ("due on receipt", "2026-01-31", "2026-01-31"),
        ("prepaid", "2026-01-31", "2026-01-31"),
        ("见票即付", "2026-01-31", "2026-01-31"),
    ],
)
def test_due(text, day, due):
    terms = parse_terms(text)
    assert terms is not None
    assert terms.due(D(day)) == D(due)


def test_discount():
    terms = parse_terms("2/10 net 30")
    assert terms is not None
    assert (terms.discount, terms.discount_until(D("2026-01-25"))) == (Decimal("0.02"), D("2026-02-04"))
    assert parse_terms("1.50/7 net 30") == Terms("1.5/7 net 30", 30, discount=Decimal("0.0150"), discount_days=7)
    net = parse_terms("net 30")
    assert net is not None
    assert net.discount is None
    assert net.discount_until(D("2026-01-25")) is None


@pytest.mark.parametrize(
    "text",
    ["", "30", "net", "net -1", "net 3651", "net 30 days", "net ３０", "n30", "eom - 5", "eom + ", "31 eom",
     "day 0 of next month", "day 32 of next month", "0/10 net 30", "2/40 net 30", "2%/10 net 30", "月结30天", "net 1e3"],
)  # fmt: skip
def test_refused(text):
    assert parse_terms(text) is None


def test_canonical_text_reads_the_same():
    for text in ["Net 030", "EOM+7", "eom", "DAY 05 of next month", "2/10  net 30", "款到发货", "1.5/8 net 45"]:
        terms = parse_terms(text)
        assert terms is not None
        assert parse_terms(terms.text) == terms


some_terms = st.one_of(
    st.integers(0, DAYS_MAX).map(lambda n: f"net {n}"),
    st.integers(0, DAYS_MAX).map(lambda n: f"eom + {n}"),
    st.integers(1, 31).map(lambda n: f"day {n} of next month"),
    st.sampled_from(["eom", "due on receipt", "prepaid", "2/10 net 30", "1.5/10 net 10"]),
)


@given(some_terms, days, days)
def test_never_due_before_the_date_and_later_dates_never_due_earlier(text, one, other):
    terms = parse_terms(text)
    assert terms is not None
    one, other = sorted([one, other])
    assert terms.due(one) >= one
    assert terms.due(one) <= terms.due(other)
    until = terms.discount_until(one)
    assert until is None or one <= until <= terms.due(one)


@given(st.integers(1, 31), days)
def test_day_of_next_month_is_in_the_next_month(day, base):
    terms = parse_terms(f"day {day} of next month")
    assert terms is not None
    due = terms.due(base)
    assert (due.year * 12 + due.month) - (base.year * 12 + base.month) == 1
    assert due.day == day or (due.day < day and (due + dt.timedelta(days=1)).day == 1)
