"""A text in words: letters, digits, and characters of other scripts one by one; how numbers are spelt and end.

Everything is looked at in one spelling: NFKC, without case, every dash the same. Texts of banks are short and each is
looked at in several ways, one after the other: what was made of the last few is remembered.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN = re.compile(r"([a-z]+|[0-9]+|[^\W\d_a-z])")
_NO_TOKEN = re.compile(r"[^a-z0-9]+")
"""In ASCII."""
_DASHES = "‐‑‒–—−"
_DASH = re.compile(f"[{_DASHES}]")
_ENDING = re.compile(r"[0-9]{1,2}(?![0-9])")
_RANGE = re.compile(r"[0-9]\s*(?:--?|~|至|到|to(?![a-z]))\s*[^\W_]")
_JOINTS = "-_/.# "
_made = tuple.__new__
"""Half the time of calling the class: texts have many tokens."""


class Token(NamedTuple):
    """Letters, digits, or one character of another script, with its place in the folded text."""

    text: str
    start: int
    end: int

    @property
    def digits(self) -> bool:
        """Whether it is digits alone."""
        return self.text.isdecimal()


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    """A character in NFKC and without case; every dash is one."""
    return "".join(made if made not in _DASHES else "-" for made in unicodedata.normalize("NFKC", char).casefold())


@lru_cache(maxsize=256)
def folded(text: str) -> tuple[str, Sequence[int]]:
    """`text` in NFKC and without case, and for each of its characters the place in `text` that it came from."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    if unicodedata.is_normalized("NFKC", text):
        whole = text.casefold()
        if len(whole) == len(text):
            return _DASH.sub("-", whole), range(len(text) + 1)
    made = [_fold(char) for char in text]
    return "".join(made), [*(place for place, several in enumerate(made) for _ in several), len(text)]


@lru_cache(maxsize=256)
def parsed(text: str) -> tuple[str, Sequence[int], list[Token]]:
    """A text folded, with the places, and its tokens."""
    spelt, places = folded(text)
    tokens: list[Token] = []
    end = 0
    pieces = iter(_TOKEN.split(spelt))
    for gap, token in zip(pieces, pieces, strict=False):
        start = end + len(gap)
        end = start + len(token)
        tokens.append(_made(Token, (token, start, end)))
    return spelt, places, tokens


def canonical(number: str) -> str:
    """A number without its separators, case and width: what two spellings of one number share."""
    if number.isascii():
        return _NO_TOKEN.sub("", number.lower())
    return "".join(_TOKEN.findall(folded(number)[0]))


def endings(text: str) -> list[str]:
    """The last two digits of every run of digits in `text`; of a run of one digit, that digit."""
    return _ENDING.findall(text if text.isascii() else folded(text)[0])


def ending(spelt: str) -> tuple[str, ...]:
    """What a text that mentions this number (as `canonical` spells it) has among its `endings`: one of these.

    Its last run of digits may be cut in two in the text, so its last digit alone will do. Empty where it has none.
    """
    last = spelt[-2:]
    if len(last) == 1 or not last.isdecimal():
        found = _ENDING.findall(spelt)
        if not found:
            return ()
        last = found[-1]
    return (last,) if len(last) == 1 else (last, last[1])


def ranges(text: str) -> bool:
    """Whether `text` may have a range of numbers, which means some that it does not spell."""
    return _RANGE.search(folded(text)[0]) is not None


def joined(spelt: str, end: int, start: int) -> bool:
    """Whether nothing, or one mark that numbers are written with, stands between two places of a folded text."""
    return start == end or (start == end + 1 and spelt[end] in _JOINTS)


def sticks(left: Token, right: Token) -> bool:
    """Whether two tokens without anything between read as one word: letters and digits do, Chinese does not."""
    return left.text.isascii() and right.text.isascii()
