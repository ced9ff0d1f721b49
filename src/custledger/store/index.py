"""The index beside the text: `.custledger/index.sqlite`, derived from the book, and never asked where it may be wrong.

| table | a row is |
| --- | --- |
| meta | what the index is of: version, the machine's byte order, the book as a whole |
| file | one file of the book: its signature and content hash, and which of its blocks are whose |
| customer | one customer: id, name, marks to select by, whom it is read together with |
| account, past | one customer in one commodity: what of each entry was open from when to when (`index_accounts`) |
| named | numbers of charges and codes of credits of customers who are not plain; the others' stand with their file |

Everything in it is made from the text, and may be deleted at any moment. Nothing of it is ever executed: numbers are
arrays of integers, all else is text.
"""

from __future__ import annotations

import os
from array import array
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from zlib import crc32

from custledger.core.trouble import ensure
from custledger.store import index_accounts
from custledger.store.index_rows import INVOICES, JOURNALS, PRECISE, AccountRow, CustomerRow, FileRow, owners
from custledger.store.index_seals import Column, Stale, checked, sealed, summed, unsealed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from custledger.store.index_accounts import Held

VERSION = "5"
"""Of the tables and of what is in them. An index of another version is made anew."""

TABLES = f"""
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT, sums INT) WITHOUT ROWID;
CREATE TABLE file(name TEXT PRIMARY KEY, kind TEXT, size INT, mtime INT, inode TEXT, blob TEXT, entries INT, sums INT,
    starts BLOB, lines BLOB, whose BLOB, begins BLOB, blocks BLOB, digests BLOB, numbers BLOB, codes BLOB);
CREATE TABLE customer(place INTEGER PRIMARY KEY, id TEXT UNIQUE, name TEXT, state INT, marks TEXT, kin TEXT,
    sums INT);
CREATE TABLE named(place INT, text TEXT, charge INT, sums INT);
CREATE INDEX named_text ON named(text);
{index_accounts.TABLES}
"""
_ARRAYS = {"starts": "I", "lines": "I", "whose": "i", "begins": "I", "blocks": "I"}
_TEXTS = ("digests", "numbers", "codes")
_OWN = ("version", "read", "serial", "rows of file", "rows of customer", "rows of account", "rows of named", "asserts")
"""What an index says of itself, whatever the text says now."""
_COUNTED = ("file", "customer", "account", "named")


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
            yield
        finally:
            self.connection.execute("ROLLBACK")

    def meta(self, key: str) -> str | None:
        """What the index says of itself."""
        found = self.connection.execute("SELECT value, sums FROM meta WHERE key = ?", (key,)).fetchone()
        if found is None:
            return None
        value, sums = found
        checked(summed(key, value) == sums)
        return str(value)

    def put_meta(self, key: str, value: str) -> None:
        """Keep one such thing."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?, ?)", (key, value, summed(key, value)))

    def put_counts(self) -> None:
        """Keep how many rows there are: the last thing of a change."""
        for table in _COUNTED:
            self.put_meta(f"rows of {table}", self._count(table))

    def _count(self, table: str) -> str:
        return str(self.connection.execute(f"SELECT count(*) FROM {table} NOT INDEXED").fetchone()[0])  # noqa: S608

    def check_count(self, table: str) -> None:
        """Raises Broken where rows were lost: for whoever reads all of them."""
        checked(self.meta(f"rows of {table}") == self._count(table))

    def signatures(self) -> list[tuple[str, str, int, int, int, str]]:
        """(name, kind, size, mtime, inode, blob) of every file, by name."""
        return [(*row[:4], int(row[4]), row[5]) for row in self._files()]

    def _files(self) -> list[tuple[str, str, int, int, str, str, int]]:
        self.check_count("file")
        rows = self.connection.execute(
            "SELECT name, kind, size, mtime, inode, blob, entries, sums FROM file ORDER BY name"
        ).fetchall()
        for row in rows:
            checked(summed(*row[:7]) == row[7])
        return [row[:7] for row in rows]

    def file(self, name: str) -> FileRow | None:
        """One file with all there is of it."""
        columns = ", ".join((*_ARRAYS, *_TEXTS))
        found = self.connection.execute(
            f"SELECT name, kind, size, mtime, inode, blob, entries, sums, {columns} FROM file WHERE name = ?",  # noqa: S608
            (name,),
        ).fetchone()
        return None if found is None else _file(found)

    def put_file(self, row: FileRow) -> None:
        """Keep a file, in place of what was there of that name."""
        head = (row.name, row.kind, row.size, row.mtime, str(row.inode), row.blob, row.entries)
        columns = {name: bytes(getattr(row, name)) for name in (*_ARRAYS, *_TEXTS)}
        self.connection.execute(
            f"INSERT OR REPLACE INTO file VALUES ({','.join('?' * (len(head) + 1 + len(columns)))})",  # noqa: S608
            (*head, summed(*head), *[sealed(data, f"{row.name} {name}") for name, data in columns.items()]),
        )

    def drop_file(self, name: str) -> None:
        """Forget a file."""
        self.connection.execute("DELETE FROM file WHERE name = ?", (name,))

    def pieces(self, name: str, owners: Iterable[int]) -> list[tuple[int, int, int]]:
        """(start, end, first line) of the blocks of some owners in a file, in order; the end -1 is the file's."""
        found = self.connection.execute("SELECT rowid FROM file WHERE name = ? AND length(starts)", (name,)).fetchone()
        if found is None:
            return []

        def look(of: str) -> Column:
            return Column(self.connection, of, found[0], f"{name} {of}", _ARRAYS[of])

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

    def put_customers(self, rows: Iterable[CustomerRow]) -> None:
        """Keep customers."""
        every = [(row.place, row.id, row.name, row.state, row.marks, row.kin) for row in rows]
        self.connection.executemany(
            "INSERT OR REPLACE INTO customer VALUES (?,?,?,?,?,?,?)", [(*row, _who(*row)) for row in every]
        )

    def customers(self, where: str = "", values: Sequence[Any] = ()) -> list[CustomerRow]:
        """The customers by id; `where` narrows them down (a condition in SQL, of this file's callers alone)."""
        if not where:
            self.check_count("customer")
        rows = self.connection.execute(
            f"SELECT place, id, name, state, marks, kin, sums FROM customer {where} ORDER BY id",  # noqa: S608
            tuple(values),
        ).fetchall()
        checked(all(_who(*row) == sums for *row, sums in rows))
        return [
            CustomerRow(place=place, id=id_, name=name, state=state, marks=marks, kin=kin)
            for place, id_, name, state, marks, kin, _ in rows
        ]

    def put_accounts(self, rows: Iterable[AccountRow]) -> None:
        """Keep accounts. Those of the same customers are to be dropped before."""
        index_accounts.put(self.connection, rows)

    def drop_accounts(self, places: Iterable[int]) -> None:
        """Forget the accounts of some customers."""
        index_accounts.drop(self.connection, places)

    def holders(self, text: str, ranges: Callable[[str, list[tuple[int, int]]], list[bytes]]) -> set[int]:
        """The customers who have an invoice of that number, or a receipt of that code; `ranges` reads a file."""
        found = {row[0] for row in self.connection.execute("SELECT place FROM named WHERE text = ?", (text,))}
        line = b"\n" + text.encode() + b"\n"
        names = self.connection.execute(
            "SELECT name FROM file WHERE instr(numbers, ?1) OR instr(codes, ?1) ORDER BY name", (line,)
        ).fetchall()
        for (name,) in names:
            row = self.file(name)
            if row is not None:
                (data,) = ranges(name, [(0, -1)])
                found |= owners(row, data, text.encode() if row.kind == INVOICES else b"(" + text.encode() + b")")
        return found

    def later(self, day: int) -> set[int]:
        """The customers with anything after a day."""
        return {row[0] for row in self.connection.execute("SELECT place FROM account WHERE last > ?", (day,))}

    def entries(self) -> int:
        """How many transactions stand in the journals."""
        return sum(row[6] for row in self._files() if row[1] in {JOURNALS, PRECISE})

    def drop_named(self, places: Iterable[int]) -> None:
        """Forget the numbers and codes of some customers."""
        self.connection.executemany("DELETE FROM named WHERE place = ?", [(place,) for place in places])

    def named(self) -> list[tuple[int, str, int]]:
        """All of them."""
        self.check_count("named")
        rows = self.connection.execute("SELECT place, text, charge, sums FROM named").fetchall()
        for row in rows:
            checked(summed(*row[:3]) == row[3])
        return [row[:3] for row in rows]

    def column(self, name: str, column: str) -> bytes:
        """The `numbers` or `codes` of a file."""
        ensure(column in {"numbers", "codes"}, "no such column")
        found = self.connection.execute(f"SELECT {column} FROM file WHERE name = ?", (name,)).fetchone()  # noqa: S608
        return b"" if found is None else unsealed(found[0], f"{name} {column}")

    def counts(self) -> dict[str, int]:
        """How many files, customers and accounts it holds, and its bytes on the disk."""
        found = {
            table: int(self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
            for table in ("file", "customer", "account")
        }
        return found | {"bytes": os.stat(self.path).st_size}

    def differing(self, other: Index) -> list[str]:
        """The tables whose rows are not those of another index, whatever their order."""
        names = ("meta", "file", "customer", "account", "past", "named")
        return [name for name in names if self._rows(name) != other._rows(name)]

    def _rows(self, table: str) -> list[tuple[Any, ...]]:
        own = f"WHERE key NOT IN ({','.join('?' * len(_OWN))})" if table == "meta" else ""
        rows = self.connection.execute(f"SELECT * FROM {table} {own}", _OWN if own else ()).fetchall()  # noqa: S608
        return sorted(rows, key=repr)

    def put_named(self, rows: Iterable[tuple[int, str, int]]) -> None:
        """Keep (place, number or code, whether of a charge)."""
        self.connection.executemany("INSERT INTO named VALUES (?,?,?,?)", [(*row, summed(*row)) for row in rows])

    def accounts(self, as_of: int, *, customers: Sequence[str] | None = None, names: bool) -> list[Held]:
        """The accounts of these customers, or of all, that have begun by a day; see `index_accounts.held`."""
        if customers is None:
            self.check_count("customer")
            self.check_count("account")
        return index_accounts.held(self.connection, as_of, customers=customers, names=names)

    def holds_anything(self) -> bool:
        """Whether anybody ever owed anything."""
        return index_accounts.any_entry(self.connection)


def _who(place: int, customer: str, name: str, state: int, marks: str, kin: str) -> int:
    return crc32(f"{place} {state} {customer} {name} {kin} {marks}".encode())


def _file(found: tuple[Any, ...]) -> FileRow:
    (*head, sums), columns = found[:8], found[8:]
    checked(summed(*head) == sums)
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
