"""Which state of the book a document is of: the book's id, and the commit where git has just that."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from custledger.core.trouble import UsageError, WorldError
from custledger.store.blob import blob_id
from custledger.store.identity import book_files, book_id, in_repository

if TYPE_CHECKING:
    from custledger.cli.context import Context


class Identity(NamedTuple):
    """`commit`: the first digits of that of which the book's files are; None where they are those of none."""

    id: str
    commit: str | None = None


def identity(context: Context) -> Identity:
    """The identity of the book that the command has read; the index answers where there is one."""
    known = context.known_files()
    if known is not None:
        layout, there = known
    else:
        opened = context.opened()
        if opened.layout is None:
            return Identity(book_id({name: blob_id(opened.source.read(name)) for name in opened.journal.files}))
        layout = opened.layout
        read = opened.source.read
        there = {name: blob_id(read(name)) for name in book_files(layout)}
    blobs = {name: there[name] for name in book_files(layout)}
    return Identity(book_id(blobs), _commit(context, blobs))


def _commit(context: Context, blobs: dict[str, str]) -> str | None:
    """The revision that was asked for, else HEAD where its files are the book's."""
    if not in_repository(context.root()):
        return None
    from custledger.store.git import GitSource

    try:
        source = GitSource.at(context.root(), context.revision or "HEAD", env=context.env)
        with source:
            names = book_files(source.layout())
            same = names == sorted(blobs) and all(source.blob_id(name) == blobs[name] for name in names)
    except (UsageError, WorldError):  # no repository, no git, no commit yet: it is nowhere but in its files
        return None
    return source.short if same or context.revision is not None else None
