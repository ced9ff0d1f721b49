"""One set of open charges sums to the credit, it is the only one, and chance is excluded.

The searched family: every set of up to `set_size` charges, all of one month, order or delivery, and all but at most
two. Open credit notes may be part of a set. The set is taken where it is alone in the family and

    λ = sets in the family × g ÷ range of their sums  ≤  `coincidence`        g = greatest common divisor

so amounts to the cent are told apart, prices in whole hundreds are not. What other payments that wait may have paid of
the open charges is no part of that range. A set of which one charge could be exchanged for an equal one outside is not
alone, even where the family searched has no sets of its size. The family is the largest that the step
limit lets the search go through completely; where even pairs are too many, nothing is taken.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from custledger.book.allocation import Evidence
from custledger.reconcile.inferring import exchangeable, open_rests, settle_with, unmatched, why
from custledger.reconcile.matching import Matcher
from custledger.reconcile.search import Outcome, measure, search, worth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custledger.book.entry import Credit
    from custledger.reconcile.desk import Desk

RANK = 80
FEWEST = 2


def run(desk: Desk) -> None:
    """Match every credit that one set explains and chance does not."""
    for credit in list(unmatched(desk)):
        items = parts(desk, credit)
        if desk.searched.get(credit.key) == items:
            continue
        desk.searched[credit.key] = items
        outcome = find(desk, credit, items)
        if outcome is not None and outcome.complete and len(outcome.sets) == 1 and len(outcome.sets[0]) >= FEWEST:
            keys = list(items)
            chosen = [keys[place] for place in outcome.sets[0]]
            if exchangeable(desk, credit, chosen, items) is not None:
                continue
            text = f"{len(chosen)}/{outcome.family} g={outcome.divisor} λ={short(outcome.coincidence)}"
            evidence = Evidence(kind="set", span=credit.span, text=text)
            charges = tuple(key for key in chosen if key in desk.charges)
            credits_ = tuple(key for key in chosen if key in desk.credits)
            settle_with(desk, credit, charges, credits_, why("combination", RANK, (evidence,)))


def short(ratio: Fraction) -> str:
    """A small ratio in two digits: 1.6E-5."""
    return f"{Decimal(ratio.numerator) / Decimal(ratio.denominator):.1E}"


def parts(desk: Desk, credit: Credit) -> Mapping[str, int]:
    """What a set may be made of: open charges, and open credit notes as negative amounts."""
    items = open_rests(desk, credit)
    notes = [key for key in desk.waiting if key != credit.key and desk.credits[key].kind == "credit-note"]
    return {**items, **{key: -desk.rest(key) for key in notes}} if notes else items


def groups(desk: Desk, items: Mapping[str, int]) -> list[tuple[int, ...]]:
    """All charges of one month, order or delivery."""
    whole = items is desk.rests
    if whole and "groups" in desk.remembered:
        known: list[tuple[int, ...]] = desk.remembered["groups"]
        return known
    made = _groups(desk, items)
    if whole:
        desk.remembered["groups"] = made
    return made


def _groups(desk: Desk, items: Mapping[str, int]) -> list[tuple[int, ...]]:
    found: dict[tuple[str, object], list[int]] = {}
    for place, key in enumerate(items):
        charge = desk.charges.get(key)
        if charge is None:
            continue
        found.setdefault(("month", (charge.date_claim.year, charge.date_claim.month)), []).append(place)
        for name, values in charge.refs.items():
            for value in values:
                found.setdefault((name, value), []).append(place)
    return sorted(tuple(places) for places in found.values())


def find(desk: Desk, credit: Credit, items: Mapping[str, int]) -> Outcome | None:
    """The search for one credit; None where chance explains as much as any set could, so that none is worth it."""
    amounts = list(items.values())
    if len(amounts) < FEWEST:
        return None
    policy = desk.policy
    measured = measure(amounts)
    if not worth(amounts, FEWEST, 0, policy.coincidence, measured):
        return None
    together = groups(desk, items)
    for size in range(min(policy.set_size, len(amounts)), FEWEST - 1, -1):
        if not worth(amounts, size, len(together), policy.coincidence, measured):
            continue
        outcome = search(amounts, credit.money.minor, set_size=size, groups=together)
        if outcome.complete and coincidence(desk, credit, outcome) <= policy.coincidence:
            return outcome
    return None


def coincidence(desk: Desk, credit: Credit, outcome: Outcome) -> Fraction:
    """λ of a search for a credit, where other payments wait that may have paid some of what is open."""
    waiting = 0
    for key in desk.waiting:
        rest = desk.rest(key)
        if key != credit.key and desk.credits[key].kind == "payment" and rest <= outcome.spread:
            waiting += rest
    if not outcome.coincidence or waiting <= 0:
        return outcome.coincidence
    return Fraction(outcome.family * outcome.divisor, max(1, outcome.spread - waiting))


MATCHER = Matcher("combination", RANK, run)
