"""Money by example."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custledger.core.money import Commodities, Commodity, Money, rounded
from custledger.core.trouble import InternalError

BOOK = Commodities({"CNY": Commodity("CNY", 2, 2, declared=True), "h": Commodity("h", 8, 1)}, also={"元": "CNY"})


@pytest.mark.parametrize(
    ("money", "plain", "named"),
    [
        (Money(-870_000, "CNY"), "-8700.00", "CNY -8,700.00"),
        (Money(5, "CNY"), "0.05", "CNY 0.05"),
        (Money(-5, "CNY"), "-0.05", "CNY -0.05"),
        (Money(0, "CNY"), "0.00", "CNY 0.00"),
        (Money(1_234_567, "JPY"), "1234567", "JPY 1,234,567"),
        (Money(1_234_567, "KWD"), "1234.567", "KWD 1,234.567"),
        (Money(150_000_000, "h"), "1.5", "h 1.5"),
        (Money(100_000_000, "h"), "1.0", "h 1.0"),
        (Money(123_456_789, "unheard"), "1.23456789", "unheard 1.23456789"),
        (Money(300_000_000, ""), "3", "3"),
    ],
)
def test_as_people_and_programs_read_it(money: Money, plain: str, named: str) -> None:
    assert BOOK.plain(money) == plain
    assert BOOK.named(money) == named


@pytest.mark.parametrize(
    ("text", "commodity", "expected"),
    [
        ("12.30", "CNY", Money(1230, "CNY")),
        ("12.3", "元", Money(1230, "CNY")),
        ("12.3000", "CNY", Money(1230, "CNY")),
        ("12.305", "CNY", None),
        ("0.5", "JPY", None),
        ("1E+3", "JPY", Money(1000, "JPY")),
        ("0E-12", "CNY", Money(0, "CNY")),
    ],
)
def test_from_a_number(text: str, commodity: str, expected: Money | None) -> None:
    assert BOOK.money(Decimal(text), commodity) == expected


def test_digits_come_from_the_book_then_iso_then_eight() -> None:
    assert BOOK.get("元").digits == 2
    assert BOOK.get("VND").digits == 0
    assert BOOK.get("EUR").digits == 2
    assert BOOK.get("AAPL").digits == 8


@pytest.mark.parametrize(("value", "minor"), [("0.125", 13), ("-0.125", -13), ("0.124999", 12), ("2.675", 268)])
def test_halves_go_away_from_zero(value: str, minor: int) -> None:
    assert rounded(Decimal(value), 2, where="line") == minor


def test_a_rounding_without_a_place_is_our_bug() -> None:
    with pytest.raises(InternalError):
        rounded(Decimal(1), 2, where="")


def test_the_remainder_of_a_split_is_on_the_last() -> None:
    assert [m.minor for m in Money(10_000, "CNY").split([1, 1, 1])] == [3333, 3333, 3334]
    assert [m.minor for m in Money(-10_000, "CNY").split([1, 1, 1])] == [-3333, -3333, -3334]


def test_adding_what_is_no_money_is_refused() -> None:
    with pytest.raises(TypeError):
        _ = Money(1, "CNY") + 1


@given(st.integers(), st.integers(0, 8), st.integers(0, 8))
def test_writing_is_exact_and_groups_are_only_for_the_eye(minor: int, digits: int, shown: int) -> None:
    book = Commodities({"x": Commodity("x", digits, min(shown, digits))})
    money = Money(minor, "x")
    assert Decimal(book.plain(money)) == book.decimal(money)
    assert book.grouped(money).replace(",", "") == book.plain(money)
    assert len(book.plain(money).partition(".")[2]) >= min(shown, digits)
