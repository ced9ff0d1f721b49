"""Typed results to plain data: the one serialiser behind JSON and CSV (cli.md §3).

A dataclass becomes its fields in order; money a decimal string with exactly the commodity's digits; dates ISO
strings. A field's metadata may say `{"json": NAME}` (another key), `{"json": None}` (left out) or
`{"omit": True}` (left out where its value is None).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any

from custledger.core.money import Commodities, Money, Writers
from custledger.core.text import visible
from custledger.core.trouble import ensure

VERSION = 1
"""Of the JSON documents: raised by a change that breaks a reader."""


def plain(value: object, commodities: Commodities) -> Any:  # noqa: ANN401 - JSON's own types
    """`value` as dicts, lists, strings, whole numbers, booleans and None."""
    if value is None or (isinstance(value, (str, bool, int)) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Money):
        return commodities.plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value, commodities)
    if isinstance(value, Mapping):
        return {str(key): plain(item, commodities) for key, item in value.items()}
    ensure(isinstance(value, Sequence) and not isinstance(value, AbstractSet), f"{type(value).__name__} in a result")
    return [plain(item, commodities) for item in value]  # type: ignore[attr-defined]


def _fields(value: Any, commodities: Commodities) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    done: dict[str, Any] = {}
    for attribute, name, omit in shape(value.__class__):
        item = getattr(value, attribute)
        if not (omit and item is None):
            done[name] = plain(item, commodities)
    return done


@lru_cache(maxsize=256)
def shape(kind: Any) -> tuple[tuple[str, str, bool], ...]:  # noqa: ANN401 - any of them
    """The fields of a dataclass that are written: attribute, key, whether it is left out where it is None."""
    return tuple(
        (field.name, name, bool(field.metadata.get("omit")))
        for field in fields(kind)
        if (name := field.metadata.get("json", field.name)) is not None
    )


def commodities_of(result: object) -> Commodities:
    """The commodities that a result's money is written with."""
    found = getattr(result, "commodities", None)
    return found if isinstance(found, Commodities) else Commodities()


def to_json(result: object) -> str:
    r"""A result as a JSON document, indented, with its version first.

    Characters that could disturb a terminal are written as `\uXXXX`, which is the same text to every reader.
    """
    write = _Json(commodities_of(result))
    version = f'  "custledger": {VERSION}'
    return _block("{", [version, *write.members(result, "  ")], "}", "") + "\n"


class _Json:
    """`plain` and the standard library's `dumps` in one: a report on everybody has a million values."""

    def __init__(self, commodities: Commodities) -> None:
        self._commodities = commodities
        self._writers = Writers(commodities, grouped=False)

    def written(self, value: object, indent: str) -> str:
        """A value as JSON; what stands below its first line is indented."""
        if isinstance(value, Money):
            minor, commodity = value
            return f'"{self._writers[commodity](minor)}"'
        if isinstance(value, str) and not isinstance(value, Enum):
            return _quoted(value)
        if isinstance(value, (tuple, list)):
            inner = indent + "  "
            return _block("[", [inner + self.written(item, inner) for item in value], "]", indent)
        if isinstance(value, Mapping) or (is_dataclass(value) and not isinstance(value, type)):
            return _block("{", self.members(value, indent + "  "), "}", indent)
        found = plain(value, self._commodities)
        return json.dumps(found) if found is None or isinstance(found, int) else self.written(found, indent)

    def members(self, value: Any, indent: str) -> list[str]:  # noqa: ANN401 - a mapping or any dataclass
        """The members of a mapping or a dataclass, each on its line."""
        if isinstance(value, Mapping):
            return [f"{indent}{_quoted(str(key))}: {self.written(item, indent)}" for key, item in value.items()]
        return [
            f'{indent}"{name}": {self.written(item, indent)}'
            for attribute, name, omit in shape(value.__class__)
            if (item := getattr(value, attribute)) is not None or not omit
        ]


def _block(first: str, lines: Sequence[str], last: str, indent: str) -> str:
    between = ",\n"
    return f"{first}\n{between.join(lines)}\n{indent}{last}" if lines else first + last


def _quoted(text: str) -> str:
    """A text as JSON has it, with what could disturb a terminal spelt out."""
    done = json.encoder.encode_basestring(text)
    if done.isprintable():
        return done
    return "".join(char if char.isascii() or visible(char) == char else json.dumps(char)[1:-1] for char in done)
