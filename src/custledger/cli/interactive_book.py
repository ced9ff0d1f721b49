"""The book as `reconcile --interactive` works on it: what is left, and every step written at once, and taken back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from custledger.book.allocation import Allocation, Proposal
from custledger.book.entry import Credit
from custledger.book.recording import Match, Unwritten
from custledger.core.frozen import frozen
from custledger.core.money import Money
from custledger.core.text import listed
from custledger.core.trouble import CustledgerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from custledger.book.book import Book
    from custledger.book.entry import Charge
    from custledger.book.position import Standing
    from custledger.cli.context import Context
    from custledger.core.diagnostic import Diagnostic
    from custledger.edit.match_plan import Pages
    from custledger.edit.plan import Plan
    from custledger.pipeline import Opened
    from custledger.reconcile.candidates import Candidate
    from custledger.reconcile.desk import Desk
    from custledger.report.why_entry import CandidateRow, EntryStory, Teller

MORE_MAX = 99
Identity = tuple[object, ...]


class RefusedError(Exception):
    """A step that cannot be made: a catalogue key and its arguments. Nothing was written."""

    def __init__(self, key: str, **args: object) -> None:
        super().__init__(key)
        self.key = key
        self.args_named = {name: str(value) for name, value in args.items()}


@frozen(kw_only=True)
class Item:
    """A credit with something left: what is known of it, and what it could settle."""

    identity: Identity
    """Stays the same while the text around it changes."""
    credit: Credit
    rest: Money
    story: EntryStory
    candidates: tuple[Candidate, ...]
    rows: tuple[CandidateRow, ...]
    open: Mapping[str, str]
    """The names of all open charges of the customer, with their keys."""


@frozen
class Step:
    """A step that was written, and the plan that takes it back."""

    lines: tuple[str, ...]
    back: Plan


class Bench:
    """One session's book. It is read again after every step, so that each decision sees what is there."""

    def __init__(self, context: Context, customers: Sequence[str] | None) -> None:
        from custledger.cli.writing import journals_to_write

        self.context = context
        self.opened = journals_to_write(context)
        self._customers = customers

    def waiting(self) -> list[Identity]:
        """The credits with something left that stand in journals, by customer, then in order."""
        unapplied = [one.entry for position in self._standing().positions for one in position.unapplied]
        wanted = None if self._customers is None else frozenset(self._customers)
        return [
            _identity(entry)
            for entry in unapplied
            if isinstance(entry, Credit)
            and entry.transaction is not None
            and entry.customer not in self.context.withheld
            and (wanted is None or entry.customer in wanted)
        ]

    def item(self, identity: Identity, *, more: bool = False) -> Item:
        """A credit as it stands now; with `more` all open charges are candidates."""
        from custledger.reconcile.candidates import NEAR_MAX, candidates

        credit = next(c for c in self.opened.book.credits if _identity(c) == identity)
        teller = self._teller()
        desk = teller.desk(credit)
        found = candidates(desk, credit, teller.left_over(credit), near=MORE_MAX if more else NEAR_MAX)
        return Item(
            identity=identity,
            credit=credit,
            rest=Money(desk.rest(credit.key), desk.commodity),
            story=teller.story(credit),
            candidates=found,
            rows=tuple(teller.candidate(desk, credit, one) for one in found),
            open={desk.charges[key].name: key for key in desk.open},
        )

    def _standing(self) -> Standing:
        from custledger import pipeline

        context = self.context
        return pipeline.stand(self.opened, context.as_of, context.today, withheld=frozenset(context.withheld))

    def _teller(self) -> Teller:
        from custledger.report.aging import AgingOptions, scheme_of
        from custledger.report.why_entry import Teller

        standing = self._standing()
        return Teller(standing, scheme_of(standing, AgingOptions())[0])

    # --- steps

    def inferred(self, identity: Identity) -> str:
        """What a credit settles by inference now, by name; "" for nothing."""
        from custledger import pipeline

        credit = next(c for c in self.opened.book.credits if _identity(c) == identity)
        names = {charge.key: charge.name for charge in self.opened.book.charges}
        told = pipeline.story(self.opened).allocations
        held = [a for a in told if a.credit == credit.key and a.state == "inferred" and a.holds(self.context.as_of)]
        return ", ".join(dict.fromkeys(names.get(a.charge, a.charge) for a in held))

    def settle(self, item: Item, parts: Sequence[tuple[int | str, Decimal | None]], reason: str | None) -> Step:
        """Write that the credit pays these; with `reason` what it does not cover is written off."""
        desk = self._teller().desk(item.credit)
        given, proposal = _shared(self, desk, item, parts, reason)
        match = self._match(item, given, proposal)
        plan = self._plan(match)
        self._prove(plan, match)
        money = Money(sum(a.amount for a in given), item.rest.commodity)
        names = ", ".join(dict.fromkeys(desk.charges[a.charge].name for a in given))
        lines = [self._say("settled", credit=item.credit.name, amount=self._named(money), charges=names)]
        if match.adjusting is not None and reason is not None:
            off = Money(match.adjusting.amount, item.rest.commodity)
            why = self.context.say.text(f"interactive.reason.{reason}")
            lines.append(self._say("off", amount=self._named(off), reason=why, account=match.adjusting.account))
        return self._write(plan, lines)

    def reject(self, item: Item, parts: Sequence[int | str]) -> Step:
        """Write that the credit does not pay these."""
        from custledger.cli.writing import written_in
        from custledger.edit.match_reject import reject

        desk = self._teller().desk(item.credit)
        keys = [key for part in parts for key in _keys(item, part)]
        numbers = [desk.charges[key].number or "" for key in dict.fromkeys(keys) if key in desk.charges]
        if not numbers or not all(numbers):
            raise RefusedError("interactive.no_number")
        if not written_in(self.opened, item.credit.parts[0].span):
            raise RefusedError("interactive.not_written", why=self.context.say.text("recording.left.not-named"))
        plan = reject(self._pages(), item.credit.parts[0].span, numbers)
        self._prove(plan, None)
        return self._write(plan, [self._say("rejected", credit=item.credit.name, charges=listed(numbers))])

    def take_back(self, step: Step) -> None:
        """Undo a step's text. Raises RefusedError where its files have changed since."""
        try:
            self.context.write(step.back, ())
        except CustledgerError as error:
            raise RefusedError("interactive.changed_since") from error
        self._reread()

    # --- inside

    def _say(self, key: str, **args: object) -> str:
        return self.context.say.text(f"interactive.{key}", **args)

    def _named(self, money: Money) -> str:
        return self.opened.book.commodities.named(money)

    def _pages(self) -> Pages:
        from custledger.edit.match_plan import Pages

        opened = self.opened
        return Pages(opened.journal, opened.source.read, opened.book.commodities, opened.settings.decimal_mark)

    def _match(self, item: Item, given: Sequence[Allocation], proposal: Proposal | None) -> Match:
        """The decision as it is written; what was inferred of the same credits is written with it."""
        from custledger import pipeline
        from custledger.cli.match_writing import allowed
        from custledger.reconcile.recording import by_hand

        credits_ = {a.credit for a in given}
        inferred = [
            a
            for a in pipeline.story(self.opened).allocations
            if a.credit in credits_ and a.state == "inferred" and a.holds(self.context.as_of) and a.until is None
        ]
        match = Match(
            customer=item.credit.customer,
            commodity=item.rest.commodity,
            rule="explicit",
            first=self.context.as_of,
            date=item.credit.date,
            allocations=(*inferred, *given),
            proposal=proposal,
        )
        made = by_hand(self.opened.book, pipeline.story(self.opened), match, allowed(self.opened))
        if isinstance(made, Unwritten):
            why = self.context.say.text(f"recording.left.{made.reason}", **made.args)
            raise RefusedError("interactive.not_written", why=why)
        return made

    def _plan(self, match: Match) -> Plan:
        from custledger.edit.match_plan import write_matches

        adjustings = [match.adjusting] if match.adjusting is not None else []
        return write_matches(self._pages(), match.taggings, adjustings, self.opened.journal.commodities)

    def _prove(self, plan: Plan, match: Match | None) -> None:
        """Raise RefusedError unless the book that `plan` makes is the same but for what was meant."""
        from custledger import pipeline
        from custledger.edit.match_proof import differing

        after = pipeline.planned(self.opened, plan)
        adjustings = [match.adjusting] if match is not None and match.adjusting is not None else []
        if differing(self.opened.journal, after.journal, self._pages(), adjustings) != []:
            raise RefusedError("interactive.not_as_meant")
        if _causes(pipeline.errors(after, self.context.today)) - _causes(self.context.diagnostics):
            raise RefusedError("interactive.would_break")
        if match is not None and not _recorded(self.opened.book, after, match, self.context):
            raise RefusedError("interactive.not_as_meant")

    def _write(self, plan: Plan, lines: Iterable[str]) -> Step:
        from custledger.edit.inverse import inverse

        back = inverse(plan, self.opened.source.read)
        try:
            self.context.write(plan, ())
        except CustledgerError as error:
            self._reread()
            raise RefusedError("interactive.changed_since") from error
        self._reread()
        files = listed(edit.name for edit in plan.edits)
        return Step((*lines, self._say("in_file", files=files)), back)

    def _reread(self) -> None:
        self.context.reopen()
        self.opened = self.context.book()


def _identity(credit: Credit) -> Identity:
    """What a credit is known by while lines move: its transaction's number in the journals, and what it is."""
    return (credit.customer, credit.transaction, credit.money.commodity, credit.kind, credit.date)


def _causes(problems: Iterable[Diagnostic]) -> Counter[tuple[object, ...]]:
    return Counter((p.slug, p.variant, p.severity, p.customer) for p in problems)


def _keys(item: Item, part: int | str) -> tuple[str, ...]:
    return item.candidates[part - 1].charges if isinstance(part, int) else (item.open[part],)


def _shared(
    bench: Bench, desk: Desk, item: Item, parts: Sequence[tuple[int | str, Decimal | None]], reason: str | None
) -> tuple[list[Allocation], Proposal | None]:
    """Who pays how much of what: credits that belong to a candidate go first; then what is written off."""
    wanted: dict[str, int | None] = {}
    for part, amount in parts:
        keys = _keys(item, part)
        if amount is not None and len(keys) != 1:
            raise RefusedError("interactive.one_by_one")
        for key in keys:
            wanted[key] = None if amount is None else _minor(bench, amount, item)
    charges = [key for key in wanted if key in desk.charges]
    for key in charges:  # more than is open, or nothing open
        over = (wanted[key] or 0) > desk.rest(key)
        if not desk.rest(key) or over:
            open_ = bench.opened.book.commodities.named(Money(desk.rest(key), desk.commodity))
            raise RefusedError("interactive.beyond_open", charge=desk.charges[key].name, open=open_)
    rests = {key: desk.rest(key) for key in [*(key for key in wanted if key in desk.credits), item.credit.key]}
    if sum(amount or 0 for amount in wanted.values()) > rests[item.credit.key]:
        left = bench.opened.book.commodities.named(item.rest)
        raise RefusedError("interactive.beyond_rest", rest=left)
    given: list[Allocation] = []
    missing: list[tuple[str, int]] = []
    for key in charges:
        fixed = wanted[key]
        need = desk.rest(key) if fixed is None else fixed
        for source, rest in list(rests.items()):
            taken = min(rest, need)
            if taken:
                rests[source] -= taken
                need -= taken
                given.append(_allocation(desk, source, key, taken, bench))
        if need:
            missing.append((key, need))
    if not given:
        raise RefusedError("interactive.nothing")
    if reason is None:
        return given, None
    if not missing:
        raise RefusedError("interactive.nothing_off")
    proposal = Proposal(
        credit=item.credit.key,
        customer=desk.customer,
        commodity=desk.commodity,
        reason=reason,
        parts=tuple(missing),
        computation="",
        first=bench.context.as_of,
    )
    return given, proposal


def _minor(bench: Bench, amount: Decimal, item: Item) -> int:
    money = bench.opened.book.commodities.money(amount, item.rest.commodity)
    if money is None:
        raise RefusedError("interactive.bad_amount", value=amount)
    return money.minor


def _allocation(desk: Desk, credit: str, charge: str, amount: int, bench: Bench) -> Allocation:
    return Allocation(
        credit=credit,
        charge=charge,
        customer=desk.customer,
        commodity=desk.commodity,
        amount=amount,
        rule="explicit",
        state="recorded",
        first=bench.context.as_of,
    )


def _recorded(before: Book, after: Opened, match: Match, context: Context) -> bool:
    """Whether the written book settles just what was meant, on the day, for the credits of the decision."""
    from custledger import pipeline

    def paid(book: Book, allocations: Iterable[Allocation]) -> Counter[tuple[object, ...]]:
        credits_ = {credit.key: _identity(credit) for credit in book.credits}
        charges: dict[str, Charge] = {charge.key: charge for charge in book.charges}
        sums: Counter[tuple[object, ...]] = Counter()
        for a in allocations:
            if a.credit in credits_ and a.charge in charges:
                sums[credits_[a.credit], charges[a.charge].name] += a.amount
        return sums

    meant = paid(before, match.allocations)
    held = [a for a in pipeline.story(after).allocations if a.state == "recorded" and a.holds(context.as_of)]
    found = paid(after.book, held)
    return all(found[pair] >= amount for pair, amount in meant.items())
