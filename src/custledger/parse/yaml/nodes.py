"""YAML as nodes: every scalar is text, every node and key has its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Union

from custledger.core.frozen import frozen

if TYPE_CHECKING:
    from custledger.core.diagnostic import Diagnostic
    from custledger.core.span import Span


# Named tuples, because a book has millions of them and they are three times quicker to make than dataclasses.
class Scalar(NamedTuple):
    """A scalar's text as YAML reads it (quotes and folding done), before any type."""

    text: str
    span: Span
    plain: bool = True
    """Written without quotes and not as a block: an empty plain scalar means "nothing"."""


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    span: Span


class Mapping(NamedTuple):
    """A mapping with text keys, in order, none twice."""

    items: tuple[tuple[Scalar, Node], ...]
    span: Span

    def get(self, key: str) -> Node | None:
        """The value of `key`, or None."""
        return next((value for name, value in self.items if name.text == key), None)


Node = Union[Scalar, Sequence, Mapping]


@frozen
class YamlFile:
    """One file: its documents (empty ones left out) and its problems. A broken document hides no other.

    `broken` are the stretches that no node stands for, or only a part of what is written there: what they
    would have defined must not be reported missing elsewhere. A document with a key twice is in both.
    """

    file: str
    documents: tuple[Node, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    broken: tuple[Span, ...] = ()
