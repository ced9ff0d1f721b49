"""The rows of an invoice to import do not make one invoice.

## What
A number stands in two rows although the map says one row an invoice; the rows of one invoice disagree; or its lines
do not come to the total that the export states.

## Why
The invoice that is written must be the one the customer has.

## Example
```text
number,customer,total
INV-1,Blue Ocean,100.00
INV-1,Blue Ocean,250.00
```

## Instead
Say `rows: lines` in the map where a row is a line item; correct the rows; map the columns that are missing (tax,
shipping, discount).
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="import-document", stage="import")
