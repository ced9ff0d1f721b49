"""`custledger import customers`: profiles from a table of another system."""

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
    """Add the customers that the book does not have; all of them or, where a row cannot be read, none."""
    from custledger.cli.importing import customer_edits, finish, given, maps_for, prove
    from custledger.edit.plan import Plan
    from custledger.intake.customers import read_customers

    if maps:
        maps_for(context, "customers")
        return
    made = given(context, "customers", table, map_)
    read = read_customers(made.reading, made.opened.customers)
    made.stop(made.reading.diagnostics)
    plan = Plan(tuple(customer_edits(made.opened, read.new, made.map.into)))
    prove(context, made, plan)
    finish(context, plan, {"customers": len(read.new), "known": read.known}, made)


COMMAND = Command("import customers", run, options=("place", "write"), section="exchange")
