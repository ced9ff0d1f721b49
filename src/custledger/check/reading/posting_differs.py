"""An invoice's document and its posting in the journal do not agree.

## What
A journal transaction whose code is a document's number is that document's posting. Customer, date, commodity and
total must be the same.

## Why
Both are the same invoice, and only one of them can be what the customer got. The reports of that customer stop
until they agree.

## Example
```yaml
number: INV-2026-0002
customer: blueocean
date: 2026-01-20
lines: [{text: bearings, price: 850.00}]
```
```journal
2026-01-20 (INV-2026-0002) bearings
    assets:receivable:blueocean    CNY 805.00
    income:sales
```

## Instead
Make the two agree; or take the posting out of the journal, since a document without one posts itself.
"""

from __future__ import annotations

from custledger.check._rule import Check
from custledger.core.diagnostic import Scope

CHECK = Check(name="posting-differs", stage="resolve", scope=Scope.CUSTOMER)
