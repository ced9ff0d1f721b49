"""A payment or credit note names another customer's invoice.

## What
A credit of one customer says that it pays (`invoice:`) or corrects (`corrects:`) an invoice of another; or an entry
of the activity log names another's (`invoices:`).

## Why
Money is never applied across customers: one would be dunned for what is paid, the other's debt would vanish. The
reports of the customer whose text names the invoice wait until somebody has decided.

## Example
```journal
2026-02-10 * (RCPT-0007) Blue Ocean
    assets:bank                     CNY 11,300.00
    assets:receivable:blueocean    CNY -11,300.00  ; invoice:INV-2026-0002
```
where `INV-2026-0002` is an invoice to `redhill`.

## Instead
Correct the number, or the account if the other customer paid. Where one customer pays for another, post the money
to the one whose invoice it is: `assets:receivable:redhill`, with `payer:blueocean` beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.check._known import Numbers, named
from custledger.check._rule import Check
from custledger.core.diagnostic import Related, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem a place and number; it withholds the customer whose text names the invoice."""
    numbers = Numbers(checked)

    def foreign(customer: str, number: str) -> bool:
        charges = numbers.charges(number)
        return bool(customer and charges) and all(charge.customer != customer for charge in charges)

    for item in named(checked, lambda customer, number, _commodity: foreign(customer, number)):
        if not foreign(item.customer, item.number):
            continue
        other = numbers.charges(item.number)[0]
        related = [Related(other.span, "charge")]
        yield CHECK.at(
            item.span,
            customer=item.customer,
            related=related,
            name=item.number,
            own=item.customer,
            other=other.customer,
        )


CHECK = Check(name="wrong-customer", stage="book", scope=Scope.CUSTOMER, run=run)
