"""A refund, bounce or use of an advance names a receipt that is not there.

## What
`reverses:` on a refund, a returned payment or a reversal, and `receipt:` on the use of an advance, name a credit
of the same customer by the code of its transaction. No credit of this customer has it. `reverses:` may also name
the invoice that the transaction takes back.

## Why
What is taken back decides which invoices are open again. A name that fits nothing is a slip, and guessing another
credit would reopen the wrong invoice.

## Example
```journal
2026-03-01 (RET-1) Blue Ocean, transfer returned
    assets:receivable:blueocean    CNY 11,300.00  ; reverses:RCPT-007
    assets:bank
```
where the receipt is `RCPT-0007`.

## Instead
Write the code as the receipt has it; or leave the tag away, so that the oldest money that nothing uses is taken
back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.check._near import nearest_number
from custledger.check._places import tag_span, transaction_of
from custledger.check._rule import Check
from custledger.check._text import Texts
from custledger.core.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic
    from custledger.core.span import Span


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem a name; codes are looked up among the customer's credits, and numbers of charges also count."""
    receipts: dict[str, set[str]] = {}
    for credit in checked.book.credits:
        receipts.setdefault(credit.customer, set()).update(n for n in (credit.code, credit.name, credit.key) if n)
    numbers = {n for c in checked.book.charges for n in (c.number, c.document) if n}
    numbers |= {invoice.number for invoice in checked.invoices}
    severity = Severity.WARNING if checked.bare else Severity.ERROR
    for customer, name, span in _named(checked):
        known = receipts.get(customer, set())
        if name in known or name in numbers:
            continue
        near = nearest_number(name, sorted(known))
        yield CHECK.at(span, "near" if near else "", severity=severity, name=name, near=near, own=customer)


def _named(checked: Checked) -> Iterator[tuple[str, str, Span]]:
    texts = Texts(checked.read)
    for debit in checked.book.debits:
        if debit.reverses:
            span = tag_span(transaction_of(checked.journal, debit), debit.span, ("reverses",), debit.reverses)
            yield debit.customer, debit.reverses, span
    for use in checked.book.advances:
        if use.receipt:
            yield use.customer, use.receipt, texts.find(use.receipt, use.span)


CHECK = Check(name="unknown-receipt", stage="book", run=run)
