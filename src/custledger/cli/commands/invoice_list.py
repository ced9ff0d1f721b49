"""`custledger invoice list`: charges, with what of them is open."""

from __future__ import annotations

from typing import Annotated

import typer

from custledger.cli.command import Command, Context, say


def run(
    context: Context,
    *,
    customers: Annotated[list[str] | None, typer.Argument(help=say("help.invoice_list.customers"))] = None,
    state: Annotated[str, typer.Option("--state", metavar="STATE", help=say("help.invoice_list.state"))] = "open",
    period: Annotated[str | None, typer.Option("--period", metavar="P", help=say("help.invoice_list.period"))] = None,
    sort: Annotated[str | None, typer.Option("--sort", metavar="COLUMN", help=say("help.customer_list.sort"))] = None,
    columns: Annotated[str | None, typer.Option("--columns", metavar="LIST", help=say("help.reports.columns"))] = None,
) -> None:
    """Print charges by date."""
    from custledger.report.invoices import build, document

    chosen = context.select_part(customers)
    standing = context.standing(customers=chosen)
    days = None if period is None else context.period(period)
    result = build(standing, customers=chosen, state=state, period=days, sort=sort, columns=columns)
    context.show(document(result, standing, partly=chosen is not None), result)


COMMAND = Command("invoice list", run, options=("book", "as_of", "format"), section="records")
