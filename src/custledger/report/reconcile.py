"""The reconciliation (核销情况): which credit settles which charge, by which rule, and what is left, and why.

Counts: `credits` are those dated up to the day; `applied` those of which nothing is left, `unapplied` those with
something left, `ambiguous` those of them that two sets explain equally well; `by_rule` counts allocations in force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.book.allocation import Left
from custledger.book.entry import Credit
from custledger.core.frozen import field, frozen
from custledger.core.money import Money
from custledger.reconcile.leftovers import leftovers
from custledger.reconcile.payer import Payer
from custledger.report.account import in_force
from custledger.report.reconcile_page import document
from custledger.report.result import Report, Result, envelope

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from custledger.book.allocation import Allocation, Proposal
    from custledger.book.position import Position, Standing, Unapplied
    from custledger.core.money import Commodities
    from custledger.reconcile.apart import Spread
    from custledger.reconcile.leftovers import Leftovers
    from custledger.reconcile.unidentified import Waiting


@frozen(kw_only=True)
class EvidenceRow:
    """What an allocation rests on, and where that stands."""

    kind: str
    file: str
    line: int
    column: int
    text: str


@frozen(kw_only=True)
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


@frozen(kw_only=True)
class Considered:
    """What a credit could have settled: what is open of it, by how much that differs, and why it was not taken."""

    charges: tuple[str, ...]
    open: Money
    difference: Money
    """Open less what is unapplied of the credit."""
    why: str
    """The reason of the credit that is left; more, less or same for the nearest open charge."""


@frozen(kw_only=True)
class LeftRow:
    """A credit with something unapplied: how much, why, and what it could have settled."""

    credit: str
    customer: str
    currency: str
    amount: Money
    date: dt.date
    reason: str
    candidates: tuple[tuple[str, ...], ...]
    considered: tuple[Considered, ...] = field(default=(), metadata={"json": None})


@frozen(kw_only=True)
class ProposedRow:
    """What a match needs beside the text: it stays open until it is written."""

    credit: str
    customer: str
    currency: str
    amount: Money
    reason: str
    """discount, fee, withholding, rounding, pays-for or fx."""
    computation: str
    charges: tuple[str, ...]
    date: dt.date


@frozen(kw_only=True)
class UnidentifiedRow:
    """Money received of which nobody has said whose it is; nothing is done with it."""

    receipt: str
    currency: str
    received: Money
    amount: Money
    """What is left of it."""
    date: dt.date
    customers: tuple[str, ...]
    """Whom it may be from: one, several that the texts do not tell apart, or nobody."""
    by: str | None
    """account, alias, name or short-name; None where nobody is found."""
    text: str
    """What says so; "" where several are meant or nobody."""
    account: str
    file: str
    line: int


@frozen(kw_only=True)
class Summary:
    """The counts; see the module."""

    credits: int
    applied: int
    unapplied: int
    ambiguous: int
    by_rule: Mapping[str, int]


@frozen(kw_only=True)
class ReconcileResult(Result):
    """Allocations in order of first day; what is left in order of customer, then date."""

    summary: Summary
    allocations: tuple[AllocationRow, ...]
    unapplied: tuple[LeftRow, ...]
    proposed: tuple[ProposedRow, ...] = ()
    unidentified: tuple[UnidentifiedRow, ...] = ()

    def columns(self) -> tuple[str, ...]:
        """The headings of the records."""
        return tuple("credit charge customer currency amount rule state from until alternatives".split())

    def records(self) -> list[dict[str, object]]:
        """One record an allocation."""
        return [
            {name: getattr(row, "date_from" if name == "from" else name) for name in self.columns()}
            for row in self.allocations
        ]


def build(
    standing: Standing,
    *,
    customers: Sequence[str] | None = None,
    history: bool = False,
    waiting: Sequence[Waiting] = (),
    spread: Spread | None = None,
) -> ReconcileResult:
    """The allocations in force on the day; with `history` also those released up to it.

    `waiting`: receipts of which nobody has said whose they are (`reconcile.unidentified`). `spread`: see
    `reconcile.leftovers`.
    """
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
    why = standing_leftovers(standing, spread=spread)
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
        proposed=proposed_rows(standing, why, wanted),
        unidentified=() if standing.recorded_only else _unidentified(waiting, wanted),
    )


def _unidentified(waiting: Sequence[Waiting], wanted: frozenset[str] | None) -> tuple[UnidentifiedRow, ...]:
    """Of chosen customers only what may be from them."""
    rows = []
    for one in waiting:
        payer = one.payer
        found = (payer.customer,) if isinstance(payer, Payer) else payer.customers if payer is not None else ()
        if wanted is None or wanted.intersection(found):
            rows.append(
                UnidentifiedRow(
                    receipt=one.name,
                    currency=one.money.commodity,
                    received=one.received,
                    amount=one.money,
                    date=one.date,
                    customers=found,
                    by=payer.by if payer is not None else None,
                    text=payer.text if isinstance(payer, Payer) else "",
                    account=one.account,
                    file=one.span.file,
                    line=one.span.line,
                )
            )
    return tuple(rows)


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
        evidence=evidence_rows(allocation, standing.book.commodities),
        alternatives=allocation.alternatives,
    )


def evidence_rows(allocation: Allocation, commodities: Commodities) -> tuple[EvidenceRow, ...]:
    """What an allocation rests on, with places; amounts in units of the commodity."""
    unit = allocation.commodity
    return tuple(
        EvidenceRow(
            kind=e.kind,
            file=e.span.file,
            line=e.span.line,
            column=e.span.column,
            text=_units(e.text, unit, commodities) if e.kind in _AMOUNTS else e.text,
        )
        for e in allocation.evidence
    )


_AMOUNTS = frozenset({"amount", "fee", "rounding"})
"""Kinds of evidence whose text is an amount, in minor units."""


def _units(text: str, unit: str, commodities: Commodities) -> str:
    sign = "<= " if text.startswith("<= ") else ""
    digits = text.removeprefix("<= ")
    return f"{sign}{commodities.plain(Money(int(digits), unit))}" if digits.isdecimal() else text


def computed(proposal: Proposal, commodities: Commodities) -> str:
    """How a proposed amount comes about; a limit in units of its commodity (`<= 5.00`)."""
    return _units(proposal.computation, proposal.commodity, commodities)


def _left(standing: Standing, names: Mapping[str, str], wanted: frozenset[str] | None, why: Leftovers) -> list[LeftRow]:
    rows = []
    for position in standing.positions:
        if wanted is not None and position.customer not in wanted:
            continue
        amounts = {item.charge.key: item.amount_open for item in position.open_items}
        amounts.update((one.entry.key, -one.amount) for one in position.unapplied)
        for one in position.unapplied:
            if not isinstance(one.entry, Credit) or one.amount <= 0:
                continue
            left = why.left.get(one.entry.key) or Left(credit=one.entry.key, reason="not-recorded")
            rows.append(
                LeftRow(
                    credit=one.entry.name,
                    customer=position.customer,
                    currency=position.commodity,
                    amount=Money(one.amount, position.commodity),
                    date=one.entry.date,
                    reason=left.reason,
                    candidates=tuple(tuple(names.get(key, key) for key in keys) for keys in left.candidates),
                    considered=_considered(one, left, position, amounts, names),
                )
            )
    return rows


def _considered(
    one: Unapplied, left: Left, position: Position, amounts: Mapping[str, int], names: Mapping[str, str]
) -> tuple[Considered, ...]:
    """The candidates with what is open of them; without any, the open charge of the nearest amount, if it is near."""
    unit = position.commodity

    def considered(keys: Sequence[str], why: str) -> Considered:
        total = sum(amounts.get(key, 0) for key in keys)
        return Considered(
            charges=tuple(names.get(key, key) for key in keys),
            open=Money(total, unit),
            difference=Money(total - one.amount, unit),
            why=why,
        )

    if left.candidates:
        return tuple(considered(keys, left.reason) for keys in left.candidates)
    if not position.open_items or left.reason == "not-recorded":
        return ()
    near = min(position.open_items, key=lambda item: (abs(item.amount_open - one.amount), item.charge.date_due))
    difference = near.amount_open - one.amount
    if 2 * abs(difference) > one.amount:
        return ()  # what is far off helps nobody
    return (considered((near.charge.key,), "more" if difference > 0 else "less" if difference else "same"),)


def standing_leftovers(
    standing: Standing, wanted: Sequence[str] | None = None, spread: Spread | None = None
) -> Leftovers:
    """Reasons and proposals as the day knows them: of the customers `wanted`, else of all who have any."""
    if wanted is not None:
        return leftovers(standing.book, standing.as_of, wanted)
    customers = {p.customer for p in standing.positions if p.unapplied}
    customers |= {a.customer for a in in_force(standing) if a.rule == "reference+difference"}
    customers |= {credit.customer for credit in standing.book.credits if credit.cost is not None}
    return leftovers(standing.book, standing.as_of, sorted(customers), spread)


def proposed_rows(standing: Standing, why: Leftovers, wanted: frozenset[str] | None = None) -> tuple[ProposedRow, ...]:
    """What is proposed, of the customers `wanted` (None: all); nothing where only records count."""
    if standing.recorded_only:
        return ()
    book = standing.book
    names = {entry.key: entry.name for entry in (*book.charges, *book.credits)}
    return tuple(
        ProposedRow(
            credit=names.get(p.credit, p.credit),
            customer=p.customer,
            currency=p.money.commodity,
            amount=p.money,
            reason=p.reason,
            computation=computed(p, book.commodities),
            charges=tuple(names.get(key, key) for key, _ in p.parts),
            date=p.first,
        )
        for p in why.proposed
        if wanted is None or p.customer in wanted
    )


REPORT = Report("reconcile", build, document)
