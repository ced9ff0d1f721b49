"""Text from people and from outside: what is safe to show, to write, and how wide it is."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Joiners that scripts need; every other format character is made visible.
_KEPT = frozenset("\u200c\u200d")
_TWINS = str.maketrans({":": "：", ",": "，", ";": "；", "|": "｜", "[": "［", "]": "］"})


def _unsafe(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} and char not in _KEPT


def visible(text: str) -> str:
    r"""`text` with control, bidi and other invisible characters spelt out (`\\u{1b}`): the one door to a terminal."""
    if text.isprintable():  # no character of the categories C and Z but the blank
        return text
    return "".join(f"\\u{{{ord(char):x}}}" if _unsafe(char) else char for char in text)


def quoted_outside(text: str) -> str:
    """Text from outside as it may stand in a journal's comment: no tag, no separator, one line, nothing invisible."""
    flat = " ".join(text.split())
    return visible(flat).translate(_TWINS)


class _Widths(dict[str, int]):
    """The width of each character that was met."""

    def __missing__(self, char: str) -> int:
        none = unicodedata.combining(char) or char in _KEPT or unicodedata.category(char) == "Me"
        self[char] = found = 0 if none else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        return found


_width_of = _Widths().__getitem__


def width(text: str) -> int:
    """Columns that `text` takes on a terminal: wide and full-width characters two, combining ones none."""
    return len(text) if text.isascii() else sum(map(_width_of, text))


def widths(texts: Sequence[str]) -> list[int]:
    """The widths of many texts."""
    return list(map(len if "".join(texts).isascii() else width, texts))


class Listed(str):
    """Names one after another, `a, b`; a catalogue puts its language's own separator between them."""

    __slots__ = ("parts",)
    parts: tuple[str, ...]

    def __str__(self) -> str:
        """Itself: what turns arguments to text keeps the parts."""
        return self


def listed(parts: Iterable[str]) -> Listed:
    """These texts as a list in running text."""
    several = tuple(parts)
    made = Listed(", ".join(several))
    made.parts = several
    return made


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """`text` filled with blanks to `columns`, flush left or right; never cut."""
    blanks = " " * max(0, columns - width(text))
    return blanks + text if right else text + blanks
