"""Tables of docs/MATCHING.md, between its marks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.matching.score import LEFT, OUTCOMES, RIGHT, RIGHTLY, WRONG, Tally, interval
from benchmarks.matching.searching import FAMILIES
from benchmarks.matching.world import SHARES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.matching.score import Score
    from benchmarks.matching.searching import Row

PAGE = Path(__file__).resolve().parents[2] / "docs" / "MATCHING.md"
WORDS = {
    "clean": "clean reference",
    "garbled": "short, garbled, full-width",
    "list": "list or range",
    "exact": "unnamed, one invoice",
    "balance": "unnamed, month or balance",
    "set": "unnamed set",
    "difference": "difference with a reason",
    "part": "named part payment",
    "overpaid": "overpayment",
    "third-party": "third-party payer",
    "duplicate": "duplicate",
    "undecidable": "undecidable by design",
}


def put(text: str, name: str, block: str) -> str:
    """The page with the block of this name replaced; a page without its marks is an error."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if not pattern.search(text):
        raise SystemExit(f"docs/MATCHING.md: no marks {begin} … {end}")
    return pattern.sub(lambda _: f"{begin}\n{block.rstrip()}\n{end}", text)


def percent(share: float, digits: int = 1) -> str:
    """`98.7 %`."""
    return f"{100 * share:.{digits}f} %"


def span(hits: int, count: int, digits: int = 2) -> str:
    """A share with its interval."""
    low, high = interval(hits, count)
    return f"{percent(hits / count if count else 0, digits)} ({percent(low, digits)} to {percent(high, digits)})"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> str:
    """A table in Markdown: the first `left` columns to the left, the others to the right."""
    marks = ["---"] * left + ["---:"] * (len(heads) - left)
    return "\n".join("| " + " | ".join(row) + " |" for row in [heads, marks, *rows])


def headline(score: Score, per_second: float) -> str:
    """What everybody asks first."""
    every, told = score.all, score.told
    wrong, applied = every.count[WRONG], every.applied
    worth = told.cents[RIGHT] / max(1, sum(told.cents.values()))
    rows = [
        ["receipts", f"{every.total:,}"],
        ["applied without a person", f"{applied:,}"],
        ["wrong among these", f"{wrong:,}: {span(wrong, applied, 4)}"],
        ["decidable", f"{told.total:,}"],
        [
            "applied among these",
            f"{told.count[RIGHT]:,}: {span(told.count[RIGHT], told.total)}; by value {percent(worth)}",
        ],
        ["receipts a second, one process", f"{per_second:,.0f}"],
    ]
    return table(["", ""], rows)


def seeds(scores: Mapping[int, Score]) -> str:
    """The same receipts drawn otherwise, by seed."""
    rows = []
    for seed, score in scores.items():
        every, told = score.all, score.told
        hits = told.count[RIGHT]
        rows.append(
            [
                str(seed),
                f"{every.total:,}",
                f"{every.applied:,}",
                f"{every.count[WRONG]:,}",
                f"{told.total:,}",
                span(hits, told.total),
            ]
        )
    return table(["seed", "receipts", "applied", "wrong", "decidable", "decidable applied"], rows)


def kinds(score: Score) -> str:
    """Every kind of difficulty."""
    rows = []
    for kind in (*SHARES, ""):
        tally = score.kinds.get(kind, Tally()) if kind else score.all
        told = score.decidable.get(kind, Tally()) if kind else score.told
        hits = told.count[RIGHT]
        rows.append(
            [
                WORDS.get(kind, "**all**"),
                f"{tally.total:,}",
                f"{told.total:,}",
                *(f"{tally.count[outcome]:,}" for outcome in OUTCOMES),
                span(hits, told.total, 1) if told.total else "—",
                *(_money(tally.cents[outcome]) for outcome in (RIGHT, WRONG, LEFT, RIGHTLY)),
            ]
        )
    values = [f"{outcome}, million" for outcome in OUTCOMES]
    return table(["kind", "receipts", "decidable", *OUTCOMES, "decidable applied", *values], rows)


def _money(cents: int) -> str:
    return f"{cents / 100_000_000:,.2f}"


def customers(score: Score) -> str:
    """The decidable, by the customer's size and prices."""
    rows = []
    for name in sorted(score.customers, key=lambda each: (int(each.split()[0]), each)):
        tally = score.customers[name]
        hits = tally.count[RIGHT]
        rows.append([name, f"{tally.total:,}", f"{hits:,}", f"{tally.count[LEFT]:,}", span(hits, tally.total, 1)])
    return table(["customer", "decidable", "right", "left open", "decidable applied"], rows)


def compared(scores: Sequence[tuple[str, str, Score]]) -> str:
    """Us and the others."""
    rows = []
    for name, source, score in scores:
        every, told = score.all, score.told
        rows.append(
            [
                name,
                source,
                *(f"{every.count[outcome]:,}" for outcome in OUTCOMES),
                span(every.count[WRONG], every.applied),
                span(told.count[RIGHT], told.total),
                percent(every.cents[WRONG] / max(1, every.cents[RIGHT] + every.cents[WRONG])),
            ]
        )
    heads = ["rule", "as in", *OUTCOMES, "wrong of what it applied", "decidable applied", "wrong by value"]
    return table(heads, rows, left=2)


def compared_kinds(scores: Sequence[tuple[str, str, Score]]) -> str:
    """Wrong receipts by kind, us and the others."""
    rows = [
        [
            WORDS[kind],
            *(f"{score.kinds[kind].count[RIGHT]:,} / {score.kinds[kind].count[WRONG]:,}" for _, _, score in scores),
        ]
        for kind in SHARES
    ]
    return table(["right / wrong", *(name for name, _, _ in scores)], rows)


def left_open(reasons: dict[tuple[str, str], int]) -> str:
    """Decidable receipts that were left, by what they are."""
    rows = [
        [WORDS[kind], variant, f"{count:,}"]
        for (kind, variant), count in sorted(reasons.items(), key=lambda one: (-one[1], one[0]))
    ]
    return table(["kind", "what it was", "left open"], rows, left=2)


def searches(rows: Sequence[Row]) -> str:
    """The search, alone."""
    cells = [[row.amounts, row.target, f"{row.count:,}", row.tier, *row.found] for row in rows]
    return table(
        ["amounts", "payment", "open items", "the tier", *(f"sets of up to {size}" for size in FAMILIES)], cells, left=4
    )
