"""Forward in time: on each day, what is known by then decides who has paid what (engine.md §3)."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from custledger.book.allocation import Allocation, Left, Proposal, Story
from custledger.core.frozen import field, mutable
from custledger.core.registry import discover
from custledger.reconcile.across import Across
from custledger.reconcile.apart import apart
from custledger.reconcile.claims import CORRECTS, EXPLICIT, VOID, Claim, claim_of_use, claims_of
from custledger.reconcile.desk import Desk
from custledger.reconcile.leftovers import quick
from custledger.reconcile.matching import NAMED, RECORDED, Matcher
from custledger.reconcile.policy import policy
from custledger.reconcile.relations import relate
from custledger.reconcile.straight import straight

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from custledger.book.book import Book
    from custledger.book.entry import AdvanceUse, Charge, Credit, Debit, Entry
    from custledger.reconcile.apart import Place, Spread

    Watch = Callable[[Matcher], None]
    E = TypeVar("E", bound=Entry)


@lru_cache(maxsize=1)
def matchers() -> tuple[Matcher, ...]:
    """The tiers, strongest first."""
    found = discover("custledger.reconcile.matchers", "MATCHER", group="custledger.matchers")
    return tuple(sorted(found.values(), key=lambda matcher: (matcher.rank, matcher.name)))


@mutable
class Account:
    """One customer's entries in one commodity, in any order."""

    charges: list[Charge] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    debits: list[Debit] = field(default_factory=list)
    uses: list[AdvanceUse] = field(default_factory=list)
    others: list[Charge] = field(default_factory=list)
    """Charges that are not this account's, but may be named on its credits (`reconcile.relations`)."""
    beside: dict[str, frozenset[str]] = field(default_factory=dict)
    """By credit: the other customers credited in its transaction."""


class _Told(NamedTuple):
    """What is told of one account."""

    allocations: Sequence[Allocation]
    proposals: Sequence[Proposal] = ()
    left: Sequence[Left] = ()
    differences: Sequence[Proposal] = ()
    """Of exchange."""


def reconcile(book: Book, spread: Spread | None = None) -> Story:
    """Every allocation that ever holds in the book, from its first day to its last.

    Customers and commodities are independent of each other. The state on a day depends on nothing dated later:
    as of D, a report counts the allocations with first <= D < until. `spread` does it in several processes where
    that is worth it; accounts that others may need (`Across.wants`) are always told here.
    """
    prefixes = own_prefixes(book)
    there = accounts(book)
    across = Across(book, there)
    plain = tags_alone()

    def tell(place: Place, account: Account) -> tuple[Desk, _Told]:
        desk = Desk(*place, policy(book, *place), prefixes)
        allocations = run(desk, account)
        left = [Left(credit=key, reason=quick(desk, key)) for key in desk.waiting]
        return desk, _Told(allocations, tuple(desk.proposals.values()), left, across.differences(desk))

    found: dict[Place, _Told | None] = {}
    alone: list[tuple[Place, Account]] = []
    for place, account in sorted(there.items()):
        whole = straight(account, *place) if plain and not across.wants(place[0]) else None
        found[place] = None if whole is None else _Told(whole)
        if whole is None and not across.wants(place[0]):
            alone.append((place, account))
    told: list[Allocation] = []
    left: list[Left] = []
    proposals: list[Proposal] = []
    with apart(alone, lambda place, account: tell(place, account)[1], spread) as following:
        for place, known in found.items():
            one = known
            if one is None and across.wants(place[0]):
                desk, one = tell(place, there[place])
                across.keep(desk)
            one = one or following()
            told += one.allocations
            left += one.left
            proposals += one.proposals
            across.add(one.differences)
    proposals += across.proposals()
    return Story(allocations=tuple(told), left=tuple(left), proposals=tuple(proposals))


def tags_alone() -> bool:
    """Whether what the text says is read by our own tiers alone, so that `straight` knows all of it."""
    return {matcher.name for matcher in matchers() if matcher.recorded} == {CORRECTS, EXPLICIT}


def own_prefixes(book: Book) -> tuple[str, ...]:
    """What the book's own numbers of documents begin with: a text that has it names one of ours."""
    patterns = (book.settings.numbering.invoice, book.settings.numbering.credit_note)
    return tuple(pattern.partition("{")[0] for pattern in patterns)


def accounts(book: Book) -> dict[tuple[str, str], Account]:
    """The book's entries by customer and commodity."""
    found: dict[tuple[str, str], Account] = {}
    kinds: tuple[tuple[str, Sequence[Charge | Credit | Debit | AdvanceUse]], ...] = (
        ("charges", book.charges),
        ("credits", book.credits),
        ("debits", book.debits),
        ("uses", book.advances),
    )
    for kind, entries in kinds:
        several: dict[tuple[str, str], list[Charge | Credit | Debit | AdvanceUse]] = {}
        for entry in entries:
            place = (entry.customer, entry.money.commodity)
            if place in several:
                several[place].append(entry)
            else:
                several[place] = [entry]
        for place, theirs in several.items():
            if place not in found:
                found[place] = Account()
            setattr(found[place], kind, theirs)
    relate(book, found)
    return found


def run(desk: Desk, account: Account) -> list[Allocation]:
    """The story of one account, in order of first day, then of the entries."""
    play(desk, account)
    desk.close()
    return desk.told()


def play(desk: Desk, account: Account, until: dt.date | None = None, watch: Watch | None = None) -> None:
    """Move the desk forward through every day with something new, to the last one or to `until`.

    `watch` is called on each day before each tier is asked, with that tier.
    """
    calendar = _Calendar(account)
    recorded = tuple(matcher for matcher in matchers() if matcher.recorded)
    inferring = tuple(matcher for matcher in matchers() if not matcher.recorded)
    tiers = _Tiers(tags_alone(), inferring[0].one if inferring else None, recorded, inferring)
    desk.naming.beside = account.beside
    settled = True
    for day in calendar.days:
        if until is not None and day > until:
            break
        desk.today = day
        for charge in calendar.charges.get(day, ()):
            desk.add_charge(charge)
        for other in calendar.others.get(day, ()):
            desk.add_other(other)
        calm = watch is None and (settled or desk.idle)
        came = calendar.credits.get(day, ())
        for credit in came:
            desk.add_credit(credit)
        for debit in calendar.debits.get(day, ()):
            desk.add_debit(debit)
        for claim in calendar.claims.get(day, ()):
            desk.claims.enter(claim)
        if calm and _simple(desk, tiers, came):
            continue
        _decide(desk, tiers, watch)
        settled = desk.settled


class _Calendar:
    """What happens on which day; the entries of a day in their own order, whatever the order of the text."""

    def __init__(self, account: Account) -> None:
        self.charges: dict[dt.date, list[Charge]] = {}
        self.credits: dict[dt.date, list[Credit]] = {}
        self.debits: dict[dt.date, list[Debit]] = {}
        self.claims: dict[dt.date, list[Claim]] = {}
        self.others: dict[dt.date, list[Charge]] = {}
        _by_day(account.others, self.others)
        _by_day(account.charges, self.charges)
        _by_day(account.credits, self.credits)
        _by_day(account.debits, self.debits)
        claims = [claim for credit in account.credits for claim in claims_of(credit)]
        for claim in claims + [claim_of_use(use) for use in account.uses]:
            self.claims.setdefault(claim.since, []).append(claim)
        self.days = sorted({*self.charges, *self.credits, *self.debits, *self.claims, *self.others})


def _by_day(entries: list[E], days: dict[dt.date, list[E]]) -> None:
    for entry in entries:
        days.setdefault(entry.date, []).append(entry)
    for several in days.values():
        if len(several) > 1:
            several.sort(key=lambda entry: entry.order)


class _Tiers(NamedTuple):
    plain: bool
    """See `tags_alone`: where nothing says anything, nothing is recorded."""
    first: Callable[[Desk, Credit], None] | None
    """The strongest tier that infers, for one credit; None where it looks at several together."""
    recorded: tuple[Matcher, ...]
    inferring: tuple[Matcher, ...]


def _decide(desk: Desk, tiers: _Tiers, watch: Watch | None) -> None:
    """One day: first what ends something, then what the text says, then what is inferred, strongest first."""
    if not tiers.plain or watch is not None or desk.claims.awake or desk.reversals.looking:
        for claim in desk.claims.take(VOID):
            _void(desk, claim)
        desk.reversals.take_back(desk)
        _ask(desk, tiers.recorded, watch)
        desk.reversals.find(desk)
    for matcher in tiers.inferring:
        if watch is not None:
            watch(matcher)
        elif desk.idle:
            break
        matcher.run(desk)


def _simple(desk: Desk, tiers: _Tiers, credits_: Sequence[Credit]) -> bool:
    """A day before which the desk was idle: whether tags, and numbers in texts, use up all that came; else go on.

    What is done here is what `_decide` would do first. Most days of most accounts end here.
    """
    if not tiers.plain or desk.reversals.looking or (len(credits_) > 1 and _twins(desk, credits_)):
        return False
    before = desk.releases
    if desk.claims.awake:
        if desk.claims.waits(VOID):
            return False
        _ask(desk, tiers.recorded, None)
    for credit in credits_:
        if desk.releases != before:
            return False
        if desk.rest(credit.key) and tiers.first is not None and credit.corrects is None:
            tiers.first(desk, credit)
        if desk.rest(credit.key, NAMED) > 0:
            return False
    return desk.releases == before


def _twins(desk: Desk, credits_: Sequence[Credit]) -> bool:
    """Whether two credits (in order) have the same order."""
    return any(desk.order(left.key) == desk.order(right.key) for left, right in pairwise(credits_))


def _ask(desk: Desk, tiers: tuple[Matcher, ...], watch: Watch | None) -> None:
    for matcher in tiers:
        if watch is not None:
            watch(matcher)
        matcher.run(desk)


def _void(desk: Desk, claim: Claim) -> None:
    """What had settled a voided charge is released; the void settles it, and nothing else."""
    credit = claim.credit or ""
    for charge in desk.claims.named(claim):
        for held in desk.held(charge.key):
            if held.why.rule != VOID:
                desk.release(held)
        amount = min(desk.rest(credit, RECORDED), desk.rest(charge.key, RECORDED))
        if amount > 0:
            desk.hold(credit, charge.key, amount, claim.why)
