"""The index kept true to the text: found, compared with the files, made or mended; never a reason to fail."""

from __future__ import annotations

import gc
import json
import os
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from custledger.core.frozen import frozen
from custledger.core.trouble import CustledgerError, WorldError
from custledger.indexed import NotIndexed
from custledger.indexed.asking import Asking
from custledger.indexed.texts import FolderText
from custledger.indexed.worth import SIZE_LEAST, files_of, size_of
from custledger.store import index_files as store
from custledger.store.files import FolderSource
from custledger.store.index_rows import MENDED, kinds_of
from custledger.store.layout import layout
from custledger.store.lock import place
from custledger.store.ranges import signature_at

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from custledger.book.settings import Settings
    from custledger.indexed.building import Made
    from custledger.indexed.updating import Mended
    from custledger.store.index import Index
    from custledger.store.layout import Layout

_RACY = 2_000_000_000
"""Nanoseconds within which some file systems cannot tell two changes apart."""


def asking(
    root: Path,
    label: str,
    settings: Settings,
    today: dt.date,
    *,
    make: bool = False,
    tell: Callable[[WorldError], None] | None = None,
) -> Asking | None:
    """The book's index, brought up to date; None where the whole text is to be read instead.

    It is made where there is none and the book is large enough, or `make` says so. What keeps it from being written
    (no right to, a full disk, another process) is no error: `tell` is told, and the question is answered from the
    text. An index that does not say what was written into it is deleted.
    """
    real = os.path.realpath(root)
    if os.path.lexists(place(real).intent):
        return None
    try:
        try:
            return _kept(real, layout(root), label, settings, today, make=make)
        except store.Trouble as error:
            if store.give_up(store.path_of(real), error):
                return _kept(real, layout(root), label, settings, today, make=make)
    except store.NotWritten as error:
        if tell is not None:
            tell(error.why)
    except (CustledgerError, OSError, store.Trouble):
        pass  # the text is about to say the same, or another process is at it
    return None


def _kept(root: str, found: Layout, label: str, settings: Settings, today: dt.date, *, make: bool) -> Asking | None:
    index = store.opened(root)
    if index is None:
        if not make and size_of(root) < SIZE_LEAST:
            return None
    else:
        try:
            with index.steady():
                moved = _moved(index, found, root)
            if moved.mended:
                moved = _mend(index, root, found, label, settings, today)
            if not moved:
                if moved.racy:
                    _seen(index, moved.racy)
                return _asking(index, root, label, found, settings)
        except BaseException:
            index.connection.close()
            raise
        index.connection.close()
    if not _build(root, found, label, today):
        return None
    index = store.opened(root)
    return None if index is None else _asking(index, root, label, found, settings)


@frozen
class Moved:
    """The files that are not what the index was made from."""

    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    mended: bool = False
    """Whether all of them are read block by block, of an index that has their blocks."""
    racy: int = 0
    """Of those that were compared by content because of their time, the latest time of change."""

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone)


def _asking(index: Index, root: str, label: str, found: Layout, settings: Settings) -> Asking | None:
    if index.meta("state") != "whole":
        index.connection.close()
        return None
    index.serial = index.meta("serial")
    return Asking(index=index, text=FolderText(FolderSource(root)), label=label, layout=found, settings=settings)


def _build(root: str, found: Layout, label: str, today: dt.date) -> bool:
    """Make the index anew; False where it cannot stand for the book. Then it says only of which text that is so."""
    from custledger.indexed.building import Build
    from custledger.indexed.rows import whole_row

    source = FolderText(FolderSource(root))
    made: Made | None = None
    with collecting_nothing(), store.made(root) as index:
        index.put_meta("read", str(store.moment(index)))
        try:
            made = Build(source, found, label, today).run()
        except NotIndexed as why:
            for name in files_of(found):
                index.put_file(whole_row(name, "", source))
            _put_strays(index, found)
            index.put_meta("state", "unfit")
            index.put_meta("reason", str(why))
        else:
            write(index, made, found)
        if source.moved() is not None:
            raise WorldError("files.changed_while_reading", name=root)
    return made is not None


def reason_of(root: Path) -> str | None:
    """Why a book has no index that could be asked, as `NotIndexed` has it; None where it has one, or nobody tried."""
    index = store.opened(os.path.realpath(root))
    if index is None:
        return None
    with closing(index.connection):
        return index.meta("reason")


VERIFYING = "verify.sqlite"


def differing(root: Path, label: str, today: dt.date) -> list[str]:
    """The tables in which the index differs from one made anew from the text: none, unless something is wrong.

    Raises NotWritten where the other one cannot be made, WorldError where either changes meanwhile.
    """
    real, found = os.path.realpath(root), layout(root)
    index = store.opened(real)
    if index is None:
        return ["meta"]
    with closing(index.connection), suppress(store.Broken):
        try:
            return _differing(index, real, found, label, today)
        except store.Stale as error:
            raise WorldError("files.changed_while_reading", name=store.path_of(label)) from error
    return ["meta"]


def _differing(index: Index, root: str, found: Layout, label: str, today: dt.date) -> list[str]:
    from custledger.indexed.building import Build

    index.serial = index.meta("serial")
    whole = index.meta("state") == "whole"
    source = FolderText(FolderSource(root))
    with collecting_nothing():
        try:
            made = Build(source, found, label, today, knowing=index.customers() if whole else ()).run()
        except NotIndexed:
            return ["meta"] if whole else []
        if source.moved() is not None:
            raise WorldError("files.changed_while_reading", name=label)
        with store.made(root, VERIFYING) as other:
            write(other, made, found)
            with index.steady():
                tables = index.differing(other)
                if made.asserts and index.meta("asserts") != "yes":  # once it stood there, it is looked for again
                    tables.insert(0, "meta")
    store.forget(store.path_of(root, VERIFYING))
    return tables


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

    A file that was written within _RACY of the moment at which it was read may have changed again without a trace
    (git's rule).
    """
    known = {row[0]: row for row in index.signatures()}
    there = files_of(found)
    sure = int(index.meta("read") or "0") - _RACY
    changed = [name for name in there if name not in known]
    racy = 0
    for name in there:
        if name in known:
            _, _, size, mtime, inode, blob = known[name]
            same = signature_at(root, name) == (inode, size, mtime)
            if same and mtime >= sure:
                racy = max(racy, mtime)
                same = _same(root, name, blob)
            if not same:
                changed.append(name)
    gone = [name for name in known if name not in set(there)]
    if json.loads(index.meta("strays") or "[]") != [stray.name for stray in found.strays]:
        return Moved((*changed, "strays"), racy=racy)
    blocks = {*kinds_of(found), *(name for name in gone if known[name][1] in MENDED)}
    mended = bool(changed or gone) and blocks.issuperset([*changed, *gone]) and index.meta("state") == "whole"
    return Moved(tuple(changed), tuple(gone), mended, racy)


def _mend(index: Index, root: str, found: Layout, label: str, settings: Settings, today: dt.date) -> Moved:
    """Bring an index up to date with some files: nothing, or what makes that it is to be made anew.

    From looking at the files to the last change no other process changes the index.
    """
    from custledger.indexed.updating import Update

    source = FolderText(FolderSource(root))
    with collecting_nothing(), store.changed(index):
        now = store.moment(index)
        moved = _moved(index, found, root)
        if not moved.mended:
            return moved
        try:
            mended = Update(index, source, found, label, settings, today, moved.changed, moved.gone).run()
        except NotIndexed:
            return Moved(moved.changed, moved.gone)
        if source.moved() is not None:
            raise WorldError("files.changed_while_reading", name=root)
        put_mended(index, mended)
        index.put_meta("read", str(now))
        index.put_meta("serial", str(int(index.meta("serial") or "0") + 1))
    return Moved()


def _seen(index: Index, racy: int) -> None:
    """Remember that files were compared by content, where their time tells them apart from now on."""
    with suppress(store.NotWritten, store.Trouble), store.changed(index):
        now = store.moment(index)
        if racy < now - _RACY:
            index.put_meta("read", str(now))


def put_mended(index: Index, mended: Mended) -> None:
    """Put what changed in place of what was there."""
    for name in mended.gone:
        index.drop_file(name)
    for row in mended.files:
        index.put_file(row)
    index.drop_accounts(mended.touched)
    index.put_customers(mended.customers)
    index.put_accounts(mended.accounts)
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
