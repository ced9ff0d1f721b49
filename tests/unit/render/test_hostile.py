"""Names made to do harm: shown letter for letter in every format, and obeyed in none."""

from __future__ import annotations

import csv
import io
import json

import pytest

from custledger.core.text import visible
from custledger.i18n.catalogue import Catalogue
from custledger.render import draw
from custledger.render.as_csv import guarded
from custledger.render.as_md import escape
from standings import Hand
from unit.render.pages import every_page
from unit.render.test_formats import OURS, Elements

HOSTILE = [
    "\x1b]0;owned\x07\x1b[31mred",
    "\x9b31mred",
    "abc\u202etxt.exe",
    "zero\u200bwidth\ufeff",
    "[/] [bold]rich[/bold]",
    '=HYPERLINK("http://evil.example","x")',
    "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "　=1", "＝1+1",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "a|b|c", "# heading", "- item", "1. item", "**bold** _it_ `code` ~~s~~", "[link](javascript:alert(1))",
    "https://evil.example www.evil.example a@evil.example", "<!-- -->", "&amp;", "\\", "{0} {whose} %s",
    "line\nbreak", "para\u2029graph", "x" * 300, "上" * 200,
]  # fmt: skip


def hostile_standing():
    hand = Hand()
    for n, name in enumerate(HOSTILE):
        id_ = f"c{n:02}"
        hand.customer(
            id_, name, segment=name, owner=name, tax_id=name, note=name, address={"street": name, "region": name}
        )
        hand.charge(f"INV-{n:02}", id_, 1_000 + n, "2026-01-05", "2026-06-20", text=name, refs={"po": (name,)})
        hand.credit(f"R-{n:02}", id_, 200, "2026-06-05", text=name, tags={"method": name})
    return hand.standing()


STANDING = hostile_standing()
PAGES = list(every_page(STANDING))


@pytest.mark.parametrize("kind", ["text", "md", "html", "json", "csv"])
@pytest.mark.parametrize("columns", [None, 80])
def test_no_control_character_reaches_the_output(kind, columns):
    drawn = set()
    for name, document, result in PAGES:
        if kind in ("json", "csv") and id(result) in drawn:
            continue
        drawn.add(id(result))
        text = draw(document, result, kind, Catalogue("zh"), width=columns)
        kept = text.replace("\r\n", "\n") if kind == "csv" else text
        assert visible(kept.replace("\n", "")) == kept.replace("\n", ""), name


def test_html_has_no_element_but_ours():
    for _, document, result in PAGES:
        parser = Elements()
        parser.feed(draw(document, result, "html", Catalogue("en")))
        assert parser.found <= OURS


def test_no_cell_of_a_csv_is_a_formula_and_numbers_stay_numbers():
    for _, document, result in PAGES:
        for row in csv.reader(io.StringIO(draw(document, result, "csv", Catalogue("en")))):
            for cell in row:
                number = cell.removeprefix("-").replace(".", "", 1).isdigit()
                assert number or not cell.lstrip(" \u3000").startswith(tuple("=+-@\t\r＝＋－＠")), cell


def test_json_gives_the_names_back_letter_for_letter():
    data = [json.loads(draw(d, r, "json", Catalogue("en"))) for name, d, r in PAGES if name == "balance"]
    assert [row["name"] for row in data[0]["rows"]] == HOSTILE


def test_markdown_is_read_as_the_text_it_was():
    markdown = pytest.importorskip("markdown_it")
    reader = markdown.MarkdownIt("gfm-like", {"linkify": False}).enable("table")
    for name in HOSTILE:
        shown = visible(name)
        inline = reader.parseInline(f"x {escape(shown)}")[0]
        kinds = {token.type for token in inline.children}
        assert kinds <= {"text", "text_special"}, (name, kinds)
        said = "".join(token.content for token in inline.children)
        assert " ".join(said.split()) == " ".join(f"x {shown}".split())


def test_markdown_pages_hold_no_element_but_tables_and_text():
    markdown = pytest.importorskip("markdown_it")
    reader = markdown.MarkdownIt("commonmark").enable("table")
    ours = {"heading", "paragraph", "table", "thead", "tbody", "tr", "th", "td", "bullet_list", "list_item", "inline"}
    for name, document, result in PAGES:
        kinds = {
            t.type.removesuffix("_open").removesuffix("_close")
            for t in reader.parse(draw(document, result, "md", Catalogue("en")))
        }
        assert kinds <= ours, (name, kinds - ours)


def test_rows_stay_rows():
    """One row a line, whatever stands in the names."""
    from custledger.report import balance

    result = balance.build(STANDING)
    text = draw(balance.document(result, STANDING), result, "text", Catalogue("en"))
    assert sum(line.startswith("c") for line in text.splitlines()) == len(HOSTILE)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t1", "\r1", " =1", "　=1", "＝1"])
def test_the_guard(text):
    assert guarded(text).startswith("'")


@pytest.mark.parametrize("text", ["", "INV-1", "a=b", "1-2", "上海"])
def test_what_the_guard_leaves_alone(text):
    assert guarded(text) == text
