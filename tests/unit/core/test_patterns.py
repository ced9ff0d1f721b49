"""Dates and amounts by declared patterns."""

import datetime as dt
from decimal import Decimal

import pytest

from custledger.core.patterns import date_pattern, order_of, parse_amount, parse_date, strip_marks


@pytest.mark.parametrize(
    ("text", "pattern", "day"),
    [
        ("2026-02-03", "Y-M-D", "2026-02-03"),
        ("2026-2-3", "Y-M-D", "2026-02-03"),
        ("3/2/2026", "D/M/Y", "2026-02-03"),
        ("3/2/2026", "M/D/Y", "2026-03-02"),
        ("20260203", "YMD", "2026-02-03"),
        ("2026年2月3日", "Y年M月D日", "2026-02-03"),
        ("3 Feb 2026", "D MMM Y", "2026-02-03"),
        ("Sept. 3, 2026", "MMM D, Y", "2026-09-03"),
        ("03.02.26", "DD.MM.YY", "2026-02-03"),
        ("2026-02-03 09:15:00", "Y-M-D h:m:s", "2026-02-03"),
        ("2026-02-03T09:15:00", "Y-M-DTh:m:s", "2026-02-03"),
    ],
)
def test_dates_that_fit(text, pattern, day):
    assert parse_date(text, (pattern,)) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("2026-02-30", "Y-M-D"),
        ("13/13/2026", "D/M/Y"),
        ("2026-02-03 ", "Y-M-D"),
        ("２０２６-02-03", "Y-M-D"),
        ("26-02-03", "Y-M-D"),
        ("0026-02-03", "Y-M-D"),
        ("9999-02-03", "Y-M-D"),
        ("3 Foo 2026", "D MMM Y"),
        ("2026-02-03 09:15", "Y-M-D"),
        ("1704412800", "Y-M-D"),
        ("3/2-2026", "D/M/Y"),
    ],
)
def test_dates_that_do_not(text, pattern):
    assert parse_date(text, (pattern,)) is None


def test_patterns_need_year_month_and_day_once():
    assert [date_pattern(p) for p in ("Y-M", "Y-M-M", "D/M", "", "Y-M-D-D", "yyyy-M-D", "Q-Y-M-D")] == [None] * 7
    assert [order_of(p) for p in ("Y-M-D", "D/M/Y", "MMM D, YYYY h:m")] == ["YMD", "DMY", "MDY"]


@pytest.mark.parametrize(
    ("text", "mark", "group", "strip", "value"),
    [
        ("1234.5", ".", "", (), "1234.5"),
        ("1,234.50", ".", ",", (), "1234.50"),
        ("1.234,50", ",", ".", (), "1234.50"),
        ("-1,234", ".", ",", (), "-1234"),
        ("(1,234.00)", ".", ",", (), "-1234.00"),
        ("12.00-", ".", "", (), "-12.00"),
        ("$-142.85", ".", "", ("$",), "-142.85"),
        ("-$142.85", ".", "", ("$",), "-142.85"),
        ("¥ 28.16", ".", "", ("¥",), "28.16"),
        ("€(5)", ".", "", ("€",), "-5"),
        ("0012.30", ".", "", (), "12.30"),
        (".5", ".", "", (), "0.5"),
        ("+7", ".", "", (), "7"),
    ],
)
def test_amounts_that_fit(text, mark, group, strip, value):
    found = parse_amount(text, mark, group, strip)
    assert found is not None
    assert str(found) == str(Decimal(value))


@pytest.mark.parametrize(
    ("text", "mark", "group"),
    [
        ("1,234.50", ".", ""),
        ("1,23", ".", ","),
        ("1,2345.00", ".", ","),
        ("1.234.50", ".", ","),
        ("1e3", ".", ""),
        ("1_000", ".", ""),
        ("１２", ".", ""),
        ("", ".", ""),
        (".", ".", ""),
        ("5.", ".", ""),
        ("12 CNY", ".", ""),
        ("--5", ".", ""),
        ("(5", ".", ""),
        ("NaN", ".", ""),
        ("9" * 101, ".", ""),
        ("1 234", ".", ","),
    ],
)
def test_amounts_that_do_not(text, mark, group):
    assert parse_amount(text, mark, group, ()) is None


def test_marks_are_taken_off_the_ends_only():
    assert strip_marks(" `¥5`¥ ", ("¥", "`")) == "5"
    assert strip_marks("a`b", ("`",)) == "a`b"
