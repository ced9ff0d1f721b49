"""The page of one invoice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.document import Cell, Column, Document, Facts, Row, Table, word
from custledger.report.invoices import netted_line
from custledger.report.kinds import kind_word
from custledger.report.reconcile_page import rule_word
from custledger.report.result import definition

if TYPE_CHECKING:
    from custledger.book.position import Standing
    from custledger.document import Block, Value
    from custledger.report.invoice_show import InvoiceShown

_REFS = frozenset(["po", "contract", "delivery", "tax_invoice", "fapiao"])


def document(result: InvoiceShown, standing: Standing) -> Document:
    """The page: facts, lines with totals, instalments with what is open, what settles it."""
    blocks: list[Block] = [_facts(result)]
    if result.lines:
        blocks.append(_lines(result))
    if result.charges:
        blocks.append(_charges(result))
    if result.settled_by:
        blocks.append(_settled(result))
    return Document(
        title=word("reports.invoice.title", kind=kind_word(result.kind), number=result.number),
        definition=definition(standing, *netted_line(standing)),
        blocks=tuple(blocks),
        commodities=result.commodities,
    )


def _facts(result: InvoiceShown) -> Facts:
    who = result.name if result.name == result.customer else f"{result.name} ({result.customer})"
    items: list[tuple[Value, Cell]] = [
        (word("reports.column.customer"), Cell(who)),
        (word("reports.column.date"), Cell(result.date)),
        (word("reports.column.amount"), Cell(result.total)),
    ]
    if result.corrects:
        items.append((word("reports.invoice.corrects"), Cell(result.corrects)))
    if result.void is not None:
        said: Value = result.void
        if result.void_reason:
            said = word("reports.invoice.void_why", date=result.void, why=result.void_reason)
        items.append((word("reports.invoice.voided"), Cell(said, "bad")))
    for name, values in result.refs.items():
        items.append((word(f"reports.ref.{name}") if name in _REFS else name, Cell(", ".join(values))))
    if result.text:
        items.append((word("reports.column.text"), Cell(result.text)))
    items.append((word("reports.invoice.place"), Cell(result.place, "muted")))
    return Facts(tuple(items))


def _lines(result: InvoiceShown) -> Table:
    items = any(line.item for line in result.lines)
    units = any(line.unit for line in result.lines)
    discounts = any(line.discount for line in result.lines)
    columns = [
        *([Column(word("reports.column.item"))] if items else []),
        Column(word("reports.column.text"), shrink=True),
        Column(word("reports.column.quantity"), right=True),
        *([Column(word("reports.column.unit"))] if units else []),
        Column(word("reports.column.price"), right=True),
        *([Column(word("reports.column.discount"), right=True)] if discounts else []),
        Column(word("reports.column.tax")),
        Column(word("reports.column.net"), right=True),
    ]
    rows = []
    for line in result.lines:
        percent = f"{format((line.discount * 100).normalize(), 'f')}%" if line.discount else None
        cells = [
            *([Cell(line.item)] if items else []),
            Cell(line.text),
            Cell(format(line.quantity, ",f")),
            *([Cell(line.unit)] if units else []),
            Cell(format(line.price, ",f")),
            *([Cell(percent)] if discounts else []),
            Cell(line.tax),
            Cell(line.net),
        ]
        rows.append(Row(tuple(cells)))
    empty = len(columns) - 2 - (1 if items else 0)
    lead = [Cell(None)] if items else []
    sums: list[tuple[Value, Value, str]] = [(word("reports.column.net"), result.net, "subtotal")]
    sums += [(word("reports.invoice.tax", tax=tax.tax, base=tax.base), tax.amount, "subtotal") for tax in result.taxes]
    sums.append((word("reports.total"), result.total, "total"))
    for name, amount, kind in sums:
        rows.append(Row((*lead, Cell(name), *(Cell(None) for _ in range(empty)), Cell(amount)), kind))
    return Table(tuple(columns), tuple(rows))


def _charges(result: InvoiceShown) -> Table:
    columns = (
        Column(word("reports.column.number")),
        Column(word("reports.column.due")),
        Column(word("reports.column.days_overdue"), right=True),
        Column(word("reports.column.amount"), right=True),
        Column(word("reports.column.paid"), right=True, dash=True),
        Column(word("reports.column.open"), right=True, dash=True),
        Column(word("reports.column.state")),
    )
    rows = [
        Row(
            (
                Cell(row.number),
                Cell(row.due),
                Cell(row.days_overdue or None),
                Cell(row.amount),
                Cell(row.paid),
                Cell(row.open, "bad" if row.state == "overdue" else ""),
                Cell(word(f"reports.state.{row.state}")),
            )
        )
        for row in result.charges
    ]
    return Table(columns, tuple(rows), title=word("reports.invoice.due"))


def _settled(result: InvoiceShown) -> Table:
    columns = (
        Column(word("reports.column.number")),
        Column(word("reports.column.kind")),
        Column(word("reports.column.date")),
        Column(word("reports.column.amount"), right=True),
        Column(word("reports.column.from")),
        Column(word("reports.column.rule"), shrink=True),
    )
    rows = [
        Row(
            (
                Cell(row.other),
                Cell(kind_word(row.kind)),
                Cell(row.date),
                Cell(row.amount),
                Cell(row.date_from),
                Cell(rule_word(row.rule)),
            )
        )
        for row in result.settled_by
    ]
    return Table(columns, tuple(rows), title=word("reports.invoice.settled"))
