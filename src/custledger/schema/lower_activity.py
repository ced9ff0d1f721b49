"""An entry of the activity log → `Activity`."""

from __future__ import annotations

from custledger.book.activity import Activity
from custledger.core.diagnostic import Diagnostic, problem
from custledger.parse.yaml.nodes import Mapping, Node
from custledger.schema.places import has, key_span, meant, spans_of, start_of
from custledger.schema.quick import ACTIVITY, REQUIRED, quick

_OPENING = ("kind", "customer", "invoices", "amount", "until")


def lower_activity(node: Node) -> tuple[Activity | None, list[Diagnostic]]:
    """The entry, or None and everything that is wrong with it."""
    values = quick(ACTIVITY, REQUIRED["activity"], node)
    found: list[Diagnostic] = []
    if values is None:
        from custledger.schema.activity_model import ActivityShape
        from custledger.schema.reading import as_dict, read

        shape, found = read(ActivityShape, node)
        values = None if shape is None else as_dict(shape)
    if not isinstance(node, Mapping):
        return None, found
    found += _together(node)
    if found or values is None:
        found.sort(key=lambda diagnostic: diagnostic.order)
        return None, found
    return Activity(**{"kind": "", **values}, span=node.span, spans=spans_of(node)), []


def _together(node: Mapping) -> list[Diagnostic]:
    """A closing says what it closes and how; anything else says what it is and whom it is about."""
    if has(node, "closes"):
        return [
            problem("invalid-value", key_span(node, name), variant="closing-key", key=name)
            for name in _OPENING
            if has(node, name)
        ]
    unknown = [key.text for key, _ in node.items if key.text not in ACTIVITY]
    found = [
        problem("missing-key", start_of(node), key=name)
        for name in ("kind", "customer")
        if not has(node, name) and not meant(name, unknown) and not meant("closes", unknown)
    ]
    if has(node, "outcome") and not meant("closes", unknown):
        found.append(problem("invalid-value", key_span(node, "outcome"), variant="outcome", key="outcome"))
    return found
