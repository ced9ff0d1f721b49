"""A feature of YAML that documents do not use.

## What
Directives (`%YAML`), tags (`!!python/…`), anchors and aliases (`&a`, `*a`), merge keys (`<<`), keys that are no text,
and tabs are refused.

## Why
Each of them makes the same text mean something else to another reader, can blow a small file up to gigabytes, or
runs code. A document of a book means what it says.

## Example
```yaml
id: blueocean
name: &n 上海蓝海贸易有限公司
aliases: [*n]
```

## Instead
Write the value wherever it is needed. A text that begins with `&`, `*`, `!` or `%` needs quotes.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="yaml-feature", stage="yaml")
