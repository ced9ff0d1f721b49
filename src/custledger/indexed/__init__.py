"""The index beside the text: made, kept up to date, and asked. What it cannot answer is left to `pipeline`.

files ─► reading ─► plain rows ─► stretches ─► store.index ─► asking ─► standing
              └───► the rest ──► pipeline ──► story ──┘
"""

from __future__ import annotations


class NotIndexed(Exception):  # noqa: N818 - no error: the book is read in full
    """The index cannot stand for this book, and why: the precise readers know what to say of it."""
