"""Nothing says in which currency a document is.

## What
Neither the document nor its customer nor `custledger.yaml` has a `currency:` that holds on the document's date.

## Why
A number without a currency is no money.

## Example
```yaml
# custledger.yaml
book: 1
```
```yaml
number: INV-2026-0002
customer: blueocean
date: 2026-01-20
lines: [{text: bearings, price: 850.00}]
```

## Instead
Add `currency: CNY` to `custledger.yaml`, to the customer or to the document.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="no-currency", stage="resolve")
