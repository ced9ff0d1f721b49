"""More is taken from a receipt than it holds.

## What
A refund or returned payment that names a receipt (`reverses:`) takes back more than its amount, several of them
together do, or the use of an advance (`receipt:`) applies more than is left of it.

## Why
Money that never came in cannot go back or pay an invoice. Mostly an amount is mistyped, or a return was entered
twice.

## Example
```journal
2026-02-10 (RCPT-0007) Blue Ocean
    assets:bank                    CNY 1,000.00
    assets:receivable:blueocean

2026-02-20 (RET-1) transfer returned
    assets:receivable:blueocean    CNY 10,000.00  ; reverses:RCPT-0007
    assets:bank
```

## Instead
Correct the amount, or the receipt that is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.check._places import tag_span, transaction_of
from custledger.check._rule import Check
from custledger.check._text import Texts
from custledger.core.diagnostic import Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.book.entry import Credit
    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem a receipt, at the entry (by date) with which it is exceeded. Receipts of one code count together."""
    receipts: dict[tuple[str, str, str], list[Credit]] = {}
    for credit in checked.book.credits:
        for name in dict.fromkeys(filter(None, (credit.code, credit.name))):
            receipts.setdefault((credit.customer, credit.money.commodity, name), []).append(credit)
    uses = [
        (debit.order, debit.customer, debit.money, debit.reverses, debit.span, debit)
        for debit in checked.book.debits
        if debit.reverses
    ]
    taken: dict[tuple[str, str, str], int] = {}
    commodities = checked.book.commodities
    for _, customer, money, name, span, debit in sorted(uses, key=lambda use: use[0]):
        key = (customer, money.commodity, name)
        credits_named = receipts.get(key)
        if not credits_named:
            continue
        held = sum(credit.money.minor for credit in credits_named)
        before = taken.get(key, 0)
        taken[key] = before + money.minor
        if before <= held < taken[key]:
            place = tag_span(transaction_of(checked.journal, debit), span, ("reverses",), name)
            yield CHECK.at(
                place,
                "together" if before else "",
                related=[Related(credits_named[0].span, "receipt")],
                name=name,
                held=commodities.named(money._replace(minor=held)),
                taken=commodities.named(money._replace(minor=taken[key])),
            )
    yield from _advances(checked, receipts)


def _advances(checked: Checked, receipts: dict[tuple[str, str, str], list[Credit]]) -> Iterator[Diagnostic]:
    texts = Texts(checked.read)
    used: dict[tuple[str, str, str], int] = {}
    commodities = checked.book.commodities
    for use in sorted(checked.book.advances, key=lambda use: (use.date, use.span)):
        key = (use.customer, use.money.commodity, use.receipt or "")
        credits_named = receipts.get(key)
        if not credits_named:
            continue
        held = sum(credit.money.minor for credit in credits_named)
        before = used.get(key, 0)
        used[key] = before + abs(use.money.minor)
        if before <= held < used[key]:
            yield CHECK.at(
                texts.find(use.receipt or "", use.span),
                "advance",
                related=[Related(credits_named[0].span, "receipt")],
                name=use.receipt or "",
                held=commodities.named(use.money._replace(minor=held)),
                taken=commodities.named(use.money._replace(minor=used[key])),
            )


CHECK = Check(name="allocation-exceeds-credit", stage="book", severity=Severity.WARNING, run=run)
