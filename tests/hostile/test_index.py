"""An index that somebody else made says nothing to us, and what is not what was written is never an answer."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import signal
import sqlite3
import struct
from pathlib import Path

import pytest

import indexed_asking
from custledger.indexed.keeping import asking
from custledger.opening import settings_of
from custledger.store.files import FolderSource
from custledger.store.index_files import opened, path_of
from indexed_asking import said
from indexed_books import Draft

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


# --- what is not what was written


class Plain:
    """Asks a book with its index, and compares with what its text says."""

    def __init__(self, root: Path) -> None:
        self.root, self.said = root, {}
        self.path = Path(path_of(str(root)))
        self.good = self.path.read_bytes()

    def agrees(self, line: str, where: object) -> None:
        if line not in self.said:
            self.said[line] = said(self.root, line, "--no-index")
        assert said(self.root, line) == self.said[line], (where, line)

    def mended(self) -> None:
        """Put back what was there, into the same file where that is still so."""
        if self.path.is_file() and not self.path.is_symlink() and opened_quietly(self.root):
            with self.path.open("r+b") as stream:
                stream.write(self.good)
                stream.truncate()
        else:
            assert indexed_asking.made(self.root)
            self.good = self.path.read_bytes()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Plain:
    """A book with an index, and what its text says."""
    for seed in range(100):
        root = tmp_path_factory.mktemp("book") / "book"
        root.mkdir()
        Draft.made(root, seed)
        if indexed_asking.made(root) and len(list((root / "journals").rglob("*.journal"))) > 1:
            return Plain(root)
    raise AssertionError("no book")


def opened_quietly(root: Path) -> bool:
    index = opened(str(root))
    if index is not None:
        index.connection.close()
    return index is not None


def garbled(good: bytes, chance: random.Random) -> bytes:
    data, at = bytearray(good), chance.randrange(len(good))
    page, other = (4096 * chance.randrange(len(good) // 4096) for _ in range(2))
    match chance.randrange(7):
        case 0 | 1:
            data[at] ^= 1 << chance.randrange(8)
        case 2:
            for _ in range(20):
                data[chance.randrange(len(data))] = chance.randrange(256)
        case 3:
            data[at : at + 64] = bytes(len(data[at : at + 64]))
        case 4:
            del data[at:]
        case 5:
            data[page : page + 4096], data[other : other + 4096] = data[other : other + 4096], data[page : page + 4096]
        case 6:
            data[page : page + 4096] = chance.randbytes(4096)
    return bytes(data)


@pytest.mark.parametrize(("first", "count"), [(0, 20), pytest.param(1000, 1500, marks=pytest.mark.slow)])
def test_garbage_is_never_an_answer(first: int, count: int, plain: Plain) -> None:
    for seed in range(first, first + count):
        chance = random.Random(seed)
        plain.mended()
        with plain.path.open("r+b") as stream:
            stream.write(garbled(plain.good, chance))
            stream.truncate(stream.tell())
        for line in chance.sample(indexed_asking.LINES, 2):
            plain.agrees(line, seed)


#: Statements that each take something away, put something in, or exchange it, and leave the sums as they are.
HANDS = (
    "DELETE FROM meta WHERE key = 'asserts'",
    "DELETE FROM meta WHERE key = 'repeated'",
    "DELETE FROM meta WHERE key = 'state'",
    "UPDATE meta SET value = '[]' WHERE key = 'directives'",
    "DELETE FROM file WHERE rowid = (SELECT max(rowid) FROM file WHERE kind = 'journals')",
    "UPDATE file SET starts = X''",
    "UPDATE file SET whose = NULL",
    "UPDATE file SET numbers = 7",
    "UPDATE file SET codes = X'0A'",
    "UPDATE file SET blocks = (SELECT other.blocks FROM file AS other WHERE other.kind = 'journals' LIMIT 1)",
    "DELETE FROM customer",
    "UPDATE customer SET lines = X''",
    "UPDATE customer SET lines = 'x'",
    "UPDATE customer SET part = part + 1",
    "DELETE FROM account",
    "DELETE FROM account WHERE key = (SELECT max(key) FROM account)",
    "UPDATE account SET live = (SELECT other.live FROM account AS other WHERE other.key <> account.key LIMIT 1)",
    "UPDATE account SET begin = 999999",
    "UPDATE account SET live = NULL",
    "UPDATE account SET live = 5, live_names = 5",
    "UPDATE account SET live_names = X'FF'",
    "UPDATE account SET before = 0",
    "UPDATE account SET key = key + 5",
    "UPDATE account SET unit = 'USD'",
    "INSERT INTO account SELECT key + 9, unit, begin, last, before, live, live_names, sums, named FROM account",
    "DELETE FROM past",
    "UPDATE past SET stretches = (SELECT other.stretches FROM past AS other WHERE other.key <> past.key LIMIT 1)",
    "UPDATE past SET names = 'x'",
    "DELETE FROM named",
    "UPDATE named SET texts = X''",
    "UPDATE named SET place = place + 1000",
    "CREATE TRIGGER more AFTER INSERT ON meta BEGIN DELETE FROM account; END",
    "ALTER TABLE account RENAME TO other",
    "DROP TABLE named",
)  # fmt: skip


@pytest.mark.parametrize("statement", HANDS)
def test_a_hand_in_it_is_never_an_answer(statement: str, plain: Plain) -> None:
    plain.mended()
    connection = sqlite3.connect(plain.path)
    with connection:
        connection.execute(statement)
    connection.close()
    chance = random.Random(statement)
    for line in ("aging --detail --as-of 2026-04-01", chance.choice(indexed_asking.LINES)):
        plain.agrees(line, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER more AFTER INSERT ON meta BEGIN DELETE FROM account; END",
        "CREATE VIEW more AS SELECT 1",
        "CREATE TABLE more(x)",
        "CREATE INDEX more ON account(unit)",
        "ALTER TABLE named ADD COLUMN more AS (1)",
        "DROP TABLE named",
    ],
)
def test_what_was_put_into_it_to_be_executed_is_not_opened(statement: str, plain: Plain) -> None:
    plain.mended()
    assert opened_quietly(plain.root)
    connection = sqlite3.connect(plain.path)
    with connection:
        connection.execute(statement)
    connection.close()
    assert not opened_quietly(plain.root)


def test_whatever_else_stands_in_its_place_is_replaced_or_left(plain: Plain, tmp_path: Path) -> None:
    def foreign() -> None:
        sqlite3.connect(plain.path).execute("CREATE VIEW meta AS SELECT 'version' AS key, 1 AS value, 1 AS sums")

    def link() -> None:
        (tmp_path / "elsewhere").write_bytes(plain.good)
        plain.path.symlink_to(tmp_path / "elsewhere")

    ways = (
        foreign, link, lambda: plain.path.symlink_to("/nowhere"), lambda: plain.path.write_bytes(b""),
        lambda: plain.path.write_text("text"), lambda: plain.path.write_bytes(plain.good),
    )  # fmt: skip
    for way in ways:
        plain.mended()
        plain.path.unlink()
        way()
        plain.agrees("aging --detail", way)
        assert indexed_asking.made(plain.root)
        plain.agrees("balance acme", way)
    assert (tmp_path / "elsewhere").read_bytes() == plain.good


def test_a_folder_in_its_place_is_left_with_a_word(plain: Plain) -> None:
    plain.mended()
    plain.path.unlink()
    plain.path.mkdir()
    plain.agrees("aging --detail", "small: nobody makes one")
    assert said(plain.root, "index") == (
        "custledger: `.custledger/index.sqlite` is not a regular file, so it is not read or written\n",
        4,
    )
    assert plain.path.is_dir()
    plain.path.rmdir()


def hot(path: Path, victim: Path) -> None:
    """Beside an index, what undoes an interrupted change by, and names another file to be deleted when that is done."""
    child = os.fork()
    if child == 0:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE more(x)")
        connection.execute("INSERT INTO more VALUES (zeroblob(100000))")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    name = str(victim).encode()
    record = struct.pack(">I", 0x4000_0000 // 4096 + 1) + name + struct.pack(">II", len(name), sum(name))
    with Path(f"{path}-journal").open("ab") as stream:
        stream.write(record + bytes.fromhex("d9d505f920a163d7"))


def test_what_came_beside_a_strange_index_is_not_carried_out(plain: Plain, tmp_path: Path) -> None:
    """SQLite deletes the file that it names: so a cloned folder could have any file of the user's deleted."""
    plain.mended()
    victim = tmp_path / "victim"
    for believed in (True, False):
        victim.write_text("mine")
        root = tmp_path / str(believed)
        shutil.copytree(plain.root, root)
        path = Path(path_of(str(root)))
        hot(path, victim)
        if believed:
            sqlite3.connect(path).execute("SELECT * FROM sqlite_master").fetchall()
        else:
            assert said(root, "aging --detail") == said(root, "aging --detail", "--no-index")
            assert indexed_asking.made(root)
        assert victim.exists() is not believed
