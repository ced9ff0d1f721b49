"""An account does not have the balance that the journal says it has.

## What
`= CNY 0.00` behind an amount asserts the account's balance at that point: postings by date, then in order of
the files, then of their lines. `==` asserts that there is no other commodity, `=*` counts sub-accounts in. The message
names the actual balance and the difference.

## Why
An assertion is how a bank statement or a customer's confirmation protects the book. If it fails, an entry is missing,
doubled or misdated.

## Example
```journal
2026-02-10 (RCPT-0007) Blue Ocean
    assets:bank                    CNY 11,300.00
    assets:receivable:blueocean   CNY -11,300.00 = CNY 100.00
```

## Instead
Look for the difference among the entries up to that day. Correct the assertion only if the statement says so.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="failed-assertion", stage="journal")
