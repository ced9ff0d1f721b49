"""What of an import the book has already: the same again adds nothing, another content is a conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.diagnostic import Diagnostic, Related, problem
from custledger.core.frozen import frozen
from custledger.core.text import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from custledger.book.book import Book
    from custledger.book.invoice import Invoice, Line


@frozen
class Sifted:
    """The documents to add, how many are there already, and the conflicts."""

    new: tuple[Invoice, ...]
    known: int
    conflicts: tuple[Diagnostic, ...]


def sift(read: Iterable[Invoice], documents: Iterable[Invoice], book: Book) -> Sifted:
    """Which of the documents read are new.

    Compared is what an import writes; what people add later (a note, a void, references, instalments) is no
    difference. A number that stands only in a journal must agree in customer and date.
    """
    there = {document.number: document for document in documents}
    earlier = {id_: customer.id for customer in book.customers.values() for id_ in (customer.id, *customer.was)}
    posted = {entry.name: entry for entry in (*book.credits, *book.charges) if entry.name}
    new: list[Invoice] = []
    conflicts: list[Diagnostic] = []
    known = 0
    for invoice in read:
        document, entry = there.get(invoice.number), posted.get(invoice.number)
        if document is not None:
            names = _differences(invoice, document, earlier)
            span = document.span
        elif entry is not None:
            pairs = (("customer", invoice.customer, entry.customer), ("date", invoice.date, entry.date))
            names = [name for name, ours, theirs in pairs if ours != theirs]
            span = entry.span
        else:
            new.append(invoice)
            continue
        if names:
            related = (Related(span, "first-defined"),)
            fields = listed(names)
            conflicts.append(
                problem("import-conflict", invoice.span, related=related, number=invoice.number, fields=fields)
            )
        else:
            known += 1
    return Sifted(tuple(new), known, tuple(conflicts))


def _differences(invoice: Invoice, document: Invoice, earlier: Mapping[str, str]) -> list[str]:
    """The keys in which an import and the document of its number differ."""
    pairs: list[tuple[str, object, object]] = [
        ("kind", invoice.kind, document.kind),
        ("customer", invoice.customer, earlier.get(document.customer, document.customer)),
        ("date", invoice.date, document.date),
        ("currency", invoice.currency, document.currency if invoice.currency else None),
        ("due", invoice.due, document.due if invoice.due else None),
        ("lines", [_line(line) for line in invoice.lines], [_line(line) for line in document.lines]),
    ]
    if document.instalments:
        pairs = [pair for pair in pairs if pair[0] != "due"]
    if invoice.expect_total is not None and document.expect_total is not None:
        pairs.append(("expect.total", invoice.expect_total, document.expect_total))
    return [name for name, ours, theirs in pairs if ours != theirs]


def _line(line: Line) -> tuple[object, ...]:
    return (line.text, line.item, line.quantity, line.unit, line.price, line.discount, line.tax, line.account)
