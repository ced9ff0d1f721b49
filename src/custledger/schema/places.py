"""Places of fields: where each key's value stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custledger.book.settings import Dated, Matching
from custledger.core.span import Span
from custledger.parse.yaml.nodes import Mapping, Node, Scalar

if TYPE_CHECKING:
    from collections.abc import Sequence


def start_of(node: Node) -> Span:
    """Where a node begins, for problems of it as a whole: a mapping's first key, a list's first sign."""
    if isinstance(node, Mapping) and node.items:
        return node.items[0][0].span
    span = node.span
    return span if isinstance(node, Scalar) else Span(span.file, span.line, span.column, span.line, span.column + 1)


def spans_of(node: Mapping) -> dict[str, Span]:
    """Of each key and of the keys of mappings one level down (`expect.total`)."""
    spans: dict[str, Span] = {}
    for key, value in node.items:
        spans[key.text] = value.span
        if type(value) is Mapping:
            for inner, child in value.items:
                spans[f"{key.text}.{inner.text}"] = child.span
    return spans


def key_span(node: Mapping, name: str) -> Span:
    """Of the key itself, or of the mapping's beginning where it is not there."""
    found = next((key.span for key, _ in node.items if key.text == name), None)
    return found or (node.items[0][0].span if node.items else node.span)


def has(node: Mapping, name: str) -> bool:
    """Whether the key is there with something behind it."""
    value = node.get(name)
    return value is not None and not (isinstance(value, Scalar) and value.plain and not value.text)


def meant(name: str, unknown: Sequence[str]) -> bool:
    """Whether one of the unknown keys looks like `name` misspelt: then `name` is not also missing."""
    if not unknown:
        return False
    from custledger.core.nearest import nearest

    return bool(nearest(name, unknown, most=1))


def items_at(node: Node | None) -> Sequence[Node]:
    """The items of a list, none where there is no list."""
    return () if node is None or isinstance(node, (Scalar, Mapping)) else node.items


def dated(versions: Sequence[dict[str, Any]], span: Span | None) -> Dated[Any]:
    """A dated value from its versions."""
    return Dated(tuple((version["from"], version["is"]) for version in versions), span or Span(""))


def matching(values: dict[str, Any]) -> Matching:
    """What reconciling may do, as the domain has it."""
    return Matching(**values)
