"""What each tier had to say about one credit: why it took it, or why it did not.

The day of the decision is played again, and every tier is looked at just before it is asked. A credit that settles
nothing is looked at as the day of the report knows it. Outcomes are slugs with their facts (amounts, numbers):

| tier | outcomes |
| --- | --- |
| any | applied; overruled, rest-only, not-money (why arithmetic is not asked) |
| corrects | not-a-note, missing |
| explicit | no-tag, not-yet, missing, settled |
| reference | no-number, stranger, settled, sum-differs |
| reference+difference | no-number, stranger, settled, not-money, more, no-reason, discount-late, several-reasons |
| reference-partial | no-number, stranger, settled, short-number, repeated, several-short |
| exact | no-single, several-single, rivals, too-round |
| balance | no-balance, several-readings, too-round |
| combination | too-few, no-set, chance, several-sets, not-proved |
| oldest-first | no-policy, names-other |
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from custledger.core.frozen import field, frozen
from custledger.core.money import Money
from custledger.reconcile.desk import Desk
from custledger.reconcile.engine import accounts, matchers, own_prefixes, play
from custledger.reconcile.inferring import exchangeable, tagged
from custledger.reconcile.matchers import (
    balance,
    combination,
    exact,
    oldest_first,
    reference_difference,
    reference_partial,
)
from custledger.reconcile.policy import policy
from custledger.reconcile.search import STEPS_MAX, Outcome, search

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping
    from fractions import Fraction

    from custledger.book.book import Book
    from custledger.book.entry import Credit
    from custledger.reconcile.desk import Held
    from custledger.reconcile.matching import Matcher

    Fact = str | int | Money | dt.date

_NAMES_SHOWN = 4
_STEPS_SHOWN = STEPS_MAX // 4


@frozen
class Rung:
    """One tier's answer: `outcome` as in the module's table, `facts` what it rests on, by name."""

    rule: str
    outcome: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


def desk_on(book: Book, customer: str, commodity: str, as_of: dt.date) -> Desk:
    """One customer's account in one commodity at the end of a day."""
    desk = _desk(book, customer, commodity)
    account = accounts(book).get((customer, commodity))
    if account is not None:
        play(desk, account, as_of)
    return desk


def _desk(book: Book, customer: str, commodity: str) -> Desk:
    return Desk(customer, commodity, policy(book, customer, commodity), own_prefixes(book))


def ladder(book: Book, credit: Credit, as_of: dt.date) -> tuple[Rung, ...]:
    """The tiers that were asked about a credit, strongest first, down to the one that took it, if any did."""
    account = accounts(book)[credit.customer, credit.money.commodity]
    desk = desk_on(book, credit.customer, credit.money.commodity, as_of)
    held = [each for each in desk.held(credit.key) if each.sink in desk.charges]
    if not held:
        return tuple(rung(desk, credit, matcher.name) for matcher in matchers())
    day = min(each.first for each in held)
    rules = {each.why.rule for each in held if each.first == day}
    desk = _desk(book, credit.customer, credit.money.commodity)
    found: list[Rung] = []

    def watch(matcher: Matcher) -> None:
        taken = any(one.outcome == "applied" for one in found)
        if desk.today == day and credit.key in desk.credits and not taken:
            took = matcher.name in rules
            found.append(_taken(credit, matcher.name, held, day) if took else rung(desk, credit, matcher.name))

    play(desk, account, day, watch)
    if not any(one.outcome == "applied" for one in found):  # a void: it is asked before all tiers
        found = [_taken(credit, rule, held, day) for rule in sorted(rules)]
    return tuple(found)


def _taken(credit: Credit, rule: str, held: Iterable[Held], day: dt.date) -> Rung:
    amount = sum(one.amount for one in held if one.why.rule == rule and one.first == day)
    return Rung(rule, "applied", {"amount": Money(amount, credit.money.commodity)})


def rung(desk: Desk, credit: Credit, rule: str) -> Rung:
    """What one tier says about a credit in the present state of its desk; a tier of a plug-in: `applied` or `none`."""
    ask = _RUNGS.get(rule)
    if ask is None:
        return Rung(rule, "none")
    outcome, facts = ask(desk, credit)
    return Rung(rule, outcome, facts)


_Answer = tuple[str, dict[str, "Fact"]]


def _names(desk: Desk, keys: Iterable[str]) -> str:
    entries = {**desk.credits, **desk.charges}
    names = list(dict.fromkeys(entries[key].name for key in keys))
    more = ["…"] if len(names) > _NAMES_SHOWN else []
    return ", ".join([*names[:_NAMES_SHOWN], *more])


def _money(desk: Desk, minor: int) -> Money:
    return Money(minor, desk.commodity)


def _corrects(desk: Desk, credit: Credit) -> _Answer:
    if credit.corrects is None:
        return "not-a-note", {}
    return ("settled" if desk.claims.knows(credit) else "missing"), {"numbers": credit.corrects}


def _explicit(desk: Desk, credit: Credit) -> _Answer:
    parts = [part for part in credit.parts if part.invoices]
    if not parts:
        return "no-tag", {}
    numbers = ", ".join(dict.fromkeys(number for part in parts for number in part.invoices))
    later = [part.applied for part in parts if part.applied is not None and part.applied > desk.today]
    if len(later) == len(parts):
        return "not-yet", {"numbers": numbers, "day": min(later)}
    return ("settled" if desk.claims.knows(credit) else "missing"), {"numbers": numbers}


def _named(desk: Desk, credit: Credit) -> tuple[_Answer | None, list[str]]:
    """Why no tier that reads texts can go on, or the charges named of which something is open."""
    named = desk.naming.of(credit)
    every = [*dict.fromkeys((*named.whole, *named.short, *named.refs))]
    if not every:
        return (("stranger" if named.stranger else "no-number"), {}), []
    open_ = [key for key in every if desk.rest(key) > 0]
    if not open_:
        return ("settled", {"numbers": _names(desk, every)}), []
    return None, open_


def _reference(desk: Desk, credit: Credit) -> _Answer:
    answer, open_ = _named(desk, credit)
    if answer is not None:
        return answer
    total = sum(desk.rest(key) for key in open_)
    return "sum-differs", {
        "numbers": _names(desk, open_),
        "open": _money(desk, total),
        "paid": _money(desk, desk.rest(credit.key)),
    }


def _difference(desk: Desk, credit: Credit) -> _Answer:
    answer, open_ = _named(desk, credit)
    if answer is not None:
        return answer
    if desk.naming.of(credit).stranger or desk.naming.of(credit).foreign:
        return "stranger", {}
    if credit.kind != "payment":
        return "not-money", {}
    missing = sum(desk.rest(key) for key in open_) - desk.rest(credit.key)
    if missing <= 0:
        return "more", {"difference": _money(desk, -missing)}
    late = late_discount(desk, credit, open_, missing)
    if late is not None:
        return "discount-late", {"difference": _money(desk, missing), "terms": late[0], "day": late[1]}
    reasons = reference_difference.reasons(desk, credit, open_, missing)
    if len(reasons) > 1:
        return "several-reasons", {"difference": _money(desk, missing), "reasons": ", ".join(r.name for r in reasons)}
    return "no-reason", {"difference": _money(desk, missing)}


def late_discount(desk: Desk, credit: Credit, charges: Iterable[str], missing: int) -> tuple[str, dt.date] | None:
    """The terms and the last day of a discount that would explain `missing`, had the credit come by then."""
    total, found = 0, None
    for key in charges:
        charge = desk.charges[key]
        terms = charge.terms
        if terms is None or terms.discount is None:
            continue
        until = terms.discount_until(charge.date_claim)
        if until is None or credit.date_value <= until:
            continue
        total += reference_difference.discount_of(charge)
        found = found or (terms.text, until)
    return found if found is not None and total == missing else None


def _partial(desk: Desk, credit: Credit) -> _Answer:
    answer, open_ = _named(desk, credit)
    if answer is not None:
        return answer
    named = desk.naming.of(credit)
    if named.stranger or named.foreign:
        return "stranger", {}
    if named.short:
        return "short-number", {"numbers": _names(desk, named.short)}
    if reference_partial.repeats(desk, credit, named.whole):
        return "repeated", {"numbers": _names(desk, named.whole)}
    total = sum(desk.rest(key) for key in open_)
    return "several-short", {"numbers": _names(desk, open_), "open": _money(desk, total)}


def _barred(desk: Desk, credit: Credit) -> _Answer | None:
    """Why arithmetic is not asked about a credit."""
    if credit.kind != "payment":
        return "not-money", {}
    if desk.rest(credit.key) != credit.money.minor:
        return "rest-only", {}
    if tagged(desk, credit) or desk.naming.of(credit).anything:
        return "overruled", {}
    return None


def _exact(desk: Desk, credit: Credit) -> _Answer:
    if (barred := _barred(desk, credit)) is not None:
        return barred
    found = exact.candidates(desk, credit)
    singles = [one[0] for one in found if len(one) == 1]
    if not singles:
        return "no-single", {"amount": credit.money}
    if len(singles) > 1:
        return "several-single", {"count": len(singles), "numbers": _names(desk, singles)}
    rival = next((one for one in found if len(one) > 1), ())
    if not rival:
        return "too-round", {"numbers": _names(desk, singles)}
    return "rivals", {"numbers": _names(desk, singles), "rivals": _names(desk, rival).replace(", ", "+")}


def _balance(desk: Desk, credit: Credit) -> _Answer:
    if (barred := _barred(desk, credit)) is not None:
        return barred
    found = balance.candidates(desk, credit)
    if len({(one.charges, one.credits) for one in found}) == 1:
        return "too-round", {"numbers": _names(desk, found[0].charges)}
    if found:
        return "several-readings", {"readings": ", ".join(dict.fromkeys(one.name for one in found))}
    late = sum(desk.rest(key) for key in desk.open if desk.charges[key].date_due < desk.today)
    total = sum(desk.rest(key) for key in desk.open)
    return "no-balance", {"open": _money(desk, total), "overdue": _money(desk, late)}


def _combination(desk: Desk, credit: Credit) -> _Answer:
    if (barred := _barred(desk, credit)) is not None:
        return barred
    items = combination.parts(desk, credit)
    if len(items) < combination.FEWEST:
        return "too-few", {"count": len(items)}
    outcome = searched(desk, credit, items)
    several = [one for one in outcome.sets if len(one) >= combination.FEWEST]
    keys = list(items)
    if not outcome.complete:
        return "not-proved", {"count": len(items)}
    if not several:
        return "no-set", {"count": outcome.family}
    chosen = [keys[place] for place in several[0]]
    if len(outcome.sets) > 1 or exchangeable(desk, credit, chosen, items) is not None:
        return "several-sets", {"count": max(len(outcome.sets), 2)}
    return "chance", {
        "numbers": _names(desk, chosen).replace(", ", "+"),
        "chance": ratio(combination.coincidence(desk, credit, outcome)),
        "limit": ratio(desk.policy.coincidence),
    }


def ratio(value: Fraction) -> str:
    """A λ to two digits: `0.78`, `0.000016`."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(Decimal(f"{exact:.1E}").normalize()) if exact else "0"


def searched(desk: Desk, credit: Credit, items: Mapping[str, int]) -> Outcome:
    """The largest family of sets that can be searched to its end; else what the smallest search came to."""
    together = combination.groups(desk, dict(items))
    amounts = list(items.values())
    size = max(min(desk.policy.set_size, len(amounts)), combination.FEWEST)
    while True:
        outcome = search(amounts, desk.rest(credit.key), set_size=size, groups=together, steps_max=_STEPS_SHOWN)
        if outcome.complete or size == combination.FEWEST:
            return outcome
        size -= 1


def _oldest_first(desk: Desk, credit: Credit) -> _Answer:
    if desk.policy.fifo is None:
        return "no-policy", {}
    return ("names-other" if oldest_first.meant_for_others(desk, credit.key) else "nothing-open"), {}


_RUNGS: dict[str, Callable[[Desk, Credit], _Answer]] = {
    "corrects": _corrects,
    "explicit": _explicit,
    "reference": _reference,
    "reference+difference": _difference,
    "reference-partial": _partial,
    "exact": _exact,
    "balance": _balance,
    "combination": _combination,
    "oldest-first": _oldest_first,
}
