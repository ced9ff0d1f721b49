"""Cutting, folding and sharing out columns, with wide characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custledger.core.text import width
from custledger.render.fit import cut, fit, wrap

TEXTS = st.text(alphabet="ab上海，。 -", max_size=60)


@given(TEXTS, st.integers(1, 30))
def test_what_is_cut_fits_and_says_so(text, columns):
    done = cut(text, columns)
    assert width(done) <= columns
    assert done == text if width(text) <= columns else done.endswith("…")


@given(TEXTS, st.integers(4, 40))
def test_what_is_folded_fits_and_loses_nothing_but_blanks(text, room):
    lines = wrap(text, room)
    assert all(width(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_closing_punctuation_begins_no_line():
    assert wrap("上海海上，上", 8) == ["上海海", "上，上"]


@pytest.mark.parametrize(
    ("natural", "shrink", "room", "expected"),
    [
        ([10, 20, 10], [True, True, False], 40, [10, 20, 10]),
        ([10, 20, 10], [True, True, False], 35, [10, 15, 10]),
        ([18, 20, 10], [True, True, False], 40, [15, 15, 10]),
        ([10, 20, 10], [False, False, False], 39, None),
        ([10, 20, 30], [True, True, False], 45, None),
    ],
)
def test_the_widest_gives_way_first(natural, shrink, room, expected):
    assert fit(natural, shrink, room) == expected
