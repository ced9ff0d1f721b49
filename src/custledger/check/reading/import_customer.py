"""A customer of a table to import cannot be told.

## What
No customer of the book has this name or id, several have, or a new one would get the id of another.

## Why
Customers are matched by id, name or alias, exactly. A nearly equal name is a person's decision, not a program's.

## Example
```text
number,customer,total
INV-1,Blue Ocean Trdg,100.00
```

## Instead
Add the name to the customer's `aliases`, use a column with ids, import the customers first, or let
`--create-customers` add them.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="import-customer", stage="import")
