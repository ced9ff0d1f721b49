"""`reconcile --write`, second step: what reaches beyond an account, written on top of the matches and proved."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from custledger.book.recording import Match, Recording, Unwritten
from custledger.reconcile.across import PAYS_FOR
from custledger.reconcile.exchange import REASON as FX
from custledger.reconcile.recording import largest

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from custledger.book.allocation import Proposal, Story
    from custledger.book.book import Book
    from custledger.book.entry import Credit
    from custledger.cli.context import Context
    from custledger.cli.match_writing import Proved
    from custledger.edit.plan import Plan
    from custledger.pipeline import Opened

_ROUNDS = 5
Moves = dict[object, dict["dt.date", int]]


def with_across(context: Context, proved: Proved, wanted: Callable[[Match], bool]) -> tuple[Proved, list[str]]:
    """The plan with money for others and exchange differences added, and what is said of them.

    What cannot be written, or would do anything else than was proposed, stays as it is.
    """
    from custledger.edit.composed import composed

    lines: list[str] = []
    written: set[tuple[int | None, str]] = set()
    for _ in range(_ROUNDS):
        step = _Step(context, proved.after, wanted)
        good = largest(step.proposals, step.sound)
        plan, done = step.plan(good)
        if not plan.edits:
            break
        sizes = {edit.name: len(context.opened().source.read(edit.name)) for edit in plan.edits}
        lines += [step.said(proposal) for proposal in done]
        written |= {step.place(proposal) for proposal in done}
        proved = proved._replace(plan=composed(proved.plan, plan, sizes), after=step.after(plan))
    credits_ = {credit.key: credit for credit in context.opened().book.credits}
    left = [
        _explained(context.opened(), proved.after.book, credits_, each)
        for each in proved.recording.unwritten
        if each.match.rule not in {PAYS_FOR, FX}
        or not written & {(credits_[key].transaction, credits_[key].customer) for key in each.match.credits}
    ]
    return proved._replace(recording=Recording(proved.recording.matches, tuple(left))), lines


def _explained(opened: Opened, after: Book, credits_: Mapping[str, Credit], left: Unwritten) -> Unwritten:
    """What is left of an exchange difference, with what stands in its way where that is known."""
    from custledger.cli.match_writing import account_of

    proposal = left.match.proposal
    if left.match.rule != FX or proposal is None:
        return left
    account, reason = account_of(opened, "fx")
    if reason and proposal.difference:
        return Unwritten(left.match, reason, {"role": "fx", "account": account})
    credit = credits_[proposal.credit]
    place = (credit.transaction, credit.customer, credit.money.commodity, credit.kind)
    now = next(c for c in after.credits if (c.transaction, c.customer, c.money.commodity, c.kind) == place)
    units = {charge.money.commodity for charge in opened.book.charges if charge.key in dict(proposal.parts)}
    untagged = units == {proposal.commodity} and not any(part.invoices for part in now.parts)
    return Unwritten(left.match, "match-first") if untagged else left


class _Step:
    """One round on a book: what is proposed there, and the plan that writes some of it."""

    def __init__(self, context: Context, opened: Opened, wanted: Callable[[Match], bool]) -> None:
        from custledger import pipeline
        from custledger.cli.match_writing import account_of, cause

        self._context = context
        self._opened = opened
        self._cause = cause
        self._credits = {credit.key: credit for credit in opened.book.credits}
        self._story = pipeline.story(opened)
        self._errors: Counter[tuple[object, ...]] | None = None
        account, refused = account_of(opened, "fx")
        self._fx = "" if refused else account
        self.proposals = [each for each in self._story.proposals if self._chosen(each, wanted)]

    def _chosen(self, proposal: Proposal, wanted: Callable[[Match], bool]) -> bool:
        from custledger.cli.writing import written_in

        credit = self._credits[proposal.credit]
        charges = {charge.key: charge for charge in self._opened.book.charges}
        withheld = self._opened.book.withheld | frozenset(self._context.withheld)
        customers = {credit.customer, *(charges[key].customer for key, _ in proposal.parts)}
        match = Match(
            customer=proposal.customer,
            commodity=proposal.commodity,
            rule=proposal.reason,
            first=proposal.first,
            date=credit.date,
            allocations=(),
            proposal=proposal,
        )
        due = proposal.reason in {PAYS_FOR, FX} and proposal.first <= self._context.as_of
        due = due and written_in(self._opened, credit.span)
        return due and not customers & withheld and wanted(match)

    def place(self, proposal: Proposal) -> tuple[int | None, str]:
        """Where a proposal's credit stands, whatever lines have moved."""
        credit = self._credits[proposal.credit]
        return credit.transaction, credit.customer

    def said(self, proposal: Proposal) -> str:
        """What was written, in a line."""
        say = self._context.say
        return "  " + say.text(
            "recording.across",
            credit=self._credits[proposal.credit].name,
            reason=say.text(f"reports.difference.{proposal.reason}"),
            how=proposal.computation,
        )

    def plan(self, proposals: Sequence[Proposal]) -> tuple[Plan, list[Proposal]]:
        """The plan for these, and those of them that it writes: the first of each credit."""
        from custledger.edit.match_across import Across
        from custledger.edit.match_plan import Pages

        opened = self._opened
        pages = Pages(opened.journal, opened.source.read, opened.book.commodities, opened.settings.decimal_mark)
        across = Across(pages, opened.book, opened.journal.commodities, self._fx)
        done: dict[tuple[int | None, str], Proposal] = {}
        for proposal in proposals:
            if self.place(proposal) not in done and across.write(proposal):
                done[self.place(proposal)] = proposal
        return pages.plan(), list(done.values())

    def after(self, plan: Plan) -> Opened:
        """The book as the plan makes it."""
        from custledger import pipeline

        return pipeline.planned(self._opened, plan)

    def sound(self, proposals: Sequence[Proposal]) -> bool:
        """Whether these do what was proposed and nothing else, and bring no error."""
        from custledger import pipeline

        plan, done = self.plan(proposals)
        if not plan.edits:
            return True
        after = self.after(plan)
        today = self._context.today
        if self._errors is None:
            self._errors = Counter(map(self._cause, pipeline.errors(self._opened, today)))
        if Counter(map(self._cause, pipeline.errors(after, today))) - self._errors:
            return False
        story = pipeline.story(after)
        expected = _moves(self._opened.book, self._story, self._added(done))
        again = {(self._there(after.book, p.credit), p.reason) for p in story.proposals}
        return expected == _moves(after.book, story) and not again & {(self.place(p), p.reason) for p in done}

    def _there(self, book: Book, key: str) -> tuple[int | None, str]:
        return next((credit.transaction, credit.customer) for credit in book.credits if credit.key == key)

    def _added(self, proposals: Sequence[Proposal]) -> list[tuple[str, int, dt.date]]:
        """What is settled that was not: nothing, where the credit settles it already in the charge's commodity."""
        charges = {charge.key: charge for charge in self._opened.book.charges}
        return [
            (key, amount, proposal.first)
            for proposal in proposals
            for key, amount in proposal.parts
            if proposal.reason == PAYS_FOR or charges[key].money.commodity != proposal.commodity
        ]


def _moves(book: Book, story: Story, added: Sequence[tuple[str, int, dt.date]] = ()) -> Moves:
    """What settles every charge, as changes by day: the same before and after, but for what was added."""
    names: Mapping[str, object] = {
        charge.key: (charge.customer, charge.number, charge.money, place) for place, charge in enumerate(book.charges)
    }
    found: Moves = {name: {} for name in names.values()}
    changes = [(a.charge, a.amount, a.first) for a in story.allocations]
    changes += [(a.charge, -a.amount, a.until) for a in story.allocations if a.until is not None]
    for key, amount, day in (*changes, *added):
        if key in names:
            days = found[names[key]]
            days[day] = days.get(day, 0) + amount
    return {name: {day: n for day, n in days.items() if n} for name, days in found.items()}
