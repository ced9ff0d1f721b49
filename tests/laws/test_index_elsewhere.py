"""Laws of the index where one file says what another means: it changes, and the other does not.

Each book is a few files in one state after the other; after each, an index that was mended says what the text says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from custledger.indexed.keeping import differing
from indexed_asking import TODAY, anew, differences, held, made, said
from indexed_texts import CUSTOMERS, SETTINGS

if TYPE_CHECKING:
    from pathlib import Path

AHEAD = "--as-of 2026-03-01"
LINES = (
    "check",
    "balance",
    "aging --detail",
    "why N-1",
    "why dune",
    "why echo",
    "aging echo --detail",
    "invoice list",
    AHEAD,
)
BASE = {"custledger.yaml": SETTINGS, "customers/all.yaml": "---\n".join(CUSTOMERS)}
OWED = "2026-02-02 * (N-2) more\n    assets:receivable:dune  CNY 50.00\n    income\n"
BOOK = {**BASE, "journals/0.journal": OWED}
SOLD = "number: N-1\ncustomer: dune\ndate: 2026-02-01\nlines: [{price: 100.00}]\n"
POSTED = "2026-02-01 * (N-1) posted\n    assets:receivable:dune  CNY 100.00\n    income\n\n"
NOTE = "kind: credit-note\nnumber: C-1\ncorrects: N-1\ndate: 2026-02-05\nlines: [{price: 10.00}]\n"
DISPUTE = (
    "- {id: 2026-03-01-a, kind: dispute, date: 2026-03-01, customer: dune, invoices: [N-1], amount: 20.00, text: x}\n"
)
SETTLED = "- {id: 2026-04-01-b, closes: 2026-03-01-a, date: 2026-04-01, outcome: done}\n"


def echo(text: str) -> str:
    """The same of another customer."""
    return text.replace("dune", "echo", 1)


def told(root: Path, files: dict[str, str]) -> bool:
    """Put the files there; whether an index stands for them, which says what they say."""
    for path in [*root.glob("*/*.yaml"), *root.glob("*/*.journal")]:
        if path.relative_to(root).as_posix() not in files:
            path.unlink()
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        if not (root / name).exists() or (root / name).read_text("utf-8") != text:
            (root / name).write_text(text, "utf-8")
    whole = made(root)
    for line in LINES:
        assert said(root, line) == said(root, line, "--no-index"), line
    if whole:
        assert differences(held(root), anew(root)) == []
        assert differing(root, root.name, TODAY) == []
    return whole


@pytest.mark.parametrize(
    "states",
    [
        pytest.param(
            [
                {"invoices/a.yaml": f"{SOLD}terms: net 7\n", "invoices/b.yaml": NOTE},
                {"invoices/a.yaml": echo(f"{SOLD}terms: net 7\n"), "invoices/b.yaml": NOTE},
            ],
            id="the-invoice-that-a-note-corrects-is-another's",
        ),
        pytest.param(
            [
                {"invoices/a.yaml": SOLD, "activity/a.yaml": DISPUTE, "activity/b.yaml": SETTLED},
                {"invoices/a.yaml": echo(SOLD), "activity/a.yaml": echo(DISPUTE), "activity/b.yaml": SETTLED},
            ],
            id="the-dispute-that-was-settled-is-another's",
        ),
        pytest.param(
            [{"invoices/a.yaml": SOLD}, {"invoices/b.yaml": SOLD, "invoices/c.yaml": NOTE}],
            id="the-file-of-the-invoice-has-another-name-when-its-note-comes",
        ),
        pytest.param(
            [{"invoices/a.yaml": SOLD}, {"invoices/a.yaml": NOTE, "invoices/b.yaml": SOLD}],
            id="the-note-stands-where-its-invoice-stood",
        ),
    ],
)
def test_whose_it_is_stands_in_another_file(states: list[dict[str, str]], tmp_path: Path) -> None:
    root = tmp_path / "book"
    for state in [*states, states[0]]:
        assert told(root, {**BOOK, **state})


def test_a_number_of_a_document_and_its_posting_is_one_customer_s(tmp_path: Path) -> None:
    """Where one of the two becomes another's the number stands twice, as often as before."""
    root = tmp_path / "book"
    both = {**BOOK, "invoices/a.yaml": SOLD, "journals/0.journal": POSTED + OWED}
    assert told(root, both)
    assert not told(root, {**both, "journals/0.journal": echo(POSTED) + OWED})
    assert told(root, both)
    assert not told(root, {**both, "invoices/a.yaml": echo(SOLD)})


def test_documents_that_lie_ahead_are_counted_once_where_lines_end_in_crlf(tmp_path: Path) -> None:
    """Each is a block of its own, whose only its customer has."""
    later = SOLD.replace("2026-02-01", "2026-05-01")
    three = [later, f"{echo(later)}terms: net 7\n".replace("N-1", "N-3"), later.replace("N-1", "N-4")]
    assert told(tmp_path / "book", {**BOOK, "invoices/a.yaml": "---\n".join(three).replace("\n", "\r\n")})
    assert "Entries dated later  3\n" in said(tmp_path / "book", AHEAD)[0]


PAID = "2026-03-01 * (R-1) money\n    assets:bank  CNY 50.00\n    assets:receivable:dune  CNY -50.00\n\n"
MORE = OWED.replace("N-2", "N-3").replace("50.00", "60.00")
OTHERS = OWED.replace("CNY", "USD")


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        pytest.param("journals/0.journal", OWED, OTHERS, id="commodity"),
        pytest.param(
            "journals/0.journal",
            f"{OWED}\n{OTHERS.replace('N-2', 'N-3')}\n{OWED.replace('N-2', 'N-4')}",
            f"{OWED}\n{OTHERS.replace('N-2', 'N-3')}\n{OTHERS.replace('N-2', 'N-4')}",
            id="commodity-of-one-of-two-kinds",
        ),
        pytest.param(
            "journals/0.journal", f"{PAID}{OWED}\n{MORE}", f"{PAID}{OWED}\n{MORE}".replace("money", "N-3"), id="text"
        ),
        pytest.param(
            "journals/0.journal",
            f"{PAID}{OWED}\n{MORE}".replace("money", "N-2"),
            f"{PAID}{OWED}\n{MORE}".replace("money", "N-3"),
            id="another-text",
        ),
        pytest.param("invoices/a.yaml", f"{SOLD}currency: CNY\n", f"{SOLD}currency: USD\n", id="commodity-of-document"),
        pytest.param(
            "invoices/a.yaml",
            f"{SOLD}currency: CNY\nrefs: {{po: A-71}}\n",
            f"{SOLD}currency: CNY\nrefs: {{po: A-72}}\n",
            id="reference",
        ),
    ],
)
def test_what_no_row_says_is_seen_to_change(name: str, before: str, after: str, tmp_path: Path) -> None:
    root = tmp_path / "book"
    paid = {
        "custledger.yaml": SETTINGS.replace("currency: CNY\n", ""),
        "journals/1.journal": PAID.replace("money", "A-72"),
    }
    book = {**BASE, "journals/0.journal": OWED, **({} if name.startswith("journals") else paid)}
    for text in (before, after, before):
        assert told(root, {**book, name: text})


def test_a_file_may_be_empty(tmp_path: Path) -> None:
    for text in ("", "\n", "; words\n", ""):
        assert told(tmp_path / "book", {**BOOK, "journals/1.journal": text, "invoices/a.yaml": text.replace(";", "#")})


def test_a_document_of_nothing_whose_number_another_has_keeps_a_book_without_an_index(tmp_path: Path) -> None:
    """However it came about: both were of one customer."""
    root, nothing = tmp_path / "book", SOLD.replace("100.00", "0")
    others = OWED.replace("N-2", "N-3").replace("dune", "echo").replace("CNY", "JPY").replace(".00", "")
    both = {**BOOK, "invoices/a.yaml": nothing, "journals/0.journal": POSTED + OWED, "journals/1.journal": others}
    told(root, both)
    assert not told(root, {**both, "invoices/a.yaml": echo(nothing)})
