"""How the pure layers ask for text: `store` answers for folders and git, tests answer from a dict."""

from __future__ import annotations

from typing import Protocol


class Source(Protocol):
    """Files by name. Names are relative to the book (or the first `-f`'s folder), with `/`."""

    def read(self, name: str) -> bytes:
        """The file's bytes. Raises `WorldError` where it cannot be read or is no regular file."""
        ...

    def include(self, including: str, pattern: str) -> list[str]:
        """The files that an `include PATTERN` in `including` means, sorted; [] where none is there.

        Raises `WorldError` with key `files.include_escapes` where one lies outside what may be read.
        """
        ...
