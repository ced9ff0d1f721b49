"""The index kept true to the text: found, compared with the files, made or mended; never a reason to fail."""

from __future__ import annotations

import gc
import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from custledger.core.frozen import frozen
from custledger.core.trouble import CustledgerError
from custledger.indexed import NotIndexed
from custledger.indexed.asking import Asking
from custledger.indexed.texts import FolderText
from custledger.indexed.worth import SIZE_LEAST, files_of, size_of
from custledger.store import index as store
from custledger.store.files import FolderSource
from custledger.store.index_rows import JOURNALS, PRECISE
from custledger.store.layout import layout
from custledger.store.lock import place
from custledger.store.ranges import signature_at

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from custledger.book.settings import Settings
    from custledger.indexed.building import Made
    from custledger.indexed.updating import Mended
    from custledger.store.index import Index
    from custledger.store.index_rows import FileRow
    from custledger.store.layout import Layout

_RACY = 2_000_000_000
"""Nanoseconds within which some file systems cannot tell two changes apart."""


def asking(root: Path, label: str, settings: Settings, today: dt.date, *, make: bool = False) -> Asking | None:
    """The book's index, brought up to date; None where the whole text is to be read instead.

    It is made where there is none and the book is large enough, or `make` says so. What keeps it from being written
    (no right to, a full disk, another process) is no error: the question is answered from the text.
    """
    real = os.path.realpath(root)
    if os.path.lexists(place(real).intent):
        return None
    found = layout(root)
    index = store.opened(real)
    try:
        if index is not None:
            moved = _moved(index, found, real)
            if not moved or (moved.mended and _mend(index, real, found, label, settings, today, moved)):
                return _asking(index, real, label, found, settings)
            index.connection.close()
        elif not make and size_of(real) < SIZE_LEAST:
            return None
        if not _build(real, found, label, today):
            return None
    except (CustledgerError, OSError, store.Trouble):
        return None
    index = store.opened(real)
    return None if index is None else _asking(index, real, label, found, settings)


@frozen
class Moved:
    """The files that are not what the index was made from."""

    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    mended: bool = False
    """Whether all of them are journals."""

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone)


def _asking(index: Index, root: str, label: str, found: Layout, settings: Settings) -> Asking | None:
    if index.meta("state") != "whole":
        return None
    return Asking(index=index, text=FolderText(FolderSource(root)), label=label, layout=found, settings=settings)


def _build(root: str, found: Layout, label: str, today: dt.date) -> bool:
    """Make the index anew; False where it cannot stand for the book. Then it says only of which text that is so."""
    from custledger.indexed.building import Build
    from custledger.indexed.rows import whole_row

    source = FolderText(FolderSource(root))
    made: Made | None = None
    reason = ""
    rows: list[FileRow] = []
    with collecting_nothing():
        try:
            made = Build(source, found, label, today).run()
        except NotIndexed as found_unfit:
            reason = str(found_unfit)
            rows = [whole_row(name, "", source) for name in files_of(found)]
        if source.moved() is not None:
            return False
        with store.made(root) as index:
            if made is not None:
                write(index, made, found)
                return True
            for row in rows:
                index.put_file(row)
            _put_strays(index, found)
            index.put_meta("state", "unfit")
            index.put_meta("reason", reason)
    return False


def reason_of(root: Path) -> str | None:
    """Why a book has no index that could be asked, as `NotIndexed` has it; None where it has one, or nobody tried."""
    index = store.opened(os.path.realpath(root))
    return None if index is None else index.meta("reason")


def differing(root: Path, label: str, today: dt.date) -> list[str]:
    """The tables in which the index differs from one made anew from the text: none, unless something is wrong."""
    from custledger.indexed.building import Build

    real, found = os.path.realpath(root), layout(root)
    source = FolderText(FolderSource(real))
    index = store.opened(real)
    try:
        made = Build(source, found, label, today).run()
    except NotIndexed:
        return [] if index is not None and index.meta("state") == "unfit" else ["meta"]
    with store.made(real, VERIFYING) as other:
        write(other, made, found)
        tables = ["meta"] if index is None else index.differing(other)
    store.forget(real, VERIFYING)
    return tables


VERIFYING = "verify.sqlite"


def _put_strays(index: Index, found: Layout) -> None:
    index.put_meta("strays", json.dumps([stray.name for stray in found.strays]))


def write(index: Index, made: Made, found: Layout) -> None:
    """Put all of it into an empty index."""
    for row in made.files:
        index.put_file(row)
    index.put_customers(made.customers)
    index.put_accounts(made.accounts)
    index.put_named(made.named)
    index.put_meta("repeated", json.dumps(made.repeated))
    if made.asserts:
        index.put_meta("asserts", "yes")
    index.put_meta("directives", json.dumps([text.decode() for text in made.directives]))
    _put_strays(index, found)
    index.put_meta("state", "whole")


def _moved(index: Index, found: Layout, root: str) -> Moved:
    """What of the text the index is not of: told by inode, size and time, and by content where time cannot tell.

    A file that was written within _RACY of the index may have changed again without a trace (git's rule).
    """
    known = {row[0]: row for row in index.signatures()}
    there = files_of(found)
    written = index.written() - _RACY
    changed = [name for name in there if name not in known]
    for name in there:
        if name in known:
            _, _, size, mtime, inode, blob = known[name]
            same = signature_at(root, name) == (inode, size, mtime)
            if not same or (mtime >= written and not _same(root, name, blob)):
                changed.append(name)
    gone = [name for name in known if name not in set(there)]
    if json.loads(index.meta("strays") or "[]") != [stray.name for stray in found.strays]:
        return Moved((*changed, "strays"))
    journals = {*found.journals, *(name for name in gone if known[name][1] in {JOURNALS, PRECISE})}
    return Moved(tuple(changed), tuple(gone), journals.issuperset([*changed, *gone]))


def _mend(index: Index, root: str, found: Layout, label: str, settings: Settings, today: dt.date, moved: Moved) -> bool:
    """Bring an index up to date with some journals; False where it is to be made anew."""
    from custledger.indexed.updating import Update

    if index.meta("state") != "whole":
        return False
    source = FolderText(FolderSource(root))
    with collecting_nothing():
        try:
            mended = Update(index, source, found, label, settings, today, moved.changed, moved.gone).run()
        except NotIndexed:
            return False
        if source.moved() is not None:
            return False
        with store.changed(index):
            put_mended(index, mended)
    return True


def put_mended(index: Index, mended: Mended) -> None:
    """Put what changed in place of what was there."""
    for name in mended.gone:
        index.drop_file(name)
    for row in mended.files:
        index.put_file(row)
    index.drop_accounts(mended.touched)
    index.put_accounts(mended.accounts)
    index.put_customers(mended.customers)
    index.drop_named(mended.hard)
    index.put_named(mended.named)
    index.put_meta("repeated", json.dumps(mended.repeated))
    if mended.asserts:
        index.put_meta("asserts", "yes")


def _same(root: str, name: str, blob: str) -> bool:
    from custledger.store.blob import blob_id

    return blob_id(FolderSource(root).read(name)) == blob


@contextmanager
def collecting_nothing() -> Iterator[None]:
    """Without the collector of cycles: there are none in rows, and looking for them takes a fifth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
