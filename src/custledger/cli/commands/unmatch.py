"""`custledger unmatch`: take back matches that are written in the journals."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from custledger.cli.command import Command, Context, say


def run(
    context: Context,
    what: Annotated[
        str | None, typer.Argument(metavar="RECEIPT|INVOICE[@FILE:LINE]", help=say("help.unmatch.what"))
    ] = None,
    reject: Annotated[bool, typer.Option("--reject", help=say("help.unmatch.reject"))] = False,
) -> None:
    """Take away `invoice:` and `applied:`, join what was split; with --reject write `not-invoice:`."""
    from custledger.cli.match_undoing import undo
    from custledger.cli.questions import required

    required(context, what, "RECEIPT|INVOICE", "recording.ask_what", partial(undo, context, reject=reject))


COMMAND = Command("unmatch", run, options=("book", "write"))
