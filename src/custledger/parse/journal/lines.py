"""From bytes to lines: what is no text, or too much of it, ends here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custledger.core.diagnostic import problem
from custledger.core.span import Span
from custledger.parse.foreign import foreign

if TYPE_CHECKING:
    from custledger.core.diagnostic import Diagnostic

FILE_MAX = 20_000_000
"""Bytes of one file. A line a day of a hundred entries fills it in decades."""
LINE_MAX = 64_000
"""Code points of one line."""

SPACE = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Blanks within a line, as a class of a regular expression. Source: Haskell's `isSpace`, which hledger uses."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)")
_LONG = re.compile(rf"[^\n]{{{LINE_MAX + 1}}}")
_BOM = "\ufeff"


def read_lines(data: bytes) -> tuple[list[str], list[Diagnostic]]:
    """The lines of a file without their ends, or the one reason why it has none.

    A byte order mark and CR before LF belong to no line.
    """
    if len(data) > FILE_MAX:
        return [], [problem("too-large", Span(""), variant="file", limit=FILE_MAX // 1_000_000)]
    other = foreign("", data)
    if other is not None:
        return [], [other]
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return [], [_not_utf8(data, error.start)]
    text = text.removeprefix(_BOM)
    bad = _CONTROL.search(text)
    if bad:
        span = _at(text, bad.start())
        variant = "line-end" if bad[0] == "\r" else ""
        return [], [problem("unreadable-text", span, variant=variant, code=f"U+{ord(bad[0]):04X}")]
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    long = _LONG.search(text)
    if long:
        line = text.count("\n", 0, long.start()) + 1
        span = Span("", line, LINE_MAX + 1, line, LINE_MAX + 2)
        return [], [problem("too-large", span, variant="line", limit=LINE_MAX)]
    return text.split("\n"), []


def _at(text: str, position: int) -> Span:
    line = text.count("\n", 0, position) + 1
    column = position - (text.rfind("\n", 0, position) + 1) + 1
    return Span("", line, column, line, column + 1)


def _not_utf8(data: bytes, start: int) -> Diagnostic:
    line = data.count(b"\n", 0, start) + 1
    before = data[data.rfind(b"\n", 0, start) + 1 : start].decode(errors="replace").removeprefix(_BOM)
    span = Span("", line, len(before) + 1, line, len(before) + 2)
    variant = ""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        variant = "utf16"
    else:
        try:
            data[:1_000_000].decode("gb18030", errors="strict")
            variant = "gb18030"
        except UnicodeDecodeError:
            pass
    return problem("not-utf8", span, variant=variant, byte=f"0x{data[start]:02X}")
