"""A file holds characters that text does not have, or is something else than it seems.

## What
Control characters such as NUL, a carriage return on its own, a Git LFS pointer in place of the file, an encrypted
file.

## Why
Such characters are invisible in most editors, and other programs cut a line at them or read it otherwise. A file
full of them is no text: a spreadsheet or a picture under the wrong name.

## Example
```text
version https://git-lfs.github.com/spec/v1
oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
```

## Instead
Delete the character; save with Unix line ends; fetch the file with `git lfs pull`; decrypt it before the book is
read. Text belongs into git itself: in a past revision (`--at`) Git LFS leaves nothing but the pointer to read.
"""

from __future__ import annotations

from custledger.check._rule import Check

CHECK = Check(name="unreadable-text", stage="text")
