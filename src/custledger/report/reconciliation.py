"""Reconciliation (核销): which credit settles which charge, by which rule, on what evidence; and what nothing settles.

Definition: an allocation is in force on the day where its first day <= the day < its last. Applied credits are
those of which nothing is left on the day; the amounts of a credit's allocations and of what is left sum to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from custledger.book.entry import Credit
from custledger.core.money import Money
from custledger.core.trouble import ensure
from custledger.document import Cell, Column, Document, Facts, Paragraph, Row, Table, word
from custledger.report.result import Report, Result, chosen, currencies_of, definition, envelope, name_of, sums

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from custledger.book.allocation import Allocation, Evidence
    from custledger.book.entry import Entry
    from custledger.book.position import Standing
    from custledger.document import Block, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """What an allocation rests on, and where it stands; `line` and `column` count from 1, 0 where there is none."""

    kind: str
    file: str
    line: int
    column: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationRow:
    """One allocation. `until` is the first day on which it no longer holds; None: it holds on."""

    credit: str
    charge: str
    customer: str
    currency: str
    amount: Money
    rule: str
    state: str
    first: dt.date = field(metadata={"json": "from"})
    until: dt.date | None
    evidence: tuple[EvidenceRow, ...]
    alternatives: int
    date: dt.date = field(metadata={"json": "credit_date"})


@dataclass(frozen=True, slots=True, kw_only=True)
class UnappliedRow:
    """What of a credit nothing uses; negative: what is left of a debit that takes credits back."""

    credit: str
    customer: str
    currency: str
    amount: Money
    date: dt.date
    reason: str
    candidates: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts: credits up to the day, those with nothing left, those with something left; allocations by rule."""

    credits: int
    applied: int
    unapplied: int
    ambiguous: int
    by_rule: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconcileResult(Result):
    """Allocations by customer, first day, credit; then what is left."""

    summary: Summary
    allocations: tuple[AllocationRow, ...]
    unapplied: tuple[UnappliedRow, ...]

    def records(self) -> tuple[AllocationRow, ...]:
        """What CSV has: the allocations."""
        return self.allocations


def build(standing: Standing, *, customers: Sequence[str] | None = None, history: bool = False) -> ReconcileResult:
    """Who settled what as of the day; with `history` also allocations that were released since."""
    book, as_of = standing.book, standing.as_of
    entries: dict[str, Entry] = {e.key: e for kind in (book.charges, book.credits, book.debits) for e in kind}
    positions = chosen(standing, customers)
    shown = frozenset(position.customer for position in positions)
    rows = [
        _allocation(allocation, entries)
        for allocation in standing.story.allocations
        if allocation.customer in shown
        if not (standing.recorded_only and allocation.state != "recorded")
        if (allocation.first <= as_of if history else allocation.holds(as_of))
    ]
    rows.sort(key=lambda row: (row.customer, row.first, row.date, row.credit, row.charge, row.currency))
    reasons = {left.credit: left for left in standing.story.left}
    left = [
        UnappliedRow(
            credit=part.entry.name,
            customer=position.customer,
            currency=position.commodity,
            amount=Money(part.amount, position.commodity),
            date=part.entry.date,
            reason=reasons[part.entry.key].reason if part.entry.key in reasons else "",
            candidates=_names(reasons, entries, part.entry.key),
        )
        for position in positions
        for part in position.unapplied
    ]
    return ReconcileResult(
        **envelope("reconcile", standing),
        summary=_summary(standing, shown, rows, left),
        allocations=tuple(rows),
        unapplied=tuple(left),
    )


def _names(reasons: Mapping[str, object], entries: Mapping[str, Entry], key: str) -> tuple[tuple[str, ...], ...]:
    sets = getattr(reasons.get(key), "candidates", ())
    return tuple(tuple(entries[c].name if c in entries else c for c in candidate) for candidate in sets)


def _allocation(allocation: Allocation, entries: Mapping[str, Entry]) -> AllocationRow:
    ensure(allocation.credit in entries, f"an allocation of {allocation.credit}, which is no entry")
    ensure(allocation.charge in entries, f"an allocation to {allocation.charge}, which is no entry")
    credit = entries[allocation.credit]
    return AllocationRow(
        credit=credit.name,
        charge=entries[allocation.charge].name,
        customer=allocation.customer,
        currency=allocation.commodity,
        amount=Money(allocation.amount, allocation.commodity),
        rule=allocation.rule,
        state=allocation.state,
        first=allocation.first,
        until=allocation.until,
        evidence=tuple(_evidence(evidence) for evidence in allocation.evidence),
        alternatives=allocation.alternatives,
        date=credit.date,
    )


def _evidence(evidence: Evidence) -> EvidenceRow:
    span = evidence.span
    return EvidenceRow(kind=evidence.kind, file=span.file, line=span.line, column=span.column, text=evidence.text)


def _summary(
    standing: Standing, shown: frozenset[str], rows: Sequence[AllocationRow], left: Sequence[UnappliedRow]
) -> Summary:
    credits_ = [c for c in standing.book.credits if c.date <= standing.as_of and c.customer in shown]
    open_ = {
        part.entry.key
        for position in standing.positions
        if position.customer in shown
        for part in position.unapplied
        if isinstance(part.entry, Credit)
    }
    rules: dict[str, int] = {}
    for row in rows:
        rules[row.rule] = rules.get(row.rule, 0) + 1
    return Summary(
        credits=len(credits_),
        applied=len(credits_) - len(open_),
        unapplied=len(open_),
        ambiguous=sum(row.reason == "ambiguous" for row in left),
        by_rule={rule: rules[rule] for rule in sorted(rules)},
    )


def document(result: ReconcileResult, standing: Standing, *, partly: bool = False) -> Document:
    """The page."""
    blocks: list[Block] = [_facts(result)]
    if result.allocations:
        blocks.append(_allocations(result, standing))
    if result.unapplied:
        blocks.append(_unapplied(result, standing))
    elif result.summary.credits:
        blocks.append(Paragraph((word("reconciliation.nothing_left"),), "good"))
    return Document(
        title=word("reconciliation.title"),
        definition=definition(standing, word("reconciliation.definition"), partly=partly),
        blocks=tuple(blocks),
        commodities=result.commodities,
    )


def _facts(result: ReconcileResult) -> Facts:
    summary = result.summary
    items: list[tuple[Value, Cell]] = [
        (word("reconciliation.credits"), Cell(summary.credits)),
        (word("reconciliation.applied"), Cell(summary.applied)),
        (word("reconciliation.left"), Cell(summary.unapplied, "warn" if summary.unapplied else "")),
    ]
    items += [
        (word("reconciliation.by_rule", rule=rule_word(rule)), Cell(count)) for rule, count in summary.by_rule.items()
    ]
    return Facts(tuple(items))


def rule_word(rule: str) -> Value:
    """The rule's name in the reader's language."""
    return word(f"reconciliation.rule.{rule}")


def _allocations(result: ReconcileResult, standing: Standing) -> Table:
    columns = (
        Column(word("reports.column.customer"), shrink=True),
        Column(word("reconciliation.column.from")),
        Column(word("reconciliation.column.credit")),
        Column(word("reconciliation.column.charge")),
        Column(word("reports.column.currency")),
        Column(word("reconciliation.column.amount"), right=True),
        Column(word("reconciliation.column.rule")),
    )
    rows = []
    for allocation in result.allocations:
        mark = "muted" if allocation.state != "recorded" else ""
        released = allocation.until is not None and allocation.until <= result.as_of
        cells = (
            Cell(name_of(standing.book, allocation.customer)),
            Cell(allocation.first),
            Cell(allocation.credit),
            Cell(allocation.charge),
            Cell(allocation.currency),
            Cell(allocation.amount),
            Cell(
                word("reconciliation.released", rule=rule_word(allocation.rule), date=allocation.until)
                if released
                else rule_word(allocation.rule),
                "warn" if released else mark,
            ),
        )
        rows.append(Row(cells))
    return Table(columns, tuple(rows), title=word("reconciliation.allocations"))


def _unapplied(result: ReconcileResult, standing: Standing) -> Table:
    candidates = any(row.candidates for row in result.unapplied)
    columns = (
        Column(word("reports.column.customer"), shrink=True),
        Column(word("reconciliation.column.date")),
        Column(word("reconciliation.column.credit")),
        Column(word("reports.column.currency")),
        Column(word("reconciliation.column.left"), right=True),
        *((Column(word("reconciliation.column.candidates"), shrink=True),) if candidates else ()),
    )
    rows = []
    for left in result.unapplied:
        texts = "; ".join(" + ".join(candidate) for candidate in left.candidates)
        cells = (
            Cell(name_of(standing.book, left.customer)),
            Cell(left.date),
            Cell(left.credit),
            Cell(left.currency),
            Cell(left.amount),
            *((Cell(texts),) if candidates else ()),
        )
        rows.append(Row(cells))
    for unit in currencies_of(result.unapplied):
        total = sums((row.amount for row in result.unapplied), unit)
        blanks = (Cell(None),) if candidates else ()
        rows.append(
            Row((Cell(word("reports.total")), Cell(None), Cell(None), Cell(unit), Cell(total), *blanks), "total")
        )
    return Table(columns, tuple(rows), title=word("reconciliation.unapplied"))


REPORT = Report("reconcile", build, document)
