"""Why something of a credit is unapplied on a day, and what it could have settled.

The reasons, in the order they are looked for:

| reason | meaning |
| --- | --- |
| named-missing, named-settled | its tag or document names charges that are not there, or settled |
| taken | what it names, or a charge of just this amount was settled by another credit on the same day |
| text-settled | its text names charges that are settled |
| text-unknown | its text has a number like ours that is none of this customer's |
| text-other | its text names charges of a customer it pays for, or in another commodity |
| text-short | its text names several charges and there is too little for them |
| text-repeated | a payment of this amount was for what its text names before, and it may be the same again |
| text-differs | last digits or a reference in its text fit charges, the amount does not |
| overpaid | what is left after everything that was named |
| ambiguous | several sets of charges explain it equally well |
| coincidence | one set has its sum, and chance explains that as well |
| not-proved | too many open charges to search them all |
| nothing-open, no-evidence | nothing is open; nothing that is open fits |
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from custledger.book.allocation import Left
from custledger.core.frozen import frozen, replace
from custledger.reconcile.matchers.reference_partial import repeats
from custledger.reconcile.search import search

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from custledger.book.allocation import Proposal
    from custledger.book.book import Book
    from custledger.book.entry import Credit
    from custledger.reconcile.apart import Place, Spread
    from custledger.reconcile.desk import Desk
    from custledger.reconcile.engine import Account

_STEPS = 50_000
_SHOWN_MAX = 5
_SIZE_SHOWN = 3
"""Candidates of more charges than this help nobody."""


@frozen
class Leftovers:
    """What is left on a day and what is proposed, by credit key."""

    left: dict[str, Left]
    proposals: dict[str, Proposal]
    across: tuple[Proposal, ...] = ()
    """Those that reach beyond an account (`reconcile.across`): money for others, exchange differences."""

    @property
    def proposed(self) -> tuple[Proposal, ...]:
        """All that is proposed, by customer."""
        return tuple(sorted((*self.proposals.values(), *self.across), key=lambda each: each.customer))


class _Told(NamedTuple):
    """What is told of one account."""

    left: Sequence[Left]
    proposals: Sequence[Proposal]
    differences: Sequence[Proposal]
    """Of exchange."""


def leftovers(
    book: Book, as_of: dt.date, customers: Iterable[str] | None = None, spread: Spread | None = None
) -> Leftovers:
    """Reasons and candidates for every credit with something unapplied on a day, as the day knows it.

    `spread` looks for them in several processes where that is worth it, as `engine.reconcile` does.
    """
    from custledger.reconcile.across import Across
    from custledger.reconcile.apart import apart
    from custledger.reconcile.desk import Desk
    from custledger.reconcile.engine import accounts, own_prefixes, play, tags_alone
    from custledger.reconcile.policy import policy
    from custledger.reconcile.straight import straight

    wanted = None if customers is None else set(customers)
    there = accounts(book)
    across = Across(book, there)
    needed = None if wanted is None else across.needs(wanted)
    prefixes = own_prefixes(book)
    plain = tags_alone()

    def tell(place: Place, account: Account) -> tuple[Desk, _Told]:
        desk = Desk(*place, policy(book, *place), prefixes)
        play(desk, account, as_of)
        differences = across.differences(desk)
        if wanted is not None and place[0] not in wanted:
            return desk, _Told((), (), differences)
        left = [explain(desk, desk.credits[key]) for key in desk.waiting]
        return desk, _Told(left, tuple(desk.proposals.values()), differences)

    looked_at = [(p, a) for p, a in sorted(there.items()) if needed is None or p[0] in needed]
    # Where tags say everything, on no day is anything left or proposed.
    looked_at = [(p, a) for p, a in looked_at if across.wants(p[0]) or not plain or straight(a, *p) is None]
    alone = [(p, a) for p, a in looked_at if not across.wants(p[0])]
    left: dict[str, Left] = {}
    proposals: dict[str, Proposal] = {}
    with apart(alone, lambda place, account: tell(place, account)[1], spread) as following:
        for place, account in looked_at:
            if across.wants(place[0]):
                desk, one = tell(place, account)
                across.keep(desk)
            else:
                one = following()
            across.add(one.differences)
            left.update((each.credit, each) for each in one.left)
            proposals.update((each.credit, each) for each in one.proposals)
    beyond = [each for each in across.proposals() if wanted is None or each.customer in wanted]
    return Leftovers(left, proposals, tuple(beyond))


def quick(desk: Desk, key: str) -> str:
    """The reason, without looking for candidates."""
    return _by_tag(desk, desk.credits[key]) or _by_text(desk, desk.credits[key]).reason or _plain(desk)


def explain(desk: Desk, credit: Credit) -> Left:
    """The reason and the candidates."""
    tagged = _by_tag(desk, credit)
    if tagged:
        return Left(credit=credit.key, reason=tagged)
    by_text = _by_text(desk, credit)
    if by_text.reason:
        return by_text
    if _taken(desk, credit):
        found = _by_sum(desk, credit).candidates if len(desk.open) else ()
        return replace(by_text, reason="taken", candidates=found)
    if not len(desk.open):
        return replace(by_text, reason="nothing-open")
    return _by_sum(desk, credit)


def _by_tag(desk: Desk, credit: Credit) -> str:
    if credit.corrects is None and not any(part.invoices for part in credit.parts):
        return ""
    if not desk.claims.knows(credit):
        return "named-missing"
    return "named-settled" if desk.held(credit.key) else "taken"


def _plain(desk: Desk) -> str:
    return "no-evidence" if len(desk.open) else "nothing-open"


def _by_text(desk: Desk, credit: Credit) -> Left:
    named = desk.naming.of(credit)
    open_ = tuple(key for key in (*named.whole, *named.short) if desk.rest(key) > 0)
    if desk.rest(credit.key) < credit.money.minor:
        return Left(credit=credit.key, reason="overpaid", candidates=(open_,) if open_ else ())
    if named.foreign:
        return Left(credit=credit.key, reason="text-other", candidates=(open_,) if open_ else ())
    if named.stranger:
        return Left(credit=credit.key, reason="text-unknown", candidates=(open_,) if open_ else ())
    if named.whole:
        reason = "text-short" if open_ else "text-settled"
        if open_ and repeats(desk, credit, named.whole):
            reason = "text-repeated"
        return Left(credit=credit.key, reason=reason, candidates=(open_ or named.whole,))
    if named.short:
        return Left(credit=credit.key, reason="text-differs", candidates=(named.short,))
    return Left(credit=credit.key, reason="")


def _taken(desk: Desk, credit: Credit) -> bool:
    """Whether a charge of this amount was settled by another credit of the same day."""
    for other in desk.credits.values():
        if other.key == credit.key or other.date != credit.date or other.money != credit.money:
            continue
        if any(held.first == credit.date and held.amount == credit.money.minor for held in desk.held(other.key)):
            return True
    return False


def _by_sum(desk: Desk, credit: Credit) -> Left:
    """The sets that have the credit's amount, a few of them, smallest first."""
    from custledger.reconcile.matchers import balance, combination
    from custledger.reconcile.search import family_size

    items = combination.parts(desk, credit)
    keys, amounts = list(items), list(items.values())
    size = min(_SIZE_SHOWN, desk.policy.set_size)
    outcome = search(
        amounts, desk.rest(credit.key), set_size=size, groups=combination.groups(desk, items), steps_max=_STEPS
    )
    found = {tuple(keys[place] for place in one): None for one in outcome.sets}
    found.update((one.charges, None) for one in balance.candidates(desk, credit))
    shown = tuple(found)[:_SHOWN_MAX]
    if len(found) > 1:
        reason = "ambiguous"
    elif found:
        reason = "coincidence"
    else:
        complete = outcome.complete and family_size(len(keys), size) > 0
        reason = "no-evidence" if complete else "not-proved"
    return Left(credit=credit.key, reason=reason, candidates=shown)


__all__ = ["Leftovers", "explain", "leftovers", "quick"]
