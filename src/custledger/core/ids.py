"""Ids of customers and numbers of documents: what may be one."""

from __future__ import annotations

import re
import unicodedata

ID_MAX = 64
NUMBER_MAX = 64

#: Names that Windows keeps for devices: a folder of files per customer must be possible there too.
_DEVICES = frozenset(["con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))])
_ASCII_ID = re.compile(r"[a-z0-9_](?:[a-z0-9_-]|\.(?!\.))*", re.ASCII)
#: What separates numbers, tags and codes in a journal can be no part of a number.
_NUMBER = re.compile(r"""[^\s,;:|()\[\]{}"`\x00-\x1f\x7f]+""")


def valid_id(text: str) -> bool:
    """Whether `text` may be an id: letters of any script, digits, `-`, `_`, `.`; lower case; at most 64.

    No `..`, no `-` or `.` at the start, no `.` at the end, no device name of Windows, composed (NFC).
    Source: formats.md §2; it may become a file's name and an account's component.
    """
    if not 0 < len(text) <= ID_MAX or text.endswith(".") or text.split(".", 1)[0] in _DEVICES:
        return False
    if text.isascii():
        return _ASCII_ID.fullmatch(text) is not None
    return (
        text[0] not in "-."
        and ".." not in text
        and text == text.lower()
        and unicodedata.is_normalized("NFC", text)
        and unicodedata.category(text[0])[0] != "M"
        and all(char in "-_." or _letter(char) for char in text)
    )


def _letter(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] in "LM" or category == "Nd"


def suggest_id(text: str) -> str | None:
    """The id nearest to `text` (`Blue Ocean Co.` → `blue-ocean-co`), or None where nothing of it can be kept."""
    folded = unicodedata.normalize("NFKC", text).lower()
    joined = "".join(char if char in "-_." or _letter(char) else "-" for char in folded)
    trimmed = re.sub(r"-*\.[-.]*", ".", re.sub(r"-{2,}", "-", joined)).strip("-.")[:ID_MAX].rstrip("-.")
    return trimmed if valid_id(trimmed) else None


def valid_number(text: str) -> bool:
    """Whether `text` may be a document's number: at most 64 characters, none of them blank, invisible or `,;:|()[]{}"`.

    Those separate numbers, tags and codes in a journal.
    """
    if not 0 < len(text) <= NUMBER_MAX or _NUMBER.fullmatch(text) is None:
        return False
    return text.isascii() or not any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"} for char in text)
