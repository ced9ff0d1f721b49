"""An invoice's or credit note's document → `Invoice`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from custledger.book.invoice import Instalment, Invoice, Line, Void
from custledger.core.diagnostic import Diagnostic, problem
from custledger.core.nearest import nearest
from custledger.parse.yaml.nodes import Mapping, Node, Scalar
from custledger.schema.invoice_model import InvoiceShape
from custledger.schema.places import has, items_at, key_span, spans_of
from custledger.schema.reading import read, start_of

if TYPE_CHECKING:
    from custledger.core.span import Span

CREDIT_NOTE = "credit-note"
_NOT_ON_CREDIT_NOTES = ("due", "instalments", "terms")


def lower_invoice(node: Node) -> tuple[Invoice | None, list[Diagnostic]]:
    """The document, or None and everything that is wrong with it.

    A credit note without `customer` has an empty one here: `documents` fills in that of what it corrects.
    """
    shape, found = read(InvoiceShape, node)
    if not isinstance(node, Mapping):
        return None, found
    found += _together(node)
    if shape is not None:
        found += _instalments(shape, node)
    if found or shape is None:
        found.sort(key=lambda diagnostic: diagnostic.order)
        return None, found
    return _invoice(shape, node), []


def _together(node: Mapping) -> list[Diagnostic]:
    """Keys that do not go together, by what is written."""
    kind = node.get("kind")
    is_credit_note = isinstance(kind, Scalar) and kind.text == CREDIT_NOTE
    found = []
    if is_credit_note:
        found += [_excluded(node, name, "credit-note-key") for name in _NOT_ON_CREDIT_NOTES if has(node, name)]
    elif has(node, "corrects"):
        found.append(_excluded(node, "corrects", "invoice-key"))
    elif has(node, "due") and has(node, "instalments"):
        found.append(_excluded(node, "instalments", "due-and-instalments"))
    unknown = [key.text for key, _ in node.items if key.text not in InvoiceShape.model_fields]
    from_other = is_credit_note and (has(node, "corrects") or nearest("corrects", unknown, most=1))
    if not has(node, "customer") and not from_other and not nearest("customer", unknown, most=1):
        found.append(problem("missing-key", start_of(node), key="customer"))
    return found


def _excluded(node: Mapping, name: str, variant: str) -> Diagnostic:
    return problem("invalid-value", key_span(node, name), variant=variant, key=name)


def _instalments(shape: InvoiceShape, node: Mapping) -> list[Diagnostic]:
    """Each has a share or an amount, all the same, and shares come to the whole."""
    found = []
    kinds = set()
    for instalment, place in zip(shape.instalments, items_at(node.get("instalments")), strict=False):
        if (instalment.share is None) == (instalment.amount is None):
            found.append(problem("invalid-value", start_of(place), variant="share-or-amount", key="instalments"))
        kinds.add(instalment.share is None)
    if found or not shape.instalments:
        return found
    where = key_span(node, "instalments")
    if len(kinds) > 1:
        return [problem("invalid-value", where, variant="mixed-shares", key="instalments")]
    total = sum((instalment.share or Decimal(0) for instalment in shape.instalments), Decimal(0))
    if True not in kinds and total != 1:
        shown = f"{total * 100:f}".rstrip("0").rstrip(".") if "." in f"{total * 100:f}" else f"{total * 100:f}"
        return [problem("invalid-value", where, variant="shares", key="instalments", sum=f"{shown}%")]
    return []


def _invoice(shape: InvoiceShape, node: Mapping) -> Invoice:
    refs = shape.refs
    named = {"po": refs.po, "contract": refs.contract, "delivery": refs.delivery, "tax_invoice": refs.tax_invoice}
    void = shape.void
    return Invoice(
        number=shape.number,
        kind=shape.kind,
        customer=shape.customer or "",
        date=shape.date,
        due=shape.due,
        instalments=_parts(shape, node) if shape.instalments else (),
        currency=shape.currency,
        terms=shape.terms,
        prices=shape.prices,
        salesperson=shape.salesperson,
        refs={key: values for key, values in named.items() if values},
        lines=_lines(shape, node),
        note=shape.note,
        expect_total=shape.expect.total,
        corrects=shape.corrects,
        void=None if void is None else Void(date=void.date, reason=void.reason, span=_span(node, "void")),
        span=node.span,
        spans=spans_of(node),
    )


def _span(node: Mapping, name: str) -> Span:
    value = node.get(name)
    return node.span if value is None else value.span


def _lines(shape: InvoiceShape, node: Mapping) -> tuple[Line, ...]:
    return tuple(
        Line(
            text=line.text,
            item=line.item,
            quantity=line.quantity,
            unit=line.unit,
            price=line.price,
            discount=line.discount,
            tax=line.tax,
            account=line.account,
            span=place.span,
        )
        for line, place in zip(shape.lines, items_at(node.get("lines")), strict=True)
    )


def _parts(shape: InvoiceShape, node: Mapping) -> tuple[Instalment, ...]:
    return tuple(
        Instalment(due=part.due, share=part.share, amount=part.amount, text=part.text, span=place.span)
        for part, place in zip(shape.instalments, items_at(node.get("instalments")), strict=True)
    )
