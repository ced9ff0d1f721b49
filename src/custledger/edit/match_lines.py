"""The lines of a file by number, with the bytes they stand at: how spans become splices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custledger.edit.append import BOM, line_end
from custledger.edit.plan import Splice

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARK = re.compile(rb"^(?:\xef\xbb\xbf)?decimal-mark[ \t]+([.,])", re.MULTILINE)


class Lines:
    """The lines of one file, counted from 1. Offsets are bytes; texts are without line end and byte order mark."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._starts = [len(BOM) if data.startswith(BOM) else 0]
        at = data.find(b"\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = data.find(b"\n", at + 1)
        self._end = line_end(data)
        self._marks: list[tuple[int, str]] | None = None

    def start(self, number: int) -> int:
        """Where a line's text begins."""
        return self._starts[number - 1]

    def end(self, number: int) -> int:
        """Where a line's text ends, before its line end."""
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.data)
        return (
            end - 1 if end > self.start(number) and self.data[end - 1 : end] == b"\r" and self._ended(number) else end
        )

    def text(self, number: int) -> str:
        """A line's text; "" behind the last one."""
        return self.data[self.start(number) : self.end(number)].decode() if number <= len(self._starts) else ""

    def line_end(self, number: int) -> bytes:
        """How a line ends; as the file's last one does where it has no end."""
        return self.data[self.end(number) : self._starts[number]] if self._ended(number) else self._end

    def between(self, above: int, last: int, texts: Sequence[str]) -> Splice:
        """`texts` in the place of the lines behind `above` up to `last`; of none, where that is `above`."""
        end = self.line_end(above)
        new = [text.encode() for text in texts]
        if self._ended(last):
            return Splice(self._starts[above], self._starts[last], b"".join(text + end for text in new))
        return Splice(self.end(above), self.end(last), b"".join(end + text for text in new))

    def mark(self, number: int) -> str | None:
        """The decimal mark that the file itself declares above a line."""
        if self._marks is None:
            self._marks = [(match.start(), match[1].decode()) for match in _MARK.finditer(self.data)]
        above = [mark for at, mark in self._marks if at < self.start(number)]
        return above[-1] if above else None

    def _ended(self, number: int) -> bool:
        return number < len(self._starts)
