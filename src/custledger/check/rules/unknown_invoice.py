"""A payment, credit note or log entry names an invoice that is not there.

## What
`invoice:` on a credit, `corrects:` on a credit note and `invoices:` in the activity log name charges by number:
an invoice document, one of its instalments (`INV-7/2`), or a charge in a journal. No charge has this number.

## Why
The money would stay unapplied in silence, although somebody wrote down what it pays. Reports of that customer
stop until it is mended. On a bare journal it is a warning, and the credit is read as if it had no tag.

## Example
```journal
2026-02-10 * (RCPT-0007) Blue Ocean
    assets:bank                     CNY 11,300.00
    assets:receivable:blueocean    CNY -11,300.00  ; invoice:INV-2026-00O1
```

## Instead
Write the number as the invoice has it (here a letter O stands for a zero), enter the invoice if it is missing, or
take the tag away: the money then waits, unapplied, and `reconcile` looks for what it pays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.check._known import Numbers, named
from custledger.check._near import nearest_number
from custledger.check._rule import Check
from custledger.core.diagnostic import Scope, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem a place and number that no charge has."""
    numbers = Numbers(checked)
    severity = Severity.WARNING if checked.bare else Severity.ERROR
    for item in named(checked, lambda _customer, number, _commodity: not numbers.has(number)):
        near = nearest_number(item.number, numbers.all)
        variant = ".".join(["bare"] * checked.bare + ["near"] * bool(near))
        yield CHECK.at(
            item.span,
            variant,
            severity=severity,
            customer=item.customer or None,
            name=item.number,
            near=near,
        )


CHECK = Check(name="unknown-invoice", stage="book", scope=Scope.CUSTOMER, run=run)
