"""Documents in plain block style, composed without the YAML library.

That takes longer to import than a book's settings to read. Covered are block mappings and lists, each value on its own
line, and comments. Anything else is refused, all of the document with it, and left to the library, which is the
specification; a test keeps the two equal.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from custledger.core.span import Span
from custledger.parse.yaml.build import NODES_MAX
from custledger.parse.yaml.nodes import Mapping, Node, Scalar, Sequence
from custledger.parse.yaml.one_line import Place, placed

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH_MAX = 16
LINE_MAX = 60_000
"""Characters: the library's nodes have a limit for scalars, and this is below it."""

_MARKER = "---\n"
_KEY = re.compile(r"(\w[\w.\-]{0,200}):(?: +(.*))?")


class Refused(Exception):  # noqa: N818 - no error: the library reads it
    """The document has something that is not covered here."""


class _Line(NamedTuple):
    """A line with something on it: its number, its indentation, and its text without blanks around it."""

    number: int
    indent: int
    text: str


def parts(text: str) -> Iterator[tuple[int, str]]:
    """The documents of a file's text, whose lines end with LF, and how many lines stand before each.

    `---` on a line of its own begins a document wherever it stands: no scalar, list or mapping reaches over it.
    """
    line = 0
    if text.startswith(_MARKER):
        text, line = text[len(_MARKER) :], 1
    pieces = text.split(f"\n{_MARKER}")
    for place, piece in enumerate(pieces, 1):
        yield line, piece if place == len(pieces) else f"{piece}\n"
        line += piece.count("\n") + 2


def plain_documents(file: str, text: str) -> tuple[Node, ...] | None:
    """All documents of a file, empty ones left out; None where one is not covered."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if nodes_at_most(text) > NODES_MAX:
        return None
    try:
        nodes = [plain_document(file, part, line) for line, part in parts(text)]
    except Refused:
        return None
    return tuple([node for node in nodes if node is not None])


def nodes_at_most(text: str) -> int:
    """A number that the nodes of a text in plain style do not exceed."""
    return 3 * text.count("\n") + 2 * text.count(",")


def plain_document(file: str, text: str, line: int) -> Node | None:
    """The document that `text` is, behind `line` lines of `file`; None where there is nothing in it.

    `text` is what `readable` found nothing wrong with, without `---`. Raises Refused.
    """
    lines = []
    for number, each in enumerate(text.split("\n"), line + 1):
        bare = each.strip(" ")
        if bare and bare[0] != "#":
            lines.append(_Line(number, len(each) - len(each.lstrip(" ")), bare))
            if len(bare) > LINE_MAX:
                raise Refused
    if not lines:
        return None
    if lines[0].indent:
        raise Refused
    node, at = _Reader(file, lines).block(0, 1)
    # A line that is further in than its block, as of a value that goes on, ends all blocks around it.
    if at != len(lines):
        raise Refused
    return node


class _Reader:
    def __init__(self, file: str, lines: list[_Line]) -> None:
        self.file = file
        self.lines = lines

    def block(self, at: int, depth: int) -> tuple[Node, int]:
        """The list or mapping that begins with line `at` of `lines`, and the line behind it."""
        if depth > DEPTH_MAX:
            raise Refused
        line = self.lines[at]
        if line.text.startswith("- "):
            return self._list(at, line.indent, depth)
        return self._mapping(at, line.indent, depth)

    def _mapping(self, at: int, indent: int, depth: int) -> tuple[Node, int]:
        lines, first = self.lines, self.lines[at]
        pairs: dict[str, tuple[Scalar, Node]] = {}
        node: Node
        while at < len(lines) and lines[at].indent == indent:
            line = lines[at]
            match = _KEY.fullmatch(line.text)
            if match is None or match[1] in pairs:
                raise Refused
            place = Place(self.file, line.number, indent + 1)
            text = match[2]
            at += 1
            if text is not None and text[0] != "#":
                start = match.start(2)
                node = self._value(text, place._replace(column=place.column + start))
            else:
                node, at = self._below(at, indent, depth)
            pairs[match[1]] = Scalar(match[1], place.span(0, len(match[1]))), node
        last = next(reversed(pairs.values()))[1].span
        span = Span(self.file, first.number, indent + 1, last.end_line, last.end_column)
        return Mapping(tuple(pairs.values()), span), at

    def _below(self, at: int, indent: int, depth: int) -> tuple[Node, int]:
        """What stands below a key that is indented so far: a block further in, or a list no further."""
        if at == len(self.lines):
            raise Refused
        line = self.lines[at]
        if line.indent > indent or (line.indent == indent and line.text.startswith("- ")):
            return self.block(at, depth + 1)
        raise Refused

    def _list(self, at: int, indent: int, depth: int) -> tuple[Node, int]:
        lines, first = self.lines, self.lines[at]
        items: list[Node] = []
        node: Node
        while at < len(lines) and lines[at].indent == indent and lines[at].text.startswith("- "):
            line = lines[at]
            text = line.text[2:]
            if _KEY.fullmatch(text):
                lines[at] = _Line(line.number, indent + 2, text)
                node, at = self.block(at, depth + 1)
            else:
                node = self._value(text, Place(self.file, line.number, indent + 3))
                at += 1
            items.append(node)
        last = items[-1].span
        return Sequence(tuple(items), Span(self.file, first.number, indent + 1, last.end_line, last.end_column)), at

    def _value(self, text: str, place: Place) -> Node:
        """The value that all of the text is, but for a comment behind it."""
        cut = len(text)
        while cut >= 0:
            node = placed(text[:cut].rstrip(" "), place) if cut < len(text) else placed(text, place)
            if node is not None:
                return node
            cut = text.find(" #", 0 if cut == len(text) else cut + 1)
        raise Refused
