"""A key stands twice in one mapping.

## What
A document, or a mapping in it, has the same key a second time.

## Why
Most YAML readers keep the last one and say nothing: of two `terms:` one is a mistake, and nobody would know which
counts.

## Example
```yaml
id: blueocean
name: 上海蓝海贸易有限公司
terms: net 30
terms: net 60
```

## Instead
Keep one. If the value changed, say from when:
`terms: [{from: 2023-04-01, is: net 30}, {from: 2026-06-01, is: net 60}]`.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="duplicate-key", stage="yaml")
