"""`custledger index`: made, verified, forgotten."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from custledger.core.frozen import replace
from custledger.store import index_files as store
from custledger.store import index_opening
from custledger.store.index_rows import HARD, PLAIN, AccountRow, packed, unpacked
from indexed_asking import made, said
from indexed_books import Draft

if TYPE_CHECKING:
    from collections.abc import Callable

    from custledger.store.index import Index


TABLES = ("file", "customer", "account", "past", "named")


@cache
def _seed() -> int:
    """Of a book with an index in which all tables have something."""
    for seed in range(100):
        with tempfile.TemporaryDirectory() as folder:
            Draft.made(Path(folder), seed)
            if made(Path(folder)):
                with closing(sqlite3.connect(store.path_of(folder))) as connection:
                    if all(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES):  # noqa: S608
                        return seed
    raise AssertionError("no book")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book with an index."""
    book = tmp_path / "book"
    book.mkdir()
    Draft.made(book, _seed())
    assert made(book)
    return book


def verify(root: Path) -> tuple[str, int]:
    return said(root, "index --verify")


def test_an_index_that_is_true(root: Path) -> None:
    text, status = verify(root)
    assert status == 0
    assert text.endswith("it is what the text says\n")
    assert sorted(path.name for path in (root / ".custledger").iterdir()) == [".gitignore", "index.sqlite"]


def _customer(index: Index) -> None:
    row = index.customers()[0]
    index.put_customers([replace(row, name="Somebody else")], _accounts(index, row.place))


def _state(index: Index) -> None:
    row = next(row for row in index.customers() if row.state == HARD and _accounts(index, row.place))
    index.put_customers([replace(row, state=PLAIN)], _accounts(index, row.place))


def _accounts(index: Index, place: int) -> list[AccountRow]:
    rows = index.connection.execute(
        "SELECT unit, begin, last, live, live_names, stretches, names FROM account LEFT JOIN past USING (key) "
        "WHERE key / 1048576 = ? ORDER BY key",
        (place,),
    )
    return [
        AccountRow(
            place=place, unit=unit, begin=begin, last=last, live=live, live_names=names, past=past or b"",
            past_names=past_names or "",
        )
        for unit, begin, last, live, names, past, past_names in rows
    ]  # fmt: skip


def _owing(index: Index) -> tuple[int, list[AccountRow]]:
    for row in index.customers():
        accounts = _accounts(index, row.place)
        if accounts and accounts[0].live and accounts[0].past:
            return row.place, accounts
    raise AssertionError("nobody owes anything")


def _amount(index: Index, part: str) -> None:
    place, (account, *others) = _owing(index)
    data, names = getattr(account, part), f"{part}_names"
    told = [
        each for day in range(account.begin, account.last + 1) for each in unpacked(data, getattr(account, names), day)
    ]
    data, text = packed([each._replace(amount=each.amount + 1) for each in dict.fromkeys(told)])
    index.put_customers(index.customers_of(places=[place]), [replace(account, **{part: data, names: text}), *others])


def _less(index: Index) -> None:
    place, accounts = _owing(index)
    index.put_customers(index.customers_of(places=[place]), accounts[1:])


def _named(index: Index) -> None:
    place, text, charge = index.named()[0]
    index.put_named([(place, text + "x", charge)])


def _blocks(index: Index) -> None:
    row = index.file(next(row[0] for row in index.signatures() if row[1] == "journals"))
    assert row is not None
    row.starts[-1] += 1
    index.put_file(row)


def _codes(index: Index) -> None:
    row = index.file(next(row[0] for row in index.signatures() if row[1] == "journals"))
    assert row is not None
    row.codes += b"MORE\n"
    index.put_file(row)


#: What is changed with its sums put right, and the table that is named for it.
WRONG: dict[str, tuple[str, Callable[[Index], None]]] = {
    "a customer's name": ("customer", _customer),
    "a customer's state": ("customer", _state),
    "an open amount": ("account", lambda index: _amount(index, "live")),
    "an amount of the past": ("past", lambda index: _amount(index, "past")),
    "an account less": ("account", _less),
    "a number": ("named", _named),
    "a block": ("file", _blocks),
    "a code": ("file", _codes),
    "a directive": ("meta", lambda index: index.put_meta("directives", '["commodity X"]')),
    "repeated codes": ("meta", lambda index: index.put_meta("repeated", '["x"]')),
}


@pytest.mark.parametrize("what", list(WRONG))
def test_what_is_not_what_the_text_says_is_found_and_deleted(what: str, root: Path) -> None:
    table, wrong = WRONG[what]
    index = store.opened(str(root))
    assert index is not None
    with closing(index.connection), store.changed(index):
        wrong(index)
    text, status = verify(root)
    assert status == 1
    line = next(line for line in text.splitlines() if line.startswith("it is not what the text says, in: "))
    assert table in line.partition(": ")[2].split(", ")
    assert text.endswith("the index is deleted; the next report of a large book makes it anew\n")
    assert not os.path.lexists(store.path_of(str(root)))
    assert verify(root)[1] == 0


#: What is changed with its sums left as they are.
DAMAGE = {
    "UPDATE meta SET value = 'x' WHERE key = 'state'": "meta",
    "DELETE FROM meta WHERE key = 'repeated'": "meta",
    "UPDATE file SET numbers = X'0A'": "file",
    "UPDATE customer SET lines = X''": "customer",
    "DELETE FROM account WHERE key = (SELECT max(key) FROM account)": "account",
    "UPDATE past SET stretches = X''": "account",
    "DELETE FROM named WHERE place = (SELECT max(place) FROM named)": "named",
}


@pytest.mark.parametrize("statement", list(DAMAGE))
def test_what_is_not_what_was_written_is_found_and_deleted(statement: str, root: Path) -> None:
    with closing(sqlite3.connect(store.path_of(str(root)))) as connection, connection:
        connection.execute(statement)
    text, status = verify(root)
    assert status == 1
    assert DAMAGE[statement] in text
    assert not os.path.lexists(store.path_of(str(root)))


def test_rows_too_many_are_found(root: Path) -> None:
    with closing(sqlite3.connect(store.path_of(str(root)))) as connection, connection:
        connection.execute("INSERT INTO past SELECT 7, stretches, names, sums, named FROM past LIMIT 1")
    assert "in: past\n" in verify(root)[0]


def test_forgetting_leaves_nothing(root: Path) -> None:
    folder = root / ".custledger"
    (folder / "at-0123456789abcdef01234567.sqlite").write_bytes(b"x")
    (folder / "index.sqlite.999999-0123abcd").write_bytes(b"x")
    (folder / "verify.sqlite.999999-0123abcd").write_bytes(b"x")
    (folder / "mine").write_text("x")
    for _ in range(2):
        assert said(root, "index --forget") == (
            "the index is deleted; the next report of a large book makes it anew\n", 0,
        )  # fmt: skip
        assert sorted(path.name for path in folder.iterdir()) == [".gitignore", "mine"]


def test_what_leads_elsewhere_is_left_alone(root: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (root / ".custledger").rename(elsewhere)
    (root / ".custledger").symlink_to(elsewhere)
    before = sorted(path.name for path in elsewhere.iterdir())
    text, status = said(root, "index --forget")
    assert (status, "not a regular file" in text) == (4, True)
    assert sorted(path.name for path in elsewhere.iterdir()) == before


def test_while_another_process_writes_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_opening, "_BUSY", 0)
    with closing(sqlite3.connect(store.path_of(str(root)), isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        plain = said(root, "aging", "--no-index")
        assert said(root, "aging") == plain  # without a word: the text is as good
        text, status = said(root, "index")
        assert status == 4
        assert text.startswith("custledger: `./.custledger/index.sqlite`: another process is writing the index\n")
    assert said(root, "index")[1] == 0


def test_a_file_name_that_is_no_text(root: Path) -> None:
    strange = os.fsdecode(b"\xff.journal")
    (root / "journals" / strange).write_text("2026-06-01 x\n    expenses:rent   CNY 1.00\n    assets:bank\n")
    for line in ("index", "aging --detail", "check"):
        plain = said(root, line, *(["--no-index"] if line != "index" else []))
        assert plain[1] in (0, 1, 3)
        assert line == "index" or said(root, line) == plain
