"""Reading a whole book as it was at one moment, while others may be writing it."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, TypeVar

from custledger.core.trouble import WorldError
from custledger.store.files import FolderSource
from custledger.store.intent import read_intent, recover
from custledger.store.layout import Layout, layout, with_made
from custledger.store.lock import locked, place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from custledger.store.lock import Place
    from custledger.store.system import Seconds

T = TypeVar("T")

TRIES = 8
_MOVED = frozenset({"files.changed_while_reading", "files.not_found"})
_CANNOT = frozenset({"files.read_only", "files.no_permission", "files.disk_full", "files.io", "files.locked"})


def read_settled(root: Path, read: Callable[[FolderSource, Layout], T], *, timeout: Seconds = 2) -> T:
    """What `read` makes of the book's files, all of one moment.

    Readers take no lock. When the files read, or the list of files, are not afterwards what they were before, `read`
    is called again. An edit of several files that was interrupted is finished first; where that cannot be (no right
    to write), its staged files are read in their targets' place, so that all of it is seen. Raises WorldError
    `files.keeps_changing` after TRIES, and whatever `read` raises for a book that stood still.
    """
    moved = str(root)
    for number in range(TRIES):
        if number:
            time.sleep(2**number / 100)
        staged = _staged(root, timeout)
        before = with_made(layout(root), staged)
        source = FolderSource(root, staged=staged)
        try:
            result = read(source, before)
        except WorldError as error:
            if error.key not in _MOVED or _stands_still(root, source, before, staged):
                raise
            moved = error.args_named.get("name", moved)
            continue
        if _stands_still(root, source, before, staged):
            return result
        moved = next(iter(source.changed()), moved)
    raise WorldError("files.keeps_changing", name=moved)


def finish_interrupted(root: Path | str, *, timeout: Seconds = 2, bare: bool = False) -> None:
    """Finish the edit of several files that an interrupted command left at `root`; nothing where there is none.

    `bare`: `root` is the folder of bare journals, no book.
    """
    _staged(root, timeout, bare=bare)


def moved(root: Path, source: FolderSource, before: Layout) -> str | None:
    """A file of the book that is not what `source` read any more, or that came or went since; None where none is."""
    differs = source.moved()
    if differs is not None:
        return differs
    came = set(_documents(layout(root))) ^ set(_documents(before))
    return min(came) if came else None


def _documents(found: Layout) -> tuple[str, ...]:
    return (*found.customers, *found.invoices, *found.journals, *found.activities)


def _stands_still(root: Path, source: FolderSource, before: Layout, staged: dict[str, str]) -> bool:
    still_staged = _pending(place(root)) if staged else {}
    return (
        not source.changed()
        and with_made(layout(root), staged) == before
        and all(still_staged.get(name) == temp for name, temp in staged.items())
        and (bool(staged) or not os.path.lexists(place(root).intent))
    )


def _staged(root: Path | str, timeout: Seconds, *, bare: bool = False) -> dict[str, str]:
    """Names whose content still stands in a staged file; {} after what was pending could be finished."""
    where = place(root, bare=bare)
    if not read_intent(where):
        return {}
    try:
        with locked(where, timeout):
            recover(where)
    except WorldError as error:
        if error.key not in _CANNOT:
            raise
        return _pending(where)
    return {}


def _pending(where: Place) -> dict[str, str]:
    """The staged files of the intent that are not in place yet, by the names that the book knows them under."""
    waiting = [one for one in read_intent(where) if os.path.lexists(os.path.join(where.root, one.temp))]
    return {name: one.temp for one in waiting for name in (one.name, one.target)}
