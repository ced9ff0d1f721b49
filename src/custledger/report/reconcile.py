"""The reconciliation (核销情况): which credit settles which charge, by which rule, and what is left, and why.

Counts: `credits` are those dated up to the day; `applied` those of which nothing is left, `unapplied` those with
something left, `ambiguous` those of them that two sets explain equally well; `by_rule` counts allocations in force.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from custledger.book.entry import Credit
from custledger.core.money import Money
from custledger.reconcile.leftovers import leftovers
from custledger.report.account import in_force
from custledger.report.reconcile_page import document
from custledger.report.result import Report, Result, envelope

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from custledger.book.allocation import Allocation
    from custledger.book.position import Standing
    from custledger.reconcile.leftovers import Leftovers


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """What an allocation rests on, and where that stands."""

    kind: str
    file: str
    line: int
    column: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationRow:
    """One allocation. `until` is set where it has been released."""

    credit: str
    charge: str
    customer: str
    currency: str
    amount: Money
    rule: str
    state: str
    date_from: dt.date = field(metadata={"json": "from"})
    until: dt.date | None
    evidence: tuple[EvidenceRow, ...]
    alternatives: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftRow:
    """A credit with something unapplied: how much, why, and what it could have settled."""

    credit: str
    customer: str
    currency: str
    amount: Money
    date: dt.date
    reason: str
    candidates: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedRow:
    """What a match needs beside the text: it stays open until it is written."""

    credit: str
    customer: str
    currency: str
    amount: Money
    reason: str
    """discount, fee, withholding or rounding."""
    computation: str
    charges: tuple[str, ...]
    date: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The counts; see the module."""

    credits: int
    applied: int
    unapplied: int
    ambiguous: int
    by_rule: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconcileResult(Result):
    """Allocations in order of first day; what is left in order of customer, then date."""

    summary: Summary
    allocations: tuple[AllocationRow, ...]
    unapplied: tuple[LeftRow, ...]
    proposed: tuple[ProposedRow, ...] = ()

    def columns(self) -> tuple[str, ...]:
        """The headings of the records."""
        return tuple("credit charge customer currency amount rule state from until alternatives".split())

    def records(self) -> list[dict[str, object]]:
        """One record an allocation."""
        return [
            {name: getattr(row, "date_from" if name == "from" else name) for name in self.columns()}
            for row in self.allocations
        ]


def build(standing: Standing, *, customers: Sequence[str] | None = None, history: bool = False) -> ReconcileResult:
    """The allocations in force on the day; with `history` also those released up to it."""
    book = standing.book
    wanted = None if customers is None else frozenset(customers)
    entries = (*book.charges, *book.credits, *book.debits)
    names = {entry.key: entry.name for entry in entries}
    shown = in_force(standing)
    if history:
        shown = [
            a
            for a in standing.story.allocations
            if a.first <= standing.as_of and (a.state == "recorded" or not standing.recorded_only)
        ]
    kept = [a for a in shown if wanted is None or a.customer in wanted]
    why = _leftovers(standing)
    left = _left(standing, names, wanted, why)
    counted = [c for c in book.credits if c.date <= standing.as_of and (wanted is None or c.customer in wanted)]
    holding = [a for a in kept if a.holds(standing.as_of)]
    by_rule = {rule: sum(1 for a in holding if a.rule == rule) for rule in sorted({a.rule for a in holding})}
    return ReconcileResult(
        **envelope("reconcile", standing),
        summary=Summary(
            credits=len(counted),
            applied=len(counted) - len(left),
            unapplied=len(left),
            ambiguous=sum(1 for row in left if row.reason == "ambiguous"),
            by_rule=by_rule,
        ),
        allocations=tuple(_row(a, names, standing) for a in kept),
        unapplied=tuple(left),
        proposed=_proposed(standing, names, wanted, why),
    )


def _row(allocation: Allocation, names: Mapping[str, str], standing: Standing) -> AllocationRow:
    """`until` only as far as the day knows: what is released later still holds."""
    until = allocation.until if allocation.until is not None and allocation.until <= standing.as_of else None
    return AllocationRow(
        credit=names.get(allocation.credit, allocation.credit),
        charge=names.get(allocation.charge, allocation.charge),
        customer=allocation.customer,
        currency=allocation.commodity,
        amount=Money(allocation.amount, allocation.commodity),
        rule=allocation.rule,
        state=allocation.state,
        date_from=allocation.first,
        until=until,
        evidence=tuple(
            EvidenceRow(kind=e.kind, file=e.span.file, line=e.span.line, column=e.span.column, text=e.text)
            for e in allocation.evidence
        ),
        alternatives=allocation.alternatives,
    )


def _left(standing: Standing, names: Mapping[str, str], wanted: frozenset[str] | None, why: Leftovers) -> list[LeftRow]:
    rows = []
    for position in standing.positions:
        if wanted is not None and position.customer not in wanted:
            continue
        for one in position.unapplied:
            if not isinstance(one.entry, Credit) or one.amount <= 0:
                continue
            left = why.left.get(one.entry.key)
            rows.append(
                LeftRow(
                    credit=one.entry.name,
                    customer=position.customer,
                    currency=position.commodity,
                    amount=Money(one.amount, position.commodity),
                    date=one.entry.date,
                    reason=left.reason if left is not None else "not-recorded",
                    candidates=tuple(tuple(names.get(key, key) for key in keys) for keys in left.candidates)
                    if left is not None
                    else (),
                )
            )
    return rows


def _leftovers(standing: Standing) -> Leftovers:
    """Reasons and proposals as the day knows them, of the customers who have any."""
    customers = {p.customer for p in standing.positions if p.unapplied}
    customers |= {a.customer for a in in_force(standing) if a.rule == "reference+difference"}
    return leftovers(standing.book, standing.as_of, sorted(customers))


def _proposed(
    standing: Standing, names: Mapping[str, str], wanted: frozenset[str] | None, why: Leftovers
) -> tuple[ProposedRow, ...]:
    if standing.recorded_only:
        return ()
    return tuple(
        ProposedRow(
            credit=names.get(p.credit, p.credit),
            customer=p.customer,
            currency=p.commodity,
            amount=Money(p.amount, p.commodity),
            reason=p.reason,
            computation=p.computation,
            charges=tuple(names.get(key, key) for key, _ in p.parts),
            date=p.first,
        )
        for p in why.proposals.values()
        if wanted is None or p.customer in wanted
    )


REPORT = Report("reconcile", build, document)
