"""A document lacks a key that it needs.

## What
A customer needs `id` and `name`; an invoice `number`, `customer`, `date` and `lines`; a credit note may leave out
`customer` where `corrects` names the invoice; a log entry needs `id`, `kind` and `date`.

## Why
Without it the document says nothing that could be booked.

## Example
```yaml
number: INV-2026-0002
customer: blueocean
lines: [{text: bearings, price: 850.00}]
```

## Instead
Add the key, here `date: 2026-01-20`.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="missing-key", stage="schema")
