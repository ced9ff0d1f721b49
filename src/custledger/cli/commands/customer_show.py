"""`custledger customer show`: one customer's profile and account."""

from __future__ import annotations

from typing import Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument
from custledger.core.trouble import UsageError


def run(
    context: Context,
    *,
    customer: Annotated[str, argument(help="help.customer_show.customer")],
) -> None:
    """Print a profile, the balances, what is open and what was last said and done."""
    from custledger.report.customer_show import build, document

    chosen = context.select_part([customer]) or []
    if len(chosen) != 1:
        raise UsageError("reports.one_customer", words=customer, count=len(chosen))
    standing = context.standing(customers=chosen)
    result = build(standing, chosen[0])
    context.show(document(result, standing), result)


COMMAND = Command("customer show", run, options=("book", "as_of", "format"), section="records")
