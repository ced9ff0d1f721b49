"""From bytes to text that a YAML reader may see: UTF-8, no control characters, no tabs, no merge conflicts."""

from __future__ import annotations

import re

from custledger.core.diagnostic import Diagnostic, problem
from custledger.core.frozen import mutable
from custledger.core.span import Span
from custledger.parse.foreign import foreign_document

BYTES_MAX = 20_000_000
"""A larger file is refused unread: no person keeps one, and nobody should wait for it."""

PROBLEMS_MAX = 1000
"""More problems of one file are not noted: it is no file of ours."""

#: Whatever YAML 1.2 does not print, the byte order mark inside of a file, and breaks that editors do not count.
_UNREADABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|\r(?!\n)"
)
_TAB = re.compile("\t+")
_CONFLICT = re.compile(r"^<{7} .*$|^={7}\r?$|^>{7} .*$", re.MULTILINE)


@mutable
class Readable:
    """Text with what must not be in it made blank (same lines and columns); `bad` are the lines it was on."""

    text: str
    diagnostics: list[Diagnostic]
    bad: set[int]


def readable(file: str, data: bytes) -> Readable | Diagnostic:
    """The text of a file, or the one problem that keeps all of it from being read. A byte order mark is skipped."""
    if len(data) > BYTES_MAX:
        return problem("too-large", Span(file), variant="file", limit=BYTES_MAX // 1_000_000)
    other = foreign_document(file, data)
    if other is not None:
        return other
    try:
        text = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return _not_utf8(file, data, error.start)
    found = Readable(text, [], set())
    # Whatever Python can print is readable; asking that takes a third of the time of searching.
    printable = text.replace("\n", "").isprintable()
    if (not printable and (_UNREADABLE.search(text) or "\t" in text)) or "\n<<<<<<< " in f"\n{text}":
        _conflicts(file, found)
        _unreadable(file, found)
        _tabs(file, found)
    return found


def _not_utf8(file: str, data: bytes, start: int) -> Diagnostic:
    line_start = data.rfind(b"\n", 0, start) + 1
    line = data.count(b"\n", 0, start) + 1
    column = len(data[line_start:start].decode("utf-8-sig", "replace")) + 1
    variant = "utf16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "gb18030" if _reads_as_gb18030(data) else ""
    span = Span(file, line, column, line, column + 1)
    return problem("not-utf8", span, variant=variant, byte=f"0x{data[start]:02X}")


def _reads_as_gb18030(data: bytes) -> bool:
    try:
        data[:1_000_000].decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _note(found: Readable, slug: str, span: Span, variant: str = "", **args: str) -> None:
    """Note a problem; of a file that has nothing else, the first ones say enough."""
    if len(found.diagnostics) < PROBLEMS_MAX:
        found.diagnostics.append(Diagnostic(slug, span, tuple(sorted(args.items())), variant))


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
    """One problem for each `<<<<<<<` … `>>>>>>>`; the markers become blank, all lines between them are bad."""
    opened: Span | None = None
    lines = _Lines(found.text)
    for match in _CONFLICT.finditer(found.text):
        line, _ = lines.place(match.start())
        if match[0].startswith("<") and opened is None:
            opened = Span(file, line, 1, line, len(match[0].rstrip("\r")) + 1)
        if opened is not None:
            found.bad.update((opened.line, line))
        if match[0].startswith(">") and opened is not None:
            found.bad.update(range(opened.line, line + 1))
            _note(found, "merge-conflict", opened, end=str(line))
            opened = None
    if opened is not None:
        _note(found, "merge-conflict", opened, end=str(found.text.count("\n") + 1))
    if found.bad:
        found.text = _CONFLICT.sub(lambda match: " " * len(match[0]), found.text)


def _unreadable(file: str, found: Readable) -> None:
    """One problem a line."""
    lines = _Lines(found.text)
    for match in _UNREADABLE.finditer(found.text):
        line, column = lines.place(match.start())
        if line not in found.bad:
            span = Span(file, line, column, line, column + 1)
            variant = "line-end" if match[0] == "\r" else ""
            _note(found, "unreadable-text", span, variant, code=f"U+{ord(match[0]):04X}")
            found.bad.add(line)
    found.text = _UNREADABLE.sub(" ", found.text)


def _tabs(file: str, found: Readable) -> None:
    """One problem a line."""
    lines = _Lines(found.text)
    for match in _TAB.finditer(found.text):
        line, column = lines.place(match.start())
        if line not in found.bad:
            span = Span(file, line, column, line, column + len(match[0]))
            _note(found, "yaml-feature", span, "tab")
            found.bad.add(line)
    found.text = found.text.replace("\t", " ")
