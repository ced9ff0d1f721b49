"""`custledger why`: the whole story of a receipt, an invoice, a customer or a cell of the aging."""

from __future__ import annotations

from typing import Annotated

import typer

from custledger.cli.command import Command, Context, say


def run(
    context: Context,
    *,
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("help.why.name"))],
    by: Annotated[str | None, typer.Option("--by", metavar="BASIS", help=say("help.aging.by"))] = None,
    edges: Annotated[str | None, typer.Option("--edges", metavar="EDGES", help=say("help.aging.edges"))] = None,
    net: Annotated[str | None, typer.Option("--net", metavar="HOW", help=say("help.aging.net"))] = None,
) -> None:
    """Print where it stands, what settles what and why, what is left, and what to do."""
    from custledger.report.aging import AgingOptions
    from custledger.report.why import build
    from custledger.report.why_page import document

    options = AgingOptions(basis=by, edges=None if edges is None else tuple(edges.split(",")), net=net)
    standing, result = context.of_part(name, lambda standing: build(standing, name, options))
    if result.customer in standing.book.withheld:
        context.standing(customers=[result.customer])
    context.show(document(result, standing), result)


COMMAND = Command("why", run, options=("book", "as_of", "format"))
