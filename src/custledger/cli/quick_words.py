"""The words of a command line as values, without typer: what is plain, or nothing.

Whatever is not plain (a word that no option is spelt like, a value that is missing, too many words) goes to typer,
which is the specification and says what is wrong; a test keeps the two equal.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_args

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custledger.cli.app import Parameter

_WHOLE = re.compile(r"[0-9]{1,9}", re.ASCII)


def values(parameters: Sequence[Parameter], words: Sequence[str]) -> dict[str, Any] | None:
    """The value of each parameter, by name; None where typer has to look."""
    if any(parameter.declared is None for parameter in parameters):
        return None
    options = {spelling: each for each in parameters for spelling in each.spellings}
    found: dict[str, Any] = {each.name: each.default for each in parameters if not each.required}
    placed: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word == "--":
            placed += words[at:]
            break
        if not word.startswith("-") or word == "-":
            placed.append(word)
            continue
        name, joined, text = word.partition("=") if word.startswith("--") else (word[:2], word[2:], word[2:])
        option = options.get(name)
        if option is None:
            return None
        if option.type is bool:
            if joined:
                return None
            found[option.name] = True
            continue
        if not joined:
            if at == len(words):
                return None
            text = words[at]
            at += 1
        value = _value(option, text)
        if value is None:
            return None
        found[option.name] = [*(found.get(option.name) or ()), text] if _is_list(option) else value
    return _with_arguments(found, parameters, placed)


def _with_arguments(found: dict[str, Any], parameters: Sequence[Parameter], placed: list[str]) -> dict[str, Any] | None:
    """With the words that stand for themselves, in order; a list takes all that are left."""
    for parameter in parameters:
        if parameter.spellings:
            continue
        if _is_list(parameter):
            if placed:
                found[parameter.name] = placed
            placed = []
        elif placed:
            found[parameter.name] = placed[0]
            placed = placed[1:]
        elif parameter.required:
            return None
    complete = all(parameter.name in found for parameter in parameters)
    return found if complete and not placed else None


def _is_list(parameter: Parameter) -> bool:
    return any(getattr(kind, "__origin__", None) is list for kind in (parameter.type, *get_args(parameter.type)))


def _value(parameter: Parameter, text: str) -> Any:  # noqa: ANN401
    """The text, or the number that it is; None for what is no plain number."""
    if int in {parameter.type, *get_args(parameter.type)}:
        return int(text) if _WHOLE.fullmatch(text) else None
    return text
