"""A file, a line or a value is larger than any that people write.

## What
Limits: a file of 20 MB, a line or a text of 64,000 characters, a million values in a YAML file, the number and the
depth of includes. The message names the limit.

## Why
A line of a megabyte is a damaged file or an attack, and nobody should wait for it.

## Example
```text
journals/2026.journal, whose line ends got lost: one line of 3 MB
```

## Instead
Split the file by month or by year; look whether line ends got lost.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="too-large", stage="text")
