"""The matrix from outside: strace fails or kills at real system calls of a real process, our own shim not asked.

Needs strace and the right to trace; skipped, and counted as skipped, where either is missing.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from faults.jobs import JOBS, make
from faults.test_matrix import Tree, litter, tree

if TYPE_CHECKING:
    from pathlib import Path

JOB = JOBS["payment to a new month"]
CALLS = ("openat", "write", "fsync", "rename", "mkdir", "unlink", "fchmod", "ftruncate", "flock", "close")
FAULTS = ("signal=SIGKILL", "error=EIO", "error=ENOSPC")
ENV = {
    "CUSTLEDGER_TODAY": "2026-06-30",
    "LANG": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONSAFEPATH": "1",
    "PATH": os.environ["PATH"],
}
COMMAND = [sys.executable, "-m", "custledger", *JOB.words]


def traceable() -> bool:
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode == 0


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not traceable(), reason="strace is not installed, or may not trace here"),
]


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    strace = ["strace", "-qq", *options, *COMMAND] if options else COMMAND
    return subprocess.run(strace, cwd=folder, env=ENV, capture_output=True, text=True, check=False, timeout=120)


def numbers(folder: Path, log: Path, call: str) -> list[int]:
    """Which of the process's calls of this name (from 1) touch the book, from the lock on."""
    done = run(folder, "-y", "-e", f"trace={call}", "-o", str(log))
    assert done.returncode == 0, done.stderr
    lines = [line for line in log.read_text().splitlines() if re.match(rf"\w*{call}\w*\(", line)]
    plain = [re.sub(r"AT_FDCWD<[^>]*>", "", line) for line in lines]  # where it was started tells nothing
    return [number for number, line in enumerate(plain, 1) if str(folder) in line]


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    folder = tmp_path_factory.mktemp("new")
    make(JOB, folder)
    done = run(folder)
    assert done.returncode == 0, done.stderr
    return tree(folder)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("call", CALLS)
def test_real_calls(call: str, fault: str, tmp_path: Path, new: Tree) -> None:
    first = tmp_path / "first"
    make(JOB, first)
    old = tree(first)
    found = numbers(first, tmp_path / "log", call)
    if call == "fchmod":
        assert len(found) == 1  # book.journal keeps its mode; the new journal has none to keep
    assert found, f"{call} is never made"
    for number in found:
        folder = tmp_path / f"at-{number}"
        make(JOB, folder)
        done = run(folder, "-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={number}", "-o", "/dev/null")
        where = f"{call} {number} {fault}: {done.returncode} {done.stderr}"
        now = tree(folder)
        assert all(data in (old.get(name), new.get(name)) for name, data in now.items()), where
        if done.returncode == 0:
            assert now == new, where
        elif fault != "signal=SIGKILL":
            assert done.returncode == 4, where
            assert "Traceback" not in done.stderr, where
        again = run(folder)
        assert again.returncode in (0, 2), where
        assert tree(folder) == new, where
        assert litter(folder) == [], where
        shutil.rmtree(folder)
