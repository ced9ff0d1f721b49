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
from typing import Any

from custledger.core.money import Commodities, Money
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
    for field in fields(value):
        name = field.metadata.get("json", field.name)
        item = getattr(value, field.name)
        if name is None or (item is None and field.metadata.get("omit")):
            continue
        done[name] = plain(item, commodities)
    return done


def commodities_of(result: object) -> Commodities:
    """The commodities that a result's money is written with."""
    found = getattr(result, "commodities", None)
    return found if isinstance(found, Commodities) else Commodities()


def to_json(result: object) -> str:
    r"""A result as a JSON document, indented, with its version first.

    Characters that could disturb a terminal are written as `\uXXXX`, which is the same text to every reader.
    """
    body = {"custledger": VERSION, **plain(result, commodities_of(result))}
    text = json.dumps(body, ensure_ascii=False, indent=2)
    return _safe(text) + "\n"


def _safe(text: str) -> str:
    if text.isascii():
        return text
    # Outside ASCII a character can only stand within a string, so that the escape is always in place.
    unsafe = [char for char in sorted(set(text)) if not char.isascii() and visible(char) != char]
    return text.translate({ord(char): json.dumps(char)[1:-1] for char in unsafe})
