"""The book has this number already, with other content.

## What
A second import of the same file adds nothing. Here a number that is in the book comes with another amount, date or
customer.

## Why
An import changes nothing that is there: which of the two is right, a person has to say.

## Example
```text
number,customer,date,total
INV-1,Blue Ocean,2026-01-20,100.00
```
where the book has INV-1 over 120.00.

## Instead
Correct the one that is wrong, in the book or in the file, and import again.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="import-conflict", stage="import")
