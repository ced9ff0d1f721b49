"""Text from outside, made safe and measured."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custledger.core.text import pad, quoted_outside, visible, width

ANY = st.text(st.characters(codec=None))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Blue Ocean", "Blue Ocean"),
        ("上海蓝海", "上海蓝海"),
        ("a\x1b[31mb", "a\\u{1b}[31mb"),
        ("a\nb\tc", "a\\u{a}b\\u{9}c"),
        ("evil\u202etxt", "evil\\u{202e}txt"),
        ("zero\u200bwidth", "zero\\u{200b}width"),
        ("क्\u200dष", "क्\u200dष"),
        ("\ud800", "\\u{d800}"),
    ],
)
def test_what_cannot_be_seen_is_spelt_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_visible_over_all_code_points() -> None:
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        category = unicodedata.category(char)
        shown = visible(char)
        if (category[0] == "C" and char not in "\u200c\u200d") or category in {"Zl", "Zp"}:
            assert shown == f"\\u{{{code:x}}}"
        else:
            assert shown == char


def test_width_over_all_code_points_is_none_one_or_two() -> None:
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        columns = width(char)
        if unicodedata.combining(char):
            assert columns == 0
        elif unicodedata.east_asian_width(char) in "WF":
            assert columns == 2
        else:
            assert columns in {0, 1}


@given(ANY, ANY)
def test_width_adds_up(one: str, other: str) -> None:
    assert width(one + other) == width(one) + width(other)


@given(ANY)
def test_visible_text_is_safe_and_stays_so(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    assert "\x1b" not in shown
    assert "\n" not in shown


@given(ANY)
def test_text_from_outside_is_one_line_without_separators(text: str) -> None:
    quoted = quoted_outside(text)
    assert not any(char in quoted for char in ":,;|[]\n\r\t\x0b\x85\u2028")


@given(ANY, st.integers(0, 40), st.booleans())
def test_padding_fills_and_never_cuts(text: str, columns: int, right: bool) -> None:
    filled = pad(text, columns, right=right)
    assert width(filled) == max(columns, width(text))
    assert filled.endswith(text) if right else filled.startswith(text)


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("应收账款", 8), ("e\u0301", 1), ("ﾊﾝ", 2), ("Ａ", 2), ("", 0)]
)
def test_columns_on_a_terminal(text: str, columns: int) -> None:
    assert width(text) == columns
