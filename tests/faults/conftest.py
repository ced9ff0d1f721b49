"""The worker that runs command lines with faults, and books to run them on."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKER = Path(__file__).parent / "worker.py"


@dataclass(frozen=True)
class Answer:
    """What came of a command line; `status` < 0 is a signal."""

    status: int
    out: str
    err: str
    calls: list[str]


@dataclass
class Worker:
    """A process that runs one command line after the other, each in a fork."""

    process: subprocess.Popen[str] = field(
        default_factory=lambda: subprocess.Popen(
            [sys.executable, str(WORKER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
    )

    def start(
        self, folder: Path, words: list[str], fault: dict | None = None, world: dict | None = None, **env: str
    ) -> None:
        assert self.process.stdin
        job = {"folder": str(folder), "words": words, "fault": fault, "world": world, "env": env}
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()

    def answer(self) -> Answer:
        assert self.process.stdout
        return Answer(**json.loads(self.process.stdout.readline()))

    def run(
        self, folder: Path, words: list[str], fault: dict | None = None, world: dict | None = None, **env: str
    ) -> Answer:
        self.start(folder, words, fault, world, **env)
        return self.answer()

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()


@pytest.fixture(scope="session")
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()
