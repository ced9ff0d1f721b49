"""Invoices and credit notes from rows: a row a document, or rows with one number its lines."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from custledger.book.invoice import Invoice, Line
from custledger.core.frozen import frozen
from custledger.core.money import exact_minor, rounded
from custledger.core.numbers import percent, plain
from custledger.core.terms import Terms, parse_terms

if TYPE_CHECKING:
    import datetime as dt

    from custledger.book.settings import Settings
    from custledger.core.money import Commodity
    from custledger.intake.parties import Parties
    from custledger.intake.reading import Reading
    from custledger.intake.table import Row

_REFS = ("po", "contract", "delivery", "tax_invoice")
_HEAD = ("kind", "currency", "terms", "salesperson", "corrects", "note", "prices", *_REFS)


@frozen
class Paid:
    """What a row says is paid already of a document."""

    invoice: Invoice
    amount: Decimal
    row: Row


def read_invoices(reading: Reading, parties: Parties, settings: Settings) -> tuple[list[Invoice], list[Paid]]:
    """The documents of a table in order of first row, and what is paid of them already.

    Problems are in `reading.diagnostics`: every cell that cannot be read, every document whose rows disagree.
    """
    documents: list[Invoice] = []
    paid: list[Paid] = []
    for number, rows in _grouped(reading):
        invoice = _document(reading, parties, settings, number, rows)
        if invoice is None or number.startswith("\0"):  # a row without a number is reported, and no document
            continue
        documents.append(invoice)
        amount = reading.amount(rows[0], "paid")
        if amount:
            fits(reading, rows[0], "paid", amount, _commodity(settings, invoice.currency, invoice.date))
            paid.append(Paid(invoice, amount, rows[0]))
    return documents, paid


def _grouped(reading: Reading) -> list[tuple[str, list[Row]]]:
    """Rows by number, in order of first appearance; a number twice where rows are documents is reported."""
    groups: dict[str, list[Row]] = {}
    last = ""
    for row in reading.rows():
        number = reading.number(row, "number", required=not (reading.map.continued and last))
        if not number:
            if reading.map.continued and last and not reading.text(row, "number"):
                groups[last].append(row)
            else:
                groups[f"\0{row.line}"] = [row]  # reported; what else is wrong with the row is, too
            continue
        if number in groups and not reading.map.lines:
            first = groups[number][0].line
            reading.problem(row, "number", "twice", slug="import-document", number=number, line=first)
            continue
        groups.setdefault(number, []).append(row)
        last = number
    return list(groups.items())


def _document(reading: Reading, parties: Parties, settings: Settings, number: str, rows: list[Row]) -> Invoice | None:
    before = len(reading.diagnostics)
    first = rows[0]
    head = {name: reading.text(first, name) for name in _HEAD if reading.has(name)}
    date = reading.date(first, "date", required=True)
    due = reading.date(first, "due")
    customer = parties.resolve(reading, first)
    total = reading.amount(first, "total")
    for row in rows[1:]:
        _agree(reading, first, row, number, head, {"date": date, "due": due})
    terms = _terms(reading, first, head.get("terms", ""))
    kind = head.get("kind", "") or "invoice"
    if kind not in {"invoice", "credit-note"}:
        reading.problem(first, "kind", "kind", text=kind)
    currency = head.get("currency") or None
    commodity = _commodity(settings, currency, date)
    lines = [line for row in rows if (line := _line(reading, row, commodity)) is not None]
    lines += _extra(reading, rows, commodity)
    if total is not None:
        fits(reading, first, "total", total, commodity)
    if len(reading.diagnostics) > before or date is None or customer is None:
        return None
    if total is not None and not _adds_up(reading, first, number, total, lines, commodity):
        return None
    if kind == "credit-note" and sum(line.price * line.quantity for line in lines) < 0:
        lines = [_negated(line) for line in lines]
        total = None if total is None else abs(total)
    return Invoice(
        number=number,
        kind=kind,
        customer=customer,
        date=date,
        due=None if kind == "credit-note" else due,
        currency=currency,
        terms=None if due or kind == "credit-note" else terms,
        prices=head.get("prices") or None,
        salesperson=head.get("salesperson", ""),
        refs={name: (head[name],) for name in _REFS if head.get(name)},
        lines=tuple(lines),
        note=head.get("note", ""),
        expect_total=total,
        corrects=head.get("corrects") or None,
        span=reading.table.places(first.line, 0),
    )


def _agree(
    reading: Reading, first: Row, row: Row, number: str, head: dict[str, str], dates: dict[str, dt.date | None]
) -> None:
    """What a later row says of its document is what the first says, or nothing."""
    for name in ("customer", "customer_id"):
        if reading.has(name):
            head = {**head, name: reading.text(first, name)}
    for name, said in head.items():
        text = reading.text(row, name)
        if text and text != said:
            reading.problem(row, name, "differs", slug="import-document", number=number, text=text, first=said)
    for name, day in dates.items():
        other = reading.date(row, name)
        if other and other != day:
            reading.problem(row, name, "differs", slug="import-document", number=number, text=other, first=day or "")


def _commodity(settings: Settings, currency: str | None, date: dt.date | None) -> Commodity:
    """The commodity of a document: its own, else the book's on its date."""
    code = currency or (settings.currency.on(date) if date else None) or ""
    return settings.commodities.get(code)


def _terms(reading: Reading, row: Row, text: str) -> Terms | None:
    terms = parse_terms(text) if text else None
    if text and terms is None:
        reading.problem(row, "terms", "terms", text=text)
    return terms


def fits(reading: Reading, row: Row, name: str, amount: Decimal, commodity: Commodity) -> int | None:
    """The amount in smallest units of its commodity; more digits than that has are reported."""
    minor = exact_minor(amount, commodity.digits)
    if minor is None:
        reading.problem(row, name, "digits", text=f"{amount:f}", currency=commodity.name, digits=commodity.digits)
    return minor


def _line(reading: Reading, row: Row, commodity: Commodity) -> Line | None:
    """One line: price by quantity less discount where there is a price, else its amount; both must agree."""
    price, amount = reading.amount(row, "price"), reading.amount(row, "amount")
    quantity = reading.amount(row, "quantity")
    discount = _discount(reading, row)
    if price is None and amount is None:
        if not reading.text(row, "text") and not reading.text(row, "item") and quantity is None:
            return None
        reading.problem(row, "price" if reading.has("price") else "amount", "empty")
        return None
    quantity = Decimal(1) if quantity is None else quantity
    if amount is not None:
        minor = fits(reading, row, "amount", amount, commodity)
        if price is not None and minor is not None:
            net = rounded(quantity * price * (1 - discount), commodity.digits, where="line")
            if net != minor:
                text = f"{quantity:f} × {price:f}"
                reading.problem(row, "amount", "line", slug="import-document", text=f"{amount:f}", computed=text)
    if price is None:
        price, quantity, discount = amount or Decimal(0), Decimal(1), Decimal(0)
    return Line(
        text=reading.text(row, "text"),
        item=reading.text(row, "item"),
        quantity=quantity,
        unit=reading.text(row, "unit"),
        price=price,
        discount=discount,
        tax=reading.text(row, "tax") or None,
        account=reading.text(row, "account") or None,
    )


def _adds_up(reading: Reading, row: Row, number: str, total: Decimal, lines: list[Line], commodity: Commodity) -> bool:
    """Whether the lines come to the table's total. Where the book computes taxes, the book's own check says so."""
    if any(line.tax for line in lines):
        return True
    nets = (line.quantity * line.price * (1 - line.discount) for line in lines)
    computed = sum(rounded(net, commodity.digits, where="line") for net in nets)
    if computed == exact_minor(total, commodity.digits):
        return True
    text = f"{Decimal(computed).scaleb(-commodity.digits):f}"
    reading.problem(row, "total", "total", slug="import-document", number=number, text=f"{total:f}", computed=text)
    return False


def _discount(reading: Reading, row: Row) -> Decimal:
    """A discount in percent (`5`, `5%`) as a share of one."""
    text = reading.text(row, "discount").replace(" ", "")
    if not text:
        return Decimal(0)
    found = percent(text) if text.endswith("%") else plain(text)
    if found is None or not 0 <= found <= (1 if text.endswith("%") else 100):
        reading.problem(row, "discount", "discount", text=text)
        return Decimal(0)
    return found if text.endswith("%") else found / 100


def _extra(reading: Reading, rows: list[Row], commodity: Commodity) -> list[Line]:
    """Lines for the taxes that the other system computed, and for what stands in columns of its own."""
    lines: list[Line] = []
    for name, title in (("tax_amount", "tax_name"), ("tax2_amount", "tax2_name")):
        sums: dict[str, Decimal] = {}
        for row in rows:
            amount = reading.amount(row, name) if reading.has(name) else None
            if amount:
                fits(reading, row, name, amount, commodity)
                called = reading.text(row, title) or "tax"
                sums[called] = sums.get(called, Decimal(0)) + amount
        account = reading.map.accounts.get("tax")
        lines += [Line(text=called, price=amount, account=account) for called, amount in sums.items() if amount]
    for name in ("shipping", "adjustment"):
        amount = reading.amount(rows[0], name) if reading.has(name) else None
        if amount:
            fits(reading, rows[0], name, amount, commodity)
            lines.append(Line(text=name, price=amount))
    return lines


def _negated(line: Line) -> Line:
    from dataclasses import replace

    return replace(line, price=-line.price)
