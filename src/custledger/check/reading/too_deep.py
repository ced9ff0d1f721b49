"""A YAML document has more than 32 levels.

## What
Lists and mappings lie more than 32 deep, one in the other.

## Why
No document of a book needs more than four. Depth is how a file makes a YAML reader crash.

## Example
```text
lines: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
```

## Instead
Count the brackets: one is never closed, or a line is indented too far.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="too-deep", stage="yaml")
