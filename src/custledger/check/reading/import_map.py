"""An import map contradicts itself or leaves out what is needed.

## What
A map says which column is which field. One that is needed has neither a column nor a constant, one sign is both the
decimal and the group mark, or the file holds more than one map.

## Why
With half a map rows would be half understood.

## Example
```yaml
import: invoices
columns: {number: Invoice No, date: Date}
```

## Instead
Add the fields that are named: `customer: Client`, or a constant. `custledger schema import-map` has all keys.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="import-map", stage="import")
