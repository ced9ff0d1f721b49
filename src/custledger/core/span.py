"""Where something stands in a text file."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of one file. Lines and columns count from 1, columns in code points; the end is exclusive.

    `file` is relative to the book (or to the first `-f`'s folder), with `/`, as reports print it.
    `line` 0 means the file as a whole.
    """

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    @property
    def place(self) -> str:
        """`file:line` as reports and keys name a place."""
        return f"{self.file}:{self.line}" if self.line else self.file
