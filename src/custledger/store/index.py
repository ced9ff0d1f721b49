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
import sqlite3
import sys
from array import array
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Self

from custledger import __version__
from custledger.core.trouble import ensure
from custledger.store import index_accounts, system
from custledger.store.index_rows import JOURNALS, PRECISE, AccountRow, CustomerRow, FileRow, owners
from custledger.store.lock import STATE, make_state, place
from custledger.store.trouble import world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from custledger.store.index_accounts import Held

VERSION = "4"
"""Of the tables and of what is in them. An index of another version is made anew."""
NAME = "index.sqlite"
_BUSY = 2
"""Seconds to wait for another process."""

_TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE file(name TEXT PRIMARY KEY, kind TEXT, size INT, mtime INT, inode INT, blob TEXT,
    starts BLOB, lines BLOB, whose BLOB, begins BLOB, blocks BLOB, digests BLOB, numbers BLOB, codes BLOB, entries INT);
CREATE TABLE customer(place INTEGER PRIMARY KEY, id TEXT UNIQUE, name TEXT, state INT, marks TEXT, kin TEXT);
CREATE TABLE named(place INT, text TEXT, charge INT);
CREATE INDEX named_text ON named(text);
"""


#: What SQLite raises where an index is broken, locked or cannot be written.
Trouble = sqlite3.Error


def path_of(root: str, name: str = NAME) -> str:
    """Where an index of the book in the folder `root` stands: that of its text, or `name`."""
    return os.path.join(root, STATE, name)


class Index:
    """An open index. Whoever meets `sqlite3.Error` or finds it of another version forgets it (see `opened`)."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self.connection = connection
        self.path = path

    def written(self) -> int:
        """When it was last written, in ns of the file system's clock."""
        return os.stat(self.path).st_mtime_ns

    def meta(self, key: str) -> str | None:
        """What the index says of itself."""
        found = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if found is None else str(found[0])

    def put_meta(self, key: str, value: str) -> None:
        """Keep one such thing."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def signatures(self) -> list[tuple[str, str, int, int, int, str]]:
        """(name, kind, size, mtime, inode, blob) of every file, by name."""
        rows = self.connection.execute("SELECT name, kind, size, mtime, inode, blob FROM file ORDER BY name")
        return rows.fetchall()

    def file(self, name: str) -> FileRow | None:
        """One file with all there is of it."""
        found = self.connection.execute("SELECT * FROM file WHERE name = ?", (name,)).fetchone()
        return None if found is None else _file(found)

    def put_file(self, row: FileRow) -> None:
        """Keep a file, in place of what was there of that name."""
        arrays = (row.starts, row.lines, row.whose, row.begins, row.blocks)
        self.connection.execute(
            "INSERT OR REPLACE INTO file VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (row.name, row.kind, row.size, row.mtime, row.inode, row.blob, *[each.tobytes() for each in arrays],
             row.digests, row.numbers, row.codes, row.entries),
        )  # fmt: skip

    def drop_file(self, name: str) -> None:
        """Forget a file."""
        self.connection.execute("DELETE FROM file WHERE name = ?", (name,))

    def pieces(self, name: str, owners: Iterable[int]) -> list[tuple[int, int, int]]:
        """(start, end, first line) of the blocks of some owners in a file, in order; the end -1 is the file's."""
        found = self.connection.execute("SELECT rowid, length(starts) FROM file WHERE name = ?", (name,)).fetchone()
        if found is None or not found[1]:
            return []
        rowid, size = found
        wanted: list[int] = []
        with (
            _Column(self.connection, "whose", rowid, "i") as whose,
            _Column(self.connection, "begins", rowid, "I") as begins,
        ):
            spans = [begins.at(at, 2) for owner in owners if (at := whose.find(owner)) >= 0]
        with _Column(self.connection, "blocks", rowid, "I") as blocks:
            for first, last in spans:
                wanted += blocks.at(first, last - first)
        wanted = sorted(set(wanted))  # of several owners a block may be
        with (
            _Column(self.connection, "starts", rowid, "I") as starts,
            _Column(self.connection, "lines", rowid, "I") as lines,
        ):
            last = size // 4 - 1
            return [
                (starts.at(each)[0], starts.at(each + 1)[0] if each < last else -1, lines.at(each)[0])
                for each in wanted
            ]

    def put_customers(self, rows: Iterable[CustomerRow]) -> None:
        """Keep customers."""
        self.connection.executemany(
            "INSERT OR REPLACE INTO customer VALUES (?,?,?,?,?,?)",
            [(row.place, row.id, row.name, row.state, row.marks, row.kin) for row in rows],
        )

    def customers(self, where: str = "", values: Sequence[Any] = ()) -> list[CustomerRow]:
        """The customers by id; `where` narrows them down (a condition in SQL, of this file's callers alone)."""
        rows = self.connection.execute(
            f"SELECT place, id, name, state, marks, kin FROM customer {where} ORDER BY id",  # noqa: S608
            tuple(values),
        )
        return [
            CustomerRow(place=place, id=id_, name=name, state=state, marks=marks, kin=kin)
            for place, id_, name, state, marks, kin in rows
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
                found |= owners(row, data, b"(" + text.encode() + b")")
        return found

    def later(self, day: int) -> set[int]:
        """The customers with anything after a day."""
        return {row[0] for row in self.connection.execute("SELECT place FROM account WHERE last > ?", (day,))}

    def entries(self) -> int:
        """How many transactions stand in the journals."""
        found = self.connection.execute(
            "SELECT sum(entries) FROM file WHERE kind IN (?, ?)", (JOURNALS, PRECISE)
        ).fetchone()
        return int(found[0] or 0)

    def drop_named(self, places: Iterable[int]) -> None:
        """Forget the numbers and codes of some customers."""
        self.connection.executemany("DELETE FROM named WHERE place = ?", [(place,) for place in places])

    def named(self) -> list[tuple[int, str, int]]:
        """All of them."""
        return self.connection.execute("SELECT place, text, charge FROM named").fetchall()

    def column(self, name: str, column: str) -> bytes:
        """The `numbers` or `codes` of a file."""
        ensure(column in {"numbers", "codes"}, "no such column")
        found = self.connection.execute(f"SELECT {column} FROM file WHERE name = ?", (name,)).fetchone()  # noqa: S608
        return b"" if found is None else bytes(found[0])

    def counts(self) -> dict[str, int]:
        """How many files, customers and accounts it holds, and its bytes on the disk."""
        found = {
            table: int(self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
            for table in ("file", "customer", "account")
        }
        return found | {"bytes": os.stat(self.path).st_size}

    def differing(self, other: Index) -> list[str]:
        """The tables whose rows are not those of another index, whatever their order."""
        names = [
            name
            for (name,) in self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            if name != "meta"
        ]
        return [name for name in names if self._rows(name) != other._rows(name)]

    def _rows(self, table: str) -> list[tuple[Any, ...]]:
        return sorted(self.connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)  # noqa: S608

    def put_named(self, rows: Iterable[tuple[int, str, int]]) -> None:
        """Keep (place, number or code, whether of a charge)."""
        self.connection.executemany("INSERT INTO named VALUES (?,?,?)", rows)

    def accounts(self, as_of: int, *, customers: Sequence[str] | None = None, names: bool) -> list[Held]:
        """The accounts of these customers, or of all, that have begun by a day; see `index_accounts.held`."""
        return index_accounts.held(self.connection, as_of, customers=customers, names=names)

    def holds_anything(self) -> bool:
        """Whether anybody ever owed anything."""
        return index_accounts.any_entry(self.connection)


def _file(found: tuple[Any, ...]) -> FileRow:
    name, kind, size, mtime, inode, blob, *columns, digests, numbers, codes, entries = found
    arrays = []
    for column, code in zip(columns, "IIiII", strict=True):
        made = array(code)
        made.frombytes(column)
        arrays.append(made)
    starts, lines, whose, begins, blocks = arrays
    return FileRow(
        name=name, kind=kind, size=size, mtime=mtime, inode=inode, blob=blob, starts=starts, lines=lines,
        whose=whose, begins=begins, blocks=blocks, digests=digests, numbers=numbers, codes=codes, entries=entries,
    )  # fmt: skip


class _Column:
    """An array of the file table, looked at where it stands: a book's largest file has a hundred thousand blocks."""

    def __init__(self, connection: sqlite3.Connection, column: str, rowid: int, code: str) -> None:
        self._blob = connection.blobopen("file", column, rowid, readonly=True)
        self._code = code

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._blob.close()

    def at(self, place: int, count: int = 1) -> array[int]:
        """So many of its numbers from a place on."""
        self._blob.seek(4 * place)
        found = array(self._code)
        found.frombytes(self._blob.read(4 * count))
        return found

    def find(self, wanted: int) -> int:
        """The place of a number in a rising column, or -1."""
        low, high = 0, len(self._blob) // 4
        while low < high:
            middle = (low + high) // 2
            if self.at(middle)[0] < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self._blob) // 4 and self.at(low)[0] == wanted else -1


def opened(root: str, name: str = NAME) -> Index | None:
    """The index of a book, where there is one of this version made in this very place; else None.

    One that came with a copied or cloned folder is somebody else's word, and not believed: it knows its own inode.
    """
    path = path_of(root, name)
    if not os.path.isfile(path) or os.path.islink(path) or os.path.islink(os.path.dirname(path)):
        return None
    try:
        connection = sqlite3.connect(path, timeout=_BUSY, isolation_level=None)
    except sqlite3.Error:
        return None
    found = Index(connection, path)
    try:
        if found.meta("version") == _stamp(path):
            return found
    except (sqlite3.Error, OSError):
        pass
    connection.close()
    return None


def _stamp(path: str) -> str:
    status = os.stat(path)
    return f"{VERSION} {__version__} {sys.byteorder} {status.st_dev}:{status.st_ino}"


@contextmanager
def made(root: str, name: str = NAME) -> Iterator[Index]:
    """A new index, put in place of the old one when it is complete: whoever reads sees one or the other.

    Raises WorldError, OSError or sqlite3.Error where it cannot be written; nothing is left behind then.
    """
    with _beside(root, name) as connection:
        connection.executescript(_TABLES + index_accounts.TABLES)
        connection.execute("BEGIN")
        index = Index(connection, path_of(root, name))
        yield index
        index.put_meta("version", _stamp(_temporary(path_of(root, name))))
        connection.execute("COMMIT")


@contextmanager
def copied(other: Index, root: str, name: str) -> Iterator[Index]:
    """The same, beginning with what is in another one."""
    with _beside(root, name) as connection:
        other.connection.backup(connection)
        connection.execute("BEGIN")
        index = Index(connection, path_of(root, name))
        yield index
        index.put_meta("version", _stamp(_temporary(path_of(root, name))))
        connection.execute("COMMIT")


def _temporary(path: str) -> str:
    return f"{path}.{os.getpid()}"


@contextmanager
def _beside(root: str, name: str) -> Iterator[sqlite3.Connection]:
    """A database in a file of its own, which takes its name when all has gone well."""
    make_state(place(root))
    path = path_of(root, name)
    temporary = _temporary(path)
    system.unlink(temporary)
    connection = sqlite3.connect(temporary, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        yield connection
        connection.close()
        _flushed(temporary)
        system.rename(temporary, path)
    finally:
        connection.close()
        with suppress(OSError):
            system.unlink(temporary)


def _flushed(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        system.sync(descriptor)
    finally:
        system.close(descriptor)


@contextmanager
def changed(index: Index) -> Iterator[None]:
    """One change of an index: all of it or nothing. Raises sqlite3.Error where another process is at it."""
    index.connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        index.connection.execute("ROLLBACK")
        raise
    index.connection.execute("COMMIT")


def keep_last(root: str, prefix: str, count: int) -> None:
    """Delete the indexes whose names begin so, but for the `count` last written."""
    folder = os.path.join(root, STATE)
    with os.scandir(folder) as entries:
        found = [(entry.stat().st_mtime_ns, entry.path) for entry in entries if entry.name.startswith(prefix)]
    for _, path in sorted(found)[:-count]:
        with suppress(OSError):
            system.unlink(path)


def forget(root: str, name: str = NAME) -> None:
    """Delete the index. Raises WorldError where that cannot be."""
    try:
        system.unlink(path_of(root, name))
    except OSError as error:
        raise world(error, f"{STATE}/{NAME}") from error
