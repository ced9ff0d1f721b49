"""A journal includes a file that cannot be read.

## What
`include` names a file, relative to the one it stands in, or a pattern (`*`, `?`, `[…]`, `**/`) that means at least
one. There is none, it is no regular file, it may not be read, or it is too large.

## Why
hledger refuses it as well. A month that is not there would be missing from the balances.

## Example
```journal
include 2026-13.journal
```

## Instead
Correct the path; take the line away if the file is no longer needed. A comment cannot follow the path.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="include-missing", stage="journal")
