"""An invoice is due before its own date.

## What
The due date of an invoice, of one of its instalments or of a charge in a journal lies before the day on which the
claim arose.

## Why
Usually a slip in the month or year. The invoice counts as overdue from its first day, and the customer is dunned.

## Example
```yaml
number: INV-2026-0002
customer: blueocean
date: 2026-01-20
due: 2025-02-19
lines: [{text: bearings, price: 850.00}]
```

## Instead
Correct the due date (here 2026-02-19). For an item taken over from another system, write beside it when the claim
arose: `due:2025-02-19, dated:2025-01-20`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.check._places import tag_span, transaction_of
from custledger.check._rule import Check
from custledger.check._text import Texts
from custledger.core.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.book.entry import Charge
    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic
    from custledger.core.span import Span


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem a charge; opening charges without `dated:` are older than their entry and are left alone."""
    texts = Texts(checked.read)
    told: set[Span] = set()
    for charge in checked.book.charges:
        if charge.date_due >= charge.date_claim or (charge.kind == "opening" and charge.date_claim == charge.date):
            continue
        span = _place(checked, texts, charge)
        if span not in told:
            told.add(span)
            yield CHECK.at(span, name=charge.name, due=charge.date_due, date=charge.date_claim)


def _place(checked: Checked, texts: Texts, charge: Charge) -> Span:
    """The due date's own place, as far as it is written down."""
    document = checked.book.invoices.get(charge.document or "")
    due = charge.date_due.isoformat()
    if document and charge.instalment and charge.instalment <= len(document.instalments):
        part = document.instalments[charge.instalment - 1]
        return texts.find(due, part.span if part.span.line else document.span)
    if document:
        return texts.of(document, "due", due)
    return tag_span(transaction_of(checked.journal, charge), charge.span, ("due",), due)


CHECK = Check(name="due-before-date", stage="book", severity=Severity.WARNING, run=run)
