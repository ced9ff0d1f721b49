"""`custledger customer list`: the customers, with what they owe."""

from __future__ import annotations

from typing import Annotated

import typer

from custledger.cli.command import Command, Context, say


def run(
    context: Context,
    *,
    customers: Annotated[list[str] | None, typer.Argument(help=say("help.reports.customers"))] = None,
    sort: Annotated[str | None, typer.Option("--sort", metavar="COLUMN", help=say("help.customer_list.sort"))] = None,
    columns: Annotated[str | None, typer.Option("--columns", metavar="LIST", help=say("help.reports.columns"))] = None,
) -> None:
    """Print profiles and balances, a row per customer and currency."""
    from custledger.report.customers import build, document

    chosen = context.select_part(customers)
    standing = context.standing(customers=chosen)
    result = build(standing, customers=chosen, sort=sort, columns=columns)
    context.show(document(result, standing, partly=chosen is not None), result)


COMMAND = Command("customer list", run, options=("book", "as_of", "format"), section="records")
