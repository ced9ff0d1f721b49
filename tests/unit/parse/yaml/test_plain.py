"""Documents composed without the YAML library are what the library makes of them, places included."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from custledger.core.diagnostic import Diagnostic
from custledger.parse.yaml import build, plain
from custledger.parse.yaml.compose import by_library, compose_part, part_by_library
from custledger.parse.yaml.plain import Refused, plain_document, plain_documents
from custledger.parse.yaml.readable import readable
from documents import BAD, GOOD
from yaml_texts import NASTY, SHAPES, changed_documents

ROOT = Path(__file__).parents[4]
TEXTS = [
    "a: 1\nb:\n  c: 2\n  d: [e, f]\ng: h",
    "# c\n\na: 1  # one\nb: 'x # y' # two\n\nc: {d: \"#\"}  #\n# d\nf: #\n  g: h\n  # e\ni: -5.00",
    "- a\n- b: 1\n  c:\n    - d\n    - {e: f}\n  g: 2\n- {h: i}\n- [j]",
    "a:\n- b\n- c: d\n  e:\n  - f\ng:   h\ni:\n        j: k\n        l: m",
    "a: 1\r\nb:\r\n  - c\r\n",
    "客户: 上海\n1001: 1\na-b.c: d\nx-mine: [1, {a_1: b}]\nCNY: {digits: 2, also: [¥, 元]}",
    "a:\n  b:\n    c:\n      - d:\n          e: f\n      - g",
]


def by_both(text):
    """What the two make of it; None for what is left to the library."""
    found = readable("a.yaml", text.encode())
    if isinstance(found, Diagnostic) or found.diagnostics:
        return None
    ours = plain_documents("a.yaml", found.text)
    theirs = by_library("a.yaml", found)
    if ours is not None:
        assert (theirs.diagnostics, theirs.broken) == ((), ())
        assert ours == theirs.documents
    return ours


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_covered(text):
    assert by_both(text) is not None
    assert len(by_both(f"---\n{text}\n---\n# nothing\n---\n{text}\n")) == 2


@pytest.mark.parametrize(
    ("folder", "share"), [("ledgers", 1), ("examples/wholesaler", 1), ("src/custledger/maps", 0.4)]
)
def test_the_files_that_are_here(folder, share):
    files = sorted((ROOT / folder).rglob("*.yaml"))
    covered = [path for path in files if by_both(path.read_text("utf-8")) is not None]
    assert len(covered) >= share * len(files) > 0


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[a]",
        "a",
        "  a: 1",
        "a: |\n  b",
        "a:\n  b\n",
        'a: "b\n  c"',
        "a: b\n  c",
        "a: &b c",
        "a:",
        "? a\n: b",
        "- - a",
    ],
)
def test_what_is_left_to_the_library(text):
    assert by_both(text) is None


PLACES = [
    "a: {}\nb: c",
    "a:\n  b: {}\n  c: d\ne: f",
    "- a\n- {}\n- b",
    "- a: b\n  {}\n  c: d",
    "a: [b, {}]",
    "{}\na: b",
    "a: b\n{}",
    "a:\n{}\nb: c",
]


@pytest.mark.parametrize("place", PLACES)
def test_every_sign_at_every_place(place):
    for sign in [*NASTY, "a: b # c", "<< : a", "=", "a:b", "a :b", "true", "0x1"]:
        for shape in SHAPES:
            by_both(place.replace("{}", shape.format(sign)))


@settings(max_examples=800, deadline=None)
@given(changed_documents([*TEXTS, *(text for texts in (*GOOD.values(), *BAD.values()) for text in texts)]))
def test_documents_with_something_changed(text):
    by_both(text)


def test_a_part_has_its_lines_in_the_file():
    assert compose_part("a.yaml", "# c\na:\n  - b\n", 40) == part_by_library("a.yaml", "# c\na:\n  - b\n", 40)
    assert compose_part("a.yaml", "a: |\n  b\n", 40) == part_by_library("a.yaml", "a: |\n  b\n", 40)
    assert compose_part("a.yaml", "# nothing\n", 40) == ()
    assert compose_part("a.yaml", "a: 'b\n", 40) is None


def test_limits_are_the_librarys(monkeypatch):
    deep = "".join(f"{' ' * n}a:\n" for n in range(build.DEPTH_MAX)) + " " * build.DEPTH_MAX + "a: b"
    with pytest.raises(Refused):
        plain_document("a.yaml", deep, 0)
    with pytest.raises(Refused):
        plain_document("a.yaml", "a: " + "x" * build.SCALAR_MAX, 0)
    with pytest.raises(Refused):
        plain_document("a.yaml", "x" * 2000 + ": a", 0)
    monkeypatch.setattr(plain, "NODES_MAX", 4)
    assert plain_documents("a.yaml", "a: b\nc: d\n") is None
