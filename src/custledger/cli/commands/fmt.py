"""`custledger fmt`: align the amounts of journals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument, option

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from custledger.core.diagnostic import Diagnostic
    from custledger.edit.plan import FileEdit


def run(
    context: Context,
    files: Annotated[list[str] | None, argument(help="help.fmt.files")] = None,
    check: Annotated[bool, option("--check", help="help.fmt.check")] = False,
) -> None:
    """Align the journals named, or all of the book's."""
    from custledger.core.trouble import BookError
    from custledger.edit.plan import Plan

    root, names, read = _targets(context, files)
    edits, problems = _edits(names, read)
    if problems:
        raise BookError(problems, read)
    plan = Plan(tuple(edits))
    if check:
        for edit in edits:
            context.print(context.say.text("fmt.would_align", file=edit.name))
        if edits:
            context.exit(1)
    elif context.options.get("dry_run"):
        from custledger.edit.diff import unified

        context.print(unified(plan, read))
    else:
        from custledger.store.apply import apply

        apply(root, plan, bare=bool(files))
        for edit in edits:
            context.print(context.say.text("fmt.aligned", file=edit.name, lines=len(edit.splices)))
    if not edits:
        context.note(context.say.text("fmt.nothing"))


def _targets(context: Context, files: list[str] | None) -> tuple[Path, list[str], Callable[[str], bytes]]:
    """The folder that names are relative to, the files, and how to read them."""
    if files:
        from custledger.store.files import FilesSource

        source = FilesSource(files, cwd=context.shell.folder, home=context.env.get("HOME"))
        root = context.shell.folder.__class__(source.root)
        return root, list(dict.fromkeys(source.names)), source.read
    from custledger.store.files import FolderSource
    from custledger.store.layout import layout
    from custledger.store.reading import finish_interrupted

    folder = context.root()
    finish_interrupted(folder)
    return folder, list(layout(folder).journals), FolderSource(folder).read


def _edits(names: list[str], read: Callable[[str], bytes]) -> tuple[list[FileEdit], list[Diagnostic]]:
    from dataclasses import replace

    from custledger.edit.fmt import align

    edits: list[FileEdit] = []
    problems: list[Diagnostic] = []
    for name in names:
        edit, found = align(name, read(name))
        problems.extend(replace(one, span=one.span._replace(file=name)) for one in found)
        if edit is not None:
            edits.append(edit)
    return edits, problems


COMMAND = Command("fmt", run, options=("place", "write"), section="exchange", several=True)
