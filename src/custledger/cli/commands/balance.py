"""`custledger balance`: what each customer owes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument, option

if TYPE_CHECKING:
    from custledger.book.position import Standing
    from custledger.indexed.asking import Asking


def run(
    context: Context,
    customers: Annotated[list[str] | None, argument(help="help.reports.customers")] = None,
    by_account: Annotated[bool, option("--by-account", help="help.balance.by_account")] = False,
    zero: Annotated[bool, option("--zero", help="help.reports.zero")] = False,
    sort: Annotated[str, option("--sort", metavar="COLUMN", help="help.balance.sort")] = "customer",
) -> None:
    """Print balance, open, unapplied and overdue of customers."""
    from custledger.report.balance import build, document

    held: dict[tuple[str, str], int] | None = None

    def question(index: Asking, ids: list[str] | None) -> Standing | None:
        from custledger.indexed.control import by_account as accounts

        nonlocal held
        standing = index.standing(context.as_of, context.today, customers=ids, names=False)
        held = None if standing is None else accounts(index, standing, ids)
        return None if held is None else standing

    standing, chosen = context.of_everybody(customers, question) if by_account else context.open_items(customers)
    result = build(standing, customers=chosen, by_account=by_account, zero=zero, sort=sort, held=held)
    context.show(document(result, standing, partly=chosen is not None), result)


COMMAND = Command("balance", run, options=("book", "as_of", "format"))
