"""The tables of a statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.document import Cell, Column, Heading, Paragraph, Row, Table, word
from custledger.report.kinds import kind_word
from custledger.report.result import sums

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from custledger.core.money import Money
    from custledger.document import Block, Value
    from custledger.report.statement import Statement
    from custledger.report.statement_lines import ItemLine, StatementLine


def open_item_table(statement: Statement) -> Table:
    """What is open, with what it was once and how late it is."""
    rows = [_open_row(line) for line in statement.lines]
    told = any(cell.value for row in rows for cell in row.cells[3:4])
    text = (Column(word("reports.column.text"), shrink=True),) if told else ()
    columns = (
        Column(word("reports.column.number")),
        Column(word("reports.column.date")),
        Column(word("reports.column.due")),
        *text,
        Column(word("reports.column.days_overdue"), right=True),
        Column(word("reports.column.original"), right=True),
        Column(word("reports.column.open"), right=True),
    )
    rows.append(Row((Cell(word("reports.total")), *(Cell(None) for _ in range(5)), Cell(statement.closing)), "total"))
    if not told:
        rows = [Row(row.cells[:3] + row.cells[4:], row.kind) for row in rows]
    return Table(columns, tuple(rows))


def _open_row(line: StatementLine) -> Row:
    late = line.days_overdue or None
    charge = line.due is not None
    original = line.original if line.original is None or charge or not line.credit else -line.original
    text = _joined(None if line.kind == "invoice" else kind_word(line.kind), line.text)
    if line.disputed:
        text = word("reports.statement.disputed", amount=line.disputed, text=text)
    return Row(
        (
            Cell(line.number),
            Cell(line.date),
            Cell(line.due),
            Cell(text, "warn" if line.disputed else ""),
            Cell(late, "bad"),
            Cell(original),
            Cell(-line.credit if line.credit else line.debit, "bad" if late else ""),
        )
    )


def _joined(first: Value, text: str) -> Value:
    """A kind's word and what the entry says of itself."""
    if first is None or not text:
        return text if first is None else first
    return word("reports.statement.kind_and_text", kind=first, text=text)


def activity_table(statement: Statement) -> Table:
    """Opening, the entries with the balance after each, their sums, closing."""
    columns = (
        Column(word("reports.column.date")),
        Column(word("reports.column.number")),
        Column(word("reports.column.text"), shrink=True),
        Column(word("reports.column.debit"), right=True),
        Column(word("reports.column.credit"), right=True),
        Column(word("reports.column.balance"), right=True),
    )
    unit = statement.currency
    rows = [_plain(statement.date_from, word("reports.statement.opening"), statement.opening, "row")]
    for line in statement.lines:
        rows.append(_activity_row(line, due=statement.layout != "balance-forward"))
        rows += _sub_rows(line)
    moved = (
        Cell(None),
        Cell(None),
        Cell(word("reports.statement.moved")),
        Cell(sums((line.debit for line in statement.lines), unit)),
        Cell(sums((line.credit for line in statement.lines), unit)),
        Cell(None),
    )
    rows.append(Row(moved, "subtotal"))
    rows.append(_plain(statement.date_to, word("reports.statement.closing"), statement.closing, "total"))
    return Table(columns, tuple(rows))


def _plain(day: Value, text: Value, amount: Money, kind: str) -> Row:
    return Row((Cell(day), Cell(None), Cell(text), Cell(None), Cell(None), Cell(amount)), kind)


def _activity_row(line: StatementLine, *, due: bool) -> Row:
    kind = kind_word(line.kind)
    if due and line.due is not None:
        day = word("reports.due_on", due=line.due)
        kind = day if line.kind == "invoice" else word("reports.statement.kind_due", kind=kind, due=day)
    return Row(
        (
            Cell(line.date),
            Cell(line.number),
            Cell(_joined(kind, line.text)),
            Cell(line.debit or None),
            Cell(line.credit or None),
            Cell(line.balance),
        )
    )


def _sub_rows(line: StatementLine) -> Iterable[Row]:
    for settled in line.settles:
        key = "settles" if line.credit else "takes_back"
        yield _note(settled.number, word(f"reports.statement.{key}", amount=settled.amount))
    if line.unapplied:
        yield _note(None, word("reports.statement.unapplied", amount=line.unapplied))
    for item in line.items or ():
        yield _note(item.item, _item(item))
    for name, values in (line.refs or {}).items():
        known = name in ("po", "contract", "delivery", "tax_invoice", "fapiao")
        label: Value = word(f"reports.ref.{name}") if known else name
        yield _note(None, word("reports.statement.reference", label=label, values=", ".join(values)))


def _note(number: Value, text: Value) -> Row:
    return Row((Cell(None), Cell(number, "", 1), Cell(text, "", 1), Cell(None), Cell(None), Cell(None)), "detail")


def _item(item: ItemLine) -> Value:
    quantity = _plainly(item.quantity)
    times = word(
        "reports.statement.times_unit" if item.unit else "reports.statement.times",
        quantity=quantity,
        unit=item.unit,
        price=_plainly(item.price),
    )
    if item.discount:
        percent = _plainly((item.discount * 100).normalize())
        times = word("reports.statement.less", times=times, percent=percent)
    text: Value = word("reports.statement.item", text=item.text, times=times) if item.text else times
    return text if item.net is None else word("reports.statement.item_net", item=text, net=item.net)


def _plainly(number: Decimal) -> str:
    return format(number, ",f")


def foot(statement: Statement) -> tuple[Block, ...]:
    """The aging of the closing balance, with its definition."""
    aging = statement.aging
    columns = (
        *(Column(bucket.heading, right=True, dash=True) for bucket in aging.headings),
        Column(word("reports.column.unapplied"), right=True, dash=True),
        Column(word("reports.column.total"), right=True),
    )
    cells = (*(Cell(amount) for amount in aging.amounts), Cell(aging.unapplied), Cell(statement.closing))
    netted = "none" if aging.net == "none" else "oldest"
    lines = (word(f"reports.aging.basis.{aging.basis}"), word(f"reports.aging.net.{netted}"))
    return (Heading(word("reports.statement.aging"), 3), Paragraph(lines, "muted"), Table(columns, (Row(cells),)))
