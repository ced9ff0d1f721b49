"""How long custledger takes to start, beside hledger, ledger and a Python that does nothing.

Runs each command in turns (so that a busy machine slows all alike), takes medians and quartiles, and puts the table
into docs/PERFORMANCE.md between the marks. `make bench` runs it; `--runs N` sets how often; `--dry` only prints.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from benchmarks.page import machine, put  # noqa: E402 - found beside this file
from benchmarks.runs import Command, in_turns, once  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.runs import Run

BOOK = REPOSITORY / "ledgers"
NOTHING = "python -c pass"


def a_customer() -> str:
    """The first customer of the book."""
    path = min((BOOK / "customers").rglob("*.yaml"))
    return next(
        line.split(":", 1)[1].strip() for line in path.read_text("utf-8").splitlines() if line.startswith("id:")
    )


def commands() -> dict[str, Command]:
    """What is measured, by what the table calls it; what cannot be run is left out."""
    tool = str(Path(sys.executable).with_name("custledger"))
    customer = a_customer()
    wanted: dict[str, list[str]] = {
        NOTHING: [sys.executable, "-c", "pass"],
        "python -I -S -c pass": [sys.executable, "-I", "-S", "-c", "pass"],
        "custledger --version": [tool, "--version"],
        "custledger b⇥": [tool, "completion", "candidates", "--", "b"],
        "custledger balance b⇥": [tool, "completion", "candidates", "--", "balance", "b"],
        f"custledger balance {customer}": [tool, "balance", customer],
        "custledger aging": [tool, "aging"],
        f"custledger statement {customer}": [tool, "statement", customer],
    }
    for peer in ("hledger", "ledger"):
        if shutil.which(peer):
            wanted[f"{peer} --version"] = [peer, "--version"]
            wanted[f"{peer} balance {customer}"] = [peer, "-f", "book.journal", "balance", customer]
    found = {name: Command(words, BOOK) for name, words in wanted.items()}
    for name in [*found]:
        try:
            once(found[name])  # and the disk's cache is warm
        except SystemExit as error:
            print(f"left out: {name}: {error}", file=sys.stderr)
            del found[name]
    return found


def table(times: dict[str, list[Run | None]], rounds: int) -> str:
    """Medians, quartiles, and the ratio to a Python that does nothing, as a Markdown table."""

    def seconds(runs: Sequence[Run | None]) -> list[float]:
        return [run.seconds for run in runs if run is not None]

    nothing = statistics.median(seconds(times[NOTHING]))
    lines = [
        f"`make bench` on {machine()}, {rounds} rounds; milliseconds, quartiles in brackets; `⇥` is the key that",
        "completes. The book is `ledgers/`, 24 customers, which is read in full.",
        "",
        "| command | median | | × Python that does nothing |",
        "| --- | ---: | :--- | ---: |",
    ]
    for name, runs in times.items():
        low, middle, high = statistics.quantiles(seconds(runs), n=4)
        lines.append(
            f"| `{name}` | {middle * 1000:.0f} | ({low * 1000:.0f}–{high * 1000:.0f}) | {middle / nothing:.1f} |"
        )
    return "\n".join(lines)


def main(words: list[str] | None = None) -> int:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--dry", action="store_true", help="print only")
    options = parser.parse_args(words)
    found = table(in_turns(commands(), options.runs), options.runs)
    print(found)
    if not options.dry:
        put("start-up", "Start-up", found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
