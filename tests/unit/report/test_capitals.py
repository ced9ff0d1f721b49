"""大写金额, by the rules of the People's Bank for filling in bills."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custledger.report.capitals import capitals

#: Amounts in fen. The first six are the examples of the rules themselves.
CASES = [
    (140_950, "人民币壹仟肆佰零玖元伍角整"),
    (600_714, "人民币陆仟零柒元壹角肆分"),
    (168_032, "人民币壹仟陆佰捌拾元零叁角贰分"),
    (10_700_053, "人民币壹拾万柒仟元零伍角叁分"),
    (1_640_902, "人民币壹万陆仟肆佰零玖元零贰分"),
    (32_504, "人民币叁佰贰拾伍元零肆分"),
    (0, "人民币零元整"),
    (5, "人民币伍分"),
    (50, "人民币伍角整"),
    (1_000, "人民币壹拾元整"),
    (1_010, "人民币壹拾元零壹角整"),
    (10_000_000_000, "人民币壹亿元整"),
    (10_001_000_000, "人民币壹亿零壹万元整"),
    (100_000_000_000_000, "人民币壹万亿元整"),
    (100_010_00, "人民币壹拾万零壹拾元整"),
    (1_000_001_00, "人民币壹佰万零壹元整"),
    (-12_345, "人民币负壹佰贰拾叁元肆角伍分"),
]


@pytest.mark.parametrize(("minor", "expected"), CASES)
def test_the_rules(minor, expected):
    assert capitals(minor) == expected


_VALUES = {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
_SIZES = {"拾": 10, "佰": 100, "仟": 1000}


def read(text: str) -> int:
    """Capitals back to fen: an independent reading, digit by digit."""
    text = text.removeprefix("人民币")
    sign = -1 if text.startswith("负") else 1
    total = section = digit = 0
    for char in text.removeprefix("负"):
        if char in _VALUES:
            digit = _VALUES[char]
        elif char in _SIZES:
            section += digit * _SIZES[char]
            digit = 0
        elif char == "万":
            section = (section + digit) * 10_000
            digit = 0
        elif char == "亿":
            total = (total + section + digit) * 100_000_000
            section = digit = 0
        elif char == "元":
            total = (total + section + digit) * 100
            section = digit = 0
        elif char in "角分":
            total += digit * (10 if char == "角" else 1)
            digit = 0
    return sign * total


@given(st.integers(-(10**17), 10**17))
def test_it_reads_back(minor):
    assert read(capitals(minor)) == minor


@given(st.integers(0, 10**15))
def test_never_two_zeros_and_never_an_open_end(minor):
    text = capitals(minor)
    assert "零零" not in text
    assert text.endswith(("整", "分"))
