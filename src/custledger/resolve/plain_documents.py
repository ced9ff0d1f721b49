"""Plain invoices in documents straight to rows, as `resolve.plain` gives them of journals.

What is not certain here (credit notes, instalments, voids, another currency or other terms than the customer's) is left
to `resolve`, and so is every document in which a check could find anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.book.arithmetic import totals, unknown_taxes
from custledger.book.plain import CHARGE
from custledger.core.frozen import mutable
from custledger.resolve.documents import terms_of
from custledger.resolve.entries import due_by

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from custledger.book.customer import Customer
    from custledger.book.invoice import Invoice
    from custledger.book.plain import Row
    from custledger.book.settings import Settings
    from custledger.resolve.plain import Units


@mutable
class DocumentReader:
    """Reads the documents of one book."""

    settings: Settings
    """With all commodities."""
    units: Units
    places: Mapping[str, int]
    """Of customers, by id and earlier id."""
    profile: Callable[[str], Customer | None]
    """The customer of an id or earlier id."""

    def row(self, invoice: Invoice) -> tuple[Row, str] | None:
        """The row of an invoice and its commodity, where that is all that can be said of it."""
        if invoice.kind != "invoice" or invoice.instalments or invoice.void is not None:
            return None
        customer = self.profile(invoice.customer)
        if customer is None:
            return None
        said = customer.currency.on(invoice.date) or self.settings.currency.on(invoice.date)
        currency = invoice.currency or said
        if not currency or (said and currency != said):
            return None
        terms = terms_of(customer, self.settings, invoice.date)
        if invoice.terms is not None and terms is not None and invoice.terms.text != terms.text:
            return None
        unit = self.units[currency.encode()]
        if not unit or unknown_taxes(invoice, self.settings):
            return None
        total = totals(invoice, self.settings, customer, unit).total
        if total.minor <= 0:
            return None
        if invoice.expect_total is not None and self.settings.commodities.decimal(total) != invoice.expect_total:
            return None
        due = invoice.due or due_by(invoice.terms or terms, invoice.date)
        if due < invoice.date:
            return None
        number = invoice.number.encode()
        return (invoice.date.toordinal(), CHARGE, number, total.minor, due.toordinal()), unit
