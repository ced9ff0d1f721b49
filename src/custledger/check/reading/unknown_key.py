"""A document has a key that there is none of.

## What
Each kind of document has its keys (`custledger schema customer` lists them). This one is none of them. Keys that
begin with `x-` are your own and always kept.

## Why
A mistyped key would be skipped in silence: with `tersm: net 60` the customer pays by the book's terms.

## Example
```yaml
id: blueocean
name: 上海蓝海贸易有限公司
tersm: net 60
```

## Instead
Correct the key (`terms`), or make it your own (`x-tersm`).
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="unknown-key", stage="schema")
