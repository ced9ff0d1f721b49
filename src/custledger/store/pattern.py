"""Include patterns as hledger reads them (the Haskell library Glob): `*` `?` `[…]` within a name, `**/` for folders.

Measured with hledger 1.25: nothing but a pattern's own dot matches a leading dot; `**` that is not a whole
component is `*`; a folder that a pattern matches is an error (reading it refuses it); files come sorted by path.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache

from custledger.core.trouble import WorldError

_MAGIC = re.compile(r"[*?\[<]")
FOUND_MAX = 10_000
DEPTH_MAX = 32


def is_pattern(text: str) -> bool:
    """Whether `text` is more than one file's path."""
    return bool(_MAGIC.search(text))


@lru_cache(maxsize=256)
def _compiled(component: str) -> re.Pattern[str]:
    out: list[str] = []
    at = 0
    while at < len(component):
        char = component[at]
        at += 1
        if char == "*":
            out.append("[^/]*")
            while component[at : at + 1] == "*":
                at += 1
        elif char == "?":
            out.append("[^/]")
        elif (
            char == "[" and (end := component.find("]", at + 2 if component[at : at + 1] in ("!", "^") else at + 1)) > 0
        ):
            body = component[at:end]
            negated = body[:1] in ("!", "^")
            inner = re.sub(r"([\\\]\[^&~|])", r"\\\1", body[1:] if negated else body)
            out.append(f"[{'^' if negated else ''}{inner}]")
            at = end + 1
        elif char == "<":
            raise WorldError("files.pattern_not_supported", pattern=component)
        else:
            out.append(re.escape(char))
    try:
        return re.compile("".join(out), re.DOTALL)
    except re.error as error:
        raise WorldError("files.pattern_not_supported", pattern=component) from error


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
            regex = _compiled(component)
            folders = [
                f"{folder}/{entry.name}"
                for folder in folders
                for entry in _entries(folder)
                if regex.fullmatch(entry.name) and _dots_agree(component, entry.name) and entry.is_dir()
            ]
        else:
            folders = [joined for folder in folders if os.path.isdir(joined := f"{folder}/{component}")]
    last = components[-1]
    if not is_pattern(last):
        found = [joined for folder in folders if os.path.lexists(joined := f"{folder}/{last}")]
    else:
        regex = _compiled(last)
        found = [
            f"{folder}/{entry.name}"
            for folder in folders
            for entry in _entries(folder)
            if regex.fullmatch(entry.name) and _dots_agree(last, entry.name)
        ]
    if len(found) > FOUND_MAX:
        raise WorldError("files.include_too_many", pattern=path, limit=FOUND_MAX)
    return sorted(found)


def _dots_agree(component: str, name: str) -> bool:
    return not name.startswith(".") or component.startswith(".")


def matches(pattern: str, name: str) -> bool:
    """Whether the path `name` is one that `pattern` stands for; both are relative to the same folder."""
    return _matches(pattern.split("/"), name.split("/"))


def _matches(patterns: list[str], names: list[str]) -> bool:
    if not patterns or not names:
        return not patterns and not names
    first, rest = patterns[0], patterns[1:]
    if first == "**" and rest:
        below = not names[0].startswith(".") and _matches(patterns, names[1:])
        return below or _matches(rest, names)
    fits = bool(_compiled(first).fullmatch(names[0])) and _dots_agree(first, names[0])
    return (fits if is_pattern(first) else first == names[0]) and _matches(rest, names[1:])
