"""Reading everything at every command, beside hledger and ledger: one journal of N invoices and N payments.

We answer a harder question (who owes what since when, after deciding which payment settles which invoice); the peers
give balances. All run in turns, so that a busy machine slows all alike. Writes a section of docs/PERFORMANCE.md;
`make bench` runs it; `--count` sets N (may be given more than once), `--runs` how often, `--dry` only prints.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from benchmarks.generate import write  # noqa: E402 - found beside this file
from benchmarks.page import machine, put  # noqa: E402

COUNTS = [10_000, 100_000]


class Run(NamedTuple):
    """One run: seconds by the clock, seconds of processor, MB at the peak."""

    seconds: float
    processor: float
    memory: float


def commands(journal: Path) -> dict[str, list[str]]:
    """What is measured, by what the table calls it; peers that are not installed are left out."""
    tool = str(Path(sys.executable).with_name("custledger"))
    found = {
        "custledger aging": [tool, "-f", str(journal), "aging"],
        "custledger balance": [tool, "-f", str(journal), "balance"],
        "custledger check": [tool, "-f", str(journal), "check"],
    }
    if shutil.which("hledger"):
        found["hledger bal"] = ["hledger", "-f", str(journal), "bal", "assets:receivable"]
    if shutil.which("ledger"):
        found["ledger bal"] = ["ledger", "-f", str(journal), "bal", "assets:receivable"]
    return found


def once(command: list[str]) -> Run:
    """Run it; a failing command is an error."""
    env = dict(os.environ) | {"CUSTLEDGER_TODAY": "2026-01-15", "LANG": "C.UTF-8", "NO_COLOR": "1"}
    start = time.perf_counter()
    with subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measure(journal: Path, runs: int) -> dict[str, list[Run]]:
    """Every run of every command, in turns."""
    wanted = commands(journal)
    found: dict[str, list[Run]] = {name: [] for name in wanted}
    for _ in range(runs):
        for name, command in wanted.items():
            found[name].append(once(command))
    return found


def ratio(runs: list[Run], base: list[Run]) -> str:
    """The median of the rounds' ratios of processor time, with their range."""
    ratios = [one.processor / other.processor for one, other in zip(runs, base, strict=True)]
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"


def table(counts: list[int], runs: int, folder: Path) -> str:
    """Medians and ratios as a Markdown table."""
    lines = [
        f"`make bench` on {machine()}, {runs} rounds; N invoices and N payments in 24 monthly files, about 200 bytes a",
        "transaction, 92 % of payments tagged. Medians; the ratio is of processor time to ledger's of the same round,",
        "least and most in brackets. No index: everything is read and decided each time.",
        "",
        "| N | command | seconds | processor | × ledger bal | MB |",
        "| ---: | --- | ---: | ---: | :--- | ---: |",
    ]
    for count in counts:
        found = measure(write(count, folder / str(count)), runs)
        base = found.get("ledger bal")
        for name, each in found.items():
            lines.append(
                f"| {count:,} | `{name}` | {statistics.median(one.seconds for one in each):.2f} "
                f"| {statistics.median(one.processor for one in each):.2f} "
                f"| {ratio(each, base) if base else ''} | {max(one.memory for one in each):,.0f} |"
            )
    return "\n".join(lines)


def main() -> int:
    """Measure, print, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, action="append", help="N; 10000 and 100000 unless given")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--dry", action="store_true", help="print only")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = table(options.count or COUNTS, options.runs, Path(folder))
    print(found)
    if not options.dry:
        put("cold", "Cold, beside hledger and ledger", found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
