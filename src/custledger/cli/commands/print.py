"""`custledger print`: the whole book as one hledger journal."""

from __future__ import annotations

from typing import Annotated

import typer

from custledger.cli.command import Command, Context, say


def run(
    context: Context,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help=say("help.common.output"))
    ] = None,
) -> None:
    """Print all transactions, those that documents post included."""
    from custledger.parse.journal.printing import print_journal

    opened = context.book()
    apart = opened.bare and len(opened.journal.roots) > 1
    text = print_journal(opened.journal, opened.posted, assertions=not apart)
    if output is None or output == "-":
        context.print(text)
        return
    from custledger.store.output import write_output

    write_output(context.shell.folder / output, text.encode())
    context.note(context.say.text("cli.wrote", file=output))


COMMAND = Command("print", run, options=("book",), section="exchange")
