"""Values that stand on one line, read without the YAML library: what people and this program usually write.

Everything that takes a second thought (escapes, comments, keys of flow mappings in quotes, values over several lines)
is refused, and so left to the library, which is the specification.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from custledger.core.span import Span
from custledger.parse.yaml.nodes import Mapping, Node, Scalar, Sequence

DEPTH_MAX = 4
"""Flow lists and mappings within each other: documents need two."""

_INDICATORS = frozenset(["", *"-?:,[]{}#&*!|>'\"%@` "])
_QUOTES = frozenset("\"'")
_OPENING = frozenset("[{")
_AFTER_DASH = frozenset(["", " "])
_NOWHERE = Span("")
_FLOW_PLAIN = re.compile(r"""(?:[^ \-?:,\[\]{}#&*!|>'"%@`]|-(?=[0-9]))(?:[^ ,\[\]{}:#]|:(?=\w)| (?=[^ ,\[\]{}:#]))*""")
_FLOW_QUOTED = re.compile(r""""([^"\\]*)"|'([^']*)'""")
_FLOW_KEY = re.compile(r"(\w[\w.\-]*): ")


class Place(NamedTuple):
    """Where a text begins."""

    file: str = ""
    line: int = 0
    column: int = 1

    def span(self, start: int, end: int) -> Span:
        """The place of a stretch of the text."""
        return Span(self.file, self.line, self.column + start, self.line, self.column + end)


_START = Place()


def scalar(text: str) -> str | None:
    """What the scalar says that stands behind `key: ` or `- `; None where that takes the whole language.

    It is plain or quoted, and never plain and empty.
    """
    first = text[:1]
    if first in _INDICATORS:
        if first in _QUOTES:
            inner = text[1:-1]
            whole = len(text) > 1 and text[-1] == first and first not in inner and "\\" not in inner
            return inner if whole else None
        if first != "-" or text[1:2] in _AFTER_DASH:
            return None
    return None if ": " in text or " #" in text or text[-1] in ": " else text


def value(text: str, column: int | None = None) -> Node | None:
    """The node that all of `text` stands for; None as for `scalar`.

    Within a list or mapping that begins in `column` nodes have their columns; nothing else has a place.
    """
    if text[:1] in _OPENING:
        return _whole(text, _START if column is None else Place(column=column))
    said = scalar(text)
    return None if said is None else Scalar(said, _NOWHERE, text[0] not in _QUOTES)


def placed(text: str, place: Place) -> Node | None:
    """The same, with places."""
    if text[:1] in _OPENING:
        return _whole(text, place)
    said = scalar(text)
    return None if said is None else Scalar(said, place.span(0, len(text)), text[0] not in _QUOTES)


def _whole(text: str, place: Place) -> Node | None:
    found = _flow(text, 0, place, 1)
    return found[0] if found is not None and found[1] == len(text) else None


def flow_scalar(text: str) -> str | None:
    """The same for all of the text behind a key within a flow mapping."""
    match = (_FLOW_QUOTED if text[:1] in _QUOTES else _FLOW_PLAIN).fullmatch(text)
    if match is None:
        return None
    return text if match.lastindex is None else match[match.lastindex]


def _flow(text: str, at: int, place: Place, depth: int) -> tuple[Node, int] | None:
    """The value at `at`, within a flow list or mapping, and where it ends."""
    first = text[at : at + 1]
    if first in _OPENING:
        return _collection(text, at, place, depth) if depth <= DEPTH_MAX else None
    match = (_FLOW_QUOTED if first in _QUOTES else _FLOW_PLAIN).match(text, at)
    if match is None:
        return None
    end = match.end()
    said = match[0] if match.lastindex is None else match[match.lastindex]
    return Scalar(said, place.span(at, end), match.lastindex is None), end


def _collection(text: str, at: int, place: Place, depth: int) -> tuple[Node, int] | None:
    """The list or mapping at `at`, `, ` between its items, no blanks within its brackets."""
    start, closing = at, "]" if text[at] == "[" else "}"
    items: list[Node] = []
    pairs: list[tuple[Scalar, Node]] = []
    at += 1
    while text[at : at + 1] != closing:
        if at > start + 1:
            if text[at : at + 2] != ", ":
                return None
            at += 2
        key: Scalar | None = None
        if closing == "}":
            match = _FLOW_KEY.match(text, at)
            if match is None or any(match[1] == before.text for before, _ in pairs):
                return None
            key = Scalar(match[1], place.span(at, at + len(match[1])))
            at = match.end()
        found = _flow(text, at, place, depth + 1)
        if found is None:
            return None
        if key is None:
            items.append(found[0])
        else:
            pairs.append((key, found[0]))
        at = found[1]
    span = place.span(start, at + 1)
    return (Sequence(tuple(items), span) if closing == "]" else Mapping(tuple(pairs), span)), at + 1
