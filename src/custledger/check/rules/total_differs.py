"""An invoice's lines do not come to the total it is said to have.

## What
`expect: {total: …}` states what the customer's copy says. The sum that the lines, discounts and taxes give is
another.

## Why
Totals are computed, never stored. Where the paper and the book differ, one of the two is wrong, and a statement
would repeat it. The reports of that customer stop until it is mended.

## Example
```yaml
number: INV-2026-0002
customer: blueocean
date: 2026-01-20
lines: [{text: bearings, quantity: 100, price: 8.50, discount: 5%}]
expect: {total: 850.00}
```
The lines come to 807.50: the discount is missing in the total.

## Instead
Compare the lines with the invoice that was sent and correct what differs: a quantity, a price, a discount, a tax
or its rate, `prices: gross` where the prices include tax, `rounding: {tax: line}` where tax is rounded on each
line. Then correct `expect`, or take it away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.check._rule import Check
from custledger.core.diagnostic import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem a document whose total is known and differs."""
    commodities = checked.book.commodities
    for invoice in checked.book.invoices.values():
        totals = checked.book.totals.get(invoice.number)
        if invoice.expect_total is None or totals is None or commodities.decimal(totals.total) == invoice.expect_total:
            continue
        span = invoice.spans.get("expect.total") or invoice.spans.get("expect") or invoice.span
        expected = commodities.money(invoice.expect_total, totals.total.commodity)
        yield CHECK.at(
            span,
            customer=invoice.customer,
            name=invoice.number,
            computed=commodities.named(totals.total),
            expected=commodities.named(expected) if expected else f"{totals.total.commodity} {invoice.expect_total}",
            difference=f"{totals.total.commodity} {commodities.decimal(totals.total) - invoice.expect_total}",
        )


CHECK = Check(name="total-differs", stage="book", scope=Scope.CUSTOMER, run=run)
