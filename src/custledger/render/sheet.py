"""What a renderer gets and what it exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from custledger.document import Document
    from custledger.i18n.catalogue import Catalogue


@frozen(kw_only=True)
class Sheet:
    """A page to draw: the neutral document, the typed result behind it, the words, and what it is drawn on."""

    document: Document
    result: object = None
    """The report's typed result: what JSON and CSV are written from."""
    catalogue: Catalogue
    """Of the document's language, or the reader's where it has none."""
    width: int | None = None
    """Columns of the terminal; None: a pipe or a file (one row a line, nothing cut, no rules)."""
    colour: bool = False


@frozen
class Renderer:
    """One output format: its name, the ending of its files, and how a sheet becomes text."""

    name: str
    suffix: str
    draw: Callable[[Sheet], str]
    data: bool = False
    """Written from the typed result, not from the page."""
