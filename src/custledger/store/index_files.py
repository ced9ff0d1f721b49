"""The files of indexes: made whole beside and put in place, changed in one go, forgotten.

Whatever keeps one from being written is `NotWritten`: what was asked is then answered from the text.
"""

from __future__ import annotations

import errno
import os
import re
import sqlite3
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from custledger.core.trouble import WorldError
from custledger.store import system
from custledger.store.index import TABLES, Index
from custledger.store.index_opening import (
    LOCKED,
    NAME,
    SCHEMA,
    WORLD,
    Trouble,
    broken,
    code,
    connected,
    opened,
    ours,
    path_of,
    spoilt,
    stamp_of,
)
from custledger.store.index_seals import Broken, Stale
from custledger.store.lock import STATE, make_state, place
from custledger.store.trouble import world

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Broken", "NotWritten", "Stale", "Trouble", "broken", "changed", "copied", "forget", "forget_all", "give_up",
    "in_memory", "keep_last", "made", "moment", "opened", "path_of", "scratch", "spoilt",
]  # fmt: skip

_HALF = re.compile(r"(.+\.sqlite)\.\d+-[0-9a-f]{8}")
"""The name of an index while it is being made."""
_TRIES = 3


class NotWritten(Exception):  # noqa: N818 - no error: the text answers
    """An index could not be made or changed; `why` is what the world said; `busy`: another process is at it."""

    def __init__(self, why: WorldError, *, busy: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.busy = busy


def _not_written(error: sqlite3.Error, name: str) -> NotWritten:
    if code(error) in LOCKED:
        return NotWritten(WorldError("index.busy", name=f"{STATE}/{name}"), busy=True)
    return NotWritten(world(OSError(WORLD.get(code(error), errno.EIO), str(error)), f"{STATE}/{name}"))


@contextmanager
def _writing(name: str) -> Iterator[None]:
    """Inside, nothing but an index is written: whatever goes wrong is the world's."""
    try:
        yield
    except WorldError as error:
        raise NotWritten(error) from error
    except OSError as error:
        raise NotWritten(world(error, f"{STATE}/{name}")) from error
    except sqlite3.Error as error:
        if isinstance(error, Broken | Stale):
            raise
        raise _not_written(error, name) from error


@contextmanager
def _putting(name: str) -> Iterator[None]:
    """Inside, an index is read and written: what the disk or another process refuses is the world's."""
    try:
        yield
    except sqlite3.Error as error:
        if isinstance(error, Stale) or (broken(error) and code(error) != sqlite3.SQLITE_IOERR):
            raise
        raise _not_written(error, name) from error


@contextmanager
def made(root: str, name: str = NAME) -> Iterator[Index]:
    """A new index, put in place of the old one when it is complete: whoever reads sees one or the other.

    Raises NotWritten where it cannot be; nothing is left behind then.
    """
    with _beside(root, name) as index:
        with _putting(name):
            yield index
        with _writing(name):
            _complete(index, path_of(root, name))


@contextmanager
def scratch(root: str) -> Iterator[Index]:
    """The same, and it is deleted at the end: to compare another one with."""
    with _beside(root, "verify.sqlite") as index, _putting("verify.sqlite"):
        yield index


def in_memory() -> Index:
    """An empty index that is never written."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(TABLES)
    return Index(connection, "")


@contextmanager
def copied(other: Index, root: str, name: str) -> Iterator[Index]:
    """As `made`, beginning with what is in another one."""
    with _beside(root, name) as index:
        with _putting(name):
            index.connection.execute("ROLLBACK")
            other.connection.backup(index.connection)
            index.connection.execute("BEGIN")
            yield index
        with _writing(name):
            _complete(index, path_of(root, name))


@contextmanager
def _beside(root: str, name: str) -> Iterator[Index]:
    """An empty index in a file of its own, locked while we live: that is how others know that it is not left over."""
    path = path_of(root, name)
    with _writing(name):
        make_state(place(root))
        if os.path.isdir(path) and not os.path.islink(path):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
        _swept(os.path.dirname(path))
        connection, temporary = _begun(path)
    try:
        with _writing(name):
            for table in SCHEMA:
                connection.execute(table)
        yield Index(connection, temporary)
    finally:
        connection.close()
        with suppress(OSError):
            system.unlink(temporary)


def _begun(path: str) -> tuple[sqlite3.Connection, str]:
    """A new file that is locked, and still there: between the two another process may take it for one left over."""
    for _ in range(_TRIES):
        temporary = f"{path}.{os.getpid()}-{os.urandom(4).hex()}"
        try:
            connection = connected(temporary, "rwc")
            for setting in ("PRAGMA journal_mode = OFF", "PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE"):
                connection.execute(setting)
        except BaseException:
            with suppress(OSError):
                system.unlink(temporary)
            raise
        if os.path.lexists(temporary):
            return connection, temporary
        connection.close()
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)


def _complete(index: Index, path: str) -> None:
    """Bring to the disk what was made, and give it its name while it is still locked."""
    index.put_meta("version", stamp_of(index.path) or "")
    index.put_counts()
    index.connection.execute("COMMIT")
    _placed(index.path, path)


def _swept(folder: str) -> None:
    """Delete what was half made when a process was killed: nobody has it locked."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _HALF.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                _sweep(entry.path)


def _sweep(path: str) -> None:
    try:
        with closing(connected(path, "rw", timeout=0)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            system.unlink(path)
    except sqlite3.Error as error:
        if code(error) not in LOCKED:  # not a database yet, or none any more
            system.unlink(path)


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
    stamp = stamp_of(path)
    if stamp is not None and (not os.path.lexists(f"{path}-journal") or ours(path, stamp, "ro&immutable=1")):
        try:
            with closing(connected(path, "rw")) as connection:
                connection.execute("BEGIN IMMEDIATE")
                yield
                return
        except sqlite3.Error as error:
            if code(error) in LOCKED:
                raise
    for each in (path, f"{path}-journal"):
        if os.path.lexists(each):
            system.unlink(each)
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)


@contextmanager
def changed(index: Index) -> Iterator[None]:
    """One change of an index: all of it or nothing. Raises NotWritten where it cannot be changed, `Trouble` inside.

    `Stale` among them where another process put a new one in its place.
    """
    connection, name = index.connection, os.path.basename(index.path)
    with _putting(name):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if index.meta("version") != stamp_of(index.path):
                raise Stale("the index was replaced")
            yield
            index.put_counts()
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")


def moment(index: Index) -> int:
    """Now, in ns of the clock of the index's file system. Raises NotWritten where it may not be changed."""
    with _writing(os.path.basename(index.path)):
        system.touch(index.path)
        return os.stat(index.path).st_mtime_ns


def keep_last(root: str, prefix: str, count: int) -> None:
    """Delete the indexes whose names begin so, but for the `count` last written."""
    folder = os.path.join(root, STATE)
    found = []
    with suppress(OSError):
        if not os.path.islink(folder):
            with os.scandir(folder) as entries:
                own = [entry for entry in entries if entry.name.startswith(prefix) and entry.name.endswith(".sqlite")]
                found = sorted((entry.stat(follow_symlinks=False).st_mtime_ns, entry.path) for entry in own)
    for _, path in found[: max(0, len(found) - count)]:
        with suppress(OSError):
            system.unlink(path)


def forget(path: str) -> None:
    """Delete an index. Raises NotWritten where that cannot be."""
    with _writing(os.path.basename(path)), suppress(FileNotFoundError):
        if os.path.islink(os.path.dirname(path)):
            raise WorldError("files.not_regular", name=STATE)
        with _alone(path):
            system.unlink(path)


def forget_all(root: str, revisions: str) -> None:
    """Delete the index of a book, those of its revisions (whose names begin so), and what was half made of any."""
    forget(path_of(root))
    keep_last(root, revisions, 0)
    _swept(os.path.join(root, STATE))


def give_up(path: str, error: sqlite3.Error) -> bool:
    """Delete an index that was met with this, where that means that it is broken; whether it did."""
    if broken(error):
        with suppress(NotWritten):
            forget(path)
            return True
    return False
