"""custledger on a batch: the engine runs forward through the book, with its own mistakes, and is then judged."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.matching.books import BOOKED, key_of, values
from benchmarks.matching.score import LEFT, WRONG, Score, outcome_of

from custledger.reconcile.engine import reconcile

if TYPE_CHECKING:
    from benchmarks.matching.months import Batch
    from benchmarks.matching.world import Account, Receipt

    from custledger.book.allocation import Allocation, Story

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Case:
    """A receipt that was wrong, or decidable and left."""

    account: Account
    made: Receipt
    outcome: str
    told: tuple[Allocation, ...]
    why: str

    def __str__(self) -> str:
        """On one line: who, what was written, what was meant, what was applied."""
        made, start = self.made, len(self.account.id) + 1
        applied = [(each.charge[start:], each.amount, each.rule, str(each.first)) for each in self.told]
        return (
            f"{self.account.id} ({self.account.size} open, {self.account.prices}) {made.code} {made.date} {made.kind}, "
            f"{made.variant}, {made.amount}: {made.note!r} {made.outside!r} meant {made.meant}, decidable "
            f"{made.decidable}{', misleading' if made.misleading else ''}; applied {applied}"
        )


def run(batch: Batch) -> tuple[Score, list[Case]]:
    """The score of one batch, and every case to look at."""
    return judged(batch, reconcile(values(batch)))


def judged(batch: Batch, story: Story) -> tuple[Score, list[Case]]:
    """The score of a story."""
    inferred: dict[str, list[Allocation]] = {}
    for each in story.allocations:
        if each.state == "inferred" and each.rule != "reverses":
            inferred.setdefault(each.credit, []).append(each)
    why = {left.credit: left.reason for left in story.left}
    score, cases = Score(), []
    for account in batch.accounts:
        for made in account.receipts:
            key = key_of(account, made.code)
            told = inferred.get(key, [])
            outcome = _outcome(account, made, told)
            score.add(made, f"{account.size} open, {account.prices}", outcome)
            if outcome in {WRONG, LEFT}:
                cases.append(Case(account, made, outcome, tuple(told), why.get(key, "")))
    return score, cases


def _outcome(account: Account, made: Receipt, told: list[Allocation]) -> str:
    start = len(account.id) + 1
    if not told:
        return outcome_of(made, {})
    closed = made.closed or dt.date.max
    final: dict[str, int] = {}
    for each in told:
        number = each.charge[start:]
        if number not in made.meant:
            return WRONG
        if each.holds(closed - DAY):
            final[number] = final.get(number, 0) + each.amount
    if not final:
        return WRONG
    timely = made.decidable is not None and min(each.first for each in told) >= made.decidable
    reasons = {proof.kind for each in told for proof in each.evidence if proof.kind in BOOKED}
    if reasons and reasons != {made.reason}:
        return WRONG
    return outcome_of(made, final, timely=timely, reasoned=bool(reasons) or not made.reason)
