"""A tree of files as finding needs it: what is in a folder, where links lead. The disk is one, a git revision another.

The layout of a book and the files that an include means are computed on this alone, so that the same rules hold for
the work tree and for a revision.
"""

from __future__ import annotations

import os
import stat
from operator import attrgetter
from typing import Literal, NamedTuple, Protocol

Kind = Literal["file", "folder", "link", "special", "submodule", "unreadable"]
"""`submodule`: another repository's commit; `unreadable`: gone since it was listed, or on a disk that fails."""


class Entry(NamedTuple):
    """One name in a folder and what it is; a link is a link."""

    name: str
    kind: Kind


class View(Protocol):
    """Paths are absolute, with `/`."""

    def entries(self, folder: str) -> list[Entry]:
        """What is in a folder, sorted by name. Raises OSError where it cannot be listed."""
        ...

    def kind(self, path: str) -> Kind | None:
        """What a path is once links are followed; None where nothing is there."""
        ...

    def there(self, path: str) -> bool:
        """Whether anything is called so, a link to nothing included."""
        ...

    def real(self, path: str) -> str:
        """The path without links and `..`, whether anything is there or not (as `os.path.realpath` has it)."""
        ...


def within(view: View, root: str, path: str) -> bool:
    """Whether `path` is `root` or lies below it, links resolved; `root` has none."""
    real = view.real(path)
    return real == root or real.startswith(root.rstrip("/") + "/")


class _Disk:
    """The file system, as it is now."""

    def entries(self, folder: str) -> list[Entry]:
        """See `View`."""
        with os.scandir(folder) as found:
            return [Entry(entry.name, _kind(entry)) for entry in sorted(found, key=attrgetter("name"))]

    def kind(self, path: str) -> Kind | None:
        """See `View`."""
        try:
            mode = os.stat(path).st_mode
        except (OSError, ValueError):
            return None
        return "file" if stat.S_ISREG(mode) else "folder" if stat.S_ISDIR(mode) else "special"

    def there(self, path: str) -> bool:
        """See `View`."""
        return os.path.lexists(path)

    def real(self, path: str) -> str:
        """See `View`."""
        return os.path.realpath(path)


def _kind(entry: os.DirEntry[str]) -> Kind:
    try:
        if entry.is_file(follow_symlinks=False):
            return "file"
        if entry.is_dir(follow_symlinks=False):
            return "folder"
        return "link" if entry.is_symlink() else "special"
    except OSError:
        return "unreadable"


DISK: View = _Disk()
