"""A journal ends in the middle of an entry.

## What
The file's last entry is not complete: it has no posting, or its last line breaks off before its end and the entry
does not balance.

## Why
This is what is left when a program was killed while it appended, or a disk was full. custledger itself never leaves
such an entry, but others write to journals, too.

## Example
```journal
2026-02-10 (RCPT-0007) Blue Ocean
    assets:bank                    CNY 11,300.00
    assets:rec
```

## Instead
Finish the entry from the receipt, or take it out if it was never meant. End the file with a line end.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="truncated-entry", stage="journal")
