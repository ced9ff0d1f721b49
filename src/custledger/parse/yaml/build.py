"""From events to nodes, refusing whatever the safe subset leaves out, each at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custledger.core.diagnostic import Related, problem
from custledger.core.frozen import field, mutable
from custledger.core.span import Span
from custledger.parse.yaml.nodes import Mapping, Node, Scalar, Sequence
from custledger.parse.yaml.readable import PROBLEMS_MAX

if TYPE_CHECKING:
    from collections.abc import Callable

    from custledger.core.diagnostic import Diagnostic

DEPTH_MAX = 32
SCALAR_MAX = 65_536
"""Characters of one scalar."""
NODES_MAX = 2_000_000
"""Nodes of one file: some 25,000 invoices."""


@mutable
class Draft:
    """A document being read: its first line, its node when done, and whether a part of it had to be left out."""

    line: int
    node: Node | None = None
    partial: bool = False
    lost: bool = False
    """Its node does not say what the text says: it must not be read on."""


@mutable
class _Frame:
    """A list or mapping being read. `key` is the key whose value comes next, `seen` the places of all keys."""

    mapping: bool
    line: int
    column: int
    items: list[Any] = field(default_factory=list)
    key: Scalar | None = None
    awaiting: bool = False
    seen: dict[str, Span] = field(default_factory=dict)
    last: Span | None = None


class Stop(Exception):  # noqa: N818 - no error of ours: the rest of a document cannot be read
    """Reading ends here; the problem is noted. `line` counts from 0 in the whole file."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class Builder:
    """Nodes of a file's documents from events; `offset` is how many lines of the file stand before the events'."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.offset = 0
        self.documents: list[Draft] = []
        self.diagnostics: list[Diagnostic] = []
        self.stack: list[_Frame] = []
        self.nodes = 0

    def read(self, next_event: Callable[[], Any], offset: int) -> None:
        """Take all events. Raises `Stop` after a problem that ends a document, and what `next_event` raises."""
        self.offset = offset
        self.stack.clear()
        handlers: dict[str, Callable[[Any], None]] = {
            "ScalarEvent": self._scalar,
            "MappingStartEvent": self._open,
            "SequenceStartEvent": self._open,
            "MappingEndEvent": self._close,
            "SequenceEndEvent": self._close,
            "AliasEvent": self._alias,
            "DocumentStartEvent": self._document,
        }
        while (event := next_event()) is not None:
            handler = handlers.get(type(event).__name__)
            if handler is not None:
                handler(event)

    def span(self, event: Any) -> Span:  # noqa: ANN401 - the YAML library is untyped
        """Where an event stands."""
        start, end, offset = event.start_mark, event.end_mark, self.offset + 1
        return Span(self.file, start.line + offset, start.column + 1, end.line + offset, end.column + 1)

    def _note(self, diagnostic: Diagnostic) -> None:
        """Note a problem; a file that has nothing else is read no further."""
        self.diagnostics.append(diagnostic)
        if len(self.diagnostics) > PROBLEMS_MAX:
            raise Stop(-1)

    def _feature(self, variant: str, span: Span, *, lost: bool, name: str = "") -> None:
        self.documents[-1].partial = True
        self.documents[-1].lost |= lost
        self._note(problem("yaml-feature", span, variant=variant, name=name))

    def _document(self, event: Any) -> None:  # noqa: ANN401
        line = event.start_mark.line + self.offset
        self.documents.append(Draft(line))
        if event.version is not None or event.tags:
            directive = Span(self.file, line + 1, 1, line + 1, 2)
            self._feature("directive", directive, lost=False)

    def _decorated(self, event: Any, span: Span) -> None:  # noqa: ANN401
        """Tags and anchors: the value below them is read all the same."""
        if event.anchor is not None:
            self._feature("anchor", span, lost=False, name=f"&{event.anchor}")
        if event.tag is not None and event.tag != "":
            self._feature("tag", span, lost=False, name=str(event.tag).replace("tag:yaml.org,2002:", "!!"))

    def _scalar(self, event: Any) -> None:  # noqa: ANN401
        start, end, offset = event.start_mark, event.end_mark, self.offset + 1
        span = Span(self.file, start.line + offset, start.column + 1, end.line + offset, end.column + 1)
        if event.anchor is not None or event.tag is not None:
            self._decorated(event, span)
        text = event.value
        if len(text) > SCALAR_MAX:
            self.diagnostics.append(problem("too-large", span, variant="scalar", limit=SCALAR_MAX))
            raise Stop(start.line + self.offset)
        self._add(Scalar(text, span, not event.style))

    def _alias(self, event: Any) -> None:  # noqa: ANN401
        span = self.span(event)
        self._feature("alias", span, lost=True, name=f"*{event.anchor}")
        self._add(Scalar("", span))

    def _open(self, event: Any) -> None:  # noqa: ANN401
        start = event.start_mark
        if event.anchor is not None or event.tag is not None:
            self._decorated(event, self.span(event))
        if len(self.stack) >= DEPTH_MAX:
            self.diagnostics.append(problem("too-deep", self.span(event), limit=DEPTH_MAX))
            raise Stop(start.line + self.offset)
        name = type(event).__name__
        self.stack.append(_Frame(name == "MappingStartEvent", start.line + self.offset + 1, start.column + 1))

    def _close(self, event: Any) -> None:  # noqa: ANN401
        frame = self.stack.pop()
        end = event.end_mark
        # A block's end mark runs past blank lines and comments: its last leaf's end is where it ends.
        if event.start_mark.column != end.column or event.start_mark.line != end.line or frame.last is None:
            end_line, end_column = end.line + self.offset + 1, end.column + 1
        else:
            end_line, end_column = frame.last.end_line, frame.last.end_column
        span = Span(self.file, frame.line, frame.column, end_line, end_column)
        self._add(Mapping(tuple(frame.items), span) if frame.mapping else Sequence(tuple(frame.items), span))

    def _add(self, node: Node) -> None:
        self.nodes += 1
        if self.nodes > NODES_MAX:
            self.diagnostics.append(problem("too-large", node.span, variant="nodes", limit=NODES_MAX))
            raise Stop(-1)
        if not self.stack:
            self.documents[-1].node = node
            return
        frame = self.stack[-1]
        frame.last = node.span
        if not frame.mapping:
            frame.items.append(node)
        elif frame.awaiting:
            frame.awaiting = False
            if frame.key is not None:
                frame.items.append((frame.key, node))
        else:
            frame.awaiting = True
            frame.key = self._key(node, frame)

    def _key(self, node: Node, frame: _Frame) -> Scalar | None:
        """The key that `node` is, or None where it cannot be one; its value is then left out."""
        if not isinstance(node, Scalar) or not node.text:
            self._feature("key", node.span, lost=True)
            return None
        if node.text == "<<" and node.plain:
            self._feature("merge-key", node.span, lost=True)
            return None
        first = frame.seen.setdefault(node.text, node.span)
        if first is not node.span:
            related = (Related(first, "first-defined"),)
            self.documents[-1].partial = True
            self._note(problem("duplicate-key", node.span, related=related, key=node.text[:80]))
            return None
        return node
