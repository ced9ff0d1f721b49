"""Prose for a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custledger.cli.wrap import join, markdown, wrap
from custledger.core.text import width


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("一二三四五", 4, ["一二", "三四", "五"]),
        ("一二，三四。", 4, ["一", "二，", "三", "四。"]),
        ("见（甲）乙", 4, ["见", "（甲）", "乙"]),
        ("写作 `net 30` 或 eom", 8, ["写作", "`net 30`", "或 eom"]),
        ("averylongword x", 5, ["averylongword", "x"]),
        ("", 10, [""]),
    ],
)
def test_wrap(text: str, columns: int, lines: list[str]) -> None:
    assert wrap(text, columns) == lines


@given(st.text(alphabet="ab 一二，。（）", max_size=60), st.integers(4, 20))
def test_nothing_is_lost_but_blanks(text: str, columns: int) -> None:
    assert "".join(wrap(text, columns)).replace(" ", "") == text.replace(" ", "")


@given(st.lists(st.sampled_from(["one", "二三", "four", "五"]), min_size=1, max_size=20), st.integers(8, 30))
def test_lines_fit(words: list[str], columns: int) -> None:
    assert all(width(line) <= columns for line in wrap(" ".join(words), columns))


def test_join() -> None:
    assert join(["one", "two", "三", "四"]) == "one two 三四"


def test_markdown() -> None:
    text = "First\nparagraph.\n\nSecond.\n```yaml\nid: a\n\nname: b\n```\nThird."
    assert markdown(text, 40) == [
        "  First paragraph.", "", "  Second.", "", "      id: a", "", "      name: b", "", "  Third.",
    ]  # fmt: skip
