"""The files that an include pattern stands for (`core.globs`), found on the disk.

As hledger 1.25 does: a folder that a pattern matches is an error (reading it refuses it); files come sorted by path.
"""

from __future__ import annotations

import os

from custledger.core.globs import compiled, dots_agree, is_pattern
from custledger.core.trouble import WorldError

FOUND_MAX = 10_000
DEPTH_MAX = 32


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder or "/") as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError:
        return []


def _below(folder: str, depth: int = 0) -> list[str]:
    """`folder` and all folders below it, without those whose name begins with a dot; links are not followed."""
    found = [folder]
    if depth < DEPTH_MAX:
        for entry in _entries(folder):
            if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False):
                found += _below(f"{folder}/{entry.name}", depth + 1)
    return found


def expand(path: str) -> list[str]:
    """The existing paths that the absolute `path`, a pattern or not, stands for; sorted, each once."""
    if not is_pattern(path):
        return [path] if os.path.lexists(path) else []
    folders = [""]
    components = path.split("/")[1:]
    for component in components[:-1]:
        if component == "**":
            folders = sorted({below for folder in folders for below in _below(folder)})
        elif is_pattern(component):
            regex = compiled(component)
            folders = [
                f"{folder}/{entry.name}"
                for folder in folders
                for entry in _entries(folder)
                if regex.fullmatch(entry.name) and dots_agree(component, entry.name) and entry.is_dir()
            ]
        else:
            folders = [joined for folder in folders if os.path.isdir(joined := f"{folder}/{component}")]
    last = components[-1]
    if not is_pattern(last):
        found = [joined for folder in folders if os.path.lexists(joined := f"{folder}/{last}")]
    else:
        regex = compiled(last)
        found = [
            f"{folder}/{entry.name}"
            for folder in folders
            for entry in _entries(folder)
            if regex.fullmatch(entry.name) and dots_agree(last, entry.name)
        ]
    if len(found) > FOUND_MAX:
        raise WorldError("files.include_too_many", pattern=path, limit=FOUND_MAX)
    return sorted(found)
