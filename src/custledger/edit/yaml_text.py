"""YAML documents as text, from values: written so that our strict reader gives the same scalars back.

Other YAML tools must read them alike, so text that any of them would take for a number, a date or a truth value is
quoted, while numbers and dates stand plain.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Union

from custledger.core.text import width
from custledger.core.trouble import ensure

Value = Union[str, int, Decimal, dt.date, "Plain", "Mapping[str, Value]", "Sequence[Value]"]

COLUMNS = 100
"""A list or mapping of scalars stands on one line up to this width."""

_WORDS = frozenset(["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"])
_PLAIN = re.compile(r"[^\W\d_](?:[\w \-./()+@&=%*$~^]|[^\x00-\x7f])*", re.DOTALL)
_PLAIN_KEY = re.compile(r"[^\W\d_][\w\-.]*")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


class Plain(str):
    """Text that is written as it stands: terms, a percentage, a name of our own choosing."""

    __slots__ = ()


def _readable(char: str) -> bool:
    return char == " " or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"}


def _is_plain(text: str, shape: re.Pattern[str]) -> bool:
    return (
        shape.fullmatch(text) is not None
        and not text.endswith((" ", "."))
        and "  " not in text
        and text.casefold() not in _WORDS
        and (text.isascii() or all(_readable(char) for char in text))
    )


def scalar(value: str | int | Decimal | dt.date) -> str:
    """One scalar: numbers, dates and Plain as they stand, text quoted where anything could be made of it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, (int, Plain)):
        return str(value)
    if _is_plain(value, _PLAIN):
        return value
    return '"' + "".join(map(_escaped, value)) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if _readable(char) or unicodedata.category(char) == "Zs":
        return char
    code = ord(char)
    ensure(unicodedata.category(char) != "Cs", "text with a lone surrogate")
    if code <= 0xFF:  # noqa: PLR2004
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004


def _key(key: str) -> str:
    return key if _is_plain(key, _PLAIN_KEY) else '"' + "".join(map(_escaped, key)) + '"'


def _is_scalar(value: Value) -> bool:
    return isinstance(value, (str, int, Decimal, dt.date))


def flow(value: Value) -> str:
    """The value on one line: `{text: 运费, price: 120.00}`, `[a, b]`."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    ensure(isinstance(value, (str, int, Decimal, dt.date)), f"no value for YAML: {value!r}")
    return scalar(value)


def document(value: Mapping[str, Value]) -> str:
    """A document in block style; what is empty (an empty text, list or mapping) is left out."""
    return "".join(_entry(key, item, "") for key, item in value.items() if _given(item))


def _given(value: Value) -> bool:
    return bool(value) or isinstance(value, (int, Decimal))


def _entry(key: str, value: Value, indent: str) -> str:
    """`key: value` and, where it does not fit on one line, what belongs to it below."""
    if not isinstance(value, Mapping) and not (isinstance(value, Sequence) and not isinstance(value, str)):
        return f"{indent}{_key(key)}: {scalar(value)}\n"
    line = f"{indent}{_key(key)}: {flow(value)}"
    rows = isinstance(value, Sequence) and any(not _is_scalar(item) for item in value)
    if not rows and width(line) <= COLUMNS:
        return line + "\n"
    if isinstance(value, Mapping):
        inner = "".join(_entry(name, item, indent + "  ") for name, item in value.items() if _given(item))
        return f"{indent}{_key(key)}:\n{inner}"
    return f"{indent}{_key(key)}:\n" + "".join(_item(item, indent + "  ") for item in value)


def _item(value: Value, indent: str) -> str:
    line = f"{indent}- {flow(value)}"
    if width(line) <= COLUMNS or not isinstance(value, Mapping):
        return line + "\n"
    inner = "".join(_entry(name, item, indent + "  ") for name, item in value.items() if _given(item))
    return f"{indent}- {inner[len(indent) + 2 :]}"
