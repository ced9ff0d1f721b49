"""The language of help texts: set once, before any command's file is read."""

from __future__ import annotations

from custledger.i18n.catalogue import Catalogue

_current = Catalogue("en")


def use(language: str) -> Catalogue:
    """Choose the language of everything that `say` gives from now on."""
    global _current  # noqa: PLW0603 - typer wants help texts when a command's file is imported
    _current = Catalogue(language)
    return _current


def say(key: str, /, **args: object) -> str:
    """The text of a catalogue key in the terminal's language, for help of parameters."""
    return _current.text(key, **args)
