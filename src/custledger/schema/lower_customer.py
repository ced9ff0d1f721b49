"""A customer's document → `Customer`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custledger.book.customer import Contact, Customer
from custledger.core.diagnostic import Diagnostic, problem
from custledger.parse.yaml.nodes import Mapping, Node
from custledger.schema.places import dated, items_at, matching, spans_of
from custledger.schema.quick import CUSTOMER, REQUIRED, quick

if TYPE_CHECKING:
    from collections.abc import Mapping as Places

    from custledger.core.span import Span

_AS_THEY_ARE = (
    "id", "name", "was", "aliases", "kind", "status", "segment", "industry", "tags", "parent", "pays_for", "tax_id",
    "owner", "language", "prices", "reviewed", "since", "note", "address", "bank_accounts",
)  # fmt: skip


def lower_customer(node: Node) -> tuple[Customer | None, list[Diagnostic]]:
    """The customer, or None and everything that is wrong with the document."""
    values = quick(CUSTOMER, REQUIRED["customer"], node)
    if values is None:
        from custledger.schema.customer_model import CustomerShape
        from custledger.schema.reading import as_dict, read

        shape, found = read(CustomerShape, node)
        if shape is None:
            return None, found
        values = as_dict(shape)
    if not isinstance(node, Mapping):
        return None, []
    wrong = _own_ids(values, node)
    return (None, wrong) if wrong else (customer_of(values, node.span, spans_of(node)), [])


def _own_ids(values: dict[str, Any], node: Mapping) -> list[Diagnostic]:
    """Nobody is their own parent, payer or former self."""
    own = values["id"]
    places = [
        (name, place.span)
        for name in ("was", "pays_for")
        for value, place in zip(values.get(name, ()), items_at(node.get(name)), strict=False)
        if value == own
    ]
    if values.get("parent") == own:
        places.append(("parent", spans_of(node)["parent"]))
    found = [problem("invalid-value", span, variant="own-id", value=own, key=name) for name, span in places]
    return sorted(found, key=lambda one: one.order)


def customer_of(values: dict[str, Any], span: Span, spans: Places[str, Span]) -> Customer:
    """The customer that has these values; `spans` are the places of its keys' values."""
    return Customer(
        **{name: values[name] for name in _AS_THEY_ARE if name in values},
        currency=dated(values.get("currency", ()), spans.get("currency")),
        contacts=tuple(Contact(**contact) for contact in values.get("contacts", ())),
        terms=dated(values.get("terms", ()), spans.get("terms")),
        matching=matching(values.get("matching", {})),
        credit_limit=dated(values.get("credit", {}).get("limit", ()), spans.get("credit.limit")),
        span=span,
        spans=spans,
    )
