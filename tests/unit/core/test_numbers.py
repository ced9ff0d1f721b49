"""The one door between text and numbers."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from custledger.core.numbers import DIGITS_MAX, NUMBER, NumberRefused, as_groups, percent, plain, written_number


@pytest.mark.parametrize("text", ["0", "1", "-1", "+1.50", "0.001", "123456789.123456789"])
def test_plain_numbers(text: str) -> None:
    assert plain(text) == Decimal(text)


@pytest.mark.parametrize(
    "text", ["", "1e3", "1_000", "１２", "٣", ".5", "5.", " 1", "1 ", "01", "1,000", "nan", "0x1F", "1" * 101]
)
def test_what_is_no_plain_number(text: str) -> None:
    assert plain(text) is None


def test_percent() -> None:
    assert percent("13%") == Decimal("0.13")
    assert percent("0.5%") == Decimal("0.005")
    assert percent("13") is None
    assert percent("%") is None


@pytest.mark.parametrize(
    ("text", "quantity", "digits", "mark", "group", "groups"),
    [
        ("12", "12", 0, "", "", ()),
        ("1.", "1", 0, ".", "", ()),
        (".5", "0.5", 1, ".", "", ()),
        (",5", "0.5", 1, ",", "", ()),
        ("1,000.00", "1000.00", 2, ".", ",", (3,)),
        ("1.000,00", "1000.00", 2, ",", ".", (3,)),
        ("1 000,5", "1000.5", 1, ",", " ", (3,)),
        ("1,000,000", "1000000", 0, "", ",", (3,)),
        ("1,00,00,000.0", "10000000.0", 1, ".", ",", (3, 2)),
        ("1000,000.", "1000000", 0, ".", ",", (3, 4)),
    ],
)
def test_written_numbers(text: str, quantity: str, digits: int, mark: str, group: str, groups: tuple[int, ...]) -> None:
    number = written_number(text)
    assert (str(number.quantity), number.digits, number.mark, number.group, number.groups) == (
        quantity, digits, mark, group, groups,
    )  # fmt: skip
    assert not number.single


def test_a_single_mark_may_be_either() -> None:
    number = written_number("1,000")
    assert number.single
    assert (number.quantity, number.digits, number.mark) == (1, 3, ",")
    grouped = as_groups(number)
    assert (grouped.quantity, grouped.digits, grouped.group, grouped.groups) == (1000, 0, ",", (3,))
    assert not written_number("1,").single
    assert not written_number(",5").single


@pytest.mark.parametrize(
    ("text", "exponent", "quantity", "digits"),
    [("1", "3", "1000", 0), ("1.5", "-2", "0.015", 3), ("1.25", "1", "12.5", 1)],
)
def test_exponents(text: str, exponent: str, quantity: str, digits: int) -> None:
    number = written_number(text, exponent)
    assert (number.quantity, number.digits) == (Decimal(quantity), digits)


@pytest.mark.parametrize(("text", "exponent"), [("1" * (DIGITS_MAX + 1), ""), ("1", "1000"), ("1", "-" + "9" * 99)])
def test_absurd_numbers(text: str, exponent: str) -> None:
    with pytest.raises(NumberRefused, match="too-long"):
        written_number(text, exponent)


def test_groups_and_exponent() -> None:
    with pytest.raises(NumberRefused, match="groups-and-exponent"):
        written_number("1,000.0", "3")
    with pytest.raises(NumberRefused, match="groups-and-exponent"):
        as_groups(written_number("1,000", "3"))


@pytest.mark.parametrize(
    ("text", "matched"),
    [("1,000.00x", "1,000.00"), ("1 000 EUR", "1 000"), ("1,000 EUR", "1,000"), ("1..2", "1."), ("1, 2", "1,"), ("1.2.3", "1.2.3"),
     ("1,2.3,4", "1,2.3"), ("12 34,5", "12 34,5"), ("1\u202f000,5", "1\u202f000,5"), ("1 ", "1")],
)  # fmt: skip
def test_the_longest_number_at_a_place(text: str, matched: str) -> None:
    match = re.match(NUMBER.replace("NTH", "1"), text)
    assert match
    assert match[0] == matched
