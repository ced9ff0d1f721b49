"""What tells one state of a book from every other: its id, which a statement bears.

The id is the SHA-256 (hex) of one line a file: `NAME`, a NUL, the blob id that git gives its content, and a line
feed, names in order. The files are those of the book: settings, `book.journal`, customers, invoices, journals and log,
but for what is recorded of statements under `activity/issued/`.
"""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from custledger.store.layout import Layout

_ISSUED = "activity/issued/"


def book_files(found: Layout) -> list[str]:
    """The names of the files that the id of a book is made of."""
    single = [name for name in (found.settings, found.book_journal) if name]
    several = (found.customers, found.invoices, found.activities, found.journals)
    return sorted(name for names in (single, *several) for name in names if not name.startswith(_ISSUED))


def book_id(blobs: Mapping[str, str]) -> str:
    """The id of these files; `blobs` are their blob ids, by name."""
    digest = sha256()
    for name in sorted(blobs):
        digest.update(f"{name}\0{blobs[name]}\n".encode())
    return digest.hexdigest()


def in_repository(root: Path) -> bool:
    """Whether the folder may lie in a git repository: git is only asked where it does."""
    real = root.resolve()
    return any(os.path.lexists(folder / ".git") for folder in (real, *real.parents))
