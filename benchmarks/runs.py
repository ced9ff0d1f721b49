"""Running commands in turns, so that a busy machine slows all alike, and comparing them round by round."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

ENV = {"CUSTLEDGER_TODAY": "2026-01-15", "LANG": "C.UTF-8", "NO_COLOR": "1"}
#: What would have Python compile our modules each time: nobody who uses an installed program has it so.
UNSET = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "PYTHONPATH")
LONG = 60
"""Seconds: a command that takes longer is run once, whatever the number of rounds."""


class Run(NamedTuple):
    """One run: seconds by the clock, seconds of all processors, MB at the peak of its largest process."""

    seconds: float
    processor: float
    memory: float


class Command(NamedTuple):
    """What is run, in which folder, after what has been prepared (which is not measured)."""

    words: Sequence[str]
    folder: Path
    before: Callable[[], None] | None = None


def once(command: Command) -> Run:
    """Run it; a failing command is an error."""
    if command.before is not None:
        command.before()
    start = time.perf_counter()
    with subprocess.Popen(
        command.words,
        cwd=command.folder,
        env={name: value for name, value in os.environ.items() if name not in UNSET} | ENV,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        told = process.stderr.read() if process.stderr is not None else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"{' '.join(command.words)} ended with {process.returncode}\n{told.decode()[-2000:]}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def in_turns(commands: dict[str, Command], rounds: int) -> dict[str, list[Run | None]]:
    """Every run of every command, by round; None where a command that takes LONG was left out."""
    found: dict[str, list[Run | None]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            slow = any(run is not None and run.seconds > LONG for run in found[name])
            found[name].append(None if slow else once(command))
    return found


def middle(runs: Sequence[Run | None], what: str) -> float:
    """The median of one measure."""
    return statistics.median(getattr(run, what) for run in runs if run is not None)


def ratios(runs: Sequence[Run | None], base: Sequence[Run | None], what: str) -> list[float]:
    """A measure of each round over that of `base` in the same round."""
    rounds = zip(runs, base, strict=True)
    return [getattr(one, what) / getattr(other, what) for one, other in rounds if one is not None and other is not None]


def spread(found: Sequence[float], digits: int = 3) -> str:
    """`0.123 (0.119–0.131)`: the median, the least and the most."""
    return f"{statistics.median(found):.{digits}f} ({min(found):.{digits}f}–{max(found):.{digits}f})"
