"""`book.journal`: the list of includes by which hledger reads a book's journals, kept complete.

It begins with `decimal-mark` where the settings have one, and includes exactly the root journals, in order
(formats.md, top). What else stands in it, comments and blank lines, stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custledger.core.globs import matches
from custledger.core.trouble import ensure
from custledger.edit.append import BOM, line_end, new_file
from custledger.edit.plan import FileEdit, Splice
from custledger.edit.splice import digest_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_INCLUDE = re.compile(rb"^!?include[ \t]+([^\r\n;]*?)[ \t]*(?:;[^\r\n]*)?\r?$", re.MULTILINE)


def included_patterns(text: bytes) -> list[str]:
    """What the `include` lines of a journal name, paths or patterns as written, in order."""
    return [match[1].decode("utf-8", "replace") for match in _INCLUDE.finditer(text)]


def book_journal_text(roots: Sequence[str], decimal_mark: str | None) -> str:
    """The whole file for these roots."""
    mark = [f"decimal-mark {decimal_mark}"] if decimal_mark else []
    return "".join(f"{line}\n" for line in [*mark, *(f"include {root}" for root in roots)])


def with_root(
    name: str, old: bytes | None, root: str, roots: Sequence[str], decimal_mark: str | None
) -> FileEdit | None:
    """The edit that adds the root journal `root`, or None where it is there already.

    `roots` are all root journals afterwards, in order. The line goes before the first include of a later root, else
    to the end. `old` None: the file is missing and is made for all of them.
    """
    ensure(root in roots, f"{root} is no root")
    if old is None:
        return new_file(name, book_journal_text(roots, decimal_mark))
    lines = [
        (match.start(), match[1].decode("utf-8", "replace").removeprefix("./")) for match in _INCLUDE.finditer(old)
    ]
    if any(found == root or matches(found, root) for _, found in lines):
        return None
    later = set(roots[roots.index(root) + 1 :])
    at = next((start for start, found in lines if found in later), len(old))
    end = line_end(old)
    torn = at == len(old) and bool(old.removeprefix(BOM)) and not old.endswith(b"\n")
    text = (end if torn else b"") + f"include {root}".encode() + end
    return FileEdit(name, digest_of(old), (Splice(at, at, text),))
