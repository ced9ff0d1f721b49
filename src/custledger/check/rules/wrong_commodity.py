"""A payment or credit note names an invoice in another currency.

## What
The receivable posting of a credit is in one commodity, the invoice that it names (`invoice:`, `corrects:`) in
another.

## Why
A claim in dollars is settled in dollars: what the bank made of them decides the exchange difference, not what is
still owed. Nothing is converted behind your back.

## Example
```journal
2026-03-02 (RCPT-0031) Pacific Tools, for INV-9 over USD 1,000.00
    assets:bank                     CNY 7,050.00
    assets:receivable:pacific      CNY -7,050.00  ; invoice:INV-9
```

## Instead
Let the receivable posting settle the invoice's own currency, at the invoice's rate, and post the difference:
```journal
2026-03-02 (RCPT-0031) Pacific Tools, for INV-9
    assets:bank                     CNY 7,050.00
    expenses:fx                        CNY 50.00
    assets:receivable:pacific      USD -1,000.00 @ CNY 7.10  ; invoice:INV-9
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.check._known import Numbers, named
from custledger.check._rule import Check
from custledger.core.diagnostic import Related, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.book.entry import Charge
    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem a place and number, where the customer is right and no charge of the number has the commodity."""
    numbers = Numbers(checked)

    def others(customer: str, number: str, commodity: str | None) -> list[Charge]:
        """The customer's charges of the number, where none of them has the commodity."""
        charges = [c for c in numbers.charges(number) if not customer or c.customer == customer]
        fits = commodity is None or any(c.money.commodity == commodity for c in charges)
        return [] if fits else charges

    for item in named(checked, lambda *said: bool(others(*said))):
        charges = others(item.customer, item.number, item.commodity)
        if not charges:
            continue
        related = [Related(charges[0].span, "charge")]
        yield CHECK.at(
            item.span,
            customer=charges[0].customer,
            related=related,
            name=item.number,
            own=item.commodity,
            other=charges[0].money.commodity,
        )


CHECK = Check(name="wrong-commodity", stage="book", scope=Scope.CUSTOMER, run=run)
