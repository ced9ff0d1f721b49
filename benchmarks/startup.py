"""How long custledger takes to start, beside hledger, ledger and a Python that does nothing.

Runs each command in turns (so that a busy machine slows all alike), takes medians and quartiles, and puts the table
into docs/PERFORMANCE.md between the marks. `make bench` runs it; `--runs N` sets how often; `--dry` only prints.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from benchmarks.page import machine, put  # noqa: E402 - found beside this file

BOOK = "ledgers"


def a_customer() -> str:
    """The first customer of the book."""
    path = min((REPOSITORY / BOOK / "customers").rglob("*.yaml"))
    return next(
        line.split(":", 1)[1].strip() for line in path.read_text("utf-8").splitlines() if line.startswith("id:")
    )


def commands() -> dict[str, list[str]]:
    """What is measured, by what the table calls it; peers that are not installed are left out."""
    tool = str(Path(sys.executable).with_name("custledger"))
    customer = a_customer()
    found = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "python -I -S -c pass": [sys.executable, "-I", "-S", "-c", "pass"],
        "custledger --version": [tool, "--version"],
        f"custledger balance {customer}": [tool, "--book", BOOK, "balance", customer],
        "custledger balance": [tool, "--book", BOOK, "balance"],
        "custledger aging": [tool, "--book", BOOK, "aging"],
    }
    if shutil.which("hledger"):
        found["hledger --version"] = ["hledger", "--version"]
        found[f"hledger balance {customer}"] = ["hledger", "-f", f"{BOOK}/book.journal", "balance", customer]
    if shutil.which("ledger"):
        found["ledger --version"] = ["ledger", "--version"]
        found[f"ledger balance {customer}"] = ["ledger", "-f", f"{BOOK}/book.journal", "balance", customer]
    return found


def once(command: list[str], env: dict[str, str]) -> float:
    """Seconds for one run; a failing command is an error."""
    start = time.perf_counter()
    subprocess.run(command, cwd=REPOSITORY, env=env, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    return time.perf_counter() - start


def measure(runs: int) -> dict[str, list[float]]:
    """Seconds of every run of every command, in turns; a first round warms the disk's cache and does not count."""
    env = dict(os.environ) | {"CUSTLEDGER_TODAY": "2026-03-31", "LANG": "C.UTF-8", "NO_COLOR": "1"}
    wanted: dict[str, list[str]] = {}
    for name, command in commands().items():
        try:
            once(command, env)
        except (subprocess.CalledProcessError, OSError) as error:
            print(f"left out: {name}: {error}", file=sys.stderr)
        else:
            wanted[name] = command
    times: dict[str, list[float]] = {name: [] for name in wanted}
    for _ in range(runs):
        for name, command in wanted.items():
            times[name].append(once(command, env))
    return times


def table(times: dict[str, list[float]], runs: int) -> str:
    """Medians, quartiles, and the ratio to a Python that does nothing, as a Markdown table."""
    nothing = statistics.median(times["python -c pass"])
    lines = [
        (f"`make bench` on {machine()}, {runs} rounds; milliseconds, quartiles in brackets."),
        "",
        "| command | median | | × Python that does nothing |",
        "| --- | ---: | :--- | ---: |",
    ]
    for name, seconds in times.items():
        low, middle, high = statistics.quantiles(seconds, n=4)
        lines.append(
            f"| `{name}` | {middle * 1000:.0f} | ({low * 1000:.0f}–{high * 1000:.0f}) | {middle / nothing:.1f} |"
        )
    return "\n".join(lines)


def main() -> int:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--dry", action="store_true", help="print only")
    options = parser.parse_args()
    found = table(measure(options.runs), options.runs)
    print(found)
    if not options.dry:
        put("start-up", "Start-up", found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
