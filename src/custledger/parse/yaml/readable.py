"""From bytes to text that a YAML reader may see: UTF-8, no control characters, no tabs, no merge conflicts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from custledger.core.diagnostic import problem
from custledger.core.span import Span

if TYPE_CHECKING:
    from custledger.core.diagnostic import Diagnostic

BYTES_MAX = 20_000_000
"""A larger file is refused unread: no person keeps one, and nobody should wait for it."""

#: Whatever YAML 1.2 does not print, the byte order mark inside of a file, and breaks that editors do not count.
_UNREADABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|\r(?!\n)"
)
_TAB = re.compile("\t+")
_CONFLICT = re.compile(r"^<{7} .*$|^={7}\r?$|^>{7} .*$", re.MULTILINE)


@dataclass(slots=True)
class Readable:
    """Text with what must not be in it made blank (same lines and columns); `bad` are the lines it was on."""

    text: str
    diagnostics: list[Diagnostic]
    bad: set[int]


def readable(file: str, data: bytes) -> Readable | Diagnostic:
    """The text of a file, or the one problem that keeps all of it from being read. A byte order mark is skipped."""
    if len(data) > BYTES_MAX:
        return problem("too-large", Span(file), variant="file", limit=BYTES_MAX // 1_000_000)
    try:
        text = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return _not_utf8(file, data, error.start)
    found = Readable(text, [], set())
    if _UNREADABLE.search(text) or "\t" in text or "\n<<<<<<< " in f"\n{text}":
        _conflicts(file, found)
        _unreadable(file, found)
        _tabs(file, found)
    return found


def _not_utf8(file: str, data: bytes, start: int) -> Diagnostic:
    line_start = data.rfind(b"\n", 0, start) + 1
    line = data.count(b"\n", 0, start) + 1
    column = len(data[line_start:start].decode("utf-8-sig", "replace")) + 1
    variant = "utf16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ""
    span = Span(file, line, column, line, column + 1)
    return problem("not-utf8", span, variant=variant, byte=f"0x{data[start]:02x}")


class _Lines:
    """Line and column of growing offsets, in one pass."""

    def __init__(self, text: str) -> None:
        self.text, self.offset, self.line, self.start = text, 0, 1, 0

    def place(self, offset: int) -> tuple[int, int]:
        self.line += self.text.count("\n", self.offset, offset)
        self.start = self.text.rfind("\n", 0, offset) + 1
        self.offset = offset
        return self.line, offset - self.start + 1


def _conflicts(file: str, found: Readable) -> None:
    """One problem for each `<<<<<<<` … `>>>>>>>`; its three markers become blank, its lines are bad."""
    opened: int | None = None
    lines = _Lines(found.text)
    for match in _CONFLICT.finditer(found.text):
        line, _ = lines.place(match.start())
        if match[0].startswith("<"):
            closing = found.text.find("\n>>>>>>> ", match.end()) + 1 or len(found.text)
            end = line + found.text.count("\n", match.start(), closing)
            found.diagnostics.append(problem("merge-conflict", Span(file, line, 1, line, len(match[0]) + 1), end=end))
            opened = line if opened is None else opened
        if opened is not None:
            found.bad.update(range(opened, line + 1))
        if match[0].startswith(">"):
            opened = None
    if found.bad:
        found.text = _CONFLICT.sub(lambda match: " " * len(match[0]), found.text)


def _unreadable(file: str, found: Readable) -> None:
    """One problem a line."""
    lines = _Lines(found.text)
    for match in _UNREADABLE.finditer(found.text):
        line, column = lines.place(match.start())
        if line not in found.bad:
            span = Span(file, line, column, line, column + 1)
            found.diagnostics.append(problem("unreadable-text", span, code=f"U+{ord(match[0]):04X}"))
            found.bad.add(line)
    found.text = _UNREADABLE.sub(" ", found.text)


def _tabs(file: str, found: Readable) -> None:
    """One problem a line."""
    lines = _Lines(found.text)
    for match in _TAB.finditer(found.text):
        line, column = lines.place(match.start())
        if line not in found.bad:
            span = Span(file, line, column, line, column + len(match[0]))
            found.diagnostics.append(problem("yaml-feature", span, variant="tab"))
            found.bad.add(line)
    found.text = found.text.replace("\t", " ")
