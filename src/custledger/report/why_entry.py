"""The story of one entry: a charge, a credit, or a debit that takes credits back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.book.entry import Charge, Credit, Debit
from custledger.core.frozen import field, frozen
from custledger.core.money import Money
from custledger.reconcile.candidates import amount_open, candidates
from custledger.reconcile.ladder import Rung, desk_on, ladder, late_discount
from custledger.reconcile.leftovers import explain, leftovers
from custledger.report.account import in_force
from custledger.report.reconcile import EvidenceRow, computed, evidence_rows
from custledger.report.result import name_of
from custledger.resolve.entries import due_by

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from custledger.book.allocation import Allocation, Left, Proposal
    from custledger.book.position import Standing
    from custledger.reconcile.candidates import Candidate
    from custledger.reconcile.desk import Desk
    from custledger.reconcile.ladder import Fact
    from custledger.reconcile.leftovers import Leftovers
    from custledger.report.buckets import Scheme
    from custledger.report.why_names import Named


@frozen(kw_only=True)
class Step:
    """One allocation of the entry. `released_by` is what ended it: `rule` and the entry that brought it."""

    credit: str
    charge: str
    other: str
    """The entry at the other end, and below its kind, its date (a charge's due date) and where it stands."""
    other_kind: str
    other_date: dt.date
    other_place: str
    amount: Money
    rule: str
    state: str
    date_from: dt.date = field(metadata={"json": "from"})
    until: dt.date | None
    released_by: str | None
    released_rule: str | None
    evidence: tuple[EvidenceRow, ...]
    alternatives: int


@frozen(kw_only=True)
class CandidateRow:
    """What could settle, or be settled: `total` is what is open of it, `leaves` what of it would stay open."""

    charges: tuple[str, ...]
    open: tuple[Money, ...]
    total: Money
    leaves: Money
    why: str
    details: Mapping[str, str]
    facts: Mapping[str, Fact] = field(metadata={"json": None}, repr=False)


@frozen(kw_only=True)
class TierRow:
    """What one tier said: see docs/RECONCILE.md for the outcomes."""

    rule: str
    outcome: str
    details: Mapping[str, str]
    facts: Mapping[str, Fact] = field(metadata={"json": None}, repr=False)


@frozen(kw_only=True)
class DisputeRow:
    """A dispute over a charge."""

    date_from: dt.date = field(metadata={"json": "from"})
    until: dt.date | None
    amount: Money | None
    text: str
    place: str


@frozen(kw_only=True)
class ProposedPart:
    """A difference that is proposed: it stays open until it is written."""

    credit: str
    charges: tuple[str, ...]
    amount: Money
    reason: str
    computation: str
    date: dt.date


@frozen(kw_only=True)
class EntryStory:
    """Everything about one entry as of the day. `left` is what is open of a charge, what is unapplied of a credit."""

    name: str
    role: str
    """charge, credit or debit."""
    kind: str
    customer: str
    customer_name: str
    currency: str
    amount: Money
    date: dt.date
    value_date: dt.date | None
    claim_date: dt.date | None
    due: dt.date | None
    terms: str | None
    days_overdue: int | None
    bucket: str | None
    text: str
    outside: tuple[str, ...]
    """Text from a bank or an import, as it stands."""
    file: str
    line: int
    column: int
    accounts: tuple[str, ...]
    left: Money
    reason: str | None
    """Why something is left; None where nothing is."""
    details: Mapping[str, str]
    facts: Mapping[str, Fact] = field(metadata={"json": None}, repr=False)
    allocations: tuple[Step, ...]
    candidates: tuple[CandidateRow, ...]
    wanted_by: tuple[str, ...]
    """Of a charge: the credits left over that could settle it."""
    proposed: tuple[ProposedPart, ...]
    disputes: tuple[DisputeRow, ...]
    tiers: tuple[TierRow, ...]

    @property
    def place(self) -> str:
        """`file:line`."""
        return f"{self.file}:{self.line}" if self.line else self.file


class Teller:
    """Tells entries of one standing; accounts are played once."""

    def __init__(self, standing: Standing, scheme: Scheme) -> None:
        self.standing = standing
        self.scheme = scheme
        book = standing.book
        every: tuple[Named, ...] = (*book.charges, *book.credits, *book.debits)
        self.entries: dict[str, Named] = {entry.key: entry for entry in every}
        self.names = {key: entry.name for key, entry in self.entries.items()}
        self._held = in_force(standing)
        self._desks: dict[tuple[str, str], Desk] = {}
        self._leftovers: dict[str, Leftovers] = {}

    def desk(self, entry: Named) -> Desk:
        """The account of an entry at the end of the day."""
        place = (entry.customer, entry.money.commodity)
        if place not in self._desks:
            self._desks[place] = desk_on(self.standing.book, *place, self.standing.as_of)
        return self._desks[place]

    def leftovers(self, customer: str) -> Leftovers:
        """What is left and proposed, of a customer and of those who pay for it."""
        if customer not in self._leftovers:
            book = self.standing.book
            paying = [c.id for c in book.customers.values() if customer in c.pays_for]
            self._leftovers[customer] = leftovers(book, self.standing.as_of, sorted({customer, *paying}))
        return self._leftovers[customer]

    def left_over(self, credit: Credit) -> Left:
        """Why something of a credit is left, and its candidates."""
        return self.leftovers(credit.customer).left.get(credit.key) or explain(self.desk(credit), credit)

    def story(self, entry: Named) -> EntryStory:
        """The story of one entry."""
        book, day = self.standing.book, self.standing.as_of
        charge = entry if isinstance(entry, Charge) else None
        left = Money(self.left(entry), entry.money.commodity)
        reason, facts, found, tiers = self._left(entry, left)
        late = (day - charge.date_due).days if charge is not None and left else 0
        bucket = self.scheme.buckets(day)[self.scheme.place(charge, day)].name if charge is not None and left else None
        texts = entry.texts if isinstance(entry, Credit) else ()
        return EntryStory(
            name=entry.name,
            role="charge" if charge is not None else "credit" if isinstance(entry, Credit) else "debit",
            kind=entry.kind,
            customer=entry.customer,
            customer_name=name_of(book, entry.customer),
            currency=entry.money.commodity,
            amount=entry.money,
            date=entry.date,
            value_date=entry.date_value if entry.date_value != entry.date else None,
            claim_date=charge.date_claim if charge is not None and charge.date_claim != charge.date else None,
            due=charge.date_due if charge is not None else None,
            terms=_terms(charge) if charge is not None else None,
            days_overdue=late if late > 0 else None,
            bucket=bucket,
            text=entry.text,
            outside=tuple(text.text for text in texts if text.kind == "outside"),
            file=entry.span.file,
            line=entry.span.line,
            column=entry.span.column,
            accounts=entry.accounts,
            left=left,
            reason=reason,
            details=_plain(facts, self.standing),
            facts=facts,
            allocations=tuple(self._step(a, entry) for a in self._told(entry)),
            candidates=tuple(found),
            wanted_by=self._wanted_by(charge) if charge is not None and left else (),
            proposed=tuple(self._proposed(p) for p in self._proposals(entry)),
            disputes=self._disputes(charge, settled=not left) if charge is not None else (),
            tiers=tuple(self._tier(one) for one in tiers),
        )

    def left(self, entry: Named) -> int:
        """What of an entry no allocation in force uses, in minor units."""
        used = sum(a.amount for a in self._held if entry.key in (a.credit, a.charge))
        return entry.money.minor - used

    def _told(self, entry: Named) -> list[Allocation]:
        """The allocations of an entry up to the day, in force and released."""
        standing = self.standing
        return [
            a
            for a in standing.story.allocations
            if entry.key in (a.credit, a.charge)
            and a.first <= standing.as_of
            and (a.state == "recorded" or not standing.recorded_only)
        ]

    def _step(self, a: Allocation, entry: Named) -> Step:
        other = self.entries[a.charge if a.credit == entry.key else a.credit]
        until = a.until if a.until is not None and a.until <= self.standing.as_of else None
        ended = self._ended_by(a) if until is not None else None
        return Step(
            credit=self.names[a.credit],
            charge=self.names[a.charge],
            other=other.name,
            other_kind=other.kind,
            other_date=other.date_due if isinstance(other, Charge) else other.date,
            other_place=other.span.place,
            amount=Money(a.amount, a.commodity),
            rule=a.rule,
            state=a.state,
            date_from=a.first,
            until=until,
            released_by=ended[0] if ended else None,
            released_rule=ended[1] if ended else None,
            evidence=evidence_rows(a, self.standing.book.commodities),
            alternatives=a.alternatives,
        )

    def _ended_by(self, ended: Allocation) -> tuple[str, str] | None:
        """What took the place of an allocation on the day that it ended: the entry and the rule."""
        taking = [
            a
            for a in self.standing.story.allocations
            if a.first == ended.until and (a.credit == ended.credit or a.charge == ended.charge)
        ]
        order = {"void": 0, "reverses": 1}
        taking.sort(key=lambda a: (order.get(a.rule, 2), a.state != "recorded"))
        if not taking:
            return None
        found = taking[0]
        other = found.charge if found.credit == ended.credit else found.credit
        return self.names[other], found.rule

    def _left(
        self, entry: Named, left: Money
    ) -> tuple[str | None, Mapping[str, Fact], list[CandidateRow], tuple[Rung, ...]]:
        """Why something of an entry is left, what could settle it, and what the tiers said of a credit."""
        if isinstance(entry, Debit):
            return ("nothing-to-take" if left else None), {}, [], ()
        if isinstance(entry, Charge):
            reason, facts = self._open(entry) if left else (None, {})
            return reason, facts, [], ()
        settles = any(a.credit == entry.key and isinstance(self.entries[a.charge], Charge) for a in self._held)
        asked = (settles or left) and not self.standing.recorded_only
        tiers = ladder(self.standing.book, entry, self.standing.as_of) if asked else ()
        if not left:
            return None, {}, [], tiers
        desk = self.desk(entry)
        if not desk.rest(entry.key):
            return "not-recorded", {}, [], tiers
        why = self.left_over(entry)
        return why.reason, {}, [self.candidate(desk, entry, one) for one in candidates(desk, entry, why)], tiers

    def _open(self, charge: Charge) -> tuple[str, Mapping[str, Fact]]:
        """Why something of a charge is open."""
        told = self._told(charge)
        held = [a for a in told if a in self._held]
        if any(self._proposals(charge)):
            return "proposed", {}
        desk = self.desk(charge)
        missing = desk.rest(charge.key)
        for a in held:
            credit = desk.credits.get(a.credit)
            late = late_discount(desk, credit, [charge.key], missing) if credit is not None else None
            if late is not None and credit is not None:
                return "discount-late", {"terms": late[0], "day": late[1], "paid": credit.date_value}
        if held:
            return "part", {"settled": Money(sum(a.amount for a in held), charge.money.commodity)}
        if not missing and self.standing.recorded_only:
            return "not-recorded", {}
        return ("released" if told else "unpaid"), {}

    def candidate(self, desk: Desk, credit: Credit, one: Candidate) -> CandidateRow:
        """A candidate with its names and what is open of it."""
        total, rest = amount_open(desk, one.charges), desk.rest(credit.key)
        unit = desk.commodity
        return CandidateRow(
            charges=tuple(self.names[key] for key in one.charges),
            open=tuple(Money(amount_open(desk, (key,)), unit) for key in one.charges),
            total=Money(total, unit),
            leaves=Money(max(0, total - rest), unit),
            why=one.why,
            details=_plain(one.facts, self.standing),
            facts=one.facts,
        )

    def _tier(self, one: Rung) -> TierRow:
        return TierRow(rule=one.rule, outcome=one.outcome, details=_plain(one.facts, self.standing), facts=one.facts)

    def _wanted_by(self, charge: Charge) -> tuple[str, ...]:
        desk = self.desk(charge)
        return tuple(
            self.names[key]
            for key in desk.waiting
            if any(charge.key in keys for keys in self.left_over(desk.credits[key]).candidates)
        )

    def _proposals(self, entry: Named) -> list[Proposal]:
        if self.standing.recorded_only:
            return []
        every = self.leftovers(entry.customer).proposed
        return [p for p in every if p.credit == entry.key or any(key == entry.key for key, _ in p.parts)]

    def _proposed(self, p: Proposal) -> ProposedPart:
        return ProposedPart(
            credit=self.names[p.credit],
            charges=tuple(self.names[key] for key, _ in p.parts),
            amount=p.money,
            reason=p.reason,
            computation=computed(p, self.standing.book.commodities),
            date=p.first,
        )

    def _disputes(self, charge: Charge, *, settled: bool) -> tuple[DisputeRow, ...]:
        """Disputes end when somebody closes them, or when the charge is settled."""
        ended = max((a.first for a in self._held if a.charge == charge.key), default=None) if settled else None
        return tuple(
            DisputeRow(
                date_from=d.first,
                until=d.until if d.until is not None and d.until <= self.standing.as_of else ended,
                amount=Money(d.amount, charge.money.commodity) if d.amount is not None else None,
                text=d.text,
                place=d.span.place,
            )
            for d in self.standing.book.disputes
            if d.charge == charge.key and d.first <= self.standing.as_of
        )


def _terms(charge: Charge) -> str | None:
    """The terms that make a charge due when it is; None where it says the day itself."""
    terms = charge.terms
    return terms.text if terms is not None and due_by(terms, charge.date_claim) == charge.date_due else None


def _plain(facts: Mapping[str, Fact], standing: Standing) -> dict[str, str]:
    """Facts as JSON has them: money as a decimal string."""
    commodities = standing.book.commodities
    return {k: commodities.plain(v) if isinstance(v, Money) else str(v) for k, v in facts.items()}
