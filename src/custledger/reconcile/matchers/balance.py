"""The credit equals all that is open, all that is overdue and was when it was paid, or all charges of one month.

What customers pay from a statement. Credit notes that nothing uses count against what is open: who pays the balance of
the statement pays net of them. Other payments do not: which of two pays what is not in their sum. Where two of these
readings mean different charges, or a single charge has the same amount, nothing is taken. Nor where one of the charges
could be exchanged for one outside of the same amount (rent, a subscription, a number written twice), and few charges or
all but a few are meant: that is no chance, and the other set explains the credit as well. Where amounts are so round
that chance is not excluded, any other set of the searched family counts too (`reconcile.chance`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from custledger.book.allocation import Evidence
from custledger.reconcile.chance import rivals
from custledger.reconcile.inferring import exchangeable, open_rests, settle_with, unmatched, why
from custledger.reconcile.matching import Matcher

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custledger.book.entry import Credit
    from custledger.reconcile.desk import Desk

RANK = 70
_FEWEST = 2


class Reading(NamedTuple):
    """A set that people pay: `name` (open, overdue, 2026-03), its charges, and the credits that go with it."""

    name: str
    charges: tuple[str, ...]
    credits: tuple[str, ...] = ()


def run(desk: Desk) -> None:
    """Match every credit that equals one such set and no single charge."""
    for credit in list(unmatched(desk)):
        found = candidates(desk, credit)
        if len({(one.charges, one.credits) for one in found}) == 1 and rivals(desk, credit, found[0].charges, 6) == []:
            evidence = Evidence(kind="set", span=credit.span, text=found[0].name)
            settle_with(desk, credit, found[0].charges, found[0].credits, why("balance", RANK, (evidence,)))


def candidates(desk: Desk, credit: Credit) -> list[Reading]:
    """The readings that sum to the credit; with them a single charge of that amount, which makes it ambiguous."""
    rests = open_rests(desk, credit)
    if len(rests) < _FEWEST:
        return []
    found = readings(desk, credit, rests)
    if found:
        found += [Reading("single", (key,)) for key, rest in rests.items() if rest == credit.money.minor]
        found += exchanged(desk, credit, found[0], rests)
    return found


def exchanged(desk: Desk, credit: Credit, reading: Reading, rests: Mapping[str, int]) -> list[Reading]:
    """The same set with one charge exchanged for an equal one outside; the name says which two are equal."""
    pair = exchangeable(desk, credit, reading.charges, rests)
    if pair is None:
        return []
    name = "=".join(desk.charges[key].name for key in pair)
    others = tuple(pair[1] if key == pair[0] else key for key in reading.charges)
    return [Reading(name, others, reading.credits)]


def readings(desk: Desk, credit: Credit, rests: Mapping[str, int]) -> list[Reading]:
    """The sets that people pay and that sum to the credit, of at least two charges each; `rests` by charge key."""
    amount, today = credit.money.minor, desk.today
    total, late, months = _sums(desk, rests)
    others = tuple(key for key in desk.waiting if key != credit.key and desk.credits[key].kind == "credit-note")
    found: list[Reading] = []
    if total == amount:
        found.append(Reading("open", tuple(rests)))
    if others and total - sum(desk.rest(key) for key in others) == amount:
        found.append(Reading("balance", tuple(rests), others))
    if amount > total:
        return found
    if late == amount:
        overdue = tuple(key for key in rests if desk.charges[key].date_due < today)
        if all(desk.charges[key].date_due < credit.date for key in overdue):
            found.append(Reading("overdue", overdue))
    for (year, number), held in months:
        if held == amount:
            name = f"{year:04d}-{number:02d}"
            found.append(Reading(name, tuple(key for key in rests if _month(desk, key) == (year, number))))
    return [one for one in found if len(one.charges) >= _FEWEST]


def _sums(desk: Desk, rests: Mapping[str, int]) -> tuple[int, int, list[tuple[tuple[int, int], int]]]:
    """What is open in all, overdue today, and of each month, the oldest first."""
    known = ("balance", desk.today)
    whole = rests is desk.rests
    if whole and known in desk.remembered:
        found: tuple[int, int, list[tuple[tuple[int, int], int]]] = desk.remembered[known]
        return found
    months: dict[tuple[int, int], int] = {}
    late, today = 0, desk.today
    for key, rest in rests.items():
        charge = desk.charges[key]
        month = (charge.date_claim.year, charge.date_claim.month)
        months[month] = months.get(month, 0) + rest
        if charge.date_due < today:
            late += rest
    found = (sum(rests.values()), late, sorted(months.items()))
    if whole:
        desk.remembered[known] = found
    return found


def _month(desk: Desk, key: str) -> tuple[int, int]:
    day = desk.charges[key].date_claim
    return day.year, day.month


MATCHER = Matcher("balance", RANK, run)
