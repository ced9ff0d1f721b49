"""A file to import is no table that can be read.

## What
The CSV file or workbook is empty, a web page, in another encoding than its map declares, has a quote that is never
closed or a row of another width than the headings; or the workbook is damaged, or made to exhaust the machine.

## Why
An export that is read half is worse than none. Nothing is written before the whole file is understood.

## Example
```text
<!DOCTYPE html><html><title>Sign in</title>
```
saved as `payments.csv`.

## Instead
Export the file again; declare `encoding`, `delimiter` and `sheet` in the map as the file has them.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="import-table", stage="import")
