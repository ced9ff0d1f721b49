"""The charges that other text may name, and the places that name them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from custledger.check._places import tag_span, transaction_of
from custledger.check._text import Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from custledger.book.entry import Charge
    from custledger.check._rule import Checked
    from custledger.core.span import Span
    from custledger.schema.damaged import Reference


class Numbers:
    """Charges by the numbers they can be named by: their own, and that of the document they are a part of.

    In a bare journal every customer has numbers of its own, so one number may have charges of several.
    """

    def __init__(self, checked: Checked) -> None:
        self._charges: dict[str, list[Charge]] = {}
        for charge in checked.book.charges:
            for number in dict.fromkeys((charge.number, charge.document)):
                if number:
                    self._charges.setdefault(number, []).append(charge)
        # A document that comes to no charge (a total of zero, a customer unknown) still can be named.
        self._documents = {invoice.number for invoice in checked.invoices}
        self._documents |= {one.name for one in checked.damaged if one.kind == "invoice" and one.name}

    @property
    def all(self) -> list[str]:
        """Every number."""
        return [*self._charges, *sorted(self._documents - self._charges.keys())]

    def has(self, number: str) -> bool:
        """Whether there is a charge or document of this number."""
        return number in self._charges or number in self._documents

    def charges(self, number: str) -> tuple[Charge, ...]:
        """The charges that a number means: one, the instalments of a document, or none."""
        return tuple(self._charges.get(number, ()))


class Named(NamedTuple):
    """A place that names a charge by number."""

    customer: str
    """Whose text names it; empty where nobody says."""
    number: str
    span: Span
    commodity: str | None
    """What it would settle the charge in; None where it settles nothing."""


def named(checked: Checked, suspect: Callable[[str, str, str | None], bool]) -> Iterator[Named]:
    """What names a charge by a suspect number, each place and number once, in the order journal, documents, log.

    `suspect` is asked for every customer, number and commodity (as in `Named`). A number that it finds right
    everywhere is left out: its places would have to be looked for, one by one, in the text.
    """
    numbers = {number for customer, number, commodity in _numbers(checked) if suspect(customer, number, commodity)}
    told: set[tuple[Span, str]] = set()
    for item in _all_named(checked, numbers) if numbers else ():
        if (item.span, item.number) not in told:
            told.add((item.span, item.number))
            yield item


def _numbers(checked: Checked) -> Iterator[tuple[str, str, str | None]]:
    """(customer, number, commodity) of everything that names a charge."""
    for credit in checked.book.credits:
        for part in credit.parts:
            for number in part.invoices:
                yield credit.customer, number, credit.money.commodity
    for use in checked.book.advances:
        for number in use.invoices:
            yield use.customer, number, use.money.commodity
    for invoice in checked.invoices:
        if invoice.corrects:
            totals = checked.book.totals.get(invoice.number)
            yield invoice.customer, invoice.corrects, totals.total.commodity if totals else None
    for activity in checked.activities:
        for number in activity.invoices:
            yield activity.customer or "", number, None
    for reference in _damaged(checked):
        yield "", reference.text, None


def _all_named(checked: Checked, numbers: set[str]) -> Iterator[Named]:
    texts = Texts(checked.read)
    for credit in checked.book.credits:
        transaction = transaction_of(checked.journal, credit)
        for part in credit.parts:
            for number in part.invoices:
                if number not in numbers:
                    continue
                span = tag_span(transaction, part.span, ("invoice",), number)
                yield Named(credit.customer, number, span, credit.money.commodity)
    for use in checked.book.advances:
        for number in use.invoices:
            if number not in numbers:
                continue
            yield Named(use.customer, number, texts.find(number, use.span), use.money.commodity)
    for invoice in checked.invoices:
        if invoice.corrects in numbers:
            totals = checked.book.totals.get(invoice.number)
            span = texts.of(invoice, "corrects", invoice.corrects)
            yield Named(invoice.customer, invoice.corrects, span, totals.total.commodity if totals else None)
    for activity in checked.activities:
        for number in activity.invoices:
            if number not in numbers:
                continue
            yield Named(activity.customer or "", number, texts.of(activity, "invoices", number), None)
    yield from (Named("", r.text, r.span, None) for r in _damaged(checked) if r.text in numbers)


def _damaged(checked: Checked) -> Iterator[Reference]:
    """The invoices that documents name which gave no value."""
    return (found for one in checked.damaged for found in one.named("corrects", "invoices"))
