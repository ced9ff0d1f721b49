"""An unresolved merge is still in the file.

## What
git marks what it could not merge with `<<<<<<<`, `=======` and `>>>>>>>`, and leaves both sides in the file.

## Why
Both sides would count: a payment that two people entered would be there twice.

## Example
```journal
<<<<<<< HEAD
2026-02-10 (RCPT-0007) Blue Ocean
=======
2026-02-11 (RCPT-0007) Blue Ocean
>>>>>>> theirs
    assets:bank                    CNY 11,300.00
    assets:receivable:blueocean
```

## Instead
Keep what is right of both sides, and delete the three marker lines.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="merge-conflict", stage="text")
