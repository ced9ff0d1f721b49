"""`custledger unmatch`: take back matches that are written in the journals."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument, option


def run(
    context: Context,
    what: Annotated[str | None, argument(metavar="RECEIPT|INVOICE[@FILE:LINE]", help="help.unmatch.what")] = None,
    reject: Annotated[bool, option("--reject", help="help.unmatch.reject")] = False,
) -> None:
    """Take away `invoice:` and `applied:`, join what was split; with --reject write `not-invoice:`."""
    from custledger.cli.match_undoing import undo
    from custledger.cli.questions import required

    required(context, what, "RECEIPT|INVOICE", "recording.ask_what", partial(undo, context, reject=reject))


COMMAND = Command("unmatch", run, options=("book", "write"))
