from __future__ import annotations

import os
from pathlib import Path

import pytest

from custledger.core.trouble import UsageError
from custledger.store.layout import Stray, find, layout, with_made


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")


def test_names_are_sorted_by_code_points(tmp_path: Path) -> None:
    put(
        tmp_path,
        "custledger.yaml",
        "book.journal",
        "README.md",
        "customers/b.yaml",
        "customers/B/a.yaml",
        "customers/中.yaml",
        "customers/README.md",
        "invoices/2026/01.yaml",
        "journals/a/b.journal",
        "journals/a-b.journal",
        "activity/x.yaml",
        ".custledger/index.yaml",
        "journals/.hidden.yml",
        "customers/.git/x.yml",
    )
    found = layout(tmp_path)
    assert found.settings == "custledger.yaml"
    assert found.book_journal == "book.journal"
    assert found.customers == ("customers/B/a.yaml", "customers/b.yaml", "customers/中.yaml")
    assert found.invoices == ("invoices/2026/01.yaml",)
    assert found.journals == ("journals/a-b.journal", "journals/a/b.journal")
    assert found.activities == ("activity/x.yaml",)
    assert found.strays == ()


def test_an_empty_folder_is_a_layout_of_nothing(tmp_path: Path) -> None:
    found = layout(tmp_path)
    assert (found.settings, found.book_journal, found.customers) == (None, None, ())


def test_nothing_is_skipped_in_silence(tmp_path: Path) -> None:
    put(
        tmp_path,
        "custledger.yaml",
        "outside.yaml",
        "book/custledger.yaml",
        "book/customers/a.yml",
        "book/customers/b.YAML",
        "book/customers/c.journal",
        "book/customers/d.bak",
        "book/journals/a.hledger",
        "book/journals/b.j",
        "book/journals/c.ledger",
        "book/journals/ok.journal",
        "book/journals/noending",
    )
    book = tmp_path / "book"
    (book / "customers/out.yaml").symlink_to(tmp_path / "outside.yaml")
    (book / "customers/gone.yaml").symlink_to("nowhere.yaml")
    (book / "journals/inside.journal").symlink_to("ok.journal")
    (book / "journals/folder").symlink_to(book / "customers")
    os.mkfifo(book / "journals/fifo.journal")
    (book / "invoices").write_bytes(b"")
    (book / "activity").symlink_to(tmp_path)
    put(book, os.fsdecode(b"journals/\xff.journal"))
    found = layout(book)
    assert found.journals == ("journals/inside.journal", "journals/ok.journal")
    assert found.strays == (
        Stray("activity", "link"),
        Stray("customers/a.yml", "ending", "customers/a.yaml"),
        Stray("customers/b.YAML", "ending", "customers/b.yaml"),
        Stray("customers/c.journal", "folder"),
        Stray("customers/d.bak", "ending"),
        Stray("customers/gone.yaml", "link"),
        Stray("customers/out.yaml", "link"),
        Stray("invoices", "special"),
        Stray("journals/a.hledger", "ending", "journals/a.journal"),
        Stray("journals/b.j", "ending", "journals/b.journal"),
        Stray("journals/c.ledger", "ending", "journals/c.journal"),
        Stray("journals/fifo.journal", "special"),
        Stray("journals/folder", "link"),
        Stray("journals/noending", "ending"),
        Stray("journals/\udcff.journal", "name"),
    )


def test_which_book(tmp_path: Path) -> None:
    put(tmp_path, "firm/custledger.yaml", "firm/invoices/2026/x.yaml", "work/ledgers/custledger.yaml")
    firm = tmp_path / "firm"
    assert find(given=None, start=firm / "invoices/2026") == firm
    assert find(given=None, start=tmp_path / "work") == tmp_path / "work/ledgers"
    assert find(given="firm", start=tmp_path) == firm
    assert find(given="firm/custledger.yaml", start=tmp_path) == firm
    assert find(given=str(firm), start=Path("/")) == firm
    for given, key in [(None, "no_book"), ("work", "no_book_there"), ("nope", "no_such_folder")]:
        with pytest.raises(UsageError) as caught:
            find(given=given, start=tmp_path)
        assert caught.value.key == f"files.{key}"


def test_files_that_are_not_in_their_places_yet(tmp_path: Path) -> None:
    put(tmp_path, "custledger.yaml", "journals/b.journal")
    found = with_made(
        layout(tmp_path), ["journals/a.journal", "journals/b.journal", "journals/x", "book.journal", "x/y.yaml"]
    )
    assert found.journals == ("journals/a.journal", "journals/b.journal")
    assert found.book_journal == "book.journal"
