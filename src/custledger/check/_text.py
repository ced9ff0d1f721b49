"""Looking back at the text for the exact place of a problem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from custledger.core.span import Span
from custledger.core.trouble import WorldError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Document(Protocol):
    """A document that knows where it and its values stand."""

    @property
    def span(self) -> Span:
        """All of it."""

    @property
    def spans(self) -> Mapping[str, Span]:
        """The values, by key."""


class Texts:
    """Lines of files, each file read once; one that cannot be read has none."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read
        self._lines: dict[str, list[str]] = {}

    def lines(self, file: str) -> list[str]:
        """The lines of a file, without their ends. Bytes that are no UTF-8 become `U+FFFD`."""
        if file not in self._lines:
            try:
                text = self._read(file).decode("utf-8", errors="replace")
            except WorldError:
                text = ""
            self._lines[file] = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return self._lines[file]

    def whole(self, file: str) -> str | None:
        """The text of a file; None where it is not UTF-8, so that nobody can say what it defines."""
        text = "\n".join(self.lines(file))
        return None if "\ufffd" in text or "\x00" in text else text

    def between(self, file: str, first: int, last: int) -> str:
        """Lines `first` to `last`, both included, counted from 1."""
        return "\n".join(self.lines(file)[max(0, first - 1) : last])

    def find(self, word: str, span: Span) -> Span:
        """Where `word` first stands within a span; the span itself where it does not."""
        last = span.end_line or span.line
        for number in range(span.line, last + 1):
            line = self.between(span.file, number, number)
            start = span.column - 1 if number == span.line and span.column else 0
            at = line.find(word, start)
            if word and at >= 0:
                return Span(span.file, number, at + 1, number, at + 1 + len(word))
        return span

    def of(self, document: Document, key: str, word: str = "") -> Span:
        """Where a document has the value of `key` (or `word` within it); else where the word or the key stands."""
        span = document.spans.get(key)
        if span is None:
            return self.find(word or f"{key.rpartition('.')[2]}:", document.span)
        return self.find(word, span) if word else span

    def first_word(self, span: Span) -> Span:
        """The first word of a span's first line: the date of a transaction."""
        line = self.between(span.file, span.line, span.line)[max(0, span.column - 1) :]
        word = line.split(maxsplit=1)[0] if line.strip() else ""
        return self.find(word, span) if word else span
