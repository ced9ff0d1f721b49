"""The page of the reconciliation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.money import Money
from custledger.document import Cell, Column, Document, Facts, Paragraph, Row, Table, word
from custledger.report.result import definition

if TYPE_CHECKING:
    from custledger.book.position import Standing
    from custledger.document import Block, Value
    from custledger.report.reconcile import LeftRow, ReconcileResult

RULES = frozenset(
    "corrects explicit reference reference+difference reference-partial exact balance combination oldest-first "
    "reverses void".split()
)
REASONS = frozenset(
    "no-evidence nothing-open named-settled named-missing taken text-settled text-unknown text-short text-differs "
    "overpaid ambiguous coincidence not-proved not-recorded amount-not-written".split()
)
_CANDIDATES_SHOWN = 3


def document(result: ReconcileResult, standing: Standing, *, partly: bool = False, detail: bool = False) -> Document:
    """The page: counts, sums by rule, what is left; with `detail` every allocation."""
    summary = result.summary
    facts: tuple[tuple[Value, Cell], ...] = (
        (word("reports.reconcile.credits"), Cell(summary.credits)),
        (word("reports.reconcile.applied"), Cell(summary.applied, "good" if summary.applied else "")),
        (word("reports.reconcile.unapplied"), Cell(summary.unapplied, "warn" if summary.unapplied else "")),
    )
    blocks: list[Block] = [Facts(facts)]
    if result.allocations:
        blocks.append(_by_rule(result))
    if detail and result.allocations:
        blocks.append(_allocations(result))
    if result.proposed:
        blocks.append(_proposed(result))
    if result.unapplied:
        blocks.append(_left(result))
    elif summary.credits:
        blocks.append(Paragraph((word("reports.reconcile.all_applied"),), "good"))
    else:
        blocks.append(Paragraph((word("reports.reconcile.no_credits"),)))
    return Document(
        title=word("reports.reconcile.title"),
        definition=definition(standing, word("reports.reconcile.definition"), partly=partly),
        blocks=tuple(blocks),
        commodities=result.commodities,
    )


def rule_word(rule: str) -> Value:
    """What a rule is called."""
    return word(f"reports.rule.{rule}") if rule in RULES else rule


def _by_rule(result: ReconcileResult) -> Table:
    held = [a for a in result.allocations if a.until is None]
    keys = list(dict.fromkeys((a.rule, a.state, a.currency) for a in sorted(held, key=lambda a: (a.rule, a.currency))))
    rows = []
    for rule, state, unit in keys:
        mine = [a for a in held if (a.rule, a.state, a.currency) == (rule, state, unit)]
        amount = Money(sum(a.amount.minor for a in mine), unit)
        rows.append(
            Row(
                (
                    Cell(rule_word(rule)),
                    Cell(word(f"reports.allocation.{state}") if state in {"recorded", "inferred"} else state),
                    Cell(len(mine)),
                    Cell(unit),
                    Cell(amount),
                )
            )
        )
    columns = (
        Column(word("reports.column.rule"), shrink=True),
        Column(word("reports.column.state")),
        Column(word("reports.column.count"), right=True),
        Column(word("reports.column.currency")),
        Column(word("reports.column.amount"), right=True),
    )
    return Table(columns, tuple(rows), title=word("reports.reconcile.by_rule"))


def _allocations(result: ReconcileResult) -> Table:
    columns = (
        Column(word("reports.column.from")),
        *((Column(word("reports.column.until")),) if any(a.until for a in result.allocations) else ()),
        Column(word("reports.column.customer"), shrink=True),
        Column(word("reports.column.credit_number")),
        Column(word("reports.column.charge_number")),
        Column(word("reports.column.currency")),
        Column(word("reports.column.amount"), right=True),
        Column(word("reports.column.rule"), shrink=True),
    )
    released = any(a.until for a in result.allocations)
    rows = [
        Row(
            (
                Cell(a.date_from),
                *((Cell(a.until),) if released else ()),
                Cell(a.customer),
                Cell(a.credit),
                Cell(a.charge),
                Cell(a.currency),
                Cell(a.amount),
                Cell(rule_word(a.rule)),
            ),
            "row" if a.until is None else "detail",
        )
        for a in result.allocations
    ]
    return Table(columns, tuple(rows), title=word("reports.reconcile.allocations"))


def _left(result: ReconcileResult) -> Table:
    columns = (
        Column(word("reports.column.credit_number")),
        Column(word("reports.column.customer"), shrink=True),
        Column(word("reports.column.date")),
        Column(word("reports.column.currency")),
        Column(word("reports.column.unapplied"), right=True),
        Column(word("reports.column.reason"), shrink=True),
    )
    rows = [
        Row(
            (
                Cell(row.credit),
                Cell(row.customer),
                Cell(row.date),
                Cell(row.currency),
                Cell(-row.amount, "warn"),
                Cell(_why(row)),
            )
        )
        for row in result.unapplied
    ]
    return Table(columns, tuple(rows), title=word("reports.reconcile.left"))


def _proposed(result: ReconcileResult) -> Table:
    columns = (
        Column(word("reports.column.credit_number")),
        Column(word("reports.column.charge_number"), shrink=True),
        Column(word("reports.column.date")),
        Column(word("reports.column.currency")),
        Column(word("reports.column.amount"), right=True),
        Column(word("reports.column.reason"), shrink=True),
    )
    rows = [
        Row(
            (
                Cell(row.credit),
                Cell(", ".join(row.charges)),
                Cell(row.date),
                Cell(row.currency),
                Cell(row.amount, "warn"),
                Cell(
                    word(
                        "reports.reconcile.computed",
                        reason=word(f"reports.difference.{row.reason}"),
                        how=row.computation,
                    )
                ),
            )
        )
        for row in result.proposed
    ]
    return Table(columns, tuple(rows), title=word("reports.reconcile.proposed"))


def _why(row: LeftRow) -> Value:
    reason: Value = word(f"reports.reason.{row.reason}") if row.reason in REASONS else row.reason
    if not row.candidates:
        return reason
    shown = ["+".join(keys) for keys in row.candidates[:_CANDIDATES_SHOWN]]
    more = ["…"] if len(row.candidates) > _CANDIDATES_SHOWN else []
    return word("reports.reconcile.candidates", reason=reason, numbers=", ".join([*shown, *more]))
