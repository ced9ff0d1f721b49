"""The page of the reconciliation."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from custledger.core.money import Money
from custledger.document import Cell, Column, Document, Facts, Paragraph, Row, Table, word
from custledger.report.result import definition, given_of, written_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custledger.book.position import Standing
    from custledger.document import Block, Value
    from custledger.report.reconcile import AllocationRow, Considered, ProposedRow, ReconcileResult

RULES = tuple(
    "void reverses corrects explicit reference reference+difference reference-partial exact balance combination "
    "oldest-first".split()
)
"""Strongest first."""
REASONS = frozenset(
    "no-evidence nothing-open named-settled named-missing taken text-settled text-unknown text-other text-short "
    "text-repeated text-differs overpaid ambiguous coincidence not-proved not-recorded amount-not-written".split()
)
_CANDIDATES_SHOWN = 3
_WHY_NOT = frozenset("ambiguous coincidence taken not-proved text-settled text-unknown more less same".split())


def document(result: ReconcileResult, standing: Standing, *, partly: bool = False, detail: bool = False) -> Document:
    """The page: counts, sums by rule, what is proposed, what is left and why, what to do; with `detail` every one."""
    blocks: list[Block] = [_summary(result)]
    if result.allocations:
        blocks.append(_by_rule(result))
    if detail and result.allocations:
        blocks.append(_allocations(result))
    if result.proposed:
        blocks.append(proposed_table(result.proposed))
    if result.unidentified:
        blocks.append(_unidentified(result))
    if result.unapplied:
        blocks.append(_left(result))
    elif result.summary.credits:
        blocks.append(Paragraph((word("reports.reconcile.all_applied"),), "good"))
    elif not result.unidentified:
        blocks.append(Paragraph((word("reports.reconcile.no_credits"),)))
    inferred = any(a.state == "inferred" and a.until is None for a in result.allocations)
    steps = next_steps(standing, None, left=bool(result.unapplied), proposed=bool(result.proposed) or inferred)
    if result.unapplied:
        steps.append((f"custledger{given_of(standing)} why {result.unapplied[0].credit}", Cell(word("why.next.why"))))
    steps += _accounts(result, standing)
    if steps:
        blocks.append(Facts(tuple(steps), title=word("reports.next.title")))
    return Document(
        title=word("reports.reconcile.title"),
        definition=definition(standing, word("reports.reconcile.definition"), partly=partly),
        blocks=tuple(blocks),
        commodities=result.commodities,
    )


def _summary(result: ReconcileResult) -> Facts:
    summary = result.summary
    items: list[tuple[Value, Cell]] = [
        (word("reports.reconcile.credits"), Cell(summary.credits)),
        (word("reports.reconcile.applied"), Cell(summary.applied, "good" if summary.applied else "")),
        (word("reports.reconcile.unapplied"), Cell(summary.unapplied, "warn" if summary.unapplied else "")),
    ]
    if summary.ambiguous:
        items.append((word("reports.reconcile.ambiguous"), Cell(summary.ambiguous)))
    if result.proposed:
        items.append((word("reports.reconcile.proposals"), Cell(len(result.proposed))))
    return Facts(tuple(items))


def next_steps(standing: Standing, customer: str | None, *, left: bool, proposed: bool) -> list[tuple[Value, Cell]]:
    """What to type next; nothing can be written to standard input or a revision."""
    if not written_to(standing.book) or standing.recorded_only:
        return []
    tool = f"custledger{given_of(standing)} reconcile" + (f" {quote(customer)}" if customer else "")
    steps: list[tuple[Value, Cell]] = []
    if proposed:
        steps.append((f"{tool} --write", Cell(word("why.next.write"))))
    if left:
        steps.append((f"{tool} --interactive", Cell(word("why.next.interactive"))))
    return steps


def rule_word(rule: str) -> Value:
    """What a rule is called."""
    return word(f"reports.rule.{rule}") if rule in RULES else rule


def _by_rule(result: ReconcileResult) -> Table:
    held = [a for a in result.allocations if a.until is None]
    keys = list(dict.fromkeys((a.rule, a.state, a.currency) for a in sorted(held, key=_strongest)))
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


def _strongest(row: AllocationRow) -> tuple[object, ...]:
    rank = RULES.index(row.rule) if row.rule in RULES else len(RULES)
    return (rank, row.rule, row.state != "recorded", row.currency)


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
    rows = []
    for row in result.unapplied:
        reason: Value = word(f"reports.reason.{row.reason}") if row.reason in REASONS else row.reason
        cells = (row.credit, row.customer, row.date, row.currency)
        rows.append(Row((*(Cell(value) for value in cells), Cell(-row.amount, "warn"), Cell(reason))))
        blank = tuple(Cell(None) for _ in columns[1:])
        rows += [
            Row((Cell(_considered(one), indent=1), *blank), "detail") for one in row.considered[:_CANDIDATES_SHOWN]
        ]
        if len(row.considered) > _CANDIDATES_SHOWN:
            more = word("reports.reconcile.more", count=len(row.considered) - _CANDIDATES_SHOWN)
            rows.append(Row((Cell(more, indent=1), *blank), "detail"))
    return Table(columns, tuple(rows), title=word("reports.reconcile.left"))


def _considered(one: Considered) -> Value:
    """A candidate in a line: its charges, what is open of them, and why it was not taken."""
    numbers = " + ".join(one.charges)
    difference = Money(abs(one.difference.minor), one.difference.commodity)
    why = one.why
    if why not in _WHY_NOT:
        why = "more" if one.difference.minor > 0 else "less" if one.difference else "same"
    return word(f"reports.considered.{why}", numbers=numbers, open=one.open, difference=difference)


def _unidentified(result: ReconcileResult) -> Table:
    columns = (
        Column(word("reports.column.credit_number")),
        Column(word("reports.column.date")),
        Column(word("reports.column.currency")),
        Column(word("reports.column.amount"), right=True),
        Column(word("reports.column.may_be"), shrink=True),
        Column(word("reports.column.reason"), shrink=True),
    )
    rows = []
    for row in result.unidentified:
        if row.by is None:
            why = word("reports.payer.nobody")
        elif len(row.customers) > 1:
            why = word("reports.payer.several", by=word(f"reports.payer.{row.by}"))
        else:
            why = word("reports.payer.one", by=word(f"reports.payer.{row.by}"), text=row.text)
        cells = (row.receipt, row.date, row.currency, row.amount, ", ".join(row.customers))
        rows.append(Row((*(Cell(value) for value in cells), Cell(why))))
    return Table(columns, tuple(rows), title=word("reports.reconcile.unidentified"))


def _accounts(result: ReconcileResult, standing: Standing) -> list[tuple[Value, Cell]]:
    """What to put in the place of the accounts of unidentified receipts, where one customer is found."""
    above = next(iter(standing.book.settings.accounts.get("receivable", ())), None)
    if above is None:
        return []
    found = [row for row in result.unidentified if len(row.customers) == 1 and row.amount == row.received]
    return [
        (
            f"{above}:{row.customers[0]}",
            Cell(word("reports.next.identify", account=row.account, place=f"{row.file}:{row.line}")),
        )
        for row in found[:_CANDIDATES_SHOWN]
    ]


def proposed_table(proposed: Sequence[ProposedRow]) -> Table:
    """Differences that a match needs and the text does not have yet."""
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
        for row in proposed
    ]
    return Table(columns, tuple(rows), title=word("reports.reconcile.proposed"))
