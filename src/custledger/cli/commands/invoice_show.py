"""`custledger invoice show`: one invoice or credit note."""

from __future__ import annotations

from typing import Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument


def run(
    context: Context,
    *,
    number: Annotated[str, argument(help="help.invoice_show.number")],
) -> None:
    """Print the lines of a document, what of it is open, and what settles it."""
    from custledger.report.invoice_show import build
    from custledger.report.invoice_show_page import document

    standing, result = context.of_part(number, lambda standing: build(standing, number))
    if result.customer in standing.book.withheld:
        context.standing(customers=[result.customer])
    context.show(document(result, standing), result)


COMMAND = Command("invoice show", run, options=("book", "as_of", "format"), section="records")
