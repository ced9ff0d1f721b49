"""`make bench-matching`: months with known truth, matched by custledger and by other programs' rules.

Prints the tables; `--write` puts them into docs/MATCHING.md. Every number but the speed is the same at every run of
the same seed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import repeat

from benchmarks.matching import judged, ours, page, searching
from benchmarks.matching.baselines import BASELINES
from benchmarks.matching.books import values
from benchmarks.matching.months import BATCH, batch
from benchmarks.matching.score import WRONG, Score

from custledger.reconcile.engine import reconcile

SEED = 20260630
OTHERS = (14142135, 16180339)
"""Seeds that nobody looks at while the rules are made: they show whether these fit more than one."""


@dataclass(slots=True)
class Part:
    """What one batch gave."""

    ours: Score = field(default_factory=Score)
    others: list[Score] = field(default_factory=lambda: [Score() for _ in BASELINES])
    left: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def merge(self, other: Part) -> None:
        """Another batch."""
        self.ours.merge(other.ours)
        for mine, theirs in zip(self.others, other.others, strict=True):
            mine.merge(theirs)
        self.left.update(other.left)
        self.wrong += other.wrong
        self.seconds += other.seconds


def one(seed: int, index: int, count: int, *, baselines: bool) -> Part:
    """One batch, by everybody."""
    months = batch(seed, index, count)
    book = values(months)
    start = time.process_time()
    story = reconcile(book)
    part = Part(seconds=time.process_time() - start)
    part.ours, cases = ours.judged(months, story)
    for case in cases:
        if case.outcome == WRONG:
            part.wrong.append(f"batch {index}: {case}")
        else:
            part.left[case.made.kind, case.made.variant] += 1
    if baselines:
        part.others = [judged.run(months, each) for each in BASELINES]
    return part


def run(credits_: int, seed: int, jobs: int, *, baselines: bool = True) -> Part:
    """So many receipts, in batches; `jobs` processes."""
    counts = [min(BATCH, credits_ - done) for done in range(0, credits_, BATCH)]
    whole = Part()
    work = partial(one, baselines=baselines)
    if jobs == 1:
        for index, count in enumerate(counts):
            whole.merge(work(seed, index, count))
        return whole
    with ProcessPoolExecutor(jobs) as pool:
        for part in pool.map(work, repeat(seed), range(len(counts)), counts):
            whole.merge(part)
            for line in part.wrong:
                print(f"WRONG {line}", file=sys.stderr, flush=True)
    return whole


def blocks(part: Part, others: dict[int, Part], rows: list[searching.Row], seed: int) -> dict[str, str]:
    """The tables by the name of their marks; `others`: custledger alone on other seeds."""
    per_second = part.ours.all.total / part.seconds
    everybody = [("custledger", "this program", part.ours)]
    everybody += [(each.name, each.source, score) for each, score in zip(BASELINES, part.others, strict=True)]
    return {
        "headline": page.headline(part.ours, per_second) + f"\n\nSeed {seed}.",
        "seeds": page.seeds({seed: part.ours} | {other: found.ours for other, found in others.items()}),
        "kinds": page.kinds(part.ours),
        "customers": page.customers(part.ours),
        "compared": page.compared(everybody),
        "compared kinds": page.compared_kinds(everybody),
        "left": page.left_open(part.left),
        "searches": page.searches(rows),
    }


def main() -> None:
    """Run and print, or write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("--credits", type=int, default=100_000, help="receipts (100,000)")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--others", type=int, nargs="*", default=OTHERS, help="more seeds, without other programs")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/MATCHING.md")
    given = parser.parse_args()
    part = run(given.credits, given.seed, given.jobs)
    others = {seed: run(given.credits, seed, given.jobs, baselines=False) for seed in given.others}
    made = blocks(part, others, searching.table(given.seed), given.seed)
    for name, block in made.items():
        print(f"## {name}\n\n{block}\n")
    if given.write:
        text = page.PAGE.read_text("utf-8")
        for name, block in made.items():
            text = page.put(text, name, block)
        page.PAGE.write_text(text, "utf-8")
        print(f"written: {page.PAGE}")


if __name__ == "__main__":
    main()
