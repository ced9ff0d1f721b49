"""`custledger balance`: what each customer owes."""

from __future__ import annotations

from typing import Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument, option


def run(
    context: Context,
    customers: Annotated[list[str] | None, argument(help="help.reports.customers")] = None,
    by_account: Annotated[bool, option("--by-account", help="help.balance.by_account")] = False,
    zero: Annotated[bool, option("--zero", help="help.reports.zero")] = False,
    sort: Annotated[str, option("--sort", metavar="COLUMN", help="help.balance.sort")] = "customer",
) -> None:
    """Print balance, open, unapplied and overdue of customers."""
    from custledger.report.balance import build, document

    if by_account:
        chosen = context.select_part(customers)
        standing = context.standing(customers=chosen)
    else:
        standing, chosen = context.open_items(customers)
    result = build(standing, customers=chosen, by_account=by_account, zero=zero, sort=sort)
    context.show(document(result, standing, partly=chosen is not None), result)


COMMAND = Command("balance", run, options=("book", "as_of", "format"))
