"""A tag that custledger reads has a value that makes no sense.

## What
`due:`, `dated:` and `applied:` hold an ISO date, `terms:` terms of payment, `kind:` one of the kinds. On a bare
journal it is a warning, since its author may mean something else by the tag.

## Why
`due:2026-02-30` would be skipped, and the invoice be due on another day than you wrote.

## Example
```journal
2026-01-15 (INV-2026-0001) January    ; due:2026-02-30
    assets:receivable:blueocean    CNY 11,300.00
    income:sales
```

## Instead
Correct the value: `due:2026-02-28`.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="invalid-tag", stage="resolve")
