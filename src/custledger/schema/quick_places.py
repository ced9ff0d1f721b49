"""Where things stand in a document that was read from its text, worked out when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from custledger.core.span import Span
from custledger.core.trouble import ensure
from custledger.parse.yaml.compose import compose_part
from custledger.parse.yaml.nodes import Mapping as MappingNode
from custledger.schema.places import spans_of


class Places(Mapping[str, Span]):
    """What `spans_of` gives for the same document: hardly anybody asks, and then for a key or two."""

    __slots__ = ("_all", "_file", "_line", "_text")

    def __init__(self, file: str, line: int, text: str) -> None:
        """`line` counts from 1; `text` is the document's."""
        self._file, self._line, self._text = file, line, text
        self._all: dict[str, Span] | None = None

    def __getitem__(self, key: str) -> Span:
        """A value that stands on its key's line is found by looking; for any other the document is composed."""
        if self._all is None:
            outer, _, inner = key.partition(".")
            text = self._text
            if f"\n{outer}:" not in text and not text.startswith(f"{outer}:"):
                raise KeyError(key)  # keys of such a document stand bare at the beginning of a line
            at = 0 if text.startswith(f"{outer}: ") else text.find(f"\n{outer}: ") + 1
            if at or text.startswith(f"{outer}: "):
                end = text.find("\n", at)
                value = text[at + len(outer) + 2 : len(text) if end < 0 else end]
                begin = _within(value, inner) if inner else 0
                if begin is not None:
                    line, column = self._line + text.count("\n", 0, at), len(outer) + 3 + begin
                    width = len(value) if not inner else _ends(value, begin) - begin
                    return Span(self._file, line, column, line, column + width)
        return self._every()[key]

    def _every(self) -> dict[str, Span]:
        if self._all is None:
            nodes = compose_part(self._file, self._text, self._line - 1)
            node = nodes[0] if nodes is not None and len(nodes) == 1 else None
            ensure(isinstance(node, MappingNode), "what was read from its text is one document")
            self._all = spans_of(node) if isinstance(node, MappingNode) else {}
        return self._all

    def __iter__(self) -> Iterator[str]:
        return iter(self._every())

    def __len__(self) -> int:
        return len(self._every())

    def __repr__(self) -> str:
        return repr(self._every())


def _within(flow: str, key: str) -> int | None:
    """Where the value of `key` begins in a flow mapping; None where that takes more than looking."""
    if '"' in flow or "'" in flow or "[" in flow:
        return None
    at = 1 if flow.startswith(f"{{{key}: ") else flow.find(f", {key}: ") + 2
    return None if at < 2 and not flow.startswith(f"{{{key}: ") else at + len(key) + 2  # noqa: PLR2004 - found nowhere


def _ends(flow: str, begin: int) -> int:
    """Where the plain scalar that begins there in a flow mapping ends."""
    comma = flow.find(", ", begin)
    return len(flow) - 1 if comma < 0 else comma
