"""`custledger payment list`: payments and other credits, with what nothing uses yet."""

from __future__ import annotations

from typing import Annotated

import typer

from custledger.cli.command import Command, Context, say


def run(
    context: Context,
    *,
    customers: Annotated[list[str] | None, typer.Argument(help=say("help.invoice_list.customers"))] = None,
    state: Annotated[str, typer.Option("--state", metavar="STATE", help=say("help.payment_list.state"))] = "all",
    kinds: Annotated[str | None, typer.Option("--kind", metavar="KINDS", help=say("help.payment_list.kinds"))] = None,
    period: Annotated[str | None, typer.Option("--period", metavar="P", help=say("help.payment_list.period"))] = None,
    sort: Annotated[str | None, typer.Option("--sort", metavar="COLUMN", help=say("help.customer_list.sort"))] = None,
    columns: Annotated[str | None, typer.Option("--columns", metavar="LIST", help=say("help.reports.columns"))] = None,
) -> None:
    """Print credits by date."""
    from custledger.report.payments import build, document

    chosen = context.select_part(customers)
    standing = context.standing(customers=chosen)
    result = build(
        standing,
        customers=chosen,
        state=state,
        kinds=None if kinds is None else kinds.split(","),
        period=None if period is None else context.period(period),
        sort=sort,
        columns=columns,
    )
    context.show(document(result, standing, partly=chosen is not None), result)


COMMAND = Command("payment list", run, options=("book", "as_of", "format"), section="records")
