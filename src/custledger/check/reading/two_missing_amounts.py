"""Two postings of a transaction have no amount.

## What
One posting may leave its amount out, since it follows from the others. With two there is nothing to tell how the
rest is shared.

## Why
Often the amount is there, but only one blank stands before it, so that it was read as part of the account's name.

## Example
```journal
2026-02-10 (RCPT-0007) Blue Ocean
    assets:bank CNY 11,300.00
    assets:receivable:blueocean
```

## Instead
Leave two blanks between account and amount, or write all amounts but one.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="two-missing-amounts", stage="journal")
