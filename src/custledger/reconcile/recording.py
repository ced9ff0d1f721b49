"""Which inferred matches can be written into the journals, and as what (engine.md §3, "Writing").

| a match is left | because |
| --- | --- |
| document | a credit of it is a document: there is no posting to tag |
| no-number | a charge has only a place, or a number that cannot stand in a tag |
| tagged | the text already says what the posting pays; only its rest is free |
| amount-not-written | an amount is left out in several commodities, or assigned |
| included-twice | the posting's file is read more than once: a tag would count for each |
| released-later | a later entry releases it |
| no-account, account-missing | no account is set for the difference; the one that is set does not exist |
| adjustment-there | the transaction has such an adjustment already |
| by-hand | what it needs is more than an adjustment |
| changes-others | written, it would make the engine decide other things otherwise |

The last one is found by trying: the account is reconciled again with what would be written, and the allocations in
force on every day must be the same. Where they are not, the largest part of the matches that keeps them is taken.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from custledger.book.entry import Credit, CreditPart
from custledger.book.recording import Adjusting, Match, Recording, Share, Tagging, Unwritten
from custledger.core.frozen import field, frozen, mutable, replace
from custledger.core.money import Money

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence

    from custledger.book.allocation import Allocation, Proposal, Story
    from custledger.book.book import Book
    from custledger.book.entry import Charge
    from custledger.core.span import Span

T = TypeVar("T")

#: Rules whose decisions may take in several credits.
_TOGETHER = frozenset({"balance", "combination"})
#: Reason of a proposal: the role whose account takes the difference, and the `kind:` of the credit.
ADJUSTMENTS = {
    "discount": ("discount", "discount"),
    "fee": ("fee", "adjustment"),
    "withholding": ("withholding", "withholding"),
    "rounding": ("discount", "adjustment"),
    "write-off": ("bad_debt", "write-off"),
}
_TAGGABLE = re.compile(r"[^\s,;\[\]](?:[^,;\[\]\n]*[^\s,;\[\]])?")


@frozen(kw_only=True)
class Text:
    """What the text allows, answered by who knows it."""

    refused: Callable[[Span], str]
    """Why the posting there cannot be split: a slug, or nothing."""
    account: Callable[[str], tuple[str, str]]
    """The account of a role and why it cannot be posted to (no-account, account-missing, or nothing)."""


def found(book: Book, story: Story, as_of: dt.date) -> list[Match]:
    """The decisions inferred and in force on a day, and what is proposed, in order of customer, day and charge."""
    charges = {charge.key: charge for charge in book.charges}
    credits_ = {credit.key: credit for credit in book.credits}
    groups: dict[object, list[Allocation]] = {}
    for each in story.allocations:
        if each.state == "inferred" and each.holds(as_of) and each.credit in credits_ and each.charge in charges:
            several = each.evidence if each.rule in _TOGETHER else each.credit
            groups.setdefault((each.customer, each.commodity, each.rule, each.first, several), []).append(each)
    proposals = {(p.credit, p.first): p for p in story.proposals if p.first <= as_of}
    matches = [_match(group, proposals, charges, credits_) for group in groups.values()]
    matches += [_proposed(proposal, credits_) for proposal in proposals.values()]
    matches.sort(key=lambda m: (m.customer, m.commodity, m.first, *(credits_[key].order for key in m.credits)))
    return [match for match in matches if match.customer not in book.withheld]


def _match(
    group: list[Allocation],
    proposals: dict[tuple[str, dt.date], Proposal],
    charges: dict[str, Charge],
    credits_: dict[str, Credit],
) -> Match:
    """A decision; takes its proposal out of `proposals`."""
    group.sort(key=lambda a: (credits_[a.credit].order, charges[a.charge].date_due, charges[a.charge].order))
    one = group[0]
    wanted = (one.credit, one.first)
    proposal = proposals.pop(wanted, None) if one.rule == "reference+difference" else None
    return Match(
        customer=one.customer,
        commodity=one.commodity,
        rule=one.rule,
        first=one.first,
        date=max(credits_[each.credit].date for each in group),
        allocations=tuple(group),
        proposal=proposal,
    )


def _proposed(proposal: Proposal, credits_: dict[str, Credit]) -> Match:
    """A proposal of which nothing counts yet."""
    return Match(
        customer=proposal.customer,
        commodity=proposal.commodity,
        rule=proposal.reason,
        first=proposal.first,
        date=credits_[proposal.credit].date,
        allocations=(),
        proposal=proposal,
    )


def record(book: Book, story: Story, matches: Iterable[Match], text: Text) -> Recording:
    """What is written of these matches, and why the others are left."""
    desk = _Clerk(book, story, text)
    ready: list[Match] = []
    left: list[Unwritten] = []
    for match in matches:
        made = desk.written(match)
        if isinstance(made, Match):
            ready.append(made)
        else:
            left.append(made)
    kept: list[Match] = []
    for account in dict.fromkeys((match.customer, match.commodity) for match in ready):
        mine = [match for match in ready if (match.customer, match.commodity) == account]
        trial = Trial(book, story, account[0])
        good = largest(mine, trial.keeps)
        kept += good
        left += [Unwritten(match, "changes-others") for match in mine if match not in good]
    return Recording(tuple(kept), tuple(left))


def by_hand(book: Book, story: Story, match: Match, text: Text) -> Match | Unwritten:
    """A person's decision as it is written. That other decisions of the engine change with it is what it is for."""
    return _Clerk(book, story, text).written(match)


def largest(matches: Sequence[T], good: Callable[[Sequence[T]], bool]) -> list[T]:
    """As many of the matches as are good together, found by halves: all of them where all are."""

    def add(kept: list[T], more: Sequence[T]) -> list[T]:
        if not more or good([*kept, *more]):
            return [*kept, *more]
        if len(more) == 1:
            return kept
        half = len(more) // 2
        return add(add(kept, more[:half]), more[half:])

    return add([], matches)


@mutable
class _Clerk:
    """Gives each match the postings it tags; what one has taken, no other gets."""

    book: Book
    story: Story
    text: Text
    _charges: dict[str, Charge] = field(init=False)
    _credits: dict[str, Credit] = field(init=False)
    _free: dict[str, list[int]] = field(default_factory=dict)
    _used: dict[str, int] = field(default_factory=dict)
    _spans: dict[Span, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._charges = {charge.key: charge for charge in self.book.charges}
        self._credits = {credit.key: credit for credit in self.book.credits}
        for posting in self.book.postings:
            self._spans[posting.span] = self._spans.get(posting.span, 0) + 1
        for each in self.story.allocations:
            if each.state == "recorded" and each.until is None and each.credit in self._credits:
                tags = {part.span for part in self._credits[each.credit].parts if part.invoices}
                if not any(evidence.span in tags for evidence in each.evidence):
                    self._used[each.credit] = self._used.get(each.credit, 0) + each.amount

    def written(self, match: Match) -> Match | Unwritten:
        """The match with what is to be written for it, or why nothing is."""
        reason = self._reason(match)
        if reason:
            return Unwritten(match, reason)
        adjusting = None
        if match.proposal is not None:
            made = self._adjusting(match, match.proposal)
            if isinstance(made, Unwritten):
                return made
            adjusting = made
        taggings: list[Tagging] = []
        before = {key: list(self._rests(key)) for key in match.credits}
        for key in match.credits:
            more = self._taggings(match, key)
            if isinstance(more, str):
                self._free.update(before)
                return Unwritten(match, more)
            taggings += more
        return replace(match, taggings=tuple(taggings), adjusting=adjusting)

    def _reason(self, match: Match) -> str:
        if any(self._credits[key].transaction is None for key in match.credits):
            return "document"
        named = {each.charge for each in match.allocations}
        if match.proposal is not None:
            if match.proposal.reason not in ADJUSTMENTS or not match.allocations:
                return "by-hand"
            named.update(key for key, _ in match.proposal.parts)
        numbers = [self._charges[key].number for key in named]
        if not all(number and _TAGGABLE.fullmatch(number) for number in numbers):
            return "no-number"
        if any(each.until is not None for each in match.allocations):
            return "released-later"
        return ""

    def _adjusting(self, match: Match, proposal: Proposal) -> Adjusting | Unwritten:
        role, kind = ADJUSTMENTS[proposal.reason]
        account, reason = self.text.account(role)
        if reason:
            return Unwritten(match, reason, {"role": role, "account": account})
        credit = self._credits[proposal.credit]
        day = max(proposal.first, credit.date)
        there = (credit.transaction, credit.customer, credit.money.commodity, kind, day)
        if any((c.transaction, c.customer, c.money.commodity, c.kind, c.date) == there for c in self.book.credits):
            return Unwritten(match, "adjustment-there")
        shares = tuple(Share(self._charges[key].number or "", amount) for key, amount in proposal.parts)
        return Adjusting(span=credit.parts[-1].span, account=account, kind=kind, date=day, shares=shares)

    def _rests(self, key: str) -> list[int]:
        """What of each posting of a credit is free for tags: nothing of those that the text gives away already."""
        if key not in self._free:
            parts = self._credits[key].parts
            free = [0 if part.invoices or part.applied else part.amount for part in parts]
            used = self._used.get(key, 0)
            for place in reversed(range(len(free))):
                taken = min(used, free[place])
                free[place] -= taken
                used -= taken
            self._free[key] = free
        return self._free[key]

    def _taggings(self, match: Match, key: str) -> list[Tagging] | str:
        """The postings of one credit with their shares, in order; or why there are none."""
        credit, rests = self._credits[key], self._rests(key)
        shares: dict[int, list[Share]] = {}
        for each in match.allocations:
            if each.credit != key:
                continue
            charge = self._charges[each.charge]
            # A closed period would move this day forward: `applied:` lies in an open one.
            applied = each.first if each.first > max(charge.date, credit.date) else None
            amount = each.amount
            for place, rest in enumerate(rests):
                taken = min(rest, amount)
                if taken:
                    rests[place] -= taken
                    amount -= taken
                    shares.setdefault(place, []).append(Share(charge.number or "", taken, applied))
            if amount:
                return "tagged"
        for place in shares:
            span = credit.parts[place].span
            reason = self.text.refused(span) or ("included-twice" if self._spans.get(span, 0) > 1 else "")
            if reason:
                return reason
        return [
            Tagging(credit.parts[place].span, credit.parts[place].amount, tuple(found))
            for place, found in sorted(shares.items())
        ]


Steps = dict[tuple[object, object], dict["dt.date", int]]
"""What each credit settles of each charge, as changes by day: the allocations in force on every day."""


def steps(allocations: Iterable[Allocation], name: Callable[[str], object] = lambda key: key) -> Steps:
    """The allocations as changes by day, without rules and marks; changes of nothing left out."""
    told: Steps = {}
    for each in allocations:
        days = told.setdefault((name(each.credit), name(each.charge)), {})
        days[each.first] = days.get(each.first, 0) + each.amount
        if each.until is not None:
            days[each.until] = days.get(each.until, 0) - each.amount
    return {pair: clean for pair, days in told.items() if (clean := {day: n for day, n in days.items() if n})}


class Trial:
    """One customer's accounts reconciled again with what would be written."""

    def __init__(self, book: Book, story: Story, customer: str) -> None:
        self._book = replace(
            book,
            charges=tuple(charge for charge in book.charges if charge.customer == customer),
            credits=tuple(credit for credit in book.credits if credit.customer == customer),
            debits=tuple(debit for debit in book.debits if debit.customer == customer),
            advances=tuple(use for use in book.advances if use.customer == customer),
        )
        self._before = [each for each in story.allocations if each.customer == customer]

    def keeps(self, matches: Sequence[Match]) -> bool:
        """Whether the allocations in force on every day stay, but for what the adjustments add."""
        from custledger.reconcile.engine import reconcile

        credits_ = {credit.key: credit for credit in self._book.credits}
        shares: dict[Span, list[Share]] = {}
        expected = steps(self._before)
        for match in matches:
            for tagging in match.taggings:
                shares.setdefault(tagging.span, []).extend(tagging.shares)
            if match.adjusting is not None and match.proposal is not None:
                made = _adjusted(credits_[match.proposal.credit], match.adjusting)
                credits_[made.key] = made
                for key, amount in match.proposal.parts:
                    expected[made.key, key] = {match.adjusting.date: amount}
        book = replace(self._book, credits=tuple(_split(credit, shares) for credit in credits_.values()))
        return steps(reconcile(book).allocations) == expected


def _split(credit: Credit, shares: dict[Span, list[Share]]) -> Credit:
    """The credit with its parts as they would be written."""
    if not any(part.span in shares for part in credit.parts):
        return credit
    parts: list[CreditPart] = []
    for part in credit.parts:
        mine = shares.get(part.span, []) if not part.invoices else []
        parts += [replace(part, amount=s.amount, invoices=(s.number,), applied=s.applied) for s in mine]
        rest = part.amount - sum(share.amount for share in mine)
        if rest:
            parts.append(replace(part, amount=rest))
    return replace(credit, parts=tuple(parts))


def _adjusted(credit: Credit, adjusting: Adjusting) -> Credit:
    """The credit that an adjustment posts."""
    return replace(
        credit,
        key=f"{credit.key}+{adjusting.kind}",
        kind=adjusting.kind,
        money=Money(adjusting.amount, credit.money.commodity),
        date=adjusting.date,
        date_value=adjusting.date,
        parts=tuple(
            CreditPart(amount=share.amount, invoices=(share.number,), span=credit.span) for share in adjusting.shares
        ),
        texts=(),
        rejected=(),
    )


def differing(before: tuple[Book, Story], after: tuple[Book, Story], matches: Iterable[Match]) -> list[str]:
    """The customers for whom the written book tells another story than the one before and what was proposed.

    Entries are the same where they stand in the same transaction: their lines may have moved.
    """
    old, new = _names(before[0]), _names(after[0])
    if len(before[0].charges) != len(after[0].charges) or len(before[0].debits) != len(after[0].debits):
        return sorted({match.customer for match in matches})
    expected = steps(before[1].allocations, old.__getitem__)
    credits_ = {credit.key: credit for credit in before[0].credits}
    for match in matches:
        if match.adjusting is None or match.proposal is None:
            continue
        made = _adjusted(credits_[match.proposal.credit], match.adjusting)
        for key, amount in match.proposal.parts:
            expected[_named(made), old[key]] = {match.adjusting.date: amount}
    found = steps(after[1].allocations, new.__getitem__)
    pairs = [pair for pair in {**expected, **found} if expected.get(pair) != found.get(pair)]
    return sorted({str(credit[0]) for credit, _ in pairs if isinstance(credit, tuple)})


def _names(book: Book) -> dict[str, object]:
    """Every entry's key with a name that moving lines does not change."""
    names: dict[str, object] = {credit.key: _named(credit) for credit in book.credits}
    for several in (book.charges, book.debits):
        for place, entry in enumerate(several):
            names[entry.key] = (entry.customer, type(entry).__name__, place)
    return names


def _named(credit: Credit) -> tuple[object, ...]:
    if credit.transaction is None:
        return (credit.customer, credit.key)
    return (credit.customer, credit.transaction, credit.money.commodity, credit.kind, credit.date)
