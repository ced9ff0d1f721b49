"""Laws of money: nothing is lost or made in a split, a sum or on the way to text and back."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custledger.core.money import Commodities, Commodity, Money, exact_minor, round_half_up, rounded, total
from custledger.core.trouble import InternalError

MINOR = st.integers(min_value=-(10**30), max_value=10**30)
CODES = st.sampled_from(["CNY", "USD", "JPY", "KWD", "BTC", ""])
MONEY = st.builds(Money, MINOR, CODES)
WEIGHTS = st.lists(st.one_of(st.integers(0, 10**9), st.decimals(0, 100, places=4)), min_size=1, max_size=8).filter(sum)
KNOWN = Commodities({"BTC": Commodity("BTC", 8, 2, declared=True)}, also={"RMB": "CNY", "¥": "CNY"})


@given(MINOR, WEIGHTS)
def test_shares_sum_to_the_whole(minor: int, weights: list[int | Decimal]) -> None:
    shares = Money(minor, "CNY").split(weights)
    assert len(shares) == len(weights)
    assert sum(share.minor for share in shares) == minor


@given(MINOR, WEIGHTS)
def test_a_share_is_within_half_a_unit_of_its_part_but_the_last(minor: int, weights: list[int | Decimal]) -> None:
    whole = sum(map(Fraction, weights))
    for weight, share in zip(weights[:-1], Money(minor, "CNY").split(weights), strict=False):
        assert abs(share.minor - Fraction(minor) * Fraction(weight) / whole) <= Fraction(1, 2)


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [1, -1]])
def test_weights_that_sum_to_nothing_are_our_bug(weights: list[int]) -> None:
    with pytest.raises(InternalError):
        Money(1, "CNY").split(weights)


@given(st.fractions())
def test_rounding_is_to_the_nearest_and_halves_go_away_from_zero(value: Fraction) -> None:
    whole = round_half_up(value)
    assert abs(whole - value) <= Fraction(1, 2)
    if abs(whole - value) == Fraction(1, 2):
        assert abs(whole) > abs(value)
    assert round_half_up(-value) == -whole


@given(MONEY, MONEY)
def test_only_one_commodity_adds_up(one: Money, other: Money) -> None:
    if one.commodity != other.commodity:
        with pytest.raises(InternalError):
            _ = one + other
    else:
        assert one + other == other + one
        assert one + other - other == one
        assert not one - one


@given(st.lists(MONEY))
def test_total_is_by_commodity_and_does_not_depend_on_order(amounts: list[Money]) -> None:
    sums = total(amounts)
    assert sums == total(reversed(amounts))
    assert list(sums) == sorted(sums)
    assert sum(money.minor for money in sums.values()) == sum(money.minor for money in amounts)


@given(MONEY)
def test_text_and_back_is_the_same_money(money: Money) -> None:
    plain = KNOWN.plain(money)
    assert KNOWN.money(Decimal(plain), money.commodity) == money
    assert KNOWN.grouped(money).replace(",", "") == plain
    assert KNOWN.decimal(money) == Decimal(plain)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20), st.integers(0, 8))
def test_exact_minor_is_exact_or_nothing(value: Decimal, digits: int) -> None:
    minor = exact_minor(value, digits)
    scaled = Fraction(value) * 10**digits
    assert minor == (int(scaled) if scaled.denominator == 1 else None)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6))
def test_rounded_is_rounding_of_units(value: Decimal) -> None:
    assert rounded(value, 2, where="line") == round_half_up(Fraction(value) * 100)
