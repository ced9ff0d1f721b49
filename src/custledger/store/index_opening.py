"""Indexes opened: only those that were made here by us, and have nothing in them that was put there by others."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import sys
from contextlib import closing

from custledger import __version__
from custledger.store.index import TABLES, VERSION, Index
from custledger.store.index_seals import Broken, Stale
from custledger.store.lock import STATE

NAME = "index.sqlite"
_BUSY = 2
"""Seconds to wait for another process."""

_PLAIN = frozenset(b"/._-~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
"""Bytes that stand for themselves in a URI."""


#: What SQLite raises where an index is broken, locked or cannot be read.
Trouble = sqlite3.Error
LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
WORLD = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_NOMEM: errno.ENOMEM,
}
"""What the machine says, of which no index is the worse."""
SCHEMA = sorted(text.strip() for text in TABLES.split(";") if text.strip())


def path_of(root: str, name: str = NAME) -> str:
    """Where an index of the book in the folder `root` stands: that of its text, or `name`."""
    return os.path.join(root, STATE, name)


def code(error: sqlite3.Error) -> int:
    """SQLite's primary code of an error; Python's own are as bad as a broken file."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF


def broken(error: sqlite3.Error) -> bool:
    """Whether an index that was met with this will never be right again: nobody else is at it."""
    return not isinstance(error, Stale) and code(error) not in {*LOCKED, *WORLD}


def connected(path: str, mode: str, timeout: int | None = None) -> sqlite3.Connection:
    """A connection that never makes a file unless it is told to (`rwc`)."""
    said = "".join([chr(each) if each in _PLAIN else f"%{each:02X}" for each in os.fsencode(path)])
    connection = sqlite3.connect(
        f"file:{said}?mode={mode}", uri=True, timeout=_BUSY if timeout is None else timeout, isolation_level=None
    )
    try:
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("SELECT name FROM sqlite_master").fetchall()
    except BaseException as error:
        connection.close()
        if isinstance(error, UnicodeError):  # of Python: what SQLite says of a broken schema has its bytes in it
            raise Broken("the schema is not what was written") from error
        raise
    return connection


def opened(root: str, name: str = NAME) -> Index | None:
    """The index of a book, where there is one of this version made in this very place; else None.

    One that came with a copied or cloned folder is somebody else's word, and not believed: it knows its own inode.
    Raises `Trouble` where another process keeps it locked.
    """
    path = path_of(root, name)
    for _ in range(_TRIES):
        before = stamp_of(path)
        if before is None or os.path.islink(os.path.dirname(path)):
            return None
        found = _believed(path, before)
        if found is not None:
            return found
        if stamp_of(path) == before:
            return None  # else another process put its own there meanwhile
    return None


_TRIES = 3


def _believed(path: str, stamp: str) -> Index | None:
    # What is beside an index, to undo an interrupted change by, is carried out by whoever opens it: not a stranger's.
    if os.path.lexists(f"{path}-journal") and not ours(path, stamp, "ro&immutable=1"):
        return None
    try:
        connection = connected(path, "rw")
    except sqlite3.Error as error:
        if code(error) in LOCKED:
            raise
        return None
    try:
        if _says(connection, stamp) and stamp_of(path) == stamp:
            return Index(connection, path)
    except sqlite3.Error as error:
        if code(error) in LOCKED:
            connection.close()
            raise
    connection.close()
    return None


def ours(path: str, stamp: str, mode: str) -> bool:
    """Whether a database says what `stamp` does; with `ro&immutable=1` nothing beside it is looked at."""
    try:
        with closing(connected(path, mode)) as connection:
            return _says(connection, stamp)
    except sqlite3.Error:
        return False


def _says(connection: sqlite3.Connection, stamp: str) -> bool:
    """Whether a database has our tables, nothing else (no view, no trigger), and was made as and where `stamp` says."""
    schema = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    if sorted(str(sql) for (sql,) in schema) != SCHEMA:
        return False
    index = Index(connection, "")
    return index.meta("version") == stamp and bool(index.meta("rows of meta"))


def spoilt(root: str) -> bool:
    """Whether something stands in the place of a book's index that was one and cannot be read any more."""
    path = path_of(root)
    stamp = stamp_of(path)
    if stamp is None or os.path.lexists(f"{path}-journal"):
        return False
    try:
        with closing(connected(path, "ro")) as connection:
            _says(connection, stamp)
    except sqlite3.Error as error:
        return broken(error)
    return False


def stamp_of(path: str) -> str | None:
    """What an index says that was made here by us; None where no index can be (a link, a folder, nothing)."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return f"{VERSION} {__version__} {sys.byteorder} {status.st_dev}:{status.st_ino}"
