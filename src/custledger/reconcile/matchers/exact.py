"""The credit equals exactly one open charge, and no few others together.

Without a number the amount decides, where only one charge has it and no set of up to `rival_size` other charges
sums to it, nor any other set that people pay. Two charges of the same amount are both shown and neither is taken.
Where amounts are so round that chance is not excluded, any other set of the searched family counts too, and a charge
younger than the payment is not taken; nor ever one whose amount is charged again and again (`reconcile.chance`).
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from custledger.book.allocation import Evidence
from custledger.reconcile.chance import rivals
from custledger.reconcile.inferring import open_rests, settle, unmatched, why
from custledger.reconcile.matchers import balance
from custledger.reconcile.matching import Matcher
from custledger.reconcile.search import sets_of_size

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custledger.book.entry import Credit
    from custledger.reconcile.desk import Desk

RANK = 60
_SETS_MAX = 3


def run(desk: Desk) -> None:
    """Match every credit that equals one open charge and nothing else."""
    for credit in list(unmatched(desk)):
        found, others = _equal(desk, credit)
        if len(found) == 1 and len(found[0]) == 1 and others == []:
            evidence = Evidence(kind="amount", span=credit.span, text=str(credit.money.minor))
            settle(desk, credit, found[0], why("exact", RANK, (evidence,)))


def candidates(desk: Desk, credit: Credit) -> list[tuple[str, ...]]:
    """Every charge, and every set of up to `rival_size`, that equals the credit: a few of them, smallest first."""
    return _equal(desk, credit)[0]


def _equal(desk: Desk, credit: Credit) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]] | None]:
    """The candidates, and the rivals (`reconcile.chance`) of a charge that is alone among them."""
    items = open_rests(desk, credit)
    amount = credit.money.minor
    if amount not in items.values():
        return [], None
    keys, rests = list(items), list(items.values())
    sizes: Iterable[int] = range(1, desk.policy.rival_size + 1)
    sets = chain.from_iterable(sets_of_size(rests, amount, size) for size in sizes)
    found: list[tuple[str, ...]] = []
    for one in sets:
        found.append(tuple(keys[place] for place in one))
        if len(found) == _SETS_MAX:
            break
    if len(found) == 1:
        found += [one.charges for one in balance.candidates(desk, credit) if one.charges != found[0]]
        others = rivals(desk, credit, found[0], len(keys))
        found += (others or [])[: _SETS_MAX - len(found)]
        if others == [] and len(keys) < len(desk.open):
            others = rivals(desk, credit, found[0], len(desk.open))
        return found, others
    return found, None


MATCHER = Matcher("exact", RANK, run)
