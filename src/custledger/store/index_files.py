"""The files of indexes: opened where they are ours, made whole beside and put in place, changed in one go, forgotten.

Whatever keeps one from being written is `NotWritten`: what was asked is then answered from the text.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from custledger import __version__
from custledger.core.trouble import WorldError
from custledger.store import system
from custledger.store.index import TABLES, VERSION, Index
from custledger.store.index_seals import Broken, Stale
from custledger.store.lock import STATE, make_state, place
from custledger.store.trouble import world

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Broken", "NotWritten", "Stale", "Trouble", "changed", "copied", "forget", "give_up", "keep_last", "made", "moment",
    "opened", "path_of",
]  # fmt: skip

NAME = "index.sqlite"
_BUSY = 2
"""Seconds to wait for another process."""
_LEFT = 3_600_000_000_000
"""Nanoseconds after which a half-made index is nobody's: its process was killed."""

_PLAIN = frozenset(b"/._-~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
"""Bytes that stand for themselves in a URI."""

#: What SQLite raises where an index is broken, locked or cannot be read.
Trouble = sqlite3.Error
_LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_ERRNO = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
    **dict.fromkeys(_LOCKED, errno.EBUSY),
}


class NotWritten(Exception):  # noqa: N818 - no error: the text answers
    """An index could not be made or changed; `why` is what the world said."""

    def __init__(self, why: WorldError) -> None:
        super().__init__(why)
        self.why = why


def path_of(root: str, name: str = NAME) -> str:
    """Where an index of the book in the folder `root` stands: that of its text, or `name`."""
    return os.path.join(root, STATE, name)


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF


def hopeless(error: sqlite3.Error) -> bool:
    """Whether an index that was met with this will never be right again: nobody else is at it."""
    return not isinstance(error, Stale) and _code(error) not in _LOCKED


@contextmanager
def _writing(name: str) -> Iterator[None]:
    try:
        yield
    except WorldError as error:
        raise NotWritten(error) from error
    except OSError as error:
        raise NotWritten(world(error, f"{STATE}/{name}")) from error
    except sqlite3.Error as error:
        raise NotWritten(world(OSError(_ERRNO.get(_code(error), errno.EIO), str(error)), f"{STATE}/{name}")) from error


def _connected(path: str, mode: str) -> sqlite3.Connection:
    """A connection that never makes a file unless it is told to (`rwc`)."""
    said = "".join([chr(each) if each in _PLAIN else f"%{each:02X}" for each in os.fsencode(path)])
    return sqlite3.connect(f"file:{said}?mode={mode}", uri=True, timeout=_BUSY, isolation_level=None)


def opened(root: str, name: str = NAME) -> Index | None:
    """The index of a book, where there is one of this version made in this very place; else None.

    One that came with a copied or cloned folder is somebody else's word, and not believed: it knows its own inode.
    Raises `Trouble` where another process keeps it locked.
    """
    path = path_of(root, name)
    if not os.path.isfile(path) or os.path.islink(path) or os.path.islink(os.path.dirname(path)):
        return None
    try:
        connection = _connected(path, "rw")
    except sqlite3.Error:
        return None
    found = Index(connection, path)
    try:
        connection.execute("PRAGMA cell_size_check = ON")
        if found.meta("version") == _stamp(path):
            return found
    except OSError:
        pass
    except sqlite3.Error as error:
        if not hopeless(error):
            connection.close()
            raise
    connection.close()
    return None


def _stamp(path: str) -> str:
    status = os.stat(path)
    return f"{VERSION} {__version__} {sys.byteorder} {status.st_dev}:{status.st_ino}"


@contextmanager
def made(root: str, name: str = NAME) -> Iterator[Index]:
    """A new index, put in place of the old one when it is complete: whoever reads sees one or the other.

    Raises NotWritten where it cannot be; nothing is left behind then.
    """
    with _beside(root, name, TABLES) as index:
        yield index


@contextmanager
def copied(other: Index, root: str, name: str) -> Iterator[Index]:
    """The same, beginning with what is in another one."""
    with _beside(root, name, "") as index:
        other.connection.backup(index.connection)
        index.connection.execute("BEGIN")
        yield index


@contextmanager
def _beside(root: str, name: str, tables: str) -> Iterator[Index]:
    """An index in a file of its own, which takes its name when all has gone well."""
    path = path_of(root, name)
    with _writing(name):
        make_state(place(root))
        temporary = f"{path}.{os.getpid()}-{os.urandom(4).hex()}"
        connection = _connected(temporary, "rwc")
    try:
        with _writing(name):
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            if tables:
                connection.executescript(tables)
                _swept(path, os.stat(temporary).st_mtime_ns)
                connection.execute("BEGIN")
        index = Index(connection, temporary)
        yield index
        with _writing(name):
            index.put_counts()
            index.put_meta("version", _stamp(temporary))
            connection.execute("COMMIT")
            connection.close()
            _flushed(temporary)
            _placed(temporary, path)
    finally:
        connection.close()
        with suppress(OSError):
            system.unlink(temporary)


def _swept(path: str, now: int) -> None:
    """Delete what was half made when a process was killed."""
    folder, name = os.path.split(path)
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(f"{name}.") and now - entry.stat().st_mtime_ns > _LEFT:
                system.unlink(entry.path)


def _flushed(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        system.sync(descriptor)
    finally:
        system.close(descriptor)


def _placed(temporary: str, path: str) -> None:
    """Put a new file in the place of the old one, while nobody can be changing that.

    What SQLite undoes an interrupted change by stands beside a database, under its name: it must never be taken for
    the new one's. To lock the old one undoes what was interrupted; one that cannot be locked goes with what is beside.
    """
    with suppress(FileNotFoundError), _alone(path):
        system.rename(temporary, path)
        return
    system.rename(temporary, path)


@contextmanager
def _alone(path: str) -> Iterator[None]:
    """Inside, no other process changes the index there. Raises FileNotFoundError where none stands there any more."""
    if os.path.lexists(path) and not os.path.islink(path):
        try:
            connection = _connected(path, "rw")
            with closing(connection):
                connection.execute("BEGIN IMMEDIATE")
                yield
                return
        except sqlite3.Error as error:
            if not hopeless(error):
                raise
    system.unlink(path)
    system.unlink(f"{path}-journal")
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)


@contextmanager
def changed(index: Index) -> Iterator[None]:
    """One change of an index: all of it or nothing. Raises NotWritten where it cannot be changed, `Trouble` inside."""
    connection = index.connection
    with _writing(os.path.basename(index.path)):
        connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        with _writing(os.path.basename(index.path)):
            index.put_counts()
            connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def moment(index: Index) -> int:
    """Now, in ns of the clock of the index's file system. Raises NotWritten where it may not be changed."""
    with _writing(os.path.basename(index.path)):
        system.touch(index.path)
        return os.stat(index.path).st_mtime_ns


def keep_last(root: str, prefix: str, count: int) -> None:
    """Delete the indexes whose names begin so, but for the `count` last written."""
    folder = os.path.join(root, STATE)
    if not os.path.isdir(folder):
        return
    with os.scandir(folder) as entries:
        found = [(entry.stat().st_mtime_ns, entry.path) for entry in entries if entry.name.startswith(prefix)]
    for _, path in sorted(found)[: max(0, len(found) - count)]:
        with suppress(OSError):
            system.unlink(path)


def forget(path: str) -> None:
    """Delete an index. Raises NotWritten where that cannot be."""
    with _writing(os.path.basename(path)), suppress(FileNotFoundError), _alone(path):
        system.unlink(path)


def give_up(path: str, error: sqlite3.Error) -> bool:
    """Delete an index that was met with this, where that means that it is broken; whether it did."""
    if hopeless(error):
        with suppress(NotWritten):
            forget(path)
            return True
    return False
