"""The page of the aging report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.frozen import replace
from custledger.document import Cell, Column, Document, Row, Table, word
from custledger.report.balance import nothing
from custledger.report.result import Who, definition, in_currency

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custledger.book.position import Standing
    from custledger.core.money import Money
    from custledger.document import Value
    from custledger.report.aging import AgingResult, AgingRow, AgingTotal


def document(result: AgingResult, standing: Standing) -> Document:
    """The page: the definition of its numbers on top, a row per customer and currency, totals per currency."""
    return Document(
        title=word("reports.aging.title"),
        definition=definition(
            standing,
            word(f"reports.aging.basis.{result.basis}{'.month' if result.by_month else ''}"),
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
    # Numbers of items stand in the first columns: with --detail these are never cut.
    leading = [replace(column, shrink=column.shrink and not result.detailed) for column in who.columns]
    apart = result.detailed and not who.names  # where no names stand, due dates have a column to themselves
    if apart:
        who = replace(who, names=True)
        leading.insert(1, Column(word("reports.column.due")))
    columns = [
        *leading,
        *(Column(bucket.heading, right=True, dash=True) for bucket in result.headings),
        Column(word("reports.column.unapplied"), right=True, dash=True),
        Column(word("reports.column.total"), right=True),
    ]
    rows: list[Row] = []
    group: str | None = None
    for row in result.rows:
        if result.groups is not None and row.group != group:
            rows += _subtotals(result.groups, group, who)
            group = row.group
            rows.append(_title(group, len(columns)))
        rows += _rows(row, result, who, apart=apart)
    if result.groups is not None:
        rows += _subtotals(result.groups, group, who)
    for total in result.totals:
        rows.append(_sum(total, word("reports.total"), who, "total"))
        if total.disputed:
            rows.append(_disputed(total.disputed, who, len(result.headings), 1))
    return Table(tuple(columns), tuple(rows))


def _title(group: str | None, columns: int) -> Row:
    name: Value = group or word("reports.group.none")
    return Row((Cell(name, "strong"), *(Cell(None) for _ in range(columns - 1))))


def _rows(row: AgingRow, result: AgingResult, who: Who, *, apart: bool) -> Iterable[Row]:
    indent = 0 if result.groups is None else 1
    customer: Value | Cell = Cell(row.customer, "", indent) if indent else row.customer
    *younger, oldest = row.amounts
    worst: Value | Cell = Cell(oldest, "bad") if oldest.minor and result.basis == "due" else oldest
    lead = who.values(customer, None if apart else row.name, row.currency)
    yield Row((*lead, *younger, worst, row.unapplied, row.total))
    for item in row.items or ():
        due: Value = item.due
        if item.disputed:
            due = word("reports.aging.date_disputed" if apart else "reports.aging.due_disputed", due=item.due)
        elif not apart:
            due = word("reports.due_on", due=item.due)
        first, *others = who.values(item.charge, due, row.currency)
        amounts = [item.open if bucket.name == item.bucket else None for bucket in result.headings]
        yield Row((Cell(first, "", indent + 1), *others, *amounts, None, None), "detail")
    if row.disputed.minor:
        yield _disputed(row.disputed, who, len(result.headings), indent + 1)


def _disputed(amount: Money, who: Who, buckets: int, indent: int) -> Row:
    """Below a row or a total: what of it is disputed."""
    first, *others = who.cells(word("reports.aging.disputed"), None, "", style="warn")
    cells = (Cell(first.value, first.style, indent), *others, *(Cell(None) for _ in range(buckets + 1)))
    return Row((*cells, Cell(amount, "warn")), "detail")


def _sum(total: AgingTotal, name: Value, who: Who, kind: str) -> Row:
    lead = who.values(name, None, total.currency)
    return Row((*lead, *total.amounts, total.unapplied, total.total), kind)


def _subtotals(groups: Iterable[AgingTotal], group: str | None, who: Who) -> list[Row]:
    return [
        _sum(total, word("reports.subtotal"), who, "subtotal")
        for total in groups
        if group is not None and total.group == group
    ]
