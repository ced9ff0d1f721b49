"""Text for the pure layers, from folders (`FolderSource`, a book) and from single files (`FilesSource`, `-f`).

Only regular files are read: a FIFO, a device or a socket would make the program wait for ever. Whatever was read
once must read the same ever after, because plans are made of places in that text; otherwise the command stops.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from custledger.core.trouble import UsageError, WorldError
from custledger.store.pattern import expand
from custledger.store.trouble import world
from custledger.store.view import DISK, within

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from custledger.store.view import View

SIZE_MAX = 256 * 1024 * 1024
"""Bytes. A larger file is refused before it fills the memory."""

KEPT_MAX = 32 * 1024 * 1024
"""Bytes of text that a source keeps."""

_CHUNK = 1024 * 1024
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_CLOEXEC", 0)

Signature = tuple[int, int, int]
"""What tells one version of a file from the next without reading it: inode, size, time of change in ns.

That is the later of the file's two times: who sets the one back (`touch -d`, `rsync -t`) cannot set the other.
"""


def signature(status: os.stat_result) -> Signature:
    """The signature of a file's status."""
    return (status.st_ino, status.st_size, max(status.st_mtime_ns, status.st_ctime_ns))


def read_regular(path: str, name: str, *, limit: int = SIZE_MAX) -> tuple[bytes, Signature]:
    """The bytes of a regular file and its signature.

    Raises WorldError (with `name`, as the user knows it) where it is missing, unreadable, not a regular file or
    larger than `limit` bytes. Never waits: a FIFO is refused, not opened for reading until somebody writes.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        if error.errno in (errno.ENXIO, errno.ENODEV):  # a socket, a device without a driver
            raise WorldError("files.not_regular", name=name) from error
        raise world(error, name) from error
    except ValueError as error:  # a NUL in the name
        raise WorldError("files.not_found", name=name) from error
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise WorldError("files.not_regular", name=name)
        data = _read_all(descriptor, name, limit, status.st_size)
        return data, signature(status)
    except OSError as error:
        raise world(error, name) from error
    finally:
        with suppress(OSError):  # what was read is read
            os.close(descriptor)


def _read_all(descriptor: int, name: str, limit: int, expected: int) -> bytes:
    if expected > limit:
        raise WorldError("files.too_big", name=name, limit=limit // (1024 * 1024))
    pieces: list[bytes] = []
    got = 0
    while piece := os.read(descriptor, _CHUNK):
        pieces.append(piece)
        got += len(piece)
        if got > limit:
            raise WorldError("files.too_big", name=name, limit=limit // (1024 * 1024))
    return b"".join(pieces)


def canonical(path: str, view: View = DISK) -> str:
    """The absolute `path` with the links of its folder resolved, the file's own name kept."""
    folder, _, last = path.rpartition("/")
    if last in ("", ".", ".."):
        return view.real(path)
    return f"{view.real(folder or '/').rstrip('/')}/{last}"


def included(view: View, root: str, including: str, pattern: str) -> list[str]:
    """The files that an `include` in the book at `root` means, as names in the book (see `core.source.Source`)."""
    if "\0" in pattern or pattern.startswith("~"):
        raise WorldError("files.include_escapes", file=including, pattern=pattern)
    folder = os.path.dirname(os.path.join(root, including))
    # Before anything outside is looked at: whether it is there is nobody's business, and `../**/x` may be large.
    if not within(view, root, os.path.normpath(os.path.join(folder, pattern))):
        raise WorldError("files.include_escapes", file=including, pattern=pattern)
    names: list[str] = []
    for path in expand(os.path.join(folder, pattern), view):
        if not within(view, root, path):
            raise WorldError("files.include_escapes", file=including, pattern=pattern)
        names.append(os.path.relpath(canonical(path, view), root))
    return sorted(dict.fromkeys(names))


class _Remembering:
    """What both sources share: a second reading gives what the first one gave, or stops the command.

    The first KEPT_MAX bytes are kept, so that in a book of usual size nobody's writing disturbs a reader that looks
    twice; of the rest only digests are.
    """

    root: str

    def __init__(self, kept_max: int, limit: int) -> None:
        self._limit = limit
        self._digests: dict[str, bytes] = {}
        self._signatures: dict[str, Signature] = {}
        self._kept: dict[str, bytes] = {}
        self._room = kept_max

    def _remembered(self, name: str, data: bytes, seen: Signature | None) -> bytes:
        digest = sha256(data).digest()
        if self._digests.setdefault(name, digest) != digest:
            raise WorldError("files.changed_while_reading", name=name)
        if seen is not None:
            self._signatures[name] = seen
        if len(data) <= self._room:
            self._room -= len(data)
            self._kept[name] = data
        return data

    def seen(self, name: str) -> tuple[Signature, bytes]:
        """The signature and digest of a file that was read: for `saw`, of another process's source."""
        return self._signatures[name], self._digests[name]

    def saw(self, name: str, seen: tuple[Signature, bytes]) -> None:
        """Another process read the file."""
        self._signatures[name], self._digests[name] = seen

    def signature(self, name: str) -> Signature:
        """The signature of a file that was read."""
        return self._signatures[name]

    def digest(self, name: str) -> str | None:
        """SHA-256 (hex) of what was read of `name`, or None where it was not read."""
        found = self._digests.get(name)
        return found.hex() if found is not None else None

    def moved(self) -> str | None:
        """A file whose content is not what was read, staged ones in their place by now; None where there is none."""
        for name, seen in sorted(self._signatures.items()):
            try:
                path = os.path.join(self.root, name)
                if signature(os.stat(path)) == seen:
                    continue
                data, _ = read_regular(path, name, limit=self._limit)
            except (OSError, WorldError):
                return name
            if sha256(data).digest() != self._digests[name]:
                return name
        return None


class FolderSource(_Remembering):
    """The files of a book: names relative to its folder, nothing outside it, links resolved before that is judged.

    `staged` maps names to files that an interrupted command had finished but not yet put in place (see
    `store.intent`): they are read instead.
    """

    def __init__(
        self,
        root: Path | str,
        *,
        staged: dict[str, str] | None = None,
        limit: int = SIZE_MAX,
        kept_max: int = KEPT_MAX,
    ) -> None:
        super().__init__(kept_max, limit)
        self.root = os.path.realpath(root)
        self._staged = dict(staged or {})

    def path(self, name: str) -> str:
        """Where `name` stands on the disk. Raises WorldError where that is outside the book."""
        path = os.path.join(self.root, self._staged.get(name, name))
        if "\0" in name or not within(DISK, self.root, path):
            raise WorldError("files.outside", name=name)
        return path

    def read(self, name: str) -> bytes:
        """The file's bytes (see `core.source.Source`)."""
        if name in self._kept:
            return self._kept[name]
        data, seen = read_regular(self.path(name), name, limit=self._limit)
        return self._remembered(name, data, seen)

    def include(self, including: str, pattern: str) -> list[str]:
        """The files that an `include` means, as names in the book (see `core.source.Source`)."""
        return included(DISK, self.root, including, pattern)

    def changed(self) -> list[str]:
        """The names of files read that are not on the disk as they were then, sorted."""
        found = []
        for name, seen in sorted(self._signatures.items()):
            try:
                if signature(os.stat(os.path.join(self.root, self._staged.get(name, name)))) != seen:
                    found.append(name)
            except OSError:
                found.append(name)
        return found


class FilesSource(_Remembering):
    """Journals given with `-f`: each by itself, its includes may lead anywhere that hledger may read.

    `cwd` is the folder that relative arguments start from, `home` what `~` means, `stdin` reads standard input when
    one of the files is `-`. Names are relative to the first file's folder; `names` has those of the arguments.
    """

    def __init__(
        self,
        files: Sequence[str],
        *,
        cwd: Path | str,
        home: Path | str | None = None,
        stdin: Callable[[], bytes] | None = None,
        limit: int = SIZE_MAX,
    ) -> None:
        super().__init__(KEPT_MAX, limit)
        self._cwd = os.path.realpath(cwd)
        self._home = str(home) if home else None
        self._stdin = stdin
        paths = ["-" if file == "-" else self._absolute(self._cwd, file) for file in files]
        first = paths[0] if paths and paths[0] != "-" else f"{self._cwd}/-"
        self.root = os.path.dirname(canonical(first))
        self.names = tuple("-" if path == "-" else self._name(path) for path in paths)
        self._pipes = {name: path for name, path in zip(self.names, paths, strict=True) if _is_descriptor(path)}
        for name, path, file in zip(self.names, paths, files, strict=True):
            if name != "-" and not os.path.lexists(path):
                raise UsageError("files.argument_not_found", name=file)

    def _absolute(self, folder: str, path: str) -> str:
        if "\0" in path:
            raise WorldError("files.not_found", name=path.replace("\0", "\\0"))
        if path == "~" or path.startswith("~/"):
            if self._home is None:
                raise WorldError("files.no_home", name=path)
            path = self._home + path[1:]
        return os.path.join(folder, path)

    def _name(self, path: str) -> str:
        return path if _is_descriptor(path) else os.path.relpath(canonical(path), self.root)

    def path(self, name: str) -> str:
        """Where `name` stands on the disk."""
        return os.path.join(self.root, name)

    @property
    def unwritable(self) -> str | None:
        """A name of the arguments that is no file: standard input, a pipe of the shell's. None where all are files."""
        return next((name for name in self.names if name == "-" or name in self._pipes), None)

    def read(self, name: str) -> bytes:
        """The file's bytes (see `core.source.Source`). Standard input and the shell's pipes are read once and kept."""
        if name in self._kept:
            return self._kept[name]
        if name == "-":
            data = self._stdin() if self._stdin else b""
            if len(data) > self._limit:
                raise WorldError("files.too_big", name=name, limit=self._limit // (1024 * 1024))
            self._kept[name] = data
            return self._remembered(name, data, None)
        if name in self._pipes:
            self._kept[name] = data = _read_pipe(self._pipes[name], name, self._limit)
            return self._remembered(name, data, None)
        data, seen = read_regular(self.path(name), name, limit=self._limit)
        return self._remembered(name, data, seen)

    def include(self, including: str, pattern: str) -> list[str]:
        """The files that an `include` means (see `core.source.Source`)."""
        folder = self._cwd if including == "-" or including in self._pipes else os.path.dirname(self.path(including))
        found = expand(self._absolute(folder, pattern))
        return sorted(dict.fromkeys(self._name(path) for path in found))


def _is_descriptor(path: str) -> bool:
    """A pipe that the user's shell made and named (`-f <(…)`, `-f /dev/stdin`): waiting for it is what was asked."""
    return path.startswith(("/dev/fd/", "/proc/self/fd/")) or path == "/dev/stdin"


def _read_pipe(path: str, name: str, limit: int) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
        try:
            return _read_all(descriptor, name, limit, 0)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise world(error, name) from error
