"""The credit equals all that is open, all that is overdue, or all charges of one month.

What customers pay from a statement. Credits that nothing uses (credit notes, earlier payments) count against what is
open: who pays the balance of the statement pays net of them. Where two of these readings mean different charges, or
a single charge has the same amount, nothing is taken. Where amounts are so round that chance is not excluded, any
other set of the searched family counts too (`reconcile.chance`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from custledger.book.allocation import Evidence
from custledger.reconcile.chance import rivals
from custledger.reconcile.inferring import open_to, settle_with, unmatched, why
from custledger.reconcile.matching import Matcher

if TYPE_CHECKING:
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
    amount = credit.money.minor
    keys = open_to(desk, credit)
    if len(keys) < _FEWEST:
        return []
    total = sum(desk.rest(key) for key in keys)
    found = [one for one in readings(desk, credit, keys, total) if _sum(desk, one) == amount]
    if found:
        found += [Reading("single", (key,)) for key in keys if desk.rest(key) == amount]
    return found


def readings(desk: Desk, credit: Credit, keys: list[str], total: int) -> list[Reading]:
    """The sets that people pay, of at least two charges each."""
    amount = credit.money.minor
    others = tuple(key for key in desk.waiting if key != credit.key)
    sets: list[Reading] = []
    if total == amount:
        sets.append(Reading("open", tuple(keys)))
    if others and total - sum(desk.rest(key) for key in others) == amount:
        sets.append(Reading("balance", tuple(keys), others))
    if amount <= total:
        overdue = tuple(key for key in keys if desk.charges[key].date_due < desk.today)
        sets.append(Reading("overdue", overdue))
        months: dict[str, list[str]] = {}
        for key in keys:
            months.setdefault(desk.charges[key].date_claim.isoformat()[:7], []).append(key)
        sets += [Reading(month, tuple(several)) for month, several in sorted(months.items())]
    return [one for one in sets if len(one.charges) >= _FEWEST]


def _sum(desk: Desk, reading: Reading) -> int:
    return sum(desk.rest(key) for key in reading.charges) - sum(desk.rest(key) for key in reading.credits)


MATCHER = Matcher("balance", RANK, run)
