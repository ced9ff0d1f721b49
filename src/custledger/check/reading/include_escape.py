"""A journal of a book includes a file outside of it.

## What
`include` leads to a file that does not lie in the book: by `..`, by an absolute path, or by a link.

## Why
A book is a folder that can be copied, cloned and read elsewhere with the same result. And a book from somebody else
must not be able to read your files.

## Example
```journal
include ../../private/2025.journal
```

## Instead
Move the file into the book's `journals/`. A bare journal (`-f`) may include whatever hledger may.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="include-escape", stage="journal")
