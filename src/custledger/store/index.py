"""The index beside the text: `.custledger/index.sqlite`, derived from the book, and never asked where it may be wrong.

| table | a row is |
| --- | --- |
| meta | what the index is of: version, the machine's byte order, the book as a whole |
| file | one file of the book: its signature and content hash, and which of its blocks are whose |
| customer | some customers: id, name, marks to select by, whom each is read together with (`index_customers`) |
| account, past | one customer in one commodity: what of each entry was open from when to when (`index_accounts`) |
| named | a customer who is not plain: numbers of charges and codes of credits; the others' stand with their file |

Everything in it is made from the text, and may be deleted at any moment. Nothing of it is ever executed: numbers are
arrays of integers, all else is text. Whatever is read is compared with its sum before anything is looked for in it,
and it is known how many rows there must be: what a broken disk or a hand in it took away is missed.
"""

from __future__ import annotations

import os
import sqlite3
from array import array
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from custledger.core.trouble import ensure
from custledger.store import index_accounts, index_customers, index_named
from custledger.store.index_customers import Accounts
from custledger.store.index_rows import ASKED, INVOICES, AccountRow, CustomerRow, FileRow, owners
from custledger.store.index_seals import Column, Stale, checked, sealed, summed, unsealed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from custledger.store.index_accounts import Held

VERSION = "6"
"""Of the tables and of what is in them. An index of another version is made anew."""

TABLES = f"""
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT, sums INT) WITHOUT ROWID;
CREATE TABLE file(name TEXT PRIMARY KEY, kind TEXT, size INT, mtime INT, inode TEXT, blob TEXT, entries INT, sums INT,
    starts BLOB, lines BLOB, whose BLOB, begins BLOB, blocks BLOB, digests BLOB, numbers BLOB, codes BLOB);
{index_customers.TABLES}
{index_accounts.TABLES}
{index_named.TABLES}
"""
_ARRAYS = {"starts": "I", "lines": "I", "whose": "i", "begins": "I", "blocks": "I"}
_TEXTS = ("digests", "numbers", "codes")
_HEAD = "name, kind, size, mtime, inode, blob, entries"
_LENGTHS = ", ".join([f"length({column})" for column in (*_ARRAYS, *_TEXTS)])
_COUNTED = ("meta", "file", "customer", "named")
_OWN = ("version", "read", "serial", "asserts", *(f"rows of {table}" for table in _COUNTED))
"""What an index says of itself, whatever the text says now."""
COMPARED = {
    "meta": f"key, value FROM meta WHERE key NOT IN {_OWN}",
    "file": f"name, kind, size, blob, entries, {', '.join((*_ARRAYS, *_TEXTS))} FROM file",
    "customer": "* FROM customer",
    "account": "* FROM account",
    "past": "* FROM past",
    "named": "* FROM named",
}
"""What of each table says what the text does; the rest is when and from which file."""


class Index:
    """An open index.

    Every method raises `sqlite3.Error` where the database cannot be read or changed, `index_seals.Broken` among them
    where it does not say what was written, and `Stale` where it is not any more what was compared with the text.
    """

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self.connection = connection
        self.path = path
        self.serial: str | None = None
        """Which of its states was compared with the text; None: it never changes."""
        self._customers: list[str] | None = None
        """Their lines, once read where nothing can change."""
        self._still = False

    @contextmanager
    def steady(self) -> Iterator[None]:
        """All that is read inside is of one moment, and of the state that was compared with the text."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("BEGIN")
        try:
            if self.serial is not None and self.meta("serial") != self.serial:
                raise Stale("the index is of another state")
            self._still = True
            yield
        finally:
            self._customers, self._still = None, False
            with suppress(sqlite3.Error):  # what was read is read
                self.connection.execute("ROLLBACK")

    def meta(self, key: str) -> str | None:
        """What the index says of itself."""
        rows = self.connection.execute("SELECT key, value, sums FROM meta").fetchall()
        checked(all(summed(*row[:2]) == row[2] for row in rows))
        said = {name: str(value) for name, value, _ in rows}
        checked(said.get("rows of meta", "") in {"", str(len(rows))})  # not there before all else is
        return said.get(key)

    def put_meta(self, key: str, value: str) -> None:
        """Keep one such thing."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?, ?)", (key, value, summed(key, value)))

    def put_counts(self) -> None:
        """Keep how many rows there are: the last thing of a change, which has read all of them before."""
        self.put_meta("rows of meta", "")
        for table in reversed(_COUNTED):
            count = self.connection.execute(f"SELECT count(*) FROM {table} NOT INDEXED").fetchone()[0]  # noqa: S608
            self.put_meta(f"rows of {table}", str(count))

    def _rows_of(self, table: str) -> int:
        return int(self.meta(f"rows of {table}") or "0")

    def signatures(self) -> list[tuple[str, str, int, int, int, str]]:
        """(name, kind, size, mtime, inode, blob) of every file, by name."""
        return [(*row[:4], int(row[4]), row[5]) for row in self._files()]

    def _files(self) -> list[tuple[str, str, int, int, str, str, int]]:
        rows = self.connection.execute(f"SELECT {_HEAD}, sums, {_LENGTHS} FROM file ORDER BY name").fetchall()  # noqa: S608
        checked(len(rows) == self._rows_of("file") and len({row[0] for row in rows}) == len(rows))
        for row in rows:
            checked(summed(_called(row[0]), *row[1:7], *row[8:]) == row[7])
        return sorted((_called(row[0]), *row[1:7]) for row in rows)

    def file(self, name: str) -> FileRow | None:
        """One file with all there is of it."""
        columns = ", ".join((*_ARRAYS, *_TEXTS))
        found = self.connection.execute(
            f"SELECT {_HEAD}, sums, {columns} FROM file WHERE name = ?",  # noqa: S608
            (_key(name),),
        ).fetchone()
        return None if found is None else _file(found)

    def put_file(self, row: FileRow) -> None:
        """Keep a file, in place of what was there of that name."""
        head = (row.name, row.kind, row.size, row.mtime, str(row.inode), row.blob, row.entries)
        columns = [sealed(bytes(getattr(row, name)), f"{row.name} {name}") for name in (*_ARRAYS, *_TEXTS)]
        sums = summed(*head, *map(len, columns))
        self.connection.execute(
            f"INSERT OR REPLACE INTO file VALUES ({','.join('?' * (len(head) + 1 + len(columns)))})",  # noqa: S608
            (_key(row.name), *head[1:], sums, *columns),
        )

    def put_read(self, name: str, inode: int, size: int, mtime: int) -> None:
        """Keep that a file is what it was by its content, whatever its signature says."""
        row = self.file(name)
        if row is not None:
            row.inode, row.size, row.mtime = inode, size, mtime
            self.put_file(row)

    def drop_file(self, name: str) -> None:
        """Forget a file."""
        self.connection.execute("DELETE FROM file WHERE name = ?", (_key(name),))

    def pieces(self, name: str, owners: Iterable[int]) -> list[tuple[int, int, int]]:
        """(start, end, first line) of the blocks of some owners in a file, in order; the end -1 is the file's."""
        found = self.connection.execute(
            f"SELECT {_HEAD}, sums, {_LENGTHS}, rowid FROM file WHERE name = ?",  # noqa: S608
            (_key(name),),
        ).fetchone()
        if found is None:
            raise Stale("a file is not in the index")
        checked(summed(name, *found[1:7], *found[8:-1]) == found[7])
        if not found[8]:
            return []

        def look(of: str) -> Column:
            return Column(self.connection, of, found[-1], f"{name} {of}", _ARRAYS[of])

        wanted: list[int] = []
        with look("whose") as whose, look("begins") as begins:
            spans = [begins.at(at, 2) for owner in owners if (at := whose.find(owner)) >= 0]
        with look("blocks") as blocks:
            for first, last in spans:
                wanted += blocks.at(first, last - first)
        wanted = sorted(set(wanted))  # of several owners a block may be
        with look("starts") as starts, look("lines") as lines:
            last = len(starts) - 1
            return [
                (starts.at(each)[0], starts.at(each + 1)[0] if each < last else -1, lines.at(each)[0])
                for each in wanted
            ]

    def put_customers(self, rows: Iterable[CustomerRow], accounts: Iterable[AccountRow]) -> None:
        """Keep customers and all their accounts, in place of what was there of them."""
        there = {row.place: row for row in rows}
        every = list(accounts)
        ensure(there.keys() >= {row.place for row in every}, "accounts of customers who are not put")
        sums: dict[int, Accounts] = {}
        for row in every:
            many, last = sums.get(row.place, Accounts())
            sums[row.place] = Accounts(many + 1, max(last, row.last))
        index_customers.put(self.connection, there.values(), sums)
        index_accounts.drop(self.connection, there)
        index_accounts.put(self.connection, every)

    def drop_customers(self, places: Collection[int]) -> None:
        """Forget customers, with their accounts, numbers and codes."""
        index_customers.drop(self.connection, places)
        index_accounts.drop(self.connection, places)
        index_named.drop(self.connection, places)

    def _lines(self) -> list[str]:
        if self._customers is not None:
            return self._customers
        found = index_customers.lines(self.connection, self._rows_of("customer"))
        if self._still:
            self._customers = found
        return found

    def customers(self) -> list[CustomerRow]:
        """All customers by id."""
        return _by_id(self._lines())

    def customers_of(self, *, ids: Collection[str] = (), places: Collection[int] = ()) -> list[CustomerRow]:
        """The customers with these ids, and those at these places. Raises Broken where one of them is not there."""
        lines, wanted = self._lines(), set(ids)
        called = [row for row in _by_id(index_customers.saying(lines, wanted)) if row.id in wanted]
        there = _by_id(index_customers.at(lines, places))
        checked(len(called) == len(wanted) and len(there) == len(set(places)))
        return called + there

    def customers_asked(self, ids: Collection[str] | None) -> list[CustomerRow]:
        """Those of whom the engine is asked each time, among the customers with these ids or among all; by id."""
        wanted = None if ids is None else set(ids)
        found = _by_id(index_customers.being(self._lines(), ASKED))
        return [row for row in found if wanted is None or row.id in wanted]

    def customers_saying(self, word: str) -> list[CustomerRow]:
        """The customers who have a word for their id, their name or a mark, by id, and perhaps some more."""
        return _by_id(index_customers.saying(self._lines(), [word]))

    def holders(self, text: str, ranges: Callable[[str, list[tuple[int, int]]], list[bytes]]) -> set[int]:
        """The customers who have an invoice of that number, or a receipt of that code; `ranges` reads a file."""
        found = index_named.holders(self.connection, text, self._rows_of("named"))
        said = text.encode()
        for name, kind, *_ in self._files():
            if any(b"\n" + said + b"\n" in self.column(name, column) for column in ("numbers", "codes")):
                row = self.file(name)
                (data,) = ranges(name, [(0, -1)])
                found |= owners(row, data, said if kind == INVOICES else b"(" + said + b")") if row else set()
        return found

    def later(self, day: int) -> set[int]:
        """The customers with anything after a day."""
        return {each.place for each in map(index_customers.whose, self._lines()) if each.accounts.last > day}

    def entries(self, kinds: Collection[str]) -> int:
        """How many transactions or documents stand in files of these kinds."""
        return sum(row[6] for row in self._files() if row[1] in kinds)

    def put_named(self, rows: Iterable[tuple[int, str, int]]) -> None:
        """Keep (place, number or code, whether of a charge): all that some customers have."""
        index_named.put(self.connection, rows)

    def drop_named(self, places: Iterable[int]) -> None:
        """Forget the numbers and codes of some customers."""
        index_named.drop(self.connection, places)

    def named(self) -> list[tuple[int, str, int]]:
        """All of them."""
        return index_named.every(self.connection, self._rows_of("named"))

    def column(self, name: str, column: str) -> bytes:
        """The `numbers` or `codes` of a file."""
        ensure(column in {"numbers", "codes"}, "no such column")
        found = self.connection.execute(f"SELECT {column} FROM file WHERE name = ?", (_key(name),)).fetchone()  # noqa: S608
        if found is None:
            raise Stale("a file is not in the index")
        return unsealed(found[0], f"{name} {column}")

    def counts(self) -> dict[str, int]:
        """How many files and customers it holds, and its bytes on the disk."""
        bytes_ = os.stat(self.path).st_size
        return {"file": self._rows_of("file"), "customer": len(self._lines()), "bytes": bytes_}

    def damaged(self) -> list[str]:
        """The tables that do not say what was written into them."""
        checks: dict[str, Callable[[], object]] = {
            "meta": lambda: self.meta("version"),
            "file": lambda: [self.file(row[0]) for row in self._files()],
            "customer": self.customers,
            "account": lambda: self.accounts(0, names=True),
            "named": self.named,
        }
        found = []
        for table, check in checks.items():
            try:
                check()
            except sqlite3.Error:
                found.append(table)
        return found

    def differing(self, other: Index) -> list[str]:
        """The tables whose rows are not those of another index, whatever their order."""
        return [table for table in COMPARED if self._compared(table) != other._compared(table)]

    def _compared(self, table: str) -> list[tuple[Any, ...]]:
        rows = self.connection.execute(f"SELECT {COMPARED[table]}").fetchall()
        return sorted(rows, key=repr)

    def accounts(self, as_of: int, *, customers: Collection[str] | None = None, names: bool) -> list[Held]:
        """The accounts of these customers, or of all, that have begun by a day; see `index_accounts.held`."""
        lines = self._lines() if customers is None else index_customers.saying(self._lines(), customers)
        whose = list(map(index_customers.whose, lines))
        if customers is not None:
            wanted = set(customers)
            whose = [each for each in whose if each.id in wanted]
            checked(len(whose) == len(wanted))
        return index_accounts.held(self.connection, as_of, whose, every=customers is None, names=names)

    def holds_anything(self) -> bool:
        """Whether anybody ever owed anything."""
        if index_accounts.any_entry(self.connection):
            return True
        self.accounts(0, names=False)  # nothing is said of what is not what was written
        return False


def _by_id(lines: Iterable[str]) -> list[CustomerRow]:
    return sorted(map(index_customers.known, lines), key=lambda row: row.id)


def _key(name: str) -> str | bytes:
    """A file's name as the index keeps it: bytes where it is not UTF-8."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name)
    return name


def _called(key: object) -> str:
    return os.fsdecode(key) if isinstance(key, bytes) else str(key)


def _file(found: tuple[Any, ...]) -> FileRow:
    (*head, sums), columns = found[:8], found[8:]
    checked(all(isinstance(data, bytes) for data in columns))
    head[0] = _called(head[0])
    checked(summed(*head, *map(len, columns)) == sums)
    name, kind, size, mtime, inode, blob, entries = head
    made: dict[str, Any] = {}
    for column, data in zip((*_ARRAYS, *_TEXTS), columns, strict=True):
        bare = unsealed(data, f"{name} {column}")
        if column in _ARRAYS:
            made[column] = array(_ARRAYS[column])
            made[column].frombytes(bare)
        else:
            made[column] = bare
    return FileRow(
        name=name, kind=kind, size=size, mtime=mtime, inode=int(inode), blob=blob, entries=entries, **made
    )  # fmt: skip
