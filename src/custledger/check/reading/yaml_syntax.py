"""A file is no YAML.

## What
Something else was expected at this place: a bracket or quote is never closed, a colon has no blank behind it, a line
is not indented like its neighbours. The documents before and behind it in the file are still read.

## Why
What cannot be read is not guessed.

## Example
```yaml
id: blueocean
name: "上海蓝海贸易有限公司
```

## Instead
Look at the line and the one above it: close the quote. A text that holds `: ` or begins with `[ { * & ! % @` needs
quotes.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="yaml-syntax", stage="yaml")
