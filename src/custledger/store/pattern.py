"""The files that an include pattern stands for (`core.globs`), found in a tree of files.

As hledger 1.25 does: a folder that a pattern matches is an error (reading it refuses it); files come sorted by path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.globs import compiled, dots_agree, is_pattern
from custledger.core.trouble import WorldError
from custledger.store.view import DISK

if TYPE_CHECKING:
    from custledger.store.view import Entry, View

FOUND_MAX = 10_000
DEPTH_MAX = 32


def _entries(view: View, folder: str) -> list[Entry]:
    try:
        return view.entries(folder or "/")
    except OSError:
        return []


def _below(view: View, folder: str, depth: int = 0) -> list[str]:
    """`folder` and all folders below it, without those whose name begins with a dot; links are not followed."""
    found = [folder]
    if depth < DEPTH_MAX:
        for entry in _entries(view, folder):
            if not entry.name.startswith(".") and entry.kind == "folder":
                found += _below(view, f"{folder}/{entry.name}", depth + 1)
    return found


def _fitting(view: View, folder: str, component: str) -> list[str]:
    """What in `folder` one component of a pattern stands for."""
    if not is_pattern(component):
        path = f"{folder}/{component}"
        return [path] if view.there(path) else []
    regex = compiled(component)
    return [
        f"{folder}/{entry.name}"
        for entry in _entries(view, folder)
        if regex.fullmatch(entry.name) and dots_agree(component, entry.name)
    ]


def expand(path: str, view: View = DISK) -> list[str]:
    """The existing paths that the absolute `path`, a pattern or not, stands for; sorted, each once."""
    if not is_pattern(path):
        return [path] if view.there(path) else []
    folders = [""]
    components = path.split("/")[1:]
    for component in components[:-1]:
        if component == "**":
            folders = sorted({below for folder in folders for below in _below(view, folder)})
        else:
            fitting = [found for folder in folders for found in _fitting(view, folder, component)]
            folders = [found for found in fitting if view.kind(found) == "folder"]
    found = [path for folder in folders for path in _fitting(view, folder, components[-1])]
    if len(found) > FOUND_MAX:
        raise WorldError("files.include_too_many", pattern=path, limit=FOUND_MAX)
    return sorted(found)
