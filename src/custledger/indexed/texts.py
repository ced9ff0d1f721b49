"""Where the index reads a book from: its folder, or a git revision of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from custledger.store.ranges import read_ranges, signature_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custledger.store.files import FolderSource, Signature
    from custledger.store.git import GitSource

Seen = tuple["Signature", bytes]


class Text(Protocol):
    """The files of a book by name (see `core.source.Source`), and what the index asks of them beside their bytes."""

    def read(self, name: str) -> bytes:
        """All of a file."""

    def include(self, including: str, pattern: str) -> list[str]:
        """The files that an `include` means."""

    def ranges(self, name: str, spans: Iterable[tuple[int, int]]) -> list[bytes]:
        """The bytes of a file from each start to its end (-1: the file's)."""

    def size(self, names: Iterable[str]) -> int:
        """Bytes of so many files, as far as it is known without reading them."""

    def signature(self, name: str) -> Signature:
        """What tells whether a file that was read is still the same."""

    def look(self, name: str) -> Signature:
        """The signature that the file has now. Raises OSError where it is not there."""

    def seen(self, name: str) -> Seen:
        """What another process's `saw` takes note of."""

    def saw(self, name: str, seen: Seen) -> None:
        """Another process read the file."""

    def moved(self) -> str | None:
        """A file that is not what was read any more."""


class FolderText:
    """A book's folder."""

    def __init__(self, source: FolderSource) -> None:
        self.source = source
        self.read, self.include, self.moved = source.read, source.include, source.moved
        self.signature, self.seen, self.saw = source.signature, source.seen, source.saw

    def ranges(self, name: str, spans: Iterable[tuple[int, int]]) -> list[bytes]:
        """Read where they stand."""
        return read_ranges(self.source.root, name, spans)

    def look(self, name: str) -> Signature:
        """Of the file's status."""
        return signature_at(self.source.root, name)

    def size(self, names: Iterable[str]) -> int:
        """From the files' status."""
        return sum(signature_at(self.source.root, name)[1] for name in names)


class RevisionText:
    """A git revision of a book: nothing of it ever changes."""

    def __init__(self, source: GitSource) -> None:
        self.source = source
        self.read, self.include = source.read, source.include

    def ranges(self, name: str, spans: Iterable[tuple[int, int]]) -> list[bytes]:
        """Out of the whole blob."""
        data = self.read(name)
        return [data[start : len(data) if end < 0 else end] for start, end in spans]

    def size(self, _: Iterable[str]) -> int:
        """Not known: one process of git serves one of ours."""
        return 0

    def signature(self, _: str) -> Signature:
        """Nothing to look at: the index of a revision is found by what is in it."""
        return (0, 0, 0)

    def look(self, name: str) -> Signature:
        """The same."""
        return self.signature(name)

    def seen(self, name: str) -> Seen:
        """The same."""
        return self.signature(name), b""

    def saw(self, _: str, __: Seen) -> None:
        """Nothing to take note of."""

    def moved(self) -> None:
        """Never."""
