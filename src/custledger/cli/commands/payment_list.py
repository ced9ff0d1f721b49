"""`custledger payment list`: payments and other credits, with what nothing uses yet."""

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
    state: Annotated[str, option("--state", metavar="STATE", help="help.payment_list.state")] = "all",
    kinds: Annotated[str | None, option("--kind", metavar="KINDS", help="help.payment_list.kinds")] = None,
    period: Annotated[str | None, option("--period", metavar="P", help="help.payment_list.period")] = None,
    sort: Annotated[str | None, option("--sort", metavar="COLUMN", help="help.customer_list.sort")] = None,
    columns: Annotated[str | None, option("--columns", metavar="LIST", help="help.reports.columns")] = None,
) -> None:
    """Print credits by date."""
    from custledger.report.payments import build, document

    def question(index: Asking, ids: list[str] | None) -> Standing | None:
        from custledger.indexed.listing import listed

        return listed(index, context.as_of, context.today, ids, what="unapplied") if state == "unapplied" else None

    standing, chosen = context.of_everybody(customers, question)
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
