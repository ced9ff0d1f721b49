"""What the inferring tiers share: which credits may be matched, what is open to them, and how sets are applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.reconcile.matching import NAMED, NAMED_IN_PART, RECORDED, Why
from custledger.reconcile.search import BUT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from custledger.book.allocation import Evidence
    from custledger.book.entry import Credit
    from custledger.reconcile.desk import Desk

#: Credits that arithmetic may match: money that came in. Others need a tag or a reference.
_MONEY = frozenset({"payment"})


def tagged(desk: Desk, credit: Credit) -> bool:
    """Whether the text already says what the credit pays, on this day."""
    if credit.corrects is not None:
        return True
    parts = [part for part in credit.parts if part.invoices and (part.applied is None or part.applied <= desk.today)]
    if not parts:
        return False
    return not desk.policy.tagged_only_known or desk.claims.knows(credit)


def loose(desk: Desk, rank: int) -> Iterator[Credit]:
    """Credits whose texts may name a charge, with something free beside everything as strong as `rank`, oldest first.

    `rank` is NAMED or weaker.
    """
    keys = desk.loose
    quiet = desk.naming.quiet if len(keys) else ()
    for key in keys:
        if key not in quiet and desk.rest(key, rank) > 0 and desk.credits[key].corrects is None:
            yield desk.credits[key]


def unmatched(desk: Desk) -> Iterator[Credit]:
    """Credits that arithmetic may match: money, untouched, that no tag and no text gives a number to."""
    for key in desk.waiting:
        credit = desk.credits[key]
        untouched = desk.rest(key) == credit.money.minor
        if untouched and credit.kind in _MONEY and not tagged(desk, credit) and not desk.naming.of(credit).anything:
            yield credit


def open_to(desk: Desk, credit: Credit) -> list[str]:
    """The open charges that arithmetic may give a credit: not rejected, and of the order it names, if it does."""
    return list(open_rests(desk, credit))


def open_rests(desk: Desk, credit: Credit) -> Mapping[str, int]:
    """These charges with what is open of each, by due date, then date, then number."""
    named, rests = desk.naming.of(credit).refs, desk.rests
    if not named and not credit.rejected:
        return rests
    return {key: rest for key, rest in rests.items() if (not named or key in named) and not rejected(desk, credit, key)}


def exchangeable(
    desk: Desk, credit: Credit, charges: Sequence[str], rests: Mapping[str, int]
) -> tuple[str, str] | None:
    """A charge of a set and an equal one outside it, where people would pay the one set as well as the other.

    They pay few charges, or all but a few of those there were when they paid: `set_size` and BUT, as the searched
    family has it. `rests`: what is open, by charge or credit note.
    """
    there = sum(1 for key in rests if key not in desk.charges or desk.charges[key].date <= credit.date)
    if desk.policy.set_size < len(charges) < there - BUT:
        return None
    inside = {rests[key]: key for key in charges}
    chosen = set(charges)
    for key, rest in rests.items():
        if rest in inside and key not in chosen:
            return inside[rest], key
    return None


def rejected(desk: Desk, credit: Credit, key: str) -> bool:
    """Whether somebody said that the credit does not pay this charge (`not-invoice:`)."""
    if not credit.rejected:
        return False
    charge = desk.charges[key]
    return charge.number in credit.rejected or charge.document in credit.rejected or charge.name in credit.rejected


def given_by_text(desk: Desk, credit: Credit, charges: Sequence[str]) -> bool:
    """Whether another credit, whose text names one of the charges, pays it in part or more than is open.

    Text is not weaker than text because the sums do not agree: only arithmetic gives way to a number.
    """
    return any(
        held.credit != credit.key and NAMED < held.strength <= NAMED_IN_PART
        for key in charges
        for held in desk.held(key)
    )


def views(desk: Desk, credit: Credit, rank: int) -> tuple[int | None, ...]:
    """How to look at what is open, in order: as it is, then beside what is at least as strong as `rank`.

    A charge that weaker evidence settled may still be what a text names; but first as things stand. A credit that
    weaker evidence gave away in part is looked at as a whole only.
    """
    return (None, rank) if desk.rest(credit.key) == desk.rest(credit.key, rank) else (rank,)


def settle(desk: Desk, credit: Credit, charges: Sequence[str], why: Why, *, as_is: bool = False) -> int:
    """Give a credit to charges in order, each up to what is open beside everything as strong; `as_is`: beside all.

    Gives the number of the decision, which all of it is released with.
    """
    together = Why(why.rule, why.strength, why.evidence, why.alternatives, desk.decide())
    view = None if as_is else why.strength
    for key in charges:
        amount = min(desk.rest(credit.key, view), desk.rest(key, view))
        if amount > 0:
            desk.hold(credit.key, key, amount, together)
    return together.decision


def settle_with(desk: Desk, credit: Credit, charges: Sequence[str], others: Sequence[str], why: Why) -> None:
    """Settle charges in full with a credit and with other credits (notes, advances), as one decision.

    The others go first, each to the charges in order; the credit pays the rest.
    """
    together = Why(why.rule, why.strength, why.evidence, why.alternatives, desk.decide())
    for source in (*others, credit.key):
        for key in charges:
            amount = min(desk.rest(source), desk.rest(key))
            if amount > 0:
                desk.hold(source, key, amount, together)


def why(rule: str, rank: int, evidence: tuple[Evidence, ...], alternatives: int = 0) -> Why:
    """What an inferred allocation rests on."""
    return Why(rule, max(rank, RECORDED + 1), evidence, alternatives)
