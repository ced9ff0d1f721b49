"""Places of fields: where each key's value stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from custledger.book.settings import Dated, Matching
from custledger.core.span import Span
from custledger.parse.yaml.nodes import Mapping, Node, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from custledger.schema.fields import Version
    from custledger.schema.settings_model import BankAccount, MatchingShape

T = TypeVar("T")
V = TypeVar("V", bound="Version")


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


def items_at(node: Node | None) -> Sequence[Node]:
    """The items of a list, none where there is no list."""
    return () if node is None or isinstance(node, (Scalar, Mapping)) else node.items


def dated(versions: Sequence[V], value: Callable[[V], T], span: Span | None) -> Dated[T]:
    """A dated value from its versions."""
    return Dated(tuple((version.since, value(version)) for version in versions), span or Span(""))


def matching(shape: MatchingShape) -> Matching:
    """What reconciling may do, as the domain has it."""
    return Matching(
        fifo=shape.fifo,
        rival_size=shape.rival_size,
        set_size=shape.set_size,
        coincidence=shape.coincidence,
        tolerance=shape.tolerance,
        bank_fee=shape.bank_fee,
        withholding=shape.withholding,
        fx_tolerance=shape.fx_tolerance,
    )


def bank_accounts(shapes: Sequence[BankAccount]) -> tuple[dict[str, str], ...]:
    """Bank accounts with the keys that are there."""
    return tuple(filled(shape.model_dump()) for shape in shapes)


def filled(values: dict[str, str]) -> dict[str, str]:
    """Without the empty ones."""
    return {key: value for key, value in values.items() if value}
