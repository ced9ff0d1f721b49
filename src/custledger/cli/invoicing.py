"""An invoice from what the command line says of it: its lines, its number, when it is due."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custledger.core.nearest import nearest
from custledger.core.text import listed
from custledger.core.trouble import UsageError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from custledger.book.customer import Customer
    from custledger.book.invoice import Invoice, Line
    from custledger.cli.context import Context
    from custledger.core.terms import Terms
    from custledger.pipeline import Opened

_FIELDS = {2: ("text", "price"), 3: ("text", "quantity", "price"), 4: ("text", "quantity", "price", "tax")}
_SEPARATOR = re.compile(r"\s*[;；]\s*")


def lines_of(
    opened: Opened,
    given: Sequence[str],
    *,
    net: str | None,
    gross: str | None,
    currency: str,
    text: str | None,
    tax: str | None,
) -> tuple[tuple[Line, ...], str | None]:
    """The lines, and `prices` where the document must say it (a gross amount in a book of net prices, and back).

    Raises UsageError where lines and an amount are mixed, a line is no line, or an amount is none in `currency`.
    """
    if (bool(given), net is not None, gross is not None).count(True) != 1:
        raise UsageError("edit.lines_or_amount")
    if given:
        return tuple(_line(opened, one, tax) for one in given), None
    from custledger.book.invoice import Line
    from custledger.cli.writing import money, positive

    wanted = "gross" if gross is not None else "net"
    written, option = gross or net or "", "--amount" if gross is not None else "--net"
    money(opened, written, currency, option)  # an amount has no more digits than its currency; a price may
    price = positive(written, option)
    line = Line(text=text or "", price=price, tax=_tax(opened, tax))
    return (line,), wanted


def _line(opened: Opened, text: str, tax: str | None) -> Line:
    """`text; price`, `text; quantity; price` or `text; quantity; price; tax`."""
    from custledger.book.invoice import Line
    from custledger.core.numbers import plain

    parts = _SEPARATOR.split(text.strip())
    if len(parts) not in _FIELDS:
        raise UsageError("edit.bad_line", line=text)
    found = dict(zip(_FIELDS[len(parts)], parts, strict=True))
    quantity, price = plain(found.get("quantity", "1")), plain(found["price"])
    if quantity is None or price is None or quantity <= 0:
        raise UsageError("edit.bad_line", line=text)
    return Line(text=found["text"], quantity=quantity, price=price, tax=_tax(opened, found.get("tax") or tax))


def _tax(opened: Opened, name: str | None) -> str | None:
    if name is None or name in opened.settings.taxes:
        return name
    known = list(opened.settings.taxes)
    near = listed(nearest(name, known) or known)
    raise UsageError("edit.no_such_tax_near" if near else "edit.no_such_tax", tax=name, near=near)


def due_and_terms(
    opened: Opened, customer: Customer, day: dt.date, *, due: dt.date | None, terms: str | None
) -> tuple[dt.date, Terms | None]:
    """When it is due and on what terms: given, else the customer's on that day, else the book's.

    A due date alone leaves terms out: they would promise another one. Raises UsageError where nothing says.
    """
    from custledger.cli.writing import terms_from

    agreed = terms_from(terms) if terms else None
    if due is not None:
        if due < day:
            raise UsageError("edit.due_before", due=due.isoformat(), date=day.isoformat())
        return due, agreed
    agreed = agreed or customer.terms.on(day) or opened.settings.terms.on(day)
    if agreed is None:
        raise UsageError("edit.no_terms")
    return agreed.due(day), agreed


def number_of(context: Context, opened: Opened, given: str | None, day: dt.date) -> str:
    """The number given, which must be free, or the next one."""
    from custledger.core.ids import valid_number
    from custledger.edit.numbering import next_number

    if given is None:
        pattern = opened.settings.numbering.invoice
        return next_number(pattern, day, context.numbers_like(opened, pattern, day))
    if not valid_number(given):
        raise UsageError("edit.bad_code", code=given)
    if context.taken(opened, given):
        place = next((one.span.place for one in opened.invoices if one.number == given), "")
        raise UsageError("edit.number_taken" if place else "edit.number_taken_journal", number=given, place=place)
    return given


def check_not_there(opened: Opened, invoice: Invoice) -> None:
    """Refuse an invoice that the book seems to have: of that day and customer, with the same lines.

    So a command that was run twice, or interrupted after it had written, adds nothing a second time.
    """

    def says(one: Invoice) -> object:
        return [(line.text, line.quantity, line.price, line.tax) for line in one.lines]

    for other in opened.invoices:
        same = (other.customer, other.date, other.kind) == (invoice.customer, invoice.date, invoice.kind)
        if same and other.void is None and says(other) == says(invoice):
            raise UsageError("edit.invoice_there", number=other.number, place=other.span.place)
