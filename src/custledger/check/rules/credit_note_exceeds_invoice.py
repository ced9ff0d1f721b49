"""Credit notes give back more than the invoice charged.

## What
The credit notes that correct one invoice come together to more than the invoice's total.

## Why
The rest settles nothing and stays with the customer as credit: mostly a quantity or price was mistyped, or a
credit note entered twice.

## Example
```yaml
number: INV-2026-0002
customer: blueocean
date: 2026-01-20
lines: [{text: bearings, quantity: 10, price: 8.50}]
---
kind: credit-note
number: CN-2026-0001
corrects: INV-2026-0002
date: 2026-01-25
lines: [{text: bearings returned, quantity: 100, price: 8.50}]
```

## Instead
Correct the credit note. If more is meant to be given back than this invoice charged, write a second credit note
without `corrects:` for the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.check._rule import Check
from custledger.core.diagnostic import Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.book.entry import Charge
    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem an invoice, at the credit note (by date) with which it is exceeded."""
    charges: dict[str, list[Charge]] = {}
    for charge in checked.book.charges:
        for number in dict.fromkeys((charge.number, charge.document)):
            if number:
                charges.setdefault(number, []).append(charge)
    given: dict[str, int] = {}
    commodities = checked.book.commodities
    for note in sorted(checked.book.credits, key=lambda c: c.order):
        target = charges.get(note.corrects or "", [])
        if note.kind != "credit-note" or not target or target[0].money.commodity != note.money.commodity:
            continue
        corrects = note.corrects or ""
        total = target[0].money._replace(minor=sum(charge.money.minor for charge in target))
        before = given.get(corrects, 0)
        given[corrects] = before + note.money.minor
        if before <= total.minor < given[corrects]:
            yield CHECK.at(
                note.span,
                "together" if before else "",
                related=[Related(target[0].span, "charge")],
                name=note.name,
                invoice=corrects,
                total=commodities.named(total),
                given=commodities.named(total._replace(minor=given[corrects])),
            )


CHECK = Check(name="credit-note-exceeds-invoice", stage="book", severity=Severity.WARNING, run=run)
