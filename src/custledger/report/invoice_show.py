"""`invoice show`: one invoice or credit note: its lines, its instalments, and what has settled it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custledger.core.frozen import field, frozen
from custledger.core.money import Money
from custledger.core.nearest import nearest
from custledger.core.text import listed
from custledger.core.trouble import UsageError
from custledger.report.account import in_force
from custledger.report.invoice_show_page import document
from custledger.report.invoices import InvoiceRow, invoice_row
from custledger.report.netting import displayed
from custledger.report.result import Report, Result, envelope, name_of, said
from custledger.report.statement_lines import ItemLine

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from custledger.book.entry import Charge, Credit
    from custledger.book.invoice import Invoice
    from custledger.book.position import Standing


@frozen(kw_only=True)
class SettledBy:
    """What settles (a part of) the invoice, or what a credit note settles."""

    number: str
    other: str
    kind: str
    date: dt.date
    amount: Money
    rule: str
    state: str
    date_from: dt.date = field(metadata={"json": "from"})


@frozen(kw_only=True)
class TaxLine:
    """A tax of the document: its name, its base, the tax."""

    tax: str
    base: Money
    amount: Money


@frozen(kw_only=True)
class InvoiceShown(Result):
    """One document or charge. Without a YAML document `lines` and the totals but `total` are empty."""

    number: str
    kind: str
    customer: str
    name: str
    date: dt.date
    currency: str
    text: str
    corrects: str | None
    refs: Mapping[str, tuple[str, ...]]
    lines: tuple[ItemLine, ...]
    net: Money | None
    taxes: tuple[TaxLine, ...]
    total: Money
    void: dt.date | None
    void_reason: str
    charges: tuple[InvoiceRow, ...]
    settled_by: tuple[SettledBy, ...]
    place: str
    """File and line."""

    def columns(self) -> tuple[str, ...]:
        """The headings of the records."""
        return tuple("number item text quantity unit price discount tax net".split())

    def records(self) -> list[dict[str, object]]:
        """One record a line."""
        return [
            {"number": self.number, **{name: getattr(line, name) for name in self.columns()[1:]}} for line in self.lines
        ]


def build(standing: Standing, number: str) -> InvoiceShown:
    """The invoice, charge or credit note called `number`. UsageError, with the nearest, where there is none."""
    standing = displayed(standing)
    book = standing.book
    written = book.invoices.get(number)
    charges = [c for c in book.charges if number in (c.name, c.number, c.document) and c.date <= standing.as_of]
    credits_ = [c for c in book.credits if c.code == number and c.kind == "credit-note" and c.date <= standing.as_of]
    if not charges and not credits_ and written is None:
        known = [*book.invoices, *(c.name for c in book.charges)]
        near = nearest(number, known)
        key = "reports.no_such_invoice_near" if near else "reports.no_such_invoice"
        raise UsageError(key, number=number, near=listed(near))
    entry: Charge | Credit | None = (charges or credits_ or [None])[0]
    if entry is None:
        raise UsageError("reports.invoice_later", number=number, date=written.date if written is not None else "")
    unit = entry.money.commodity
    return InvoiceShown(
        **envelope("invoice", standing),
        number=number,
        kind=written.kind if written is not None else entry.kind,
        customer=entry.customer,
        name=name_of(book, entry.customer),
        date=written.date if written is not None else entry.date,
        currency=unit,
        text=written.note if written is not None else said(entry, book),
        corrects=written.corrects if written is not None else getattr(entry, "corrects", None),
        refs=dict(sorted((written.refs if written is not None else entry.refs).items())),
        **_totals(standing, written, charges or credits_),
        void=written.void.date if written is not None and written.void is not None else None,
        void_reason=written.void.reason if written is not None and written.void is not None else "",
        charges=_charges(standing, charges),
        settled_by=_settled(standing, {c.key for c in charges}, {c.key for c in credits_}),
        place=(written.span if written is not None else entry.span).place,
    )


def _totals(standing: Standing, written: Invoice | None, entries: Sequence[Charge | Credit]) -> dict[str, Any]:
    unit = entries[0].money.commodity
    total = Money(sum(entry.money.minor for entry in entries), unit)
    totals = standing.book.totals.get(written.number) if written is not None else None
    if written is None or totals is None:
        return {"lines": (), "net": None, "taxes": (), "total": total}
    lines = tuple(
        ItemLine(
            item=line.item,
            text=line.text,
            quantity=line.quantity,
            unit=line.unit,
            price=line.price,
            discount=line.discount,
            tax=line.tax,
            net=net,
        )
        for line, net in zip(written.lines, totals.line_nets, strict=True)
    )
    taxes = tuple(TaxLine(tax=name, base=base, amount=amount) for name, base, amount in totals.taxes)
    return {"lines": lines, "net": totals.net, "taxes": taxes, "total": totals.total}


def _charges(standing: Standing, charges: Sequence[Charge]) -> tuple[InvoiceRow, ...]:
    items = {item.charge.key: item for position in standing.positions for item in position.open_items}
    voided = {a.charge for a in in_force(standing) if a.rule == "void"}
    return tuple(invoice_row(standing, charge, items, voided=charge.key in voided) for charge in charges)


def _settled(standing: Standing, charges: set[str], credits_: set[str]) -> tuple[SettledBy, ...]:
    book = standing.book
    entries = {entry.key: entry for entry in (*book.charges, *book.credits, *book.debits)}
    done = []
    for a in in_force(standing):
        if a.charge in charges:
            mine, other = entries[a.charge], entries[a.credit]
        elif a.credit in credits_:
            mine, other = entries[a.credit], entries[a.charge]
        else:
            continue
        done.append(
            SettledBy(
                number=mine.name,
                other=other.name,
                kind=other.kind,
                date=other.date,
                amount=Money(a.amount, a.commodity),
                rule=a.rule,
                state=a.state,
                date_from=a.first,
            )
        )
    return tuple(done)


REPORT = Report("invoice", build, document)
