"""`custledger customer list`: the customers, with what they owe."""

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
    customers: Annotated[list[str] | None, argument(help="help.reports.customers")] = None,
    sort: Annotated[str | None, option("--sort", metavar="COLUMN", help="help.customer_list.sort")] = None,
    columns: Annotated[str | None, option("--columns", metavar="LIST", help="help.reports.columns")] = None,
) -> None:
    """Print profiles and balances, a row per customer and currency."""
    from custledger.report.customers import build, document

    def question(index: Asking, ids: list[str] | None) -> Standing | None:
        from custledger.indexed.listing import profiled

        return profiled(index, context.as_of, context.today, ids)

    standing, chosen = context.of_everybody(customers, question)
    result = build(standing, customers=chosen, sort=sort, columns=columns)
    context.show(document(result, standing, partly=chosen is not None), result)


COMMAND = Command("customer list", run, options=("book", "as_of", "format"), section="records")
