"""A customer's document → `Customer`."""

from __future__ import annotations

from custledger.book.customer import Contact, Customer
from custledger.core.diagnostic import Diagnostic, problem
from custledger.parse.yaml.nodes import Mapping, Node
from custledger.schema.customer_model import CustomerShape
from custledger.schema.places import bank_accounts, dated, filled, items_at, matching, spans_of
from custledger.schema.reading import read


def lower_customer(node: Node) -> tuple[Customer | None, list[Diagnostic]]:
    """The customer, or None and everything that is wrong with the document."""
    shape, found = read(CustomerShape, node)
    if shape is None or not isinstance(node, Mapping):
        return None, found
    for name in ("was", "pays_for"):
        for value, place in zip(getattr(shape, name), items_at(node.get(name)), strict=False):
            if value == shape.id:
                found.append(problem("invalid-value", place.span, variant="own-id", value=value, key=name))
    if shape.parent == shape.id:
        found.append(problem("invalid-value", spans_of(node)["parent"], variant="own-id", value=shape.id, key="parent"))
    return (None, found) if found else (_customer(shape, node), [])


def _customer(shape: CustomerShape, node: Mapping) -> Customer:
    spans = spans_of(node)
    return Customer(
        id=shape.id,
        name=shape.name,
        was=shape.was,
        aliases=shape.aliases,
        kind=shape.kind,
        status=shape.status,
        segment=shape.segment,
        industry=shape.industry,
        tags=shape.tags,
        parent=shape.parent,
        pays_for=shape.pays_for,
        tax_id=shape.tax_id,
        owner=shape.owner,
        language=shape.language,
        currency=dated(shape.currency, lambda version: version.value, spans.get("currency")),
        contacts=tuple(
            Contact(contact.name, contact.role, contact.email, contact.phone, contact.receives)
            for contact in shape.contacts
        ),
        address=filled(shape.address.model_dump()),
        bank_accounts=bank_accounts(shape.bank_accounts),
        terms=dated(shape.terms, lambda version: version.value, spans.get("terms")),
        prices=shape.prices,
        matching=matching(shape.matching),
        credit_limit=dated(shape.credit.limit, lambda version: version.value, spans.get("credit.limit")),
        reviewed=shape.reviewed,
        since=shape.since,
        note=shape.note,
        span=node.span,
        spans=spans,
    )
