"""An entry of the activity log → `Activity`."""

from __future__ import annotations

from custledger.book.activity import Activity
from custledger.core.diagnostic import Diagnostic, problem
from custledger.core.nearest import nearest
from custledger.parse.yaml.nodes import Mapping, Node
from custledger.schema.activity_model import ActivityShape
from custledger.schema.places import has, key_span, spans_of
from custledger.schema.reading import read, start_of

_OPENING = ("kind", "customer", "invoices", "amount", "until")


def lower_activity(node: Node) -> tuple[Activity | None, list[Diagnostic]]:
    """The entry, or None and everything that is wrong with it."""
    shape, found = read(ActivityShape, node)
    if not isinstance(node, Mapping):
        return None, found
    found += _together(node)
    if found or shape is None:
        found.sort(key=lambda diagnostic: diagnostic.order)
        return None, found
    return (
        Activity(
            id=shape.id,
            kind=shape.kind or "",
            date=shape.date,
            customer=shape.customer,
            by=shape.by,
            invoices=shape.invoices,
            amount=shape.amount,
            until=shape.until,
            text=shape.text,
            closes=shape.closes,
            outcome=shape.outcome,
            span=node.span,
            spans=spans_of(node),
        ),
        [],
    )


def _together(node: Mapping) -> list[Diagnostic]:
    """A closing says what it closes and how; anything else says what it is and whom it is about."""
    if has(node, "closes"):
        return [
            problem("invalid-value", key_span(node, name), variant="closing-key", key=name)
            for name in _OPENING
            if has(node, name)
        ]
    unknown = [key.text for key, _ in node.items if key.text not in ActivityShape.model_fields]
    found = [
        problem("missing-key", start_of(node), key=name)
        for name in ("kind", "customer")
        if not has(node, name) and not nearest(name, unknown, most=1) and not nearest("closes", unknown, most=1)
    ]
    if has(node, "outcome") and not nearest("closes", unknown, most=1):
        found.append(problem("invalid-value", key_span(node, "outcome"), variant="outcome", key="outcome"))
    return found
