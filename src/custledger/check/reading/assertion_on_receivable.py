"""A balance is asserted where the journal alone cannot know it.

## What
A posting asserts or assigns (`=`) the balance of a receivable account, and that customer has invoice documents that
post themselves.

## Why
Assertions are evaluated over journal files alone, as hledger does. The documents are not in them, so the asserted
balance is none that anybody would recognise.

## Example
```journal
2026-02-10 (RCPT-0007) Blue Ocean
    assets:bank                     CNY 961.00
    assets:receivable:blueocean    CNY -961.00 = CNY 0.00
```
where the invoice stands under `invoices/`.

## Instead
Take the assertion away and look at `custledger balance`; assert the bank account instead; or post the invoices in a
journal as well.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="assertion-on-receivable", stage="resolve")
