"""`custledger aging`: how old what is open is."""

from __future__ import annotations

from typing import Annotated

import typer

from custledger.cli.command import Command, Context, say
from custledger.core.numbers import plain
from custledger.core.trouble import UsageError


def run(  # noqa: PLR0913 - each is an option of the command
    context: Context,
    *,
    customers: Annotated[list[str] | None, typer.Argument(help=say("help.reports.customers"))] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="BASIS", help=say("help.aging.by"))] = None,
    edges: Annotated[str | None, typer.Option("--edges", metavar="EDGES", help=say("help.aging.edges"))] = None,
    preset: Annotated[str | None, typer.Option("--preset", metavar="NAME", help=say("help.aging.preset"))] = None,
    by_month: Annotated[bool, typer.Option("--by-month", help=say("help.aging.by_month"))] = False,
    months: Annotated[int | None, typer.Option("--months", metavar="N", help=say("help.aging.months"))] = None,
    net: Annotated[str | None, typer.Option("--net", metavar="HOW", help=say("help.aging.net"))] = None,
    group_by: Annotated[str | None, typer.Option("--group-by", metavar="WHAT", help=say("help.aging.group_by"))] = None,
    detail: Annotated[bool, typer.Option("--detail", help=say("help.aging.detail"))] = False,
    zero: Annotated[bool, typer.Option("--zero", help=say("help.reports.zero"))] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help=say("help.aging.overdue"))] = False,
    least: Annotated[str | None, typer.Option("--min", metavar="AMOUNT", help=say("help.aging.least"))] = None,
    sort: Annotated[str, typer.Option("--sort", metavar="COLUMN", help=say("help.aging.sort"))] = "customer",
) -> None:
    """Print open amounts by age."""
    from custledger.report.aging import AgingOptions, build
    from custledger.report.aging_page import document
    from custledger.report.buckets import MONTHS_DEFAULT

    amount = None if least is None else plain(least)
    if least is not None and amount is None:
        raise UsageError("reports.bad_number", value=least)
    standing, chosen = context.open_items(customers, names=detail)
    options = AgingOptions(
        customers=None if chosen is None else tuple(chosen),
        basis=by,
        edges=None if edges is None else tuple(edges.split(",")),
        preset=preset,
        months=months if months is not None else (MONTHS_DEFAULT if by_month else None),
        net=net,
        group_by=group_by,
        detail=detail,
        zero=zero,
        overdue=overdue,
        least=amount,
        sort=sort,
    )
    result = build(standing, options)
    context.show(document(result, standing), result)


COMMAND = Command("aging", run, options=("book", "as_of", "format"))
