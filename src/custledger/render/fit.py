"""Fitting text into columns: cutting, folding, sharing out a terminal's width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.text import width

if TYPE_CHECKING:
    from collections.abc import Sequence

SHRUNK_MIN = 8
"""A column is never cut below this many columns."""

#: Closing punctuation that must not begin a line (GB/T 15834).
_CLOSING = frozenset("，。、；：！？）》」』】％”’,.;:!?)]}%")


def cut(text: str, columns: int) -> str:
    """`text` in at most `columns`, the last of them `…` where something is left out."""
    if width(text) <= columns:
        return text
    kept, used = "", 0
    for char in text:
        used += width(char)
        if used > columns - 1:
            break
        kept += char
    return kept + "…"


def fit(natural: Sequence[int], shrink: Sequence[bool], room: int) -> list[int] | None:
    """The widths of columns so that they take at most `room`: the widest that may shrink gives way first.

    None where they cannot be made to fit.
    """
    widths = list(natural)
    excess = sum(widths) - room
    while excess > 0:
        able = [i for i, may in enumerate(shrink) if may and widths[i] > SHRUNK_MIN]
        if not able:
            return None
        widest = max(able, key=lambda i: (widths[i], -i))
        widths[widest] -= 1
        excess -= 1
    return widths


def wrap(text: str, room: int) -> list[str]:
    """`text` folded into lines of at most `room` columns: at blanks, and between wide characters.

    A line does not begin with closing punctuation: the character before it comes down with it.
    """
    lines: list[str] = []
    line: list[str] = []
    for piece in _pieces(text):
        if line and width("".join(line) + piece.rstrip()) > room:
            down: list[str] = []
            while piece[0] in _CLOSING and len(line) > 1 and (not down or down[0] in _CLOSING):
                down.insert(0, line.pop())
            lines.append("".join(line).rstrip())
            line = [*down, piece] if down else [piece.lstrip()]
        else:
            line.append(piece)
        while width("".join(line)) > room and len(line) == 1 and len(line[0]) > 1:
            whole = line[0]
            lines.append(whole[:room])
            line = [whole[room:]]
    rest = "".join(line).rstrip()
    return [*lines, rest] if rest or not lines else lines


def _pieces(text: str) -> list[str]:
    """What must stay together: words with the blank behind them, wide characters one by one."""
    pieces, word = [], ""
    for char in text:
        if width(char) > 1:
            pieces += [word] if word else []
            pieces.append(char)
            word = ""
        else:
            word += char
            if char == " ":
                pieces.append(word)
                word = ""
    return [*pieces, word] if word else pieces
