"""Whether a book is worth an index: asked before anything of the index is imported."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from custledger.store.layout import layout
from custledger.store.lock import STATE
from custledger.store.ranges import signature_at

if TYPE_CHECKING:
    from custledger.store.layout import Layout

NAME = "index.sqlite"
"""As `store.index` has it, which imports the database."""
SIZE_LEAST = 1_000_000
"""Bytes of text from which on a book gets an index by itself: a smaller one is read as fast."""


def worth(root: Path) -> bool:
    """Whether the book in `root` has an index, or is large enough to get one."""
    if os.path.lexists(root / STATE / NAME):
        return True
    try:
        return size_of(os.path.realpath(root)) >= SIZE_LEAST
    except OSError:
        return True  # its files come and go: let those decide who can tell


def files_of(found: Layout) -> list[str]:
    """Every file that the index is made from, by name."""
    single = [name for name in (found.settings, found.book_journal) if name]
    return sorted([*single, *found.customers, *found.invoices, *found.activities, *found.journals])


def size_of(root: str) -> int:
    """Bytes of the book's text as it stands in its folder."""
    return sum(signature_at(root, name)[1] for name in files_of(layout(Path(root))))
