"""Two invoices or credit notes have one number.

## What
The number of an invoice, of a charge in a journal and of a credit note is used once in a book. A journal
transaction whose code is the number of a document is that document's posting, and no second use. Numbers of
receipts may repeat.

## Why
A payment names the invoice it pays by its number. With two of one number the money could settle either.

## Example
```journal
2026-01-15 (INV-2026-0001) January
    assets:receivable:blueocean    CNY 11,300.00
    income:sales

2026-01-20 (INV-2026-0001) January, second delivery
    assets:receivable:blueocean     CNY 2,000.00
    income:sales
```

## Instead
Give the second its own number. Where one transaction was entered twice, delete one of the two. On a bare journal
(`-f`) numbers are counted per customer, and a repetition is a warning.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from custledger.check._places import number_span
from custledger.check._rule import Check
from custledger.check._text import Texts
from custledger.core.diagnostic import Related, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from custledger.book.entry import Charge, Credit
    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic
    from custledger.core.span import Span


class Use(NamedTuple):
    """One thing that bears a number."""

    number: str
    customer: str
    place: Callable[[], Span]
    """Where it stands: it is only looked for where it is told."""
    once: tuple[str, int]
    """Uses with the same mark are one thing: a transaction, a document."""


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem a repetition, at the later place in file order of kinds: documents, then journals."""
    first: dict[tuple[str, str], Use] = {}
    severity = Severity.WARNING if checked.bare else Severity.ERROR
    for use in _uses(checked):
        key = (use.number, use.customer if checked.bare else "")
        known = first.setdefault(key, use)
        if known.once == use.once:
            continue
        related = [Related(known.place(), "first-defined")]
        yield CHECK.at(use.place(), "bare" if checked.bare else "", severity=severity, related=related, name=use.number)


def _itself(span: Span) -> Span:
    return span


def _uses(checked: Checked) -> Iterator[Use]:
    texts = Texts(checked.read)
    documents = set()
    found: list[tuple[Span, str, str, Callable[[], Span]]] = [
        (invoice.span, invoice.number, invoice.customer, partial(texts.of, invoice, "number", invoice.number))
        for invoice in checked.invoices
    ]
    if damaged := [one for one in checked.damaged if one.kind == "invoice" and one.name]:
        found += [(one.span, one.name, "", partial(_itself, one.span_name)) for one in damaged]
        found.sort(key=lambda each: each[0])
    for position, (_, own, customer, place) in enumerate(found):
        documents.add(own)
        yield Use(own, customer, place, ("document", position))
    postings: dict[str, int] = {}
    entries: list[Charge | Credit] = [*checked.book.charges]
    entries += [credit for credit in checked.book.credits if credit.kind == "credit-note"]
    for entry in sorted(entries, key=lambda e: (e.span.file, e.span.line, e.span.column)):
        number = getattr(entry, "number", None) or getattr(entry, "code", None)
        if not number or entry.transaction is None:
            continue
        if getattr(entry, "instalment", 0):
            continue
        if number in documents and postings.setdefault(number, entry.transaction) == entry.transaction:
            continue
        place = partial(number_span, checked.journal, texts, entry, number)
        yield Use(number, entry.customer, place, ("transaction", entry.transaction))


CHECK = Check(name="duplicate-number", stage="book", run=run)
