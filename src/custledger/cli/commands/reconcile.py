"""`custledger reconcile`: which payment settles which invoice, and what nothing settles."""

from __future__ import annotations

from typing import Annotated

import typer

from custledger.cli.command import Command, Context, say


def run(
    context: Context,
    customers: Annotated[list[str] | None, typer.Argument(help=say("help.reports.customers"))] = None,
    history: Annotated[bool, typer.Option("--history", help=say("help.reconcile.history"))] = False,
) -> None:
    """Print allocations in force, their rules, and what is left of credits."""
    from custledger.report.reconciliation import build, document

    chosen = context.select(customers)
    standing = context.standing(customers=chosen)
    result = build(standing, customers=chosen, history=history)
    context.show(document(result, standing, partly=chosen is not None), result)


COMMAND = Command("reconcile", run, options=("book", "as_of", "format"))
