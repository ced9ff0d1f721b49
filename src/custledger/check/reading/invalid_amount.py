"""An amount in a journal cannot be read.

## What
An amount is a number with a commodity on either side, or none: `CNY 1,234.50`, `1234.50 CNY`, `$-12`. A commodity
with blanks or digits stands in double quotes: `3 "ordinary shares"`.

## Why
A half-understood amount is worse than none.

## Example
```journal
2026-02-10 (RCPT-0007) Blue Ocean
    assets:bank                    CNY 11,300,.00
    assets:receivable:blueocean
```

## Instead
Write `CNY 11,300.00`.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="invalid-amount", stage="journal")
