"""A table to import does not have the headings that the map names.

## What
The map finds columns by their headings. A heading is missing or stands there twice, or no row of headings is found.

## Why
Columns are never guessed by position: an export with a new column would put amounts into dates.

## Example
```text
Invoice No,Customer,Total
```
where the map says `number: Invoice Number`.

## Instead
Add the file's own heading to the map; several may be listed for one field. `preamble: true` looks for the headings
below a report's title.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="import-heading", stage="import")
