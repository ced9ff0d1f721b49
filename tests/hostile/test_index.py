"""An index that somebody else made says nothing to us."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from pathlib import Path

from custledger.indexed.keeping import asking
from custledger.opening import settings_of
from custledger.store.files import FolderSource
from custledger.store.index_files import opened, path_of

TODAY = dt.date(2026, 6, 30)
LEDGERS = Path(__file__).resolve().parents[2] / "ledgers"


def made(root: Path) -> None:
    settings = settings_of(FolderSource(root))
    assert settings is not None
    found = asking(root, ".", settings, TODAY, make=True)
    assert found is not None
    found.index.connection.close()


def test_an_index_that_came_with_the_folder_is_not_believed(tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(LEDGERS, book, ignore=shutil.ignore_patterns(".custledger"))
    made(book)
    assert opened(str(book)) is not None
    shutil.copytree(book, tmp_path / "cloned")
    assert opened(str(tmp_path / "cloned")) is None


def test_nothing_is_written_where_the_folder_of_the_index_leads_elsewhere(tmp_path: Path) -> None:
    book, elsewhere = tmp_path / "book", tmp_path / "elsewhere"
    shutil.copytree(LEDGERS, book, ignore=shutil.ignore_patterns(".custledger"))
    elsewhere.mkdir()
    (book / ".custledger").symlink_to(elsewhere)
    settings = settings_of(FolderSource(book))
    assert settings is not None
    assert asking(book, ".", settings, TODAY, make=True) is None
    assert list(elsewhere.iterdir()) == []


def test_an_index_of_another_version_is_not_read(tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(LEDGERS, book, ignore=shutil.ignore_patterns(".custledger"))
    made(book)
    with sqlite3.connect(path_of(str(book))) as connection:
        connection.execute("UPDATE meta SET value = 'another' WHERE key = 'version'")
    connection.close()
    assert opened(str(book)) is None


def test_a_balance_that_does_not_hold_any_more_is_not_hidden(tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(LEDGERS, book, ignore=shutil.ignore_patterns(".custledger"))
    made(book)
    journal = book / "journals" / "2026-03.journal"
    journal.write_text(journal.read_text("utf-8").replace(" = CNY ", " = CNY 9", 1), "utf-8")
    settings = settings_of(FolderSource(book))
    assert settings is not None
    assert asking(book, ".", settings, TODAY) is None
