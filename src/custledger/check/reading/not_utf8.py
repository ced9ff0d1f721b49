"""A file is not UTF-8.

## What
Every file of a book is UTF-8 text. The message names the first byte that is not. UTF-16 (Windows' "Unicode") and
GB18030 or GBK (Chinese spreadsheets) are recognised and named.

## Why
A guessed encoding turns `Müller` into `MŘller` and 货款 into 璐ф, in silence, and a name that no longer matches is
another customer.

## Example
```text
customers/blueocean.yaml, saved as GB18030
```

## Instead
Convert the file: `iconv -f GB18030 -t UTF-8 old.yaml > new.yaml`, or choose UTF-8 in the editor's "save as".
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="not-utf8", stage="text")
