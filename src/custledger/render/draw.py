"""Choosing a renderer and drawing with it."""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from typing import TYPE_CHECKING

from custledger.core.registry import discover
from custledger.core.text import listed
from custledger.core.trouble import UsageError
from custledger.i18n.catalogue import Catalogue
from custledger.render.sheet import Renderer, Sheet

if TYPE_CHECKING:
    from custledger.document import Document

PACKAGE = "custledger.render"
GROUP = "custledger.formats"


def _renderer(name: str) -> Renderer:
    """The renderer called `name`. Only its own file is imported. UsageError where there is none."""
    if name.isidentifier() and find_spec(f"{PACKAGE}.as_{name}") is not None:
        found: Renderer = importlib.import_module(f"{PACKAGE}.as_{name}").RENDERER
        return found
    every = _every()
    if name not in every:
        raise UsageError("render.unknown_format", value=name, known=listed(every))
    return every[name]


def _every() -> dict[str, Renderer]:
    return discover(PACKAGE, "RENDERER", group=GROUP)


def formats() -> tuple[str, ...]:
    """The names of all formats."""
    return tuple(_every())


def suffixes() -> dict[str, str]:
    """Format by ending of a file (`.md`): how `-o FILE` picks one."""
    return {renderer.suffix: name for name, renderer in _every().items()}


def draw(
    document: Document,
    result: object,
    format: str,  # noqa: A002 - the word that users type
    catalogue: Catalogue,
    *,
    width: int | None = None,
    colour: bool = False,
) -> str:
    """The page as text in `format`, ending in a newline; JSON and CSV are written from `result`.

    A document that has a language of its own is drawn in that; `catalogue` is the reader's. `width` is the
    terminal's; None: a pipe or a file, where nothing is cut or folded. Raises UsageError for an unknown format.
    """
    words = Catalogue(document.language) if document.language else catalogue
    return _renderer(format).draw(Sheet(document=document, result=result, catalogue=words, width=width, colour=colour))
