"""A book as it would be with a plan made, without a byte written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from custledger.core.globs import matches
from custledger.core.trouble import ensure
from custledger.edit.splice import digest_of, spliced
from custledger.store.files import FilesSource, FolderSource
from custledger.store.layout import Layout, with_made

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custledger.core.source import Source
    from custledger.edit.plan import Plan


class PlannedSource(FolderSource):
    """The files of a book, those of the plan as it leaves them. `old` gives what the plan was made on."""

    def __init__(self, layout: Layout, old: Source, plan: Plan) -> None:
        super().__init__(layout.root)
        self._old = old
        self._made = made_by(old, plan)

    def read(self, name: str) -> bytes:
        """The file's bytes after the plan."""
        return self._made[name] if name in self._made else self._old.read(name)

    def include(self, including: str, pattern: str) -> list[str]:
        """The files that an `include` means, those among them that the plan makes."""
        return sorted({*super().include(including, pattern), *made_among(self._made, including, pattern)})


class PlannedFiles:
    """Journals given with `-f`, those of the plan as it leaves them."""

    def __init__(self, old: FilesSource | PlannedFiles, plan: Plan) -> None:
        self.names: tuple[str, ...] = old.names
        self._old = old
        self._made = made_by(old, plan)

    def read(self, name: str) -> bytes:
        """The file's bytes after the plan."""
        return self._made[name] if name in self._made else self._old.read(name)

    def include(self, including: str, pattern: str) -> list[str]:
        """The files that an `include` means: a plan for bare journals makes no new ones."""
        return self._old.include(including, pattern)


def made_among(made: Iterable[str], including: str, pattern: str) -> list[str]:
    """Those of the files that a plan makes which an `include` means."""
    path = os.path.normpath(os.path.join(os.path.dirname(including), pattern))
    return [name for name in made if matches(path, name)]


def made_by(old: Source, plan: Plan) -> dict[str, bytes]:
    """What the plan makes of the files it changes."""
    made: dict[str, bytes] = {}
    for edit in plan.edits:
        before = b"" if edit.digest is None else old.read(edit.name)
        ensure(edit.digest is None or digest_of(before) == edit.digest, f"a plan for another {edit.name}")
        made[edit.name] = spliced(before, edit.splices)
    return made


def planned_layout(layout: Layout, plan: Plan) -> Layout:
    """The book's files after the plan."""
    return with_made(layout, [edit.name for edit in plan.edits])
