"""The index of a git revision: found by what is in it, made from the present one where most of it is the same."""

from __future__ import annotations

import hashlib
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from custledger.book.book import Revision
from custledger.core.trouble import CustledgerError
from custledger.indexed import NotIndexed
from custledger.indexed.asking import Asking
from custledger.indexed.keeping import Moved, collecting_nothing, put_mended, write
from custledger.indexed.texts import RevisionText
from custledger.indexed.worth import SIZE_LEAST, files_of, size_of
from custledger.store import index_files as store
from custledger.store.index_rows import MENDED, mended_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from custledger.book.settings import Settings
    from custledger.core.trouble import WorldError
    from custledger.store.git import GitSource
    from custledger.store.index import Index
    from custledger.store.layout import Layout

KEPT = 6
"""So many revisions' indexes are kept: those last made."""
OF_REVISIONS = "at-"
"""What the names of their files begin with."""
_OID_SHA1 = 40


def asking_at(
    source: GitSource,
    revision: str,
    label: str,
    settings: Settings,
    today: dt.date,
    *,
    tell: Callable[[WorldError], None] | None = None,
) -> Asking | None:
    """The index of a book as of a revision, made where there is none; None where the whole text is to be read.

    Text that stands in several revisions is read once: an index is a copy of the folder's, with only those files
    read whose blobs differ. `tell` is told what keeps it from being written.
    """
    layout = source.layout()
    blobs = {name: source.blob_id(name) for name in files_of(layout)}
    if any(len(blob) != _OID_SHA1 for blob in blobs.values()):
        return None
    said = "".join(f"{name}\0{blob}\n" for name, blob in [*blobs.items(), *((s.name, "") for s in layout.strays)])
    name = f"{OF_REVISIONS}{hashlib.sha256(said.encode()).hexdigest()[:24]}.sqlite"
    root = source.root
    try:
        index = store.opened(root, name)
        if index is None:
            if store.opened(root) is None and size_of(root) < SIZE_LEAST:
                return None
            with source:
                _make(source, layout, label, settings, today, name, blobs)
            store.keep_last(root, OF_REVISIONS, KEPT)
            index = store.opened(root, name)
        if index is None or index.meta("state") != "whole":
            return None
    except store.NotWritten as error:
        if tell is not None:
            tell(error.why)
        return None
    except store.Trouble as error:
        store.give_up(store.path_of(root, name), error)
        return None
    except (CustledgerError, OSError):
        return None
    return Asking(
        index=index,
        text=RevisionText(source),
        label=label,
        layout=layout,
        settings=settings,
        revision=Revision(revision, source.short),
    )


def _make(
    source: GitSource,
    layout: Layout,
    label: str,
    settings: Settings,
    today: dt.date,
    name: str,
    blobs: dict[str, str],
) -> None:
    present = store.opened(source.root)
    with collecting_nothing():
        if present is not None:
            with suppress(NotIndexed), closing(present.connection), present.steady():
                moved = _moved(present, layout, blobs)
                if moved is not None and moved.mended:
                    _copied(present, source, layout, label, settings, today, name, moved)
                    return
        _whole(source, layout, label, today, name)


def _moved(present: Index, layout: Layout, blobs: dict[str, str]) -> Moved | None:
    """What of the revision the folder's index is not of; None where that cannot be the base of another."""
    if present.meta("state") != "whole":
        return None
    known = {row[0]: row for row in present.signatures()}
    changed = [name for name, blob in blobs.items() if name not in known or known[name][5] != blob]
    gone = [name for name in known if name not in blobs]
    blocks = {*mended_of(layout), *(name for name in gone if known[name][1] in MENDED)}
    return Moved(tuple(changed), tuple(gone), blocks.issuperset([*changed, *gone]))


def _copied(
    present: Index,
    source: GitSource,
    layout: Layout,
    label: str,
    settings: Settings,
    today: dt.date,
    name: str,
    moved: Moved,
) -> None:
    from custledger.indexed.updating import Update

    text = RevisionText(source)
    mended = Update(present, text, layout, label, settings, today, moved.changed, moved.gone).run()
    with store.copied(present, source.root, name) as index:
        put_mended(index, mended)


def _whole(source: GitSource, layout: Layout, label: str, today: dt.date, name: str) -> None:
    from custledger.indexed.building import Build

    try:
        made = Build(RevisionText(source), layout, label, today).run()
    except NotIndexed:
        with store.made(source.root, name) as index:
            index.put_meta("state", "unfit")
        return
    with store.made(source.root, name) as index:
        write(index, made, layout)
