"""`custledger reconcile`: which credit settles which charge, and what is left."""

from __future__ import annotations

from typing import Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument, option
from custledger.core.text import listed

PARTLY = 5
"""Exit status with customers withheld."""


def run(  # noqa: PLR0913 - one parameter an option
    context: Context,
    *,
    customers: Annotated[list[str] | None, argument(help="help.reports.customers")] = None,
    detail: Annotated[bool, option("--detail", help="help.reconcile.detail")] = False,
    history: Annotated[bool, option("--history", help="help.reconcile.history")] = False,
    write: Annotated[bool, option("--write", help="help.reconcile.write")] = False,
    only: Annotated[list[str] | None, option("--only", metavar="RULE,…", help="help.reconcile.only")] = None,
    min_tier: Annotated[str | None, option("--min-tier", metavar="RULE", help="help.reconcile.min_tier")] = None,
    period: Annotated[str | None, option("--period", metavar="P", help="help.reconcile.period")] = None,
    interactive: Annotated[bool, option("--interactive", help="help.reconcile.interactive")] = False,
) -> None:
    """Print the allocations in force; customers with errors of their own are left out, and the exit is 5."""
    from custledger.cli.match_writing import writes
    from custledger.reconcile.unidentified import unidentified
    from custledger.report.reconcile import build
    from custledger.report.reconcile_page import document
    from custledger.workers import workers

    if interactive:
        from custledger.cli.interactive import interact

        several = write or only or min_tier or period or detail or history
        interact(context, customers, alone=not several)
        return
    chosen = context.select(customers)
    if writes(context, chosen, write=write, only=only, min_tier=min_tier, period=period):
        return
    held = context.withheld
    partial = chosen is None or any(customer not in held for customer in chosen)
    standing = context.standing(customers=chosen, partial=partial)
    everybody = sorted({entry.customer for entry in (*standing.book.charges, *standing.book.credits)})
    shown = [customer for customer in (everybody if chosen is None else chosen) if customer not in held]
    withheld = [customer for customer in held if chosen is None or customer in chosen]
    waiting = unidentified(standing.book, context.opened().journal, standing.as_of)
    result = build(standing, customers=shown if withheld else chosen, history=history, waiting=waiting, spread=workers)
    page = document(result, standing, partly=chosen is not None or bool(withheld), detail=detail or history)
    context.show(page, result)
    for customer in withheld:
        why = listed(dict.fromkeys(problem.slug for problem in held[customer]))
        context.note(context.say.text("reports.statement.withheld_one", customer=customer, why=why))
    if withheld:
        context.exit(PARTLY)


COMMAND = Command("reconcile", run, options=("book", "as_of", "format", "write"), several=True)
