"""A construct of journals that is not supported.

## What
Parts of Ledger's and of older hledger's language that have no place in a receivables book: value expressions, lot
notes, Python blocks and the like. What is supported is exactly as hledger has it.

## Why
Something that is not understood is named, never skipped: the balances would differ from hledger's.

## Example
```journal
2026-02-10 (RCPT-0007) Blue Ocean
    assets:bank                    (CNY 100.00 * 3)
    assets:receivable:blueocean
```

## Instead
Write what it comes to: `CNY 300.00`.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="unsupported", stage="journal")
