"""Documents of each kind → the domain's values, with every problem of their shape.

What is wrong with the text of a file is in its own `diagnostics`; here is what is wrong with its fields. A document
with any problem gives no value (the settings excepted); the others of its file do. Ids and numbers given twice are
kept twice: a check reports them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from custledger.core.diagnostic import Diagnostic, problem
from custledger.core.frozen import replace
from custledger.parse.yaml.compose import compose
from custledger.parse.yaml.nodes import Node, Sequence, YamlFile
from custledger.schema.lower_activity import lower_activity
from custledger.schema.lower_customer import lower_customer
from custledger.schema.lower_invoice import lower_invoice
from custledger.schema.lower_settings import lower_settings
from custledger.schema.places import start_of
from custledger.schema.quick_customer import CustomerReader
from custledger.schema.quick_file import read_files
from custledger.schema.quick_invoice import InvoiceReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from custledger.book.activity import Activity
    from custledger.book.customer import Customer
    from custledger.book.invoice import Invoice

__all__ = [
    "YamlFile",
    "lower_activities",
    "lower_customers",
    "lower_invoices",
    "lower_settings",
    "read_activities",
    "read_customers",
    "read_invoices",
]

T = TypeVar("T")


def lower_customers(files: Iterable[YamlFile]) -> tuple[tuple[Customer, ...], list[Diagnostic]]:
    """All customers in order of files and text."""
    return _each((node for file in files for node in file.documents), lower_customer)


def lower_invoices(files: Iterable[YamlFile]) -> tuple[tuple[Invoice, ...], list[Diagnostic]]:
    """All invoices and credit notes in order of files and text.

    A credit note takes what it leaves out (`customer`, `currency`, `prices`) from the document that it corrects, and
    that document's date for its rates.
    """
    invoices, found = _each((node for file in files for node in file.documents), lower_invoice)
    return _all_completed(invoices), found


def _all_completed(invoices: Iterable[Invoice]) -> tuple[Invoice, ...]:
    numbers: dict[str, Invoice] = {}
    invoices = tuple(invoices)
    for invoice in invoices:
        numbers.setdefault(invoice.number, invoice)
    return tuple([_completed(invoice, numbers) if invoice.corrects else invoice for invoice in invoices])


def _completed(note: Invoice, numbers: dict[str, Invoice]) -> Invoice:
    corrected = numbers.get(note.corrects or "")
    if corrected is None or corrected is note:
        return note
    return replace(
        note,
        customer=note.customer or corrected.customer,
        currency=note.currency or corrected.currency,
        prices=note.prices or corrected.prices,
        corrected_date=corrected.date,
    )


def lower_activities(files: Iterable[YamlFile]) -> tuple[tuple[Activity, ...], list[Diagnostic]]:
    """All entries of the activity log in order of files and text."""
    entries: list[Node] = []
    found: list[Diagnostic] = []
    for file in files:
        for node in file.documents:
            if isinstance(node, Sequence):
                entries += node.items
            else:
                found.append(problem("invalid-value", start_of(node), variant="activities"))
    activities, wrong = _each(entries, lower_activity)
    return activities, sorted(found + wrong, key=lambda diagnostic: diagnostic.order)


def read_customers(files: Iterable[tuple[str, bytes]]) -> tuple[tuple[Customer, ...], list[Diagnostic]]:
    """All customers of files (name, bytes) with every problem: what `lower_customers` makes of them, sooner."""
    values, of_text, of_shape = read_files(files, CustomerReader().read, lower_customer)
    return tuple(values), of_text + of_shape


def read_invoices(files: Iterable[tuple[str, bytes]]) -> tuple[tuple[Invoice, ...], list[Diagnostic]]:
    """All invoices and credit notes of files (name, bytes) with every problem: as `lower_invoices`, sooner."""
    values, of_text, of_shape = read_files(files, InvoiceReader().read, lower_invoice)
    return _all_completed(values), of_text + of_shape


def read_activities(files: Iterable[tuple[str, bytes]]) -> tuple[tuple[Activity, ...], list[Diagnostic]]:
    """All entries of the activity log of files (name, bytes) with every problem."""
    composed = [compose(name, data) for name, data in files]
    values, found = lower_activities(composed)
    return values, [problem for file in composed for problem in file.diagnostics] + found


def _each(
    nodes: Iterable[Node], lower: Callable[[Node], tuple[T | None, list[Diagnostic]]]
) -> tuple[tuple[T, ...], list[Diagnostic]]:
    values: list[T] = []
    found: list[Diagnostic] = []
    for node in nodes:
        value, problems = lower(node)
        found += problems
        if value is not None:
            values.append(value)
    return tuple(values), found
