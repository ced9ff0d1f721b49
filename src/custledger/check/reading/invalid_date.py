"""A date in a journal is no date.

## What
There is no such day (`2026-02-30`), or what should be a date is none, or it does not begin with the year.

## Why
Days and months in another order are the oldest mistake of all: `01/02/2026` is January to some and February to
others, so it is never guessed.

## Example
```journal
2026-02-30 (RCPT-0007) Blue Ocean
    assets:bank                    CNY 11,300.00
    assets:receivable:blueocean
```

## Instead
Write `2026-02-28`: year, month, day, with `-`, `/` or `.` between them.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="invalid-date", stage="journal")
