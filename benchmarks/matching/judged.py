"""The baselines on a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.matching.baselines import Open, Question
from benchmarks.matching.books import description
from benchmarks.matching.score import Score, outcome_of

if TYPE_CHECKING:
    from benchmarks.matching.baselines import Answer, Baseline
    from benchmarks.matching.months import Batch
    from benchmarks.matching.world import Receipt


def run(batch: Batch, baseline: Baseline) -> Score:
    """The score of one baseline."""
    score = Score()
    for account in batch.accounts:
        for made in account.receipts:
            answer, timely = asked(made, baseline)
            score.add(made, f"{account.size} open, {account.prices}", outcome_of(made, answer, timely=timely))
    return score


def asked(made: Receipt, baseline: Baseline) -> tuple[Answer, bool]:
    """The first answer that is one, and whether it could be told on that day. No reason is asked for."""
    question = Question(made.amount, f"{description(made)} {made.outside}")
    for day, seen in made.seen:
        answer = baseline.rule(question, [Open(*each) for each in seen])
        if answer:
            return answer, made.decidable is not None and made.decidable <= day
    return {}, False
