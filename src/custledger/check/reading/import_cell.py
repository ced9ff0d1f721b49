"""A cell of a table to import does not hold what its column should.

## What
A date in another order than the map declares, an amount with another decimal mark, an empty cell in a column that is
needed, a number in which a spreadsheet has lost digits. The place is the line of the file.

## Why
Nothing is guessed row by row: `01/02/2026` would be January in one row and February in the next.

## Example
```text
number,date,total
INV-1,13/02/2026,"1.234,50"
```
with a map that says `dates: M/D/Y`.

## Instead
Declare in the map what the file has: `dates: D/M/Y`, `decimal_mark: ","`; or correct the cell. Leave out rows that are
no records with `skip`.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="import-cell", stage="import")
