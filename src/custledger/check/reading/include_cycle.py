"""Journals include each other in a circle.

## What
Following `include` from file to file leads back to one that is being read. The message shows the whole chain.

## Why
Reading would never end, and every entry would count again and again.

## Example
```journal
; journals/a.journal
include b.journal
```
where `journals/b.journal` says `include a.journal`.

## Instead
Take one of the includes away.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="include-cycle", stage="journal")
