"""A change to a book as a value: what to put where in which version of which file. Nothing here touches a disk."""

from __future__ import annotations

from custledger.core.frozen import frozen


@frozen
class Splice:
    """Bytes `start` to `end` of the old content become `new`. `start == end` inserts."""

    start: int
    end: int
    new: bytes


@frozen
class FileEdit:
    """The splices of one file, in order and apart; `digest` is the SHA-256 of what they were planned on.

    `digest` None: the file must not exist yet and is created.
    """

    name: str
    digest: str | None
    splices: tuple[Splice, ...]


@frozen
class Plan:
    """All edits of one command: all are made or none."""

    edits: tuple[FileEdit, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.edits)
