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
    from custledger.indexed.keeping import asking, damaged, differing, reason_of
    from custledger.indexed.revisions import OF_REVISIONS
    from custledger.opening import label_of, settings_of
    from custledger.store import index_files as store
    from custledger.store.files import FolderSource

    if verify and forget:
        raise UsageError("index.one_of")
    text, root = context.say.text, context.root()
    real = str(root.resolve())
    try:
        if forget:
            store.forget_all(real, OF_REVISIONS)
            context.print(text("index.forgotten"))
            return
        tables = damaged(root) if verify else []  # as it is now: what is broken is mended when it is next asked
        if not tables:
            label = label_of(root, context.shell.folder)
            settings = settings_of(FolderSource(root))
            whys: list[WorldError] = []
            tell = whys.append
            found = None if settings is None else asking(root, label, settings, context.today, make=True, tell=tell)
            if found is None:
                reason = reason_of(root) if settings is not None else "problems"
                if reason is None or whys:
                    raise whys[0] if whys else WorldError("index.not_written", name=label)
                context.print(text("index.unfit", why=text(f"index.why.{reason.replace('-', '_')}")))
                return
            with found.index.steady():
                held = found.index.counts()
            size = f"{held['bytes'] // 1000:,}"
            context.print(text("index.holds", files=held["file"], customers=held["customer"], size=size))
            tables = differing(root, label, context.today) if verify else []
        if tables:
            context.print(text("index.differs", tables=", ".join(tables)))
            store.forget_all(real, OF_REVISIONS)
            context.print(text("index.forgotten"))
            context.exit(1)
    except store.NotWritten as error:
        raise error.why from error
    except store.Trouble as error:
        raise WorldError("index.busy", name=store.path_of(str(root))) from error
    if verify:
        context.print(text("index.verified"))


COMMAND = Command("index", run, options=("place",), section="exchange")
