"""Tags, text from outside, dates of postings."""

from __future__ import annotations

import pytest

from custledger.parse.journal.comments import CommentLines
from custledger.parse.journal.problems import Refused
from custledger.parse.journal.raw import RawComment


def comment(*lines: str, posting: bool = True, own: bool = False) -> RawComment:
    gathered = CommentLines(posting=posting)
    for index, line in enumerate(lines):
        gathered.add(line, index + 1, line.index(";"), own=own or index > 0)
    found = gathered.raw()
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("; a:b", [("a", "b")]),
        (";a:b,c:d", [("a", "b"), ("c", "d")]),
        ("; words a: b c , d:", [("a", "b c"), ("d", "")]),
        ("; a:b:c", [("a", "b:c")]),
        ("; a : b", []),
        ("; ::a:b", [("a", "b")]),
        ("; due:2026-02-14 foo:bar", [("due", "2026-02-14 foo:bar")]),
        ("; 货款invoice:X", [("货款invoice", "X")]),
        ("; http://x.example, y:z", [("http", "//x.example"), ("y", "z")]),
        ("; invoice:INV-1，INV-2", [("invoice", "INV-1，INV-2")]),
        ("; nothing", []),
    ],
)
def test_tags(text: str, tags: list[tuple[str, str]]) -> None:
    assert [(tag.name, tag.value) for tag in comment(text).tags] == tags


def test_tags_know_their_columns() -> None:
    line = "  a  1  ; 上海 invoice:  INV-1 , due:"
    first, second = comment(line).tags
    assert line[first.column - 1 : first.end - 1] == "INV-1"
    assert line[second.column - 1 : second.end - 1] == "due"


def test_lines_below_go_on_and_text_from_outside_holds_no_tags() -> None:
    found = comment("; a:b", "    ; > 货款：x:y", "  ; c:d")
    assert found.text == "a:b\n> 货款：x:y\nc:d"
    assert [(tag.name, tag.line) for tag in found.tags] == [("a", 1), ("c", 3)]
    ((text, line, column, end),) = found.outside
    assert (text, line, column, end) == ("货款：x:y", 2, 9, 15)


def test_a_comment_that_begins_below_has_an_empty_first_line() -> None:
    assert comment("  ; x", own=True).text == "\nx"


def test_text_from_outside_stands_on_lines_of_its_own() -> None:
    found = comment("a  1  ; > x:y")
    assert found.outside == ()
    assert [tag.name for tag in found.tags] == ["x"]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("; date:2026-01-02", (2026, 1, 2), None),
        ("; paid date: 1/2 or so, x:y", (None, 1, 2), None),
        ("; date2:2026.1.3", None, (2026, 1, 3)),
        ("; [2026-01-02]", (2026, 1, 2), None),
        ("; [1/2=1/3] x", (None, 1, 2), (None, 1, 3)),
        ("; [=2026-01-03]", None, (2026, 1, 3)),
    ],
)
def test_dates(
    text: str, first: tuple[int | None, int, int] | None, second: tuple[int | None, int, int] | None
) -> None:
    (found,) = comment(text).dates
    assert (found.first and found.first[:3]) == first
    assert (found.second and found.second[:3]) == second
    assert not comment(text, posting=False).dates


@pytest.mark.parametrize("text", ["; [x]", "; []", "; [123]", "; [-]", "; [ 2026-01-01 ]", "; date :1"])
def test_brackets_that_are_no_dates(text: str) -> None:
    assert comment(text).dates == ()


@pytest.mark.parametrize(
    ("text", "variant", "column", "end"),
    [
        ("; date:", "form", 8, 8),
        ("; date:soon", "form", 8, 12),
        ("; [2026-02-30]", "", 4, 14),
        ("; [2026-01-01-]", "form", 4, 15),
        ("; x:y, date:2026-13-01", "", 13, 23),
    ],
)
def test_dates_that_are_none(text: str, variant: str, column: int, end: int) -> None:
    with pytest.raises(Refused) as refused:
        comment(text)
    assert (refused.value.slug, refused.value.variant) == ("invalid-date", variant)
    assert (refused.value.column, refused.value.end) == (column, end)


@pytest.mark.parametrize("text", ["; > date:2026-01-01", "; > x [2026-01-01]", "; >date:nonsense"])
def test_text_from_outside_that_would_date_a_posting(text: str) -> None:
    with pytest.raises(Refused, match="syntax"):
        comment(text, own=True)
    assert comment(text, own=True, posting=False).outside
