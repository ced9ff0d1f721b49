"""The index kept true to the text: found, compared with the files, made or mended; never a reason to fail."""

from __future__ import annotations

import gc
import json
import os
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from custledger.core.frozen import frozen, replace
from custledger.core.trouble import CustledgerError, WorldError
from custledger.indexed import NotIndexed
from custledger.indexed.asking import Asking
from custledger.indexed.texts import FolderText
from custledger.indexed.worth import SIZE_LEAST, files_of, size_of
from custledger.store import index_files as store
from custledger.store.files import FolderSource
from custledger.store.index_rows import MENDED, mended_of
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
    from custledger.store.files import Signature
    from custledger.store.index import Index
    from custledger.store.layout import Layout

_RACY = 2_000_000_000
"""Nanoseconds within which some file systems cannot tell two changes apart."""
_TRIES = 2


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
    (no right to, a full disk) is no error: `tell` is told, and the question is answered by one in memory; of another
    process that is at it, only where `make`. An index that does not say what was written into it is deleted.
    """
    real = os.path.realpath(root)
    if os.path.lexists(place(real).intent):
        return None
    for _ in range(_TRIES):
        try:
            return _kept(real, layout(root), label, settings, today, make=make)
        except store.NotWritten as error:
            if tell is not None and (make or not error.busy):
                tell(error.why)
            return None if make else _in_memory(root, label, settings, today)
        except (CustledgerError, OSError):
            return None  # the text is about to say the same
        except store.Trouble as error:
            if not isinstance(error, store.Stale) and not store.give_up(store.path_of(real), error):
                if make and tell is not None:
                    tell(WorldError("index.busy", name=store.path_of(label)))
                return None  # another process is at it
    return None


def _kept(root: str, found: Layout, label: str, settings: Settings, today: dt.date, *, make: bool) -> Asking | None:
    index = store.opened(root)
    if index is None:
        if not make and size_of(root) < SIZE_LEAST:
            return None
    else:
        try:
            with index.steady():
                index.serial = index.meta("serial")
                moved = _moved(index, found, root)
            if moved.mended:
                moved = _mend(index, root, found, label, settings, today)
            if not moved:
                if moved.racy or moved.touched:
                    _seen(index, found, root, moved)
                return _asking(index, root, label, found, settings)
        except BaseException:
            index.connection.close()
            raise
        index.connection.close()
    if not _build(root, found, label, today):
        return None
    index = store.opened(root)
    if index is None:
        return None
    index.serial = "0"
    return _asking(index, root, label, found, settings)


@frozen
class Moved:
    """The files that are not what the index was made from."""

    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    mended: bool = False
    """Whether all of them may change, of an index that stands for the book."""
    racy: int = 0
    """Of those that were compared by content because of their time, the latest time of change."""
    touched: tuple[tuple[str, Signature], ...] = ()
    """Those that are what they were, with another inode or time: these."""

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone)


def _asking(index: Index, root: str, label: str, found: Layout, settings: Settings) -> Asking | None:
    if index.meta("state") != "whole":
        index.connection.close()
        return None
    return Asking(index=index, text=FolderText(FolderSource(root)), label=label, layout=found, settings=settings)


def _build(root: str, found: Layout, label: str, today: dt.date) -> bool:
    """Make the index anew; False where it cannot stand for the book. Then it says only of which text that is so."""
    from custledger.indexed.building import Build
    from custledger.indexed.rows import whole_row

    source = FolderText(FolderSource(root))
    made: Made | None = None
    with collecting_nothing(), store.made(root) as index:
        index.put_meta("read", str(store.moment(index)))
        index.put_meta("serial", "0")
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


def _in_memory(root: Path, label: str, settings: Settings, today: dt.date) -> Asking | None:
    """An index for one question, kept nowhere; None where the whole text is to be read instead."""
    from custledger.indexed.building import Build

    try:
        real = os.path.realpath(root)
        found, source = layout(root), FolderText(FolderSource(real))
        with collecting_nothing():
            made = Build(source, found, label, today).run()
            index = store.in_memory()
            write(index, made, found)
            index.put_counts()
        return None if source.moved() is not None else _asking(index, real, label, found, settings)
    except (NotIndexed, CustledgerError, OSError):
        return None  # the text is about to say the same


def reason_of(root: Path) -> str | None:
    """Why a book has no index that could be asked, as `NotIndexed` has it; None where it has one, or nobody tried."""
    try:
        index = store.opened(os.path.realpath(root))
        if index is not None:
            with closing(index.connection):
                return index.meta("reason")
    except store.Trouble:
        pass  # another process is at it
    return None


def damaged(root: Path) -> list[str]:
    """The tables of the index, as it stands there, that do not say what was written; none where there is no index.

    Raises WorldError where another process is at it.
    """
    try:
        index = store.opened(os.path.realpath(root))
        if index is None:
            return ["meta"] if store.spoilt(os.path.realpath(root)) else []
        with closing(index.connection), index.steady():
            return index.damaged()
    except store.Trouble as error:
        if store.broken(error):
            return ["meta"]
        raise WorldError("index.busy", name=store.path_of(str(root))) from error


def differing(root: Path, label: str, today: dt.date) -> list[str]:
    """The tables in which the index differs from one made anew from the text: none, unless something is wrong.

    Raises NotWritten where the other one cannot be made, WorldError where either changes meanwhile.
    """
    real, found = os.path.realpath(root), layout(root)
    try:
        index = store.opened(real)
        if index is None:
            return ["meta"]
        with closing(index.connection):
            return _differing(index, real, found, label, today)
    except store.Trouble as error:
        if store.broken(error):
            return ["meta"]
        raise WorldError("files.changed_while_reading", name=store.path_of(label)) from error


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
        with store.scratch(root) as other:
            write(other, made, found)
            with index.steady():
                tables = index.differing(other)
                if made.asserts and index.meta("asserts") != "yes":  # once it stood there, it is looked for again
                    tables.insert(0, "meta")
    return tables


def _put_strays(index: Index, found: Layout) -> None:
    index.put_meta("strays", json.dumps([stray.name for stray in found.strays]))


def write(index: Index, made: Made, found: Layout) -> None:
    """Put all of it into an empty index."""
    for row in made.files:
        index.put_file(row)
    index.put_customers(made.customers, made.accounts)
    index.put_named(made.named)
    index.put_meta("repeated", json.dumps(made.repeated))
    index.put_meta("asserts", "yes" if made.asserts else "no")
    index.put_meta("directives", json.dumps([text.decode() for text in made.directives]))
    _put_strays(index, found)
    index.put_meta("state", "whole")


def _moved(index: Index, found: Layout, root: str) -> Moved:
    """What of the text the index is not of: told by inode, size and time, and by content where these cannot tell.

    A file that was written within _RACY of the moment at which it was read may have changed again without a trace
    (git's rule). One that has the same size and another inode or time may be what it was.
    """
    known = {row[0]: row for row in index.signatures()}
    there = files_of(found)
    sure = int(index.meta("read") or "0") - _RACY
    changed = [name for name in there if name not in known]
    touched: list[tuple[str, Signature]] = []
    racy = 0
    for name in there:
        if name in known:
            _, _, size, mtime, inode, blob = known[name]
            now = signature_at(root, name)
            if now == (inode, size, mtime) and mtime < sure:
                continue
            if now[1] != size or not _same(root, name, blob):
                changed.append(name)
            elif now == (inode, size, mtime):
                racy = max(racy, mtime)
            else:
                touched.append((name, now))
    present = set(there)
    gone = [name for name in known if name not in present]
    if json.loads(index.meta("strays") or "[]") != [stray.name for stray in found.strays]:
        return Moved((*changed, "strays"))
    blocks = {*mended_of(found), *(name for name in gone if known[name][1] in MENDED)}
    mended = bool(changed or gone) and blocks.issuperset([*changed, *gone]) and index.meta("state") == "whole"
    return Moved(tuple(changed), tuple(gone), mended, racy, tuple(touched))


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
        # Of files that did not change some blocks were read: they must not have moved under that.
        if source.moved() is not None or _moved(index, found, root) != moved:
            raise WorldError("files.changed_while_reading", name=root)
        put_mended(index, mended)
        _put_read(index, moved, now)
        index.serial = str(int(index.meta("serial") or "0") + 1)
        index.put_meta("serial", index.serial)
    return Moved()


def _seen(index: Index, found: Layout, root: str, seen: Moved) -> None:
    """Remember that files were compared by content, where their inode and time tell them apart from now on."""
    with suppress(store.NotWritten):
        now = store.moment(index)
        if not seen.touched and seen.racy >= now - _RACY:
            return
        with store.changed(index):
            moved = _moved(index, found, root)  # again, after `now`
            if not moved:
                _put_read(index, moved, now)


def _put_read(index: Index, moved: Moved, now: int) -> None:
    """Keep that at `now`, or later, the files were compared with the index."""
    for name, seen in moved.touched:
        index.put_read(name, *seen)
    index.put_meta("read", str(now))


def put_mended(index: Index, mended: Mended) -> None:
    """Put what changed in place of what was there."""
    for name in mended.gone:
        index.drop_file(name)
    for row in mended.files:
        index.put_file(row)
    index.put_customers(mended.customers, mended.accounts)
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


def files_as_indexed(asking: Asking) -> Callable[[], str | None]:
    """What tells, whenever it is called, a file that is not what the index was compared with, or came or went since.

    `book.journal` aside, from which nothing is read. None is its answer where there is no such file.
    """
    known = {row[0]: row for row in asking.index.signatures()}
    sure = int(asking.index.meta("read") or "0") - _RACY
    root, before = asking.layout.root, asking.layout
    known.pop(before.book_journal or "", None)

    def changed(name: str) -> bool:
        _, _, size, mtime, inode, blob = known[name]
        try:
            now = signature_at(os.path.realpath(root), name)
            return not (now == (inode, size, mtime) and mtime < sure) and not _same(str(root), name, blob)
        except (OSError, WorldError):
            return True

    def moved() -> str | None:
        differs = next((name for name in sorted(known) if changed(name)), None)
        if differs is not None:
            return differs
        after = replace(layout(root), book_journal=before.book_journal)
        came = set(files_of(after)) ^ set(files_of(before))
        return min(came) if came else None

    return moved
