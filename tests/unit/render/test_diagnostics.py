"""Problems as text and as rows: the place, the line, the mark below what is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custledger.core.diagnostic import Related, Severity, problem
from custledger.core.span import Span
from custledger.core.text import visible, width
from custledger.core.trouble import WorldError
from custledger.i18n.catalogue import Catalogue
from custledger.render.diagnostics_json import as_rows
from custledger.render.diagnostics_text import EXCERPT_LINES_MAX, SHOWN_MAX, draw_diagnostics, window

EN = Catalogue("en")


def drawn(source: str, span: Span, **more) -> list[str]:
    return draw_diagnostics([problem("some-slug", span, **more)], EN, read={span.file: source.encode()}).splitlines()


def test_a_line_with_its_mark():
    assert drawn("first\n    assets:bank  CNY 1\n", Span("a.journal", 2, 5, 2, 16)) == [
        "error[some-slug]: diagnostics.some-slug",
        "  --> a.journal:2:5",
        " 2 |     assets:bank  CNY 1",
        "   |     ^^^^^^^^^^^",
        "",
    ]


def test_the_mark_stands_below_wide_characters():
    lines = drawn("上海 应收 CNY\n", Span("a.journal", 1, 4, 1, 6))
    assert lines[2:4] == [" 1 | 上海 应收 CNY", "   |      ^^^^"]


def test_tabs_and_control_characters_are_spelt_out_and_counted():
    lines = drawn("\t\x1b[31mX\n", Span("a.journal", 1, 7, 1, 8))
    assert lines[2] == " 1 |     \\u{1b}[31mX"
    assert lines[3].index("^") == lines[2].index("X")


def test_several_lines_are_shown_up_to_a_limit():
    source = "".join(f"line {n}\n" for n in range(1, 21))
    lines = drawn(source, Span("a.journal", 2, 1, 15, 3))
    assert [line.split("|")[1].strip() for line in lines if "|" in line][:-1] == [
        f"line {n}" for n in range(2, 2 + EXCERPT_LINES_MAX)
    ]
    assert lines[-2].endswith("| …")


@pytest.mark.parametrize("span", [Span("a.journal"), Span("a.journal", 99, 1, 99, 2), Span("b.journal", 1, 1, 1, 2)])
def test_no_excerpt_where_there_is_no_line(span):
    lines = draw_diagnostics([problem("x", span)], EN, read={"a.journal": b"one\n"}).splitlines()
    assert len(lines) == 3


def test_a_file_that_cannot_be_read_has_no_excerpt():
    def read(name: str) -> bytes:
        raise WorldError("files.not_found", name=name)

    assert "-->" in draw_diagnostics([problem("x", Span("a", 1, 1, 1, 2))], EN, read=read)


def test_related_places_hints_and_warnings():
    span = Span("a.journal", 1, 1, 1, 4)
    diagnostic = problem(
        "x", span, severity=Severity.WARNING, related=(Related(Span("a.journal", 2, 1, 2, 4), "first"),)
    )
    text = draw_diagnostics([diagnostic], Catalogue("zh"), read={"a.journal": b"one\ntwo\n"})
    assert text.startswith("警告[x]")
    assert "  = first\n  --> a.journal:2:1\n 2 | two\n" in text


def test_more_than_anybody_reads_are_counted():
    many = [problem("x", Span("a", n, 1, n, 2)) for n in range(1, SHOWN_MAX + 4)]
    text = draw_diagnostics(many, EN)
    assert text.count("error[x]") == SHOWN_MAX
    assert "3 more" in text
    assert len(as_rows(many, EN)) == SHOWN_MAX + 3


def test_rows():
    (row,) = as_rows([problem("x", Span("a.journal", 7, 5, 7, 20), customer="acme")], EN)
    assert list(row) == "slug severity message file line column end_line end_column hint related customer".split()
    assert (row["line"], row["end_column"], row["hint"], row["related"]) == (7, 20, "", [])
    (whole,) = as_rows([problem("x", Span("a.journal"))], EN)
    assert (whole["line"], whole["column"]) == (None, None)


@given(st.text(max_size=200), st.integers(-3, 210), st.integers(-3, 210), st.integers(0, 100))
def test_any_line_and_any_span_give_a_mark_within_the_line(line, column, end, room):
    shown, before, marked = window(line, column, end, room)
    assert visible(shown) == shown
    assert width(shown) <= max(room, 20) + 1
    assert marked >= 1
    assert before <= width(shown)
