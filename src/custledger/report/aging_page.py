"""The page of the aging report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.document import Cell, Column, Document, Row, Table, word
from custledger.report.balance import nothing
from custledger.report.result import Who, definition, in_currency

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custledger.book.position import Standing
    from custledger.document import Value
    from custledger.report.aging import AgingResult, AgingRow, AgingTotal


def document(result: AgingResult, standing: Standing) -> Document:
    """The page: the definition of its numbers on top, a row per customer and currency, totals per currency."""
    return Document(
        title=word("reports.aging.title"),
        definition=definition(
            standing,
            word(f"reports.aging.basis.{result.basis}"),
            _credits(result),
            *((word("reports.head.grouped", by=word(f"reports.group.{result.group_by}")),) if result.group_by else ()),
            *in_currency(row.currency for row in result.rows),
            partly=result.partly,
        ),
        blocks=((_table(result),) if result.rows else (nothing(standing),)),
        commodities=result.commodities,
    )


def _credits(result: AgingResult) -> Value:
    if result.net == "none":
        return word("reports.aging.net.none")
    return word("reports.aging.net.default" if result.netted_by_default else "reports.aging.net.oldest")


def _table(result: AgingResult) -> Table:
    who = Who.of(result.rows)
    disputed = any(row.disputed for row in result.rows)
    columns = [
        *who.columns,
        *(Column(bucket.heading, right=True, dash=True) for bucket in result.headings),
        Column(word("reports.column.unapplied"), right=True, dash=True),
        Column(word("reports.column.total"), right=True),
    ]
    if disputed:
        columns.append(Column(word("reports.column.disputed"), right=True, dash=True))
    rows: list[Row] = []
    group: str | None = None
    for row in result.rows:
        if result.groups is not None and row.group != group:
            rows += _subtotals(result.groups, group, who, disputed=disputed)
            group = row.group
            rows.append(_title(group, len(columns)))
        rows += _rows(row, result, who, disputed=disputed)
    if result.groups is not None:
        rows += _subtotals(result.groups, group, who, disputed=disputed)
    rows += [_sum(total, word("reports.total"), who, "total", disputed=disputed) for total in result.totals]
    return Table(tuple(columns), tuple(rows))


def _title(group: str | None, columns: int) -> Row:
    name: Value = group or word("reports.group.none")
    return Row((Cell(name, "strong"), *(Cell(None) for _ in range(columns - 1))))


def _rows(row: AgingRow, result: AgingResult, who: Who, *, disputed: bool) -> Iterable[Row]:
    indent = 0 if result.groups is None else 1
    first, *others = who.cells(row.customer, row.name, row.currency)
    lead = (Cell(first.value, first.style, indent), *others)
    extra = (Cell(row.disputed, "warn" if row.disputed else ""),) if disputed else ()
    yield Row((*lead, *_amounts(row.amounts, result), Cell(row.unapplied), Cell(row.total), *extra))
    for item in row.items or ():
        due = word("reports.due_on", due=item.due)
        name: Value = item.charge if who.names else word("reports.aging.item", charge=item.charge, due=due)
        first, *others = who.cells(name, due, row.currency)
        amounts = [Cell(item.open if bucket.name == item.bucket else None) for bucket in result.headings]
        flag = (Cell(item.disputed or None, "warn"),) if disputed else ()
        yield Row((Cell(first.value, "", indent + 1), *others, *amounts, Cell(None), Cell(None), *flag), "detail")


def _amounts(amounts: tuple[Value, ...] | tuple[object, ...], result: AgingResult) -> list[Cell]:
    last = len(amounts) - 1
    return [
        Cell(amount, "bad" if index == last and amount and result.basis == "due" else "")  # type: ignore[arg-type]
        for index, amount in enumerate(amounts)
    ]


def _sum(total: AgingTotal, name: Value, who: Who, kind: str, *, disputed: bool) -> Row:
    extra = (Cell(total.disputed),) if disputed else ()
    lead = who.cells(name, None, total.currency)
    return Row((*lead, *(Cell(a) for a in total.amounts), Cell(total.unapplied), Cell(total.total), *extra), kind)


def _subtotals(groups: Iterable[AgingTotal], group: str | None, who: Who, *, disputed: bool) -> list[Row]:
    return [
        _sum(total, word("reports.subtotal"), who, "subtotal", disputed=disputed)
        for total in groups
        if group is not None and total.group == group
    ]
