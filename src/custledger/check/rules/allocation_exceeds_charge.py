"""A credit says that it pays more on an invoice than was open.

## What
The part of a payment (or other credit) that is tagged `invoice:` is larger than what was open of the charges that
it names, all payments counted. The rest stays unapplied.

## Why
Either the customer paid too much, and you owe them the rest, or the amount or the number is mistyped, or the
payment was entered twice.

## Example
```journal
2026-02-10 (RCPT-0007) Blue Ocean, for INV-2026-0001 over CNY 11,300.00
    assets:bank                     CNY 13,100.00
    assets:receivable:blueocean    CNY -13,100.00  ; invoice:INV-2026-0001
```

## Instead
Correct the amount or the number. If the customer did pay too much, tag only what pays the invoice, and leave the
rest for the next one:
```journal
2026-02-10 (RCPT-0007) Blue Ocean
    assets:bank                     CNY 13,100.00
    assets:receivable:blueocean    CNY -11,300.00  ; invoice:INV-2026-0001
    assets:receivable:blueocean     CNY -1,800.00
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.check._known import Numbers
from custledger.check._places import tag_span, transaction_of
from custledger.check._rule import Check
from custledger.core.diagnostic import Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.book.allocation import Allocation
    from custledger.book.entry import Credit
    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem a credit; credits with a tag that names nothing fitting have a problem of their own."""
    by_credit: dict[str, list[Allocation]] = {}
    for allocation in checked.story.allocations if checked.story else ():
        by_credit.setdefault(allocation.credit, []).append(allocation)
    numbers = Numbers(checked)
    for credit in checked.book.credits:
        tagged = [part for part in credit.parts if part.invoices]
        if not tagged or credit.kind == "void" or not _fits(numbers, credit):
            continue
        said = sum(part.amount for part in tagged)
        paid = _recorded(by_credit.get(credit.key, []))
        if said > paid:
            yield _problem(checked, numbers, credit, said, paid)


def _problem(checked: Checked, numbers: Numbers, credit: Credit, said: int, paid: int) -> Diagnostic:
    part = next(part for part in credit.parts if part.invoices)
    commodities = checked.book.commodities
    span = tag_span(transaction_of(checked.journal, credit), part.span, ("invoice",), part.invoices[0])
    named = list(dict.fromkeys(name for p in credit.parts for name in p.invoices))
    return CHECK.at(
        span,
        related=[Related(numbers.charges(named[0])[0].span, "charge")],
        name=credit.name,
        invoice=", ".join(named),
        said=commodities.named(credit.money._replace(minor=said)),
        paid=commodities.named(credit.money._replace(minor=paid)),
        rest=commodities.named(credit.money._replace(minor=said - paid)),
    )


def _fits(numbers: Numbers, credit: Credit) -> bool:
    """Whether every number named is a charge of this customer in this commodity."""
    for part in credit.parts:
        for name in part.invoices:
            charges = numbers.charges(name)
            if not any(c.customer == credit.customer and c.money.commodity == credit.money.commodity for c in charges):
                return False
    return True


def _recorded(allocations: list[Allocation]) -> int:
    """The most that the credit's tags ever settled at one time, in minor units."""
    recorded = [a for a in allocations if a.state == "recorded" and a.rule != "reverses"]
    return max((sum(b.amount for b in recorded if b.holds(a.first)) for a in recorded), default=0)


CHECK = Check(name="allocation-exceeds-charge", stage="story", severity=Severity.WARNING, run=run)
