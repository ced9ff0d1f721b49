"""`custledger import payments`: payments from a table of another system."""

from __future__ import annotations

from typing import Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument, option


def run(
    context: Context,
    table: Annotated[str | None, argument(metavar="FILE", help="help.import.file")] = None,
    map_: Annotated[str | None, option("--map", metavar="MAP", help="help.import.map")] = None,
    maps: Annotated[bool, option("--maps", help="help.import.maps")] = False,
) -> None:
    """Add the payments that the book does not have; all of them or, where a row cannot be read, none."""
    from custledger.cli.importing import entry_edits, finish, given, maps_for, prove
    from custledger.cli.receipts import entry_of, known_identities
    from custledger.edit.plan import Plan
    from custledger.intake.parties import Parties
    from custledger.intake.payments import read_payments

    if maps:
        maps_for(context, "payments")
        return
    made = given(context, "payments", table, map_)
    parties = Parties(made.opened.customers)
    read = read_payments(made.reading, parties, made.opened.settings, known_identities(made.opened))
    made.stop(made.reading.diagnostics)
    receipts = sorted(read.new, key=lambda one: (one.date, one.span.line))
    entries = [entry_of(made.opened, one, made.map.accounts) for one in receipts]
    plan = Plan(tuple(entry_edits(made.opened, entries, made.map.into)))
    prove(context, made, plan)
    finish(context, plan, {"payments": len(entries), "known": read.known}, made)


COMMAND = Command("import payments", run, options=("place", "write"), section="exchange")
