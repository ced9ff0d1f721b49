"""A line of a journal is not in the journal's language.

## What
The line is no entry, posting, comment or directive, or something stands where it cannot. The message names the part,
the hint what could stand there. Reading goes on at the next entry, so one run shows every such line.

## Why
hledger refuses the file as well; a line that we skipped would be missing from the balances.

## Example
```journal
2026-02-10 (RCPT-0007 Blue Ocean
    assets:bank                    CNY 11,300.00
    assets:receivable:blueocean
```

## Instead
Mend the line: here the code's closing bracket is missing, `(RCPT-0007)`. docs/JOURNAL.md has the language in full.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="syntax", stage="journal")
