"""The index knows whether what it reads is what was written, and takes little room."""

from __future__ import annotations

import random
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from benchmarks.generate import book

import indexed_asking
from custledger.store import index_files as store
from custledger.store import index_seals as seals
from custledger.store.index_rows import HARD, PLAIN, AccountRow, CustomerRow, FileRow, packed
from custledger.store.index_seals import Broken, Stale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.store.index import Index

LARGE = 60
"""At most so many hundredths of the text."""


def customer(place: int, state: int = PLAIN, **said: str) -> CustomerRow:
    return CustomerRow(place=place, id=f"c{place}", name=said.get("name", f"Name {place}"), state=state, marks="{}")


def account(place: int, unit: str = "CNY", day: int = 739_000, name: str = "INV-1") -> AccountRow:
    from custledger.book.plain import FOREVER, Stretch

    told = [
        Stretch(day, FOREVER, 100, True, day, day, day + 30, name),
        Stretch(day, day + 9, 7, True, day, day, day, name),
    ]
    return AccountRow.of(place, unit, day, day, told)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with store.made(str(tmp_path)) as made:
        made.put_meta("serial", "0")
        made.put_file(FileRow(name="a.journal", kind="journals", size=3, mtime=5, inode=2**64 - 1, blob="x"))
        made.put_file(FileRow(name="ü\udcff", kind="journals", size=3, mtime=5, inode=1, blob="y"))
        rows = [customer(place, HARD if place == 7 else PLAIN) for place in range(1, 600)]
        made.put_customers(rows, [account(1), account(1, "USD"), account(7), account(599)])
        made.put_named([(7, "INV-7", 1), (7, "R\n-7", 0), (9, "INV-9", 1)])
    found = store.opened(str(tmp_path))
    assert found is not None
    yield found
    found.connection.close()


def test_what_was_written_is_read(index: Index) -> None:
    assert [row[0] for row in index.signatures()] == ["a.journal", "ü\udcff"]
    assert [row[4] for row in index.signatures()] == [2**64 - 1, 1]
    assert [row.id for row in index.customers()] == sorted(f"c{place}" for place in range(1, 600))
    assert [row.place for row in index.customers_of(ids=["c7", "c1"], places=[599])] == [1, 7, 599]
    assert index.named() == [(7, "INV-7", 1), (7, "R\n-7", 0), (9, "INV-9", 1)]
    assert index.holders("INV-9", lambda *_: []) == {9}
    held = index.accounts(739_001, names=True)
    assert [(each.customer, each.unit) for each in held] == [
        ("c1", "CNY"),
        ("c1", "USD"),
        ("c7", "CNY"),
        ("c599", "CNY"),
    ]
    assert sorted(each.amount for each in held[0].stretches(739_001)) == [7, 100]
    assert [each.amount for each in held[0].stretches(739_010)] == [100]
    assert index.accounts(738_999, names=False) == []
    assert [each.unit for each in index.accounts(739_001, customers=["c1", "c2"], names=True)] == ["CNY", "USD"]
    assert index.later(739_000) == {1, 7, 599}
    assert index.later(739_010) == set()
    assert index.holds_anything()
    assert index.damaged() == []


def test_names_with_every_character(index: Index) -> None:
    strange = 'a"\\\t\n\0 \u2028蓝'
    with store.changed(index):
        index.put_customers([customer(3, name=strange)], [])
    assert [row.id for row in index.customers_saying(strange)] == ["c3"]
    assert index.customers_of(places=[3])[0].name == strange


def test_customers_come_change_and_go(index: Index) -> None:
    with store.changed(index):
        index.put_customers([customer(1, HARD), customer(600)], [account(600)])
        index.drop_customers([7, 598])
    ids = {row.id for row in index.customers()}
    assert ids == {f"c{place}" for place in range(1, 601)} - {"c7", "c598"}
    assert {each.customer for each in index.accounts(739_001, names=False)} == {"c599", "c600"}
    assert index.named() == [(9, "INV-9", 1)]
    assert index.damaged() == []
    with pytest.raises(Broken):
        index.customers_of(ids=["c7"])


def test_a_change_that_fails_is_no_change(index: Index) -> None:
    before = index.customers()

    def change() -> None:
        with store.changed(index):
            index.put_customers([customer(1, name="other")], [])
            index.put_meta("more", "x")
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        change()
    assert index.customers() == before
    assert index.damaged() == []


def test_what_takes_another_ones_place_is_not_changed_any_more(index: Index, tmp_path: Path) -> None:
    with store.made(str(tmp_path)) as other:
        other.put_meta("serial", "0")
    with pytest.raises(Stale), store.changed(index):
        pytest.fail("it is nobody's any more")
    assert [row.place for row in index.customers_of(places=[1])] == [1]  # whoever began reading it goes on


def test_a_state_that_was_not_compared_is_not_read(index: Index, tmp_path: Path) -> None:
    other = store.opened(str(tmp_path))
    assert other is not None
    index.serial = index.meta("serial")
    with index.steady():
        assert index.meta("serial") == "0"
    with closing(other.connection), store.changed(other):
        other.put_meta("serial", "1")
    with pytest.raises(Stale), index.steady():
        pytest.fail("another state")


def test_a_change_does_not_hide_what_was_lost(index: Index, tmp_path: Path) -> None:
    with closing(sqlite3.connect(index.path)) as connection, connection:
        connection.execute("DELETE FROM account WHERE key = (SELECT max(key) FROM account)")
    with store.changed(index):
        index.put_customers([customer(2)], [account(2)])
    assert index.damaged() == ["account"]
    with pytest.raises(Broken):
        index.accounts(739_001, names=False)
    with pytest.raises(Broken):
        index.accounts(739_001, customers=["c599"], names=False)


def test_nothing_that_it_says_of_itself_may_be_missing(index: Index, tmp_path: Path) -> None:
    keys = [key for (key,) in index.connection.execute("SELECT key FROM meta")]
    assert len(keys) >= 6
    for key in keys:
        index.connection.execute("BEGIN")
        index.connection.execute("DELETE FROM meta WHERE key = ?", (key,))
        if key != "rows of meta":
            with pytest.raises(Broken):
                index.meta("version")
        index.connection.execute("ROLLBACK")
    with closing(sqlite3.connect(index.path)) as connection, connection:
        connection.execute("DELETE FROM meta WHERE key = 'rows of meta'")
    assert store.opened(str(tmp_path)) is None


@pytest.mark.parametrize("size", [0, 1, 3, 4, 5, 4095, 4096, 4097, 4100, 4101, 8192, 8193, 100_000])
def test_seals(size: int) -> None:
    data = random.Random(size).randbytes(size)
    sealed = seals.sealed(data, "x")
    assert seals.unsealed(sealed, "x") == data
    for at in {0, size // 2, size - 1, len(sealed) - 1} if size else ():
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(Broken):
            seals.unsealed(bytes(changed), "x")
    if size:
        for wrong in (sealed[:-1], sealed + b"x", sealed[1:], b"x" * size, None, "text", 5):
            with pytest.raises(Broken):
                seals.unsealed(wrong, "x")
        with pytest.raises(Broken):
            seals.unsealed(sealed, "y")


def test_a_column_is_looked_at_where_it_stands(index: Index) -> None:
    from array import array

    starts = array("I", range(0, 30_000, 3))
    with store.changed(index):
        index.put_file(FileRow(name="b", kind="journals", size=1, mtime=1, inode=1, blob="z", starts=starts))
    rowid = index.connection.execute("SELECT rowid FROM file WHERE name = 'b'").fetchone()[0]
    with seals.Column(index.connection, "starts", rowid, "b starts", "I") as column:
        assert len(column) == 10_000
        assert list(column.at(1023, 3)) == [3069, 3072, 3075]
        assert [column.find(wanted) for wanted in (0, 3072, 29_997, 1, 30_000)] == [0, 1024, 9999, -1, -1]
        with pytest.raises(Broken):
            column.at(9999, 2)
    with seals.Column(index.connection, "starts", rowid, "c starts", "I") as column, pytest.raises(Broken):
        column.at(0)


def test_a_packed_row_is_as_long_as_it_must_be() -> None:
    from custledger.store.index_rows import unpacked

    data, names = packed([])
    assert unpacked(data, names, 1) == []
    with pytest.raises(Broken):
        unpacked(b"x", "", 1)


def test_half_made_ones_of_the_dead_are_deleted_and_of_the_living_are_not(tmp_path: Path) -> None:
    root = str(tmp_path)
    with store.made(root):
        pass
    folder = tmp_path / ".custledger"
    for name in ("index.sqlite.1-0000abcd", "verify.sqlite.22-ffffffff", "at-00.sqlite.3-12345678"):
        (folder / name).write_bytes(b"half")
    (folder / "notes.sqlite.txt").write_text("mine")
    with store.made(root, "at-0.sqlite"):
        living = {path.name for path in folder.iterdir()}
        store.forget_all(root, "at-")
        assert {path.name for path in folder.iterdir()} == living - {"index.sqlite"}
        assert len([name for name in living if name.startswith("at-0.sqlite.")]) == 1
    assert sorted(path.name for path in folder.iterdir()) == [".gitignore", "at-0.sqlite", "notes.sqlite.txt"]


def test_the_index_takes_less_than_three_fifths_of_the_text(tmp_path: Path) -> None:
    book(10_000, tmp_path)
    text = sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file())
    assert text > 3_000_000
    assert indexed_asking.made(tmp_path)
    size = Path(store.path_of(str(tmp_path))).stat().st_size
    assert size <= text * LARGE // 100
    journal = max((tmp_path / "journals").iterdir())
    for number in range(5):  # and stays so when it is mended
        journal.write_text(journal.read_text() + f"; {number}\n")
        assert indexed_asking.made(tmp_path)
    assert Path(store.path_of(str(tmp_path))).stat().st_size <= text * LARGE // 100
