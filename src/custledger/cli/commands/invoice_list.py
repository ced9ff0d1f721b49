"""`custledger invoice list`: charges, with what of them is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument, option

if TYPE_CHECKING:
    from custledger.book.position import Standing
    from custledger.indexed.asking import Asking


def run(
    context: Context,
    *,
    customers: Annotated[list[str] | None, argument(help="help.invoice_list.customers")] = None,
    state: Annotated[str, option("--state", metavar="STATE", help="help.invoice_list.state")] = "open",
    period: Annotated[str | None, option("--period", metavar="P", help="help.invoice_list.period")] = None,
    sort: Annotated[str | None, option("--sort", metavar="COLUMN", help="help.customer_list.sort")] = None,
    columns: Annotated[str | None, option("--columns", metavar="LIST", help="help.reports.columns")] = None,
) -> None:
    """Print charges by date."""
    from custledger.report.invoices import build, document

    def question(index: Asking, ids: list[str] | None) -> Standing | None:
        from custledger.indexed.listing import listed

        return listed(index, context.as_of, context.today, ids, what="open") if state in {"open", "overdue"} else None

    standing, chosen = context.of_everybody(customers, question)
    days = None if period is None else context.period(period)
    result = build(standing, customers=chosen, state=state, period=days, sort=sort, columns=columns)
    context.show(document(result, standing, partly=chosen is not None), result)


COMMAND = Command("invoice list", run, options=("book", "as_of", "format"), section="records")
