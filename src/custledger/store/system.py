"""The system calls that change something, each by its own name: the whole program writes through these.

They raise OSError as the system reports it. A call interrupted by a signal is made again (PEP 475 does that for
most; on some network file systems the others can be interrupted too). Tests put a failing `os` in this module.
"""

from __future__ import annotations

import fcntl
import os
import time
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

Seconds = Decimal | int

WAIT = 20
"""Milliseconds between two tries for the lock."""


def _again(call: Callable[..., T], *args: object) -> T:
    while True:
        try:
            return call(*args)
        except InterruptedError:
            continue


def create(path: str, mode: int = 0o666) -> int:
    """Open a new file for writing; FileExistsError where anything of that name is there."""
    return _again(os.open, path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, mode)


def open_lock(path: str) -> int:
    """Open the lock file, making it where it is missing. Links are not followed."""
    return _again(os.open, path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)


def open_existing(path: str) -> int:
    """Open what is there for writing as it is: a device or a pipe that the user named."""
    return _again(os.open, path, os.O_WRONLY | os.O_CLOEXEC | os.O_NOCTTY)


def open_folder(path: str) -> int:
    """Open a folder, to lock it or to have its entries brought to the disk."""
    return _again(os.open, path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data`, however little the system takes at a time."""
    view = memoryview(data)
    while view:
        view = view[_again(os.write, descriptor, view) :]


def truncate(descriptor: int) -> None:
    """Empty the open file."""
    _again(os.ftruncate, descriptor, 0)


def set_mode(descriptor: int, mode: int) -> None:
    """Give the open file this mode."""
    _again(os.fchmod, descriptor, mode)


def sync(descriptor: int) -> None:
    """Bring an open file or folder to the disk. A failure is final: the system forgets what it could not write."""
    _again(os.fsync, descriptor)


def sync_folder(path: str) -> None:
    """Bring a folder's entries to the disk."""
    descriptor = open_folder(path)
    try:
        sync(descriptor)
    finally:
        close(descriptor)


def close(descriptor: int) -> None:
    """Close; never made again, the descriptor is gone whatever it says."""
    os.close(descriptor)


def touch(path: str) -> None:
    """Give what is there this moment as its time."""
    _again(os.utime, path)


def rename(old: str, new: str) -> None:
    """Put `old` in the place of `new`, at once."""
    _again(os.rename, old, new)


def unlink(path: str) -> None:
    """Remove a file's name; fine where it is gone already."""
    try:
        _again(os.unlink, path)
    except FileNotFoundError:
        return


def make_folder(path: str) -> None:
    """Make one folder. FileExistsError where anything of that name is there."""
    _again(os.mkdir, path)


def make_folders(path: str) -> None:
    """Make the folder and those above it, where they are missing."""
    _again(os.makedirs, path, 0o777, True)


def remove_folder(path: str) -> None:
    """Remove an empty folder."""
    _again(os.rmdir, path)


def lock(descriptor: int, seconds: Seconds) -> bool:
    """Lock the open file for this process alone, waiting up to `seconds`; whether that worked.

    The lock is the kernel's: it goes with the process, however that ends, and is never left behind.
    """
    for attempt in range(max(1, int(seconds * 1000) // WAIT)):
        if attempt:
            time.sleep(WAIT / 1000)
        try:
            _again(fcntl.flock, descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        return True
    return False
