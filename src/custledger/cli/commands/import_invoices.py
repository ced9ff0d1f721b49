"""`custledger import invoices`: invoices and credit notes from a table of another system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument, option

if TYPE_CHECKING:
    import datetime as dt

    from custledger.cli.importing import Given
    from custledger.edit.journal_entry import NewEntry
    from custledger.intake.invoices import Paid


def run(
    context: Context,
    table: Annotated[str | None, argument(metavar="FILE", help="help.import.file")] = None,
    map_: Annotated[str | None, option("--map", metavar="MAP", help="help.import.map")] = None,
    maps: Annotated[bool, option("--maps", help="help.import.maps")] = False,
    create_customers: Annotated[bool, option("--create-customers", help="help.import.create_customers")] = False,
    paid_on: Annotated[str | None, option("--paid-on", metavar="DATE", help="help.import.paid_on")] = None,
) -> None:
    """Add the documents that the book does not have; all of them or, where a row cannot be read, none."""
    from custledger.book.customer import Customer
    from custledger.cli import importing
    from custledger.edit.plan import Plan
    from custledger.intake.existing import sift
    from custledger.intake.invoices import read_invoices
    from custledger.intake.parties import Parties

    if maps:
        importing.maps_for(context, "invoices")
        return
    made = importing.given(context, "invoices", table, map_)
    opened = made.opened
    day = None if paid_on is None else context.day(paid_on)
    parties = Parties(opened.customers, create=create_customers)
    invoices, paid = read_invoices(made.reading, parties, opened.settings)
    if day is None:
        for one in paid:
            made.reading.problem(one.row, "paid", "paid", slug="import-document", number=one.invoice.number)
    sifted = sift(invoices, opened.invoices, opened.book)
    made.stop([*made.reading.diagnostics, *sifted.conflicts])
    new = {invoice.number for invoice in sifted.new}
    customers = [Customer(id=id_, name=name) for id_, name in parties.new.items()]
    edits = importing.customer_edits(opened, customers, "")
    edits += importing.invoice_edits(opened, sifted.new, made.map.into)
    receipts = [] if day is None else _receipts(made, [one for one in paid if one.invoice.number in new], day)
    edits += importing.entry_edits(opened, receipts, "")
    plan = Plan(tuple(edits))
    importing.prove(context, made, plan)
    counts = {"customers": len(customers), "invoices": len(new), "payments": len(receipts), "known": sifted.known}
    importing.finish(context, plan, counts, made)


def _receipts(made: Given, paid: list[Paid], day: dt.date) -> list[NewEntry]:
    """What a table says is paid already, as taken over on `day`: against equity, no bank account of ours saw it."""
    from custledger.cli.receipts import entry_of
    from custledger.intake.payments import Receipt

    return [
        entry_of(
            made.opened,
            Receipt(
                identity=f"paid-{one.invoice.number}",
                date=day,
                customer=one.invoice.customer,
                amount=one.amount,
                currency=one.invoice.currency or made.opened.settings.currency.on(one.invoice.date) or "",
                invoices=(one.invoice.number,),
            ),
            {"cash": "equity:opening", **made.map.accounts},
        )
        for one in paid
    ]


COMMAND = Command("import invoices", run, options=("place", "write"), section="exchange")
