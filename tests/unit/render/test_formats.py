"""What is drawn is what was counted: the formats say the same, in columns that stand straight."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from custledger.core.text import width
from custledger.core.trouble import UsageError
from custledger.i18n.catalogue import Catalogue
from custledger.render import draw, formats, suffixes
from custledger.report import aging, aging_page, balance
from standings import Hand, trading_company
from unit.render.pages import every_page

STANDING = trading_company().standing()
LANGUAGES = ("en", "zh")


def drawn(kind, document, result, lang="en", **more) -> str:
    return draw(document, result, kind, Catalogue(lang), **more)


def pages():
    return list(every_page(STANDING))


def test_every_format_has_one_file_and_one_ending():
    assert formats() == ("csv", "html", "json", "md", "text")
    assert suffixes() == {".csv": "csv", ".html": "html", ".json": "json", ".md": "md", ".txt": "text"}
    with pytest.raises(UsageError):
        drawn("pdf", *next(iter(pages()))[1:])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("columns", [40, 60, 80, 132])
def test_nothing_is_wider_than_the_terminal(lang, columns):
    for name, document, result in pages():
        for line in drawn("text", document, result, lang, width=columns).splitlines():
            assert width(line) <= columns, (name, line)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pipe_gets_no_colour_no_rule_nothing_cut_and_no_blanks_at_the_end(lang):
    for name, document, result in pages():
        text = drawn("text", document, result, lang)
        assert not set(text) & set("\x1b─│┌…"), name
        assert all(line == line.rstrip() for line in text.splitlines()), name
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        assert "reports." not in text, name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_amounts_stand_below_each_other_also_behind_chinese_names(lang):
    result = balance.build(STANDING)
    lines = drawn("text", balance.document(result, STANDING), result, lang).splitlines()
    rows = [line for line in lines if line.endswith(("0.00", "4,700.00"))]
    assert len(rows) == 5
    assert len({width(line) for line in rows}) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_markdown_tables_are_straight(lang):
    for name, document, result in pages():
        block: set[int] = set()
        for line in [*drawn("md", document, result, lang).splitlines(), ""]:
            if line.startswith("|"):
                block.add(width(line))
            else:
                assert len(block) <= 1, (name, block)
                block = set()


def test_colour_is_only_where_it_is_asked_for_and_leaves_the_text_alone():
    import re

    for _, document, result in pages():
        plain = drawn("text", document, result, width=80)
        coloured = drawn("text", document, result, width=80, colour=True)
        assert "\x1b[" not in plain
        assert "\n".join(line.rstrip() for line in re.sub(r"\x1b\[[0-9]*m", "", coloured).splitlines()) == plain.rstrip(
            "\n"
        )


def test_json_csv_and_text_say_the_same_numbers():
    result = aging.build(STANDING)
    document = aging_page.document(result, STANDING)
    data = json.loads(drawn("json", document, result))
    table = list(csv.DictReader(io.StringIO(drawn("csv", document, result))))
    lines = drawn("text", document, result).splitlines()
    for row, record in zip(data["rows"], table, strict=True):
        figures = [*row["amounts"], row["unapplied"], row["total"]]
        assert [record[name] for name in (*data["buckets"], "unapplied", "total")] == figures
        (line,) = [line for line in lines if line.startswith(row["customer"])]
        shown = [text.replace(",", "") for text in line.split()[-len(figures) :]]
        assert [("0.00" if text == "-" else text) for text in shown] == figures


def test_the_envelope():
    for name, document, result in pages():
        data = json.loads(drawn("json", document, result))
        assert list(data)[:4] == ["custledger", "report", "book", "as_of"], name
        assert (data["custledger"], data["book"], data["as_of"]) == (1, "ledgers", "2026-06-30")
        assert all(key == key.lower() and "-" not in key for key in keys(data)), name


def keys(value):
    if isinstance(value, dict):
        for key, item in value.items():
            if key != "by_rule":
                yield key
                yield from keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from keys(item)


def test_the_json_of_cli_md():
    result = balance.build(STANDING)
    data = json.loads(drawn("json", balance.document(result, STANDING), result))
    assert data["rows"][1] == {
        "customer": "chenguang",
        "name": "上海晨光机电有限公司",
        "currency": "CNY",
        "balance": "997000.00",
        "open": "1000000.00",
        "unapplied": "-3000.00",
        "overdue": "1000000.00",
    }
    assert data["totals"][1] == {
        "currency": "USD",
        "balance": "1500.00",
        "open": "1500.00",
        "unapplied": "0.00",
        "overdue": "1500.00",
    }
    result = aging.build(STANDING)
    data = json.loads(drawn("json", aging_page.document(result, STANDING), result))
    assert list(data["rows"][0]) == ["customer", "name", "currency", "amounts", "unapplied", "disputed", "total"]
    assert list(data["totals"][0]) == ["currency", "amounts", "unapplied", "disputed", "total"]


def test_digits_are_the_commoditys():
    hand = Hand().charge("INV-1", "acme", 1_234_567, "2026-01-01", commodity="JPY")
    hand.charge("INV-2", "acme", 1_234_567, "2026-01-01", commodity="KWD")
    standing = hand.standing()
    result = balance.build(standing)
    rows = json.loads(drawn("json", balance.document(result, standing), result))["rows"]
    assert [(row["currency"], row["balance"]) for row in rows] == [("JPY", "1234567"), ("KWD", "1234.567")]


def test_an_empty_book_says_so_kindly():
    standing = Hand().standing()
    for name, document, result in every_page(standing):
        for lang in LANGUAGES:
            for kind in formats():
                text = drawn(kind, document, result, lang)
                assert text, name
    result = balance.build(standing)
    assert "first invoice" in drawn("text", balance.document(result, standing), result)
    assert drawn("csv", aging_page.document(aging.build(standing), standing), aging.build(standing)).startswith(
        "customer,name,"
    )


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[tuple[str, tuple[str, ...]]] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.found.add((tag, tuple(sorted(name for name, _ in attrs))))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


#: Every element with its attributes that our own pages are made of.
OURS = {
    ("html", ("lang",)), ("head", ()), ("meta", ("charset",)), ("meta", ("content", "http-equiv")),
    ("meta", ("content", "name")), ("title", ()), ("style", ()), ("body", ()), ("h1", ()), ("h2", ()), ("h3", ()),
    ("p", ()), ("p", ("class",)), ("br", ()), ("table", ()), ("caption", ()), ("thead", ()), ("tbody", ()),
    ("tr", ()), ("tr", ("class",)), ("th", ("scope",)), ("th", ("class", "scope")), ("td", ()), ("td", ("class",)),
    ("dl", ()), ("dt", ()), ("dd", ()), ("dd", ("class",)),
}  # fmt: skip


@pytest.mark.parametrize(("lang", "tag"), [("en", "en"), ("zh", "zh-CN")])
def test_html_is_well_formed_loads_nothing_and_runs_nothing(lang, tag):
    for name, document, result in pages():
        text = drawn("html", document, result, lang)
        if document.language is None:
            assert f'<html lang="{tag}">' in text
        assert "default-src 'none'" in text
        parser = Elements()
        parser.feed(text)
        assert parser.found <= OURS, (name, parser.found - OURS)
        assert parser.open == []


def test_text_through_a_pipe_imports_no_rich():
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from standings import trading_company\n"
        "from custledger.render import draw\n"
        "from custledger.i18n.catalogue import Catalogue\n"
        "from custledger.report import balance\n"
        "s = trading_company().standing(); r = balance.build(s)\n"
        "draw(balance.document(r, s), r, 'text', Catalogue('en'))\n"
        "bad = {'rich', 'typer', 'pydantic', 'custledger.render.as_html', 'json'} & set(sys.modules)\n"
        "assert not bad, bad\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
