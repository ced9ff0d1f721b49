"""The lock of a book, and the place where its writers keep what only they need.

A book has `.custledger/` (derived, ignored by git, may be deleted at any moment) with the lock file in it. A bare
journal has nothing around it: there the folder itself is locked, and nothing is left in it.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from custledger.core.frozen import frozen
from custledger.core.trouble import WorldError
from custledger.store import system
from custledger.store.trouble import world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.store.system import Seconds

STATE = ".custledger"
_IGNORE = b"*\n"
LOCK_TIMEOUT = 10
"""Seconds that a command waits for another one to finish writing."""


@frozen
class Place:
    """Where a command writes: `root` absolute with links resolved; `bare` for journals without a book."""

    root: str
    bare: bool = False

    @property
    def state(self) -> str:
        """The folder of lock and intent."""
        return self.root if self.bare else os.path.join(self.root, STATE)

    @property
    def intent(self) -> str:
        """The intent file: it is there while several files are being put in place."""
        return os.path.join(self.state, ".custledger-intent" if self.bare else "intent")

    def inside(self, path: str) -> bool:
        """Whether `path`, links resolved, lies in the book."""
        return os.path.realpath(path).startswith(self.root.rstrip("/") + "/")


def place(root: str | os.PathLike[str], *, bare: bool = False) -> Place:
    """The place of a book's (or a bare journal's) folder."""
    return Place(os.path.realpath(root), bare)


@contextmanager
def locked(where: Place, timeout: Seconds = LOCK_TIMEOUT) -> Iterator[None]:
    """Hold the lock. Raises WorldError `files.locked` where another process keeps it longer than `timeout` seconds."""
    descriptor = _taken(where, timeout)
    try:
        yield
    finally:
        with suppress(OSError):  # the lock is gone whatever this says
            system.close(descriptor)


def _taken(where: Place, timeout: Seconds) -> int:
    if where.bare:
        return _wait(system.open_folder(where.root), where.root, where, timeout)
    make_state(where)
    path = os.path.join(where.state, "lock")
    while True:
        try:
            descriptor = system.open_lock(path)
        except OSError as error:
            raise world(error, f"{STATE}/lock") from error
        _wait(descriptor, path, where, timeout)
        # `.custledger/` may be deleted at any moment, also while we waited: then this lock is nobody's.
        with suppress(OSError):
            if os.fstat(descriptor).st_ino == os.stat(path, follow_symlinks=False).st_ino:
                _sign(descriptor)
                return descriptor
        system.close(descriptor)
        make_state(where)


def _wait(descriptor: int, path: str, where: Place, timeout: Seconds) -> int:
    try:
        if system.lock(descriptor, timeout):
            return descriptor
    except OSError as error:
        system.close(descriptor)
        raise world(error, f"{STATE}/lock") from error
    system.close(descriptor)
    raise WorldError("files.locked", name=where.root, holder=_holder(path, where), seconds=f"{timeout:g}")


def make_state(where: Place) -> None:
    """Make `.custledger/` with a `.gitignore` that hides all of it (and mend one that a crash left half-written)."""
    ignore = os.path.join(where.state, ".gitignore")
    try:
        if os.path.islink(where.state):
            raise WorldError("files.not_regular", name=STATE)
        with suppress(FileExistsError):
            system.make_folder(where.state)
        with suppress(OSError):
            if os.lstat(ignore).st_size == len(_IGNORE):
                return
        descriptor = system.open_lock(ignore)
        try:
            system.truncate(descriptor)
            system.write_all(descriptor, _IGNORE)
        finally:
            system.close(descriptor)
    except OSError as error:
        raise world(error, STATE) from error


def _sign(descriptor: int) -> None:
    """Write who holds the lock, for the message to others; nothing depends on it."""
    with suppress(OSError):
        system.truncate(descriptor)
        system.write_all(descriptor, f"{os.getpid()} {os.uname().nodename}\n".encode())


def _holder(path: str, where: Place) -> str:
    """The process that holds the lock, as far as it is known."""
    if where.bare:
        return "?"
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return "?"
    try:
        return os.read(descriptor, 200).decode("utf-8", "replace").strip() or "?"
    except OSError:
        return "?"
    finally:
        os.close(descriptor)
