"""A plain value seems to have been changed under documents that rely on it.

## What
`terms` and `currency` of a customer or of the book may be a plain value, valid since ever. Here the plain value
is one, every document of the customer up to that day that states its own says another, and a document that states
none relies on the plain value. For `credit.limit` the last entry `credit-limit` of the activity log says another.

Only the text of today is compared: a change that no document bears witness of cannot be seen.

## Why
Documents that the tool writes state what held on their day. Where all of them say `net 30` and the profile says
`net 60`, the profile was changed without a date, and older invoices that leave their terms out are due later than
the customer was told.

## Example
```yaml
id: blueocean
name: 上海蓝海贸易有限公司
terms: net 60
```
```yaml
number: INV-1
customer: blueocean
date: 2026-01-10
terms: net 30
lines: [{text: bearings, price: 100.00}]
---
number: INV-2
customer: blueocean
date: 2026-01-20
lines: [{text: bearings, price: 100.00}]
```

## Instead
Say from when the new value holds: `terms: [{from: 2023-04-01, is: net 30}, {from: 2026-06-01, is: net 60}]`. If
it always was the plain one, state it in the document that relies on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from custledger.check._rule import Check
from custledger.check._text import Texts
from custledger.core.diagnostic import Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.book.customer import Customer
    from custledger.book.invoice import Invoice
    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic
    from custledger.core.span import Span


class Plain(NamedTuple):
    """A plain value and where it stands."""

    field: str
    value: str
    span: Span


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem a plain value, at the value."""
    texts = Texts(checked.read)
    by_customer: dict[str, list[Invoice]] = {}
    for invoice in sorted(checked.invoices, key=lambda i: (i.date, i.number)):
        by_customer.setdefault(invoice.customer, []).append(invoice)
    told: set[Span] = set()
    for customer in checked.customers:
        documents = [i for name in (customer.id, *customer.was) for i in by_customer.get(name, ())]
        documents.sort(key=lambda i: (i.date, i.number))
        for plain in _plain(checked, texts, customer):
            found = _witness(plain, documents)
            if found and plain.span not in told:
                told.add(plain.span)
                witness, relying = found
                yield CHECK.at(
                    plain.span,
                    related=[Related(witness.span, "states-other"), Related(relying.span, "relies")],
                    field=plain.field,
                    value=plain.value,
                    other=_stated(witness, plain.field),
                    witness=witness.number,
                    name=relying.number,
                )
        yield from _limit(checked, texts, customer)


def _plain(checked: Checked, texts: Texts, customer: Customer) -> Iterator[Plain]:
    """The plain values that the customer's documents rely on: its own, else the book's."""
    for field in ("terms", "currency"):
        for holder in (customer, checked.settings):
            dated = getattr(holder, field)
            if not dated.versions:
                continue
            if not dated.changes:
                value = dated.versions[0][1]
                span = dated.span if dated.span.file else texts.of(holder, field)
                yield Plain(field, getattr(value, "text", value), span)
            break


def _stated(invoice: Invoice, field: str) -> str | None:
    value = invoice.terms.text if field == "terms" and invoice.terms else getattr(invoice, field)
    return value or None


def _fixed(invoice: Invoice) -> bool:
    """Whether a document says when it is due, so that terms decide nothing."""
    return invoice.due is not None or bool(invoice.instalments)


def _witness(plain: Plain, documents: list[Invoice]) -> tuple[Invoice, Invoice] | None:
    """The last document that states another value, and the first later one (or of the same day) that relies."""
    witness: Invoice | None = None
    for document in documents:
        stated = _stated(document, plain.field)
        if stated == plain.value:
            return None
        if stated:
            witness = document
        elif witness and document.kind == "invoice" and not (plain.field == "terms" and _fixed(document)):
            return witness, document
    return None


def _limit(checked: Checked, texts: Texts, customer: Customer) -> Iterator[Diagnostic]:
    dated = customer.credit_limit
    if not dated.versions or dated.changes:
        return
    names = (customer.id, *customer.was)
    logged = [
        a for a in checked.activities if a.kind == "credit-limit" and a.customer in names and a.amount is not None
    ]
    last = max(logged, key=lambda a: (a.date, a.id), default=None)
    value = dated.versions[0][1]
    if last is not None and last.amount != value:
        span = dated.span if dated.span.file else texts.of(customer, "credit.limit")
        related = [Related(last.span, "states-other")]
        yield CHECK.at(span, "limit", related=related, value=value, other=last.amount, date=last.date, name=last.id)


CHECK = Check(name="undated-change", stage="book", severity=Severity.WARNING, run=run)
