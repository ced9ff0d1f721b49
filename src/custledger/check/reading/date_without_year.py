"""A date has no year, and no directive says which.

## What
`02-10` needs a line `Y2026` or `year 2026` above it in the file (or in the file that includes it).

## Why
hledger would take the year in which it runs. The same file would then say something else next January.

## Example
```journal
02-10 (RCPT-0007) Blue Ocean
    assets:bank                    CNY 11,300.00
    assets:receivable:blueocean
```

## Instead
Write the year: `2026-02-10`; or put `year 2026` at the top of the file.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="date-without-year", stage="journal")
