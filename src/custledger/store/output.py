"""Writing what `-o FILE` asks for, with the same care as a book: the old file or the new one, never a part."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from custledger.core.trouble import WorldError
from custledger.store import system
from custledger.store.trouble import world

if TYPE_CHECKING:
    from pathlib import Path

_PREFIX = ".custledger-out-"


def write_output(path: Path, data: bytes) -> None:
    """Put `data` into the file `path`, replacing what is there. A device or a pipe is written to as it is.

    Raises WorldError, also where the disk did not confirm it; the old file is then still there.
    """
    name = str(path)
    target = os.path.realpath(path)
    try:
        try:
            status = os.stat(target)
        except FileNotFoundError:
            _replace(target, data, None)
            return
        if stat.S_ISDIR(status.st_mode):
            raise WorldError("files.is_a_folder", name=name)
        if not stat.S_ISREG(status.st_mode):
            _pour(target, data)
            return
        if not os.access(target, os.W_OK):
            raise WorldError("files.no_permission", name=name)
        _replace(target, data, stat.S_IMODE(status.st_mode))
    except OSError as error:
        raise world(error, name) from error


def _pour(target: str, data: bytes) -> None:
    descriptor = system.open_existing(target)
    try:
        system.write_all(descriptor, data)
    finally:
        system.close(descriptor)


def _replace(target: str, data: bytes, mode: int | None) -> None:
    folder = os.path.dirname(target)
    _sweep(folder)
    temp = os.path.join(folder, f"{_PREFIX}{os.getpid()}-{sha256(os.fsencode(target)).hexdigest()[:16]}.tmp")
    try:
        system.unlink(temp)
        descriptor = system.create(temp)
        try:
            system.write_all(descriptor, data)
            if mode is not None:
                system.set_mode(descriptor, mode)
            system.sync(descriptor)
        finally:
            system.close(descriptor)
        system.rename(temp, target)
    except BaseException:
        with suppress(OSError):
            system.unlink(temp)
        raise
    try:
        system.sync_folder(folder)
    except OSError as error:
        raise WorldError("files.not_confirmed", name=target) from error


def _sweep(folder: str) -> None:
    """Remove what killed processes left in this folder."""
    with suppress(OSError):
        for name in sorted(os.listdir(folder)):
            number = name.removeprefix(_PREFIX).partition("-")[0]
            if name.startswith(_PREFIX) and number.isascii() and number.isdigit() and not _lives(int(number)):
                with suppress(OSError):
                    system.unlink(os.path.join(folder, name))


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
