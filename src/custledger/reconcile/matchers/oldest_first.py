"""Where the customer's or the book's policy says `fifo`, what is unapplied pays the oldest open charges.

Oldest by due date, then date, then number; credits likewise oldest first. Without the policy nothing happens. Money
whose text names a number of another customer that this one pays for, or a charge in another currency, is left to be
moved there; what is left of it then pays the oldest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.reconcile.inferring import rejected
from custledger.reconcile.matching import Matcher, Why

if TYPE_CHECKING:
    from custledger.reconcile.desk import Desk

RANK = 90


def run(desk: Desk) -> None:
    """Pay until there is nothing open or nothing unapplied; never what somebody said that a credit does not pay."""
    policy = desk.policy.fifo
    if policy is None:
        return
    while (credit := desk.waiting.first) is not None and (charge := desk.open.first) is not None:
        if desk.credits[credit].rejected or meant_for_others(desk, credit):
            break
        amount = min(desk.rest(credit), desk.rest(charge))
        desk.hold(credit, charge, amount, Why("oldest-first", RANK, (policy,)))
    else:
        return
    for credit in desk.waiting:
        if meant_for_others(desk, credit):
            continue
        for charge in desk.open:
            amount = min(desk.rest(credit), desk.rest(charge))
            if amount and not rejected(desk, desk.credits[credit], charge):
                desk.hold(credit, charge, amount, Why("oldest-first", RANK, (policy,)))


def meant_for_others(desk: Desk, credit: str) -> bool:
    """Whether a credit's text names a charge of another account, and nothing of it has been moved there yet."""
    if not desk.others or not desk.naming.of(desk.credits[credit]).foreign:
        return False
    return all(held.sink in desk.charges for held in desk.held(credit))


MATCHER = Matcher("oldest-first", RANK, run)
