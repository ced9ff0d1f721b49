"""`custledger index`: the index beside the text, made, verified or forgotten."""

from __future__ import annotations

from typing import Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import option


def run(
    context: Context,
    *,
    verify: Annotated[bool, option("--verify", help="help.index.verify")] = False,
    forget: Annotated[bool, option("--forget", help="help.index.forget")] = False,
) -> None:
    """Bring the index up to date, whatever the size of the book, and say what it holds."""
    from custledger.core.trouble import UsageError, WorldError
    from custledger.indexed.keeping import asking, differing, reason_of
    from custledger.indexed.revisions import OF_REVISIONS
    from custledger.opening import label_of, settings_of
    from custledger.store import index_files as store
    from custledger.store.files import FolderSource

    if verify and forget:
        raise UsageError("index.one_of")
    text, root = context.say.text, context.root()
    if forget:
        try:
            store.forget(store.path_of(str(root.resolve())))
            store.keep_last(str(root.resolve()), OF_REVISIONS, 0)
        except store.NotWritten as error:
            raise error.why from error
        context.print(text("index.forgotten"))
        return
    label = label_of(root, context.shell.folder)
    settings = settings_of(FolderSource(root))
    whys: list[WorldError] = []
    found = None if settings is None else asking(root, label, settings, context.today, make=True, tell=whys.append)
    if found is None:
        reason = reason_of(root) if settings is not None else "problems"
        if reason is None or whys:
            raise whys[0] if whys else WorldError("index.not_written", name=label)
        context.print(text("index.unfit", why=text(f"index.why.{reason.replace('-', '_')}")))
        return
    held = found.index.counts()
    size = f"{held['bytes'] // 1000:,}"
    context.print(text("index.holds", files=held["file"], customers=held["customer"], size=size))
    if verify:
        try:
            tables = differing(root, label, context.today)
        except store.NotWritten as error:
            raise error.why from error
        context.print(text("index.differs", tables=", ".join(tables)) if tables else text("index.verified"))
        if tables:
            context.exit(1)


COMMAND = Command("index", run, options=("place",), section="exchange")
