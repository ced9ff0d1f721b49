"""custledger on a batch: the engine runs forward through the book, with its own mistakes, and is then judged."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.matching.books import BOOKED, key_of, values
from benchmarks.matching.score import LEFT, RIGHT, WRONG, Score, outcome_of

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
            if outcome == WRONG and _cleared(account, told, inferred):
                outcome = RIGHT
            score.add(made, f"{account.size} open, {account.prices}", outcome)
            if outcome in {WRONG, LEFT}:
                cases.append(Case(account, made, outcome, tuple(told), why.get(key, "")))
    return score, cases


def _cleared(account: Account, told: list[Allocation], inferred: dict[str, list[Allocation]]) -> bool:
    """Whether it was applied together with money that waited, and all of that to what all of it was meant for."""
    start = len(account.id) + 1
    days = {each.first for each in told if each.rule == "balance"}
    if len(days) != 1 or any(each.rule != "balance" for each in told):
        return False
    applied: Counter[str] = Counter()
    meant: Counter[str] = Counter()
    for made in account.receipts:
        several = inferred.get(key_of(account, made.code), [])
        if any(each.first in days and each.rule == "balance" for each in several):
            if made.decidable is None or made.decidable > min(days):
                return False
            meant.update(made.meant)
            applied.update({each.charge[start:]: 0 for each in several})
            for each in several:
                applied[each.charge[start:]] += each.amount
    return applied == meant


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
