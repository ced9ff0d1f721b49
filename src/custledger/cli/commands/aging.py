"""`custledger aging`: how old what is open is."""

from __future__ import annotations

from typing import Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument, option
from custledger.core.numbers import plain
from custledger.core.trouble import UsageError


def run(  # noqa: PLR0913 - each is an option of the command
    context: Context,
    *,
    customers: Annotated[list[str] | None, argument(help="help.reports.customers")] = None,
    by: Annotated[str | None, option("--by", metavar="BASIS", help="help.aging.by")] = None,
    edges: Annotated[str | None, option("--edges", metavar="EDGES", help="help.aging.edges")] = None,
    preset: Annotated[str | None, option("--preset", metavar="NAME", help="help.aging.preset")] = None,
    by_month: Annotated[bool, option("--by-month", help="help.aging.by_month")] = False,
    months: Annotated[int | None, option("--months", metavar="N", help="help.aging.months")] = None,
    net: Annotated[str | None, option("--net", metavar="HOW", help="help.aging.net")] = None,
    group_by: Annotated[str | None, option("--group-by", metavar="WHAT", help="help.aging.group_by")] = None,
    detail: Annotated[bool, option("--detail", help="help.aging.detail")] = False,
    zero: Annotated[bool, option("--zero", help="help.reports.zero")] = False,
    overdue: Annotated[bool, option("--overdue", help="help.aging.overdue")] = False,
    least: Annotated[str | None, option("--min", metavar="AMOUNT", help="help.aging.least")] = None,
    sort: Annotated[str, option("--sort", metavar="COLUMN", help="help.aging.sort")] = "customer",
) -> None:
    """Print open amounts by age."""
    from custledger.report.aging import AgingOptions, build
    from custledger.report.aging_page import document
    from custledger.report.buckets import MONTHS_DEFAULT

    amount = None if least is None else plain(least)
    if least is not None and amount is None:
        raise UsageError("reports.bad_number", value=least)
    standing, chosen = context.open_items(customers, names=detail, profiles=group_by is not None)
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
