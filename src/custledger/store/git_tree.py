"""The files of a git revision as a view (`store.view`), links followed within it as on the disk."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, NamedTuple

from custledger.store.view import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from custledger.store.view import Kind

_LINKS_MAX = 40
"""Links that one path may lead through, as Linux has it."""


class Listed(NamedTuple):
    """One file of a revision: its name below the book's folder, what it is, and the id of its content."""

    name: str
    kind: Kind
    oid: str


class Tree:
    """Files listed, as if they stood in the folder `root` (absolute, without links).

    `target` gives the text of a link from the id of its content.
    """

    def __init__(self, root: str, files: Iterable[Listed], target: Callable[[str], str]) -> None:
        self.root = root
        self._below = root.rstrip("/") + "/"
        self._target = target
        self._listed: dict[str, Listed] = {}
        self._folders: dict[str, dict[str, Kind]] = {"": {}}
        self._links = False
        for file in files:
            self._listed[file.name] = file
            self._links |= file.kind == "link"
            name, kind = file.name, file.kind
            while True:
                folder, _, last = name.rpartition("/")
                known = folder in self._folders
                self._folders.setdefault(folder, {})[last] = kind
                if known:
                    break
                name, kind = folder, "folder"

    def _name(self, path: str) -> str | None:
        """The name of an absolute path below the root, "" for the root itself, None outside of it."""
        return "" if path == self.root else path[len(self._below) :] if path.startswith(self._below) else None

    def _holds(self, path: str) -> bool:
        """Whether an absolute path without links is a folder of the tree, or one that its root stands in."""
        name = self._name(path)
        return self._below.startswith(path.rstrip("/") + "/") if name is None else name in self._folders

    def _walked(self, path: str) -> tuple[str, bool]:
        """`path` without links and `..`, and whether a system would get there: by folders alone, in no loop."""
        if not self._links and os.path.normpath(path) == path:
            return path, True
        waiting = path.split("/")[::-1]
        at = ""
        links = 0
        passable = True
        while waiting:
            part = waiting.pop()
            passable = passable and self._holds(at or "/")
            if part == "..":
                at = at.rpartition("/")[0]
            elif part not in {"", "."}:
                found = self._listed.get(self._name(f"{at}/{part}") or "")
                if found is None or found.kind != "link":
                    at = f"{at}/{part}"
                    continue
                links += 1
                if links > _LINKS_MAX:
                    return os.path.normpath("/".join([at, part, *waiting[::-1]])), False
                target = self._target(found.oid)
                waiting += target.split("/")[::-1]
                at = "" if target.startswith("/") else at
        return at or "/", passable

    def listed(self, path: str) -> Listed | None:
        """The file that `path` leads to."""
        real, passable = self._walked(path)
        return self._listed.get(self._name(real) or "") if passable else None

    def entries(self, folder: str) -> list[Entry]:
        """See `View`."""
        real, passable = self._walked(folder)
        name = self._name(real)
        if not passable or name is None or name not in self._folders:
            raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))
        return sorted(Entry(entry, kind) for entry, kind in self._folders[name].items())

    def kind(self, path: str) -> Kind | None:
        """See `View`."""
        real, passable = self._walked(path)
        if passable and self._holds(real):
            return "folder"
        found = self.listed(path)
        return None if found is None else found.kind

    def there(self, path: str) -> bool:
        """See `View`."""
        folder, _, last = path.rpartition("/")
        if last in {"", ".", ".."}:
            return self.kind(path) is not None
        real, passable = self._walked(folder or "/")
        above = f"{real.rstrip('/')}/{last}"
        return passable and (self._holds(above) or self._name(above) in self._listed)

    def real(self, path: str) -> str:
        """See `View`."""
        return self._walked(path)[0]
