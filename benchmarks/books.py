"""Questions of a book of N invoices and N payments, beside hledger, ledger and bean-check on the same transactions.

We answer a harder question (who owes what since when, after deciding which payment settles which invoice); the peers
give balances, and read everything each time. The same invoices as YAML documents are asked, too. All commands are run
in turns and compared round by round with `ledger bal`. Writes a section of docs/PERFORMANCE.md for each N; `make bench`
runs it, `make bench SIZES=1000000` with another N.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from benchmarks.generate import name  # noqa: E402 - found beside this file
from benchmarks.page import machine, put  # noqa: E402
from benchmarks.runs import Command, Run, in_turns, middle, once, ratios, spread  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SIZES = [10_000, 100_000]
BASE = "ledger bal"
CHANGED = "journals/2025-06.journal"
CHANGED_DOCUMENTS = "invoices/2025-06.yaml"
YAML = "invoices in YAML: "
PAST = "2025-03-31"


class Goal(NamedTuple):
    """The most that a ratio to `ledger bal` should be, for each N: of seconds, and of memory."""

    seconds: dict[int, float]
    memory: dict[int, float]


_COLD = {100_000: 0.3, 1_000_000: 0.12}
_WARM = {100_000: 0.15, 1_000_000: 0.03}
GOALS = {
    "aging, no index there": Goal({100_000: 0.8, 1_000_000: 0.7}, _COLD),
    "aging, unchanged": Goal({100_000: 0.12, 1_000_000: 0.015}, _WARM),
    f"aging as of {PAST}, unchanged": Goal({100_000: 0.2, 1_000_000: 0.06}, _WARM),
    "aging, an entry added to one month": Goal({100_000: 0.2, 1_000_000: 0.035}, {}),
    "balance of one customer": Goal({100_000: 0.07, 1_000_000: 0.006}, _WARM),
    "statement of one customer": Goal({100_000: 0.07, 1_000_000: 0.006}, _WARM),
}
_ENTRY = """
2025-06-30 * (X-{number:04d}) {who} | 运费  ; due:2025-07-30
    assets:receivable:{who}     CNY 113.00
    revenues:sales   CNY -113.00
"""
_DOCUMENT = """\
---
number: X-{number:04d}
customer: {who}
date: 2025-06-30
due: 2025-07-30
lines:
  - text: 运费
    price: 113.00
"""


class Changes:
    """What happens to a book between two runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.month = folder / CHANGED
        self.entry = _ENTRY
        if (folder / CHANGED_DOCUMENTS).exists():
            self.month, self.entry = folder / CHANGED_DOCUMENTS, _DOCUMENT
        self.size = self.month.stat().st_size
        self.added = 0

    def forget(self) -> None:
        """No index."""
        for path in (self.folder / ".custledger").glob("index*"):
            path.unlink()

    def add(self) -> None:
        """One more invoice at the end of a month of the second year."""
        self.added += 1
        with self.month.open("a", encoding="utf-8") as file:
            file.write(self.entry.format(number=self.added, who=name(0)))

    def restore(self) -> None:
        """The text as it was."""
        os.truncate(self.month, self.size)


def ours(folder: Path, *words: str, before: Callable[[], None] | None = None) -> Command:
    """One of our command lines on the book in `folder`."""
    return Command([str(Path(sys.executable).with_name("custledger")), "--book", str(folder), *words], folder, before)


def in_documents(folder: Path, changes: Changes) -> dict[str, Command]:
    """What is measured of the book whose invoices stand in YAML."""
    return {
        f"{YAML}aging, no index there": ours(folder, "aging", before=changes.forget),
        f"{YAML}aging, unchanged": ours(folder, "aging"),
        f"{YAML}statement of one customer": ours(folder, "statement", name(1)),
        f"{YAML}aging, one added to one month": ours(folder, "aging", before=changes.add),
    }


def commands(folder: Path, changes: Changes) -> dict[str, Command]:
    """What is measured, by what the table calls it; peers that are not installed are left out."""
    who = name(1)
    found: dict[str, Command] = {}
    if shutil.which("ledger"):
        found[BASE] = Command(["ledger", "-f", "book.journal", "bal", "assets:receivable"], folder)
    found |= {
        "aging, no index there": ours(folder, "aging", before=changes.forget),
        "aging, unchanged": ours(folder, "aging"),
        f"aging as of {PAST}, unchanged": ours(folder, "aging", "--as-of", PAST),
        "balance of one customer": ours(folder, "balance", who),
        "statement of one customer": ours(folder, "statement", who),
        "check, unchanged": ours(folder, "check"),
        "overview, unchanged": ours(folder),
        "aging, an entry added to one month": ours(folder, "aging", before=changes.add),
        "check, no index there": ours(folder, "check", before=changes.forget),
        "aging with `--no-index`": ours(folder, "aging", "--no-index"),
        "reading, hashing, splitting into lines": Command(
            [sys.executable, str(REPOSITORY / "benchmarks" / "floor.py"), "."], folder
        ),
    }
    if shutil.which("hledger"):
        found["hledger bal"] = Command(["hledger", "-f", "book.journal", "bal", "assets:receivable"], folder)
    if shutil.which("bean-check"):
        found["bean-check"] = Command(["bean-check", "--no-cache", "book.beancount"], folder)
    return found


def measure(count: int, rounds: int, folder: Path, without: Sequence[str] = ()) -> dict[str, list[Run | None]]:
    """Every run of every command on a book of `count` invoices, but of those with a word of `without` in their name."""
    # By another process: what is run here is said to have had the memory that this process has when it starts it.
    documents = folder.with_name(f"{folder.name}-documents")
    generate = [sys.executable, str(REPOSITORY / "benchmarks" / "generate.py"), str(count)]
    subprocess.run([*generate, str(folder), *(["--beancount"] if shutil.which("bean-check") else [])], check=True)
    subprocess.run([*generate, str(documents), "--documents"], check=True)
    changes, other = Changes(folder), Changes(documents)
    try:
        every = commands(folder, changes) | in_documents(documents, other)
        some = {name: one for name, one in every.items() if not any(word in name for word in without)}
        for one in (some[name] for name in some if "unchanged" in name):
            once(one)  # our modules are compiled, and there is an index
        return in_turns(some, rounds)
    finally:
        changes.restore()
        other.restore()


def _goal(found: float, goals: dict[int, float], count: int) -> str:
    """`≤ 0.12` and whether that is so; nothing where there is no goal."""
    most = goals.get(count)
    return "" if most is None else f"≤ {most:g} {'✓' if found <= most else '✗'}"


def table(count: int, measured: dict[str, list[Run | None]], rounds: int) -> str:
    """Medians and ratios as a Markdown table."""
    lines = [
        f"`make bench` on {machine()}, {rounds} rounds. Medians; ratios are to `ledger bal` of the same files in the",
        "same round, least and most in brackets; memory is that of the largest process.",
        "",
        "| what | seconds | × ledger bal | goal | processor | MB | × ledger bal | goal |",
        "| --- | ---: | :--- | :--- | ---: | ---: | ---: | :--- |",
    ]
    base = measured.get(BASE)
    for what, runs in measured.items():
        seconds, processor, memory = (middle(runs, each) for each in ("seconds", "processor", "memory"))
        goal = GOALS.get(what, Goal({}, {}))
        of_time, of_memory = ["", ""], ["", ""]
        if base is not None:
            times, sizes = ratios(runs, base, "seconds"), ratios(runs, base, "memory")
            of_time = [spread(times), _goal(statistics.median(times), goal.seconds, count)]
            of_memory = [f"{statistics.median(sizes):.3f}", _goal(statistics.median(sizes), goal.memory, count)]
        cells = [what, f"{seconds:.3f}", *of_time, f"{processor:.3f}", f"{memory:,.0f}", *of_memory]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def growth(found: dict[int, dict[str, list[Run | None]]]) -> str:
    """How many times as long the largest book takes as the smallest, for the times that it is larger."""
    least, most = min(found), max(found)
    lines = [
        f"Seconds of N = {most:,} over those of N = {least:,}, which is {most // least} times smaller.",
        "",
        "| what | times as long |",
        "| --- | ---: |",
    ]
    for what, runs in found[most].items():
        times = middle(runs, "seconds") / middle(found[least][what], "seconds")
        lines.append(f"| {what} | {times:.1f} |")
    return "\n".join(lines)


def main(words: list[str] | None = None) -> int:
    """Measure, print, and write the sections."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="N, several with commas between them")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--without", default="", help="what is not measured: words in its name, commas between them")
    parser.add_argument("--folder", type=Path, help="where the books are, kept; else a temporary folder")
    parser.add_argument("--dry", action="store_true", help="print only")
    options = parser.parse_args(words)
    sizes = sorted({int(size) for size in options.sizes.replace("_", "").split(",")})
    found: dict[int, dict[str, list[Run | None]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            print(f"N = {size:,} …", file=sys.stderr)
            without = [word for word in options.without.split(",") if word]
            found[size] = measure(size, options.runs, (options.folder or Path(folder)) / str(size), without)
            os.sync()  # what was written is not for the next book to wait for
    for size, measured in found.items():
        told = table(size, measured, options.runs)
        print(f"\nN = {size:,}\n\n{told}")
        if not options.dry:
            put(f"books-{size}", f"A book of {size:,} invoices and as many payments", told)
    if len(found) > 1:
        told = growth(found)
        print(f"\n{told}")
        if not options.dry:
            put("growth", "Growth", told)
    return 0


if __name__ == "__main__":
    sys.exit(main())
