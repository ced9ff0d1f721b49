"""An invoice's or credit note's document → `Invoice`."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from custledger.book.invoice import Instalment, Invoice, Line, Void
from custledger.core.diagnostic import Diagnostic, problem
from custledger.core.span import Span
from custledger.parse.yaml.nodes import Mapping, Node, Scalar
from custledger.schema.places import has, items_at, key_span, meant, spans_of, start_of
from custledger.schema.quick import INVOICE, REQUIRED, quick

CREDIT_NOTE = "credit-note"
_NOT_ON_CREDIT_NOTES = ("due", "instalments", "terms")


def lower_invoice(node: Node) -> tuple[Invoice | None, list[Diagnostic]]:
    """The document, or None and everything that is wrong with it.

    A credit note without `customer` has an empty one here: `documents` fills in that of what it corrects.
    """
    values = quick(INVOICE, REQUIRED["invoice"], node)
    found: list[Diagnostic] = []
    if values is None:
        from custledger.schema.invoice_model import InvoiceShape
        from custledger.schema.reading import as_dict, read

        shape, found = read(InvoiceShape, node)
        values = None if shape is None else as_dict(shape)
    if not isinstance(node, Mapping):
        return None, found
    found += _together(node)
    if values is not None:
        found += _instalments(values, node) + _void(values, node)
    if found or values is None:
        found.sort(key=lambda diagnostic: diagnostic.order)
        return None, found
    return _invoice(values, node), []


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
    unknown = [key.text for key, _ in node.items if key.text not in INVOICE]
    from_other = is_credit_note and (has(node, "corrects") or meant("corrects", unknown))
    if not has(node, "customer") and not from_other and not meant("customer", unknown):
        found.append(problem("missing-key", start_of(node), key="customer"))
    return found


def _excluded(node: Mapping, name: str, variant: str) -> Diagnostic:
    return problem("invalid-value", key_span(node, name), variant=variant, key=name)


def _instalments(values: dict[str, Any], node: Mapping) -> list[Diagnostic]:
    """Each has a share or an amount, all the same, and shares come to the whole."""
    instalments = values.get("instalments", ())
    found = [
        problem("invalid-value", start_of(place), variant="share-or-amount", key="instalments")
        for instalment, place in zip(instalments, items_at(node.get("instalments")), strict=False)
        if ("share" in instalment) == ("amount" in instalment)
    ]
    if found or not instalments:
        return found
    where = key_span(node, "instalments")
    shares = [instalment["share"] for instalment in instalments if "share" in instalment]
    if 0 < len(shares) < len(instalments):
        return [problem("invalid-value", where, variant="mixed-shares", key="instalments")]
    if shares and sum(map(Fraction, shares)) != 1:
        total = f"{sum(shares, Decimal(0)) * 100:.10f}".rstrip("0").rstrip(".")
        return [problem("invalid-value", where, variant="shares", key="instalments", sum=f"{total}%")]
    return []


def _void(values: dict[str, Any], node: Mapping) -> list[Diagnostic]:
    """Nothing is voided before it is there."""
    void, date = values.get("void"), values.get("date")
    if void is None or date is None or void["date"] >= date:
        return []
    where = spans_of(node).get("void.date") or key_span(node, "void")
    return [problem("invalid-value", where, variant="void-before", key="void", found=void["date"], date=date)]


_AS_THEY_ARE = (
    "number", "kind", "date", "due", "currency", "terms", "prices", "salesperson", "refs", "note", "corrects",
)  # fmt: skip


def _invoice(values: dict[str, Any], node: Mapping) -> Invoice:
    void = values.get("void")
    spans = spans_of(node)
    return Invoice(
        **{name: values[name] for name in _AS_THEY_ARE if name in values},
        customer=values.get("customer", ""),
        instalments=_parts(Instalment, values, node, "instalments"),
        lines=_lines(values, node),
        expect_total=values.get("expect", {}).get("total"),
        void=None if void is None else Void(**void, span=spans["void"]),
        span=node.span,
        spans=spans,
    )


def _lines(values: dict[str, Any], node: Mapping) -> tuple[Line, ...]:
    """Lines with their places, and those of their taxes."""
    places = items_at(node.get("lines"))
    return tuple(
        [
            Line(**line, span=place.span, span_tax=_place_of(place, "tax"))
            for line, place in zip(values.get("lines", ()), places, strict=True)
        ]
    )


def _place_of(node: Node, name: str) -> Span | None:
    found = node.get(name) if isinstance(node, Mapping) else None
    return None if found is None else found.span


def _parts(make: type[Any], values: dict[str, Any], node: Mapping, name: str) -> tuple[Any, ...]:
    """Parts with their places."""
    parts = values.get(name)
    if parts is None:
        return ()
    places = items_at(node.get(name))
    return tuple([make(**part, span=place.span) for part, place in zip(parts, places, strict=True)])
