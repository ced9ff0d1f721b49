"""`custledger why`: the whole story of a receipt, an invoice, a customer or a cell of the aging."""

from __future__ import annotations

from typing import Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument, option


def run(
    context: Context,
    *,
    name: Annotated[str, argument(metavar="NAME", help="help.why.name")],
    by: Annotated[str | None, option("--by", metavar="BASIS", help="help.aging.by")] = None,
    edges: Annotated[str | None, option("--edges", metavar="EDGES", help="help.aging.edges")] = None,
    net: Annotated[str | None, option("--net", metavar="HOW", help="help.aging.net")] = None,
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
