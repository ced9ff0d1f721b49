"""Include patterns as hledger reads them (the Haskell library Glob): `*` `?` `[…]` within a name, `**/` for folders.

Measured with hledger 1.25: nothing but a pattern's own dot matches a leading dot; `**` that is not a whole
component is `*`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from custledger.core.trouble import WorldError

_MAGIC = re.compile(r"[*?\[<]")


def is_pattern(text: str) -> bool:
    """Whether `text` is more than one file's path."""
    return bool(_MAGIC.search(text))


@lru_cache(maxsize=256)
def compiled(component: str) -> re.Pattern[str]:
    """One component of a pattern as a regular expression. Raises WorldError for what we do not support."""
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


def dots_agree(component: str, name: str) -> bool:
    """Whether a name with a leading dot may match: only a component with one of its own."""
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
    fits = bool(compiled(first).fullmatch(names[0])) and dots_agree(first, names[0])
    return (fits if is_pattern(first) else first == names[0]) and _matches(rest, names[1:])
