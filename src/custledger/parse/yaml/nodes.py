"""YAML as nodes: every scalar is text, every node and key has its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

if TYPE_CHECKING:
    from custledger.core.diagnostic import Diagnostic
    from custledger.core.span import Span


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar's text as YAML reads it (quotes and folding done), before any type."""

    text: str
    span: Span
    plain: bool = True
    """Written without quotes and not as a block: an empty plain scalar means "nothing"."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping with text keys, in order, none twice."""

    items: tuple[tuple[Scalar, Node], ...]
    span: Span

    def get(self, key: str) -> Node | None:
        """The value of `key`, or None."""
        return next((value for name, value in self.items if name.text == key), None)


Node = Union[Scalar, Sequence, Mapping]


@dataclass(frozen=True, slots=True)
class YamlFile:
    """One file: its documents (empty ones left out) and its problems. A broken document hides no other."""

    file: str
    documents: tuple[Node, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    broken: tuple[Span, ...] = ()
