"""A fault at every system call of every command that writes: the old files or the new ones, never a false success.

The n-th call fails for n = 1, 2, 3 … until a run makes no n-th call (SQLite's way of testing I/O errors). Calls are
those of `store/system.py`, through which everything is written. `test_strace.py` does the same from outside.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from custledger.cli import app
from faults.jobs import JOBS, make

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from faults.conftest import Answer, Worker
    from faults.jobs import Job

Tree = dict[str, bytes]
ERRORS = ("ENOSPC", "EIO", "EACCES", "EROFS", "EDQUOT", "EMFILE")
KILLS = ("KILL", "KILL-after")
CALLS_MAX = 600


def tree(folder: Path) -> Tree:
    """Every file of a folder but those that are the tool's own."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".custledger") for part in path.relative_to(folder).parts)
    }


def litter(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob(".custledger-*")) + [
        str(path) for path in folder.glob("**/.custledger/intent")
    ]


class Case:
    """One job, run without a fault first: what it begins with, what it makes, how many calls it takes."""

    def __init__(self, name: str, worker: Worker, folder: Path) -> None:
        self.job: Job = JOBS[name]
        self.worker = worker
        self.folder = folder
        self.template = folder / "template"
        self.template.mkdir()
        make(self.job, self.template)
        self.old = tree(self.template)
        place = self.fresh("clean")
        clean = worker.run(place, list(self.job.words))
        assert clean.status == 0, clean.err
        self.new = tree(place)
        self.calls = len(clean.calls)
        assert self.new != self.old
        assert litter(place) == []
        assert 0 < self.calls < CALLS_MAX

    def fresh(self, name: str) -> Path:
        place = self.folder / name
        if place.exists():
            shutil.rmtree(place)
        shutil.copytree(self.template, place)
        if self.job.indexed:  # it knows the file that it is, so that it cannot be copied
            assert self.worker.run(place, ["index"]).status == 0
        return place

    def faulted(self, kind: str, at: int) -> tuple[Path, Answer]:
        place = self.fresh("faulted")
        return place, self.worker.run(place, list(self.job.words), {"kind": kind, "at": at})

    def check(self, place: Path, answer: Answer, where: str) -> None:
        """The promise of the manual, after one run with a fault."""
        now = tree(place)
        torn = [name for name, data in now.items() if data not in (self.old.get(name), self.new.get(name))]
        assert not torn, where
        assert set(self.old) <= set(now) <= set(self.new), where
        if answer.status == 0:
            assert now == self.new, f"{where}: a false success"
            assert answer.out, where
        else:
            assert answer.status in (-9, 4), f"{where}: {answer.status} {answer.err}"
            assert answer.out == "", f"{where}: says that it is done"
        if answer.status == 4:
            assert answer.err.startswith("custledger: "), where
            assert answer.err.count("\n") <= 2, where
        self.check_readers(place, where)
        self.check_again(place, where)

    def check_readers(self, place: Path, where: str) -> None:
        """Whoever reads next sees all of it or nothing of it."""
        if self.job.empty or not litter(place):
            assert self.job.empty or tree(place) in (self.old, self.new), where
            return
        read = self.worker.run(place, [*self.job.bare, "check"])
        assert read.status == 0, f"{where}: {read.err}"
        assert tree(place) in (self.old, self.new), where

    def check_again(self, place: Path, where: str) -> None:
        """The same command line again finishes the job, and changes nothing twice."""
        before = tree(place)
        again = self.worker.run(place, list(self.job.words))
        assert again.status in ((0, 2) if before == self.new or self.job.empty else (0,)), f"{where}: {again.err}"
        assert tree(place) == self.new, where
        left = litter(place)
        if again.status:  # it wrote nothing and took no lock; what editors need may wait for the next that does
            left = [name for name in left if ".custledger/" not in name or name.endswith("/intent")]
        assert left == [], where


@pytest.fixture
def case(request: pytest.FixtureRequest, worker: Worker, tmp_path: Path) -> Case:
    return Case(request.param, worker, tmp_path)


def every_call(case: Case, kind: str, step: int = 1) -> Iterator[tuple[int, Path, Answer]]:
    step *= case.job.step
    for at in range(1 + ERRORS.index(kind) % step if kind in ERRORS else 1, CALLS_MAX, step):
        place, answer = case.faulted(kind, at)
        yield at, place, answer
        if at > len(answer.calls) and answer.status == 0:
            return
    pytest.fail("the command never comes to an end")


def test_every_command_that_writes_is_in_the_matrix() -> None:
    writing = {name for name, command in app.every().items() if "write" in command.options}
    assert writing == {job.command for job in JOBS.values()}


QUICK = ["payment to a new month", "payment through an index"]
SLOW = [pytest.param(name, marks=pytest.mark.slow) for name in JOBS if name not in QUICK]


@pytest.mark.parametrize("kind", ["KILL", "EIO", pytest.param("KILL-after", marks=pytest.mark.slow)])
@pytest.mark.parametrize("case", [*QUICK, *SLOW], indirect=True)
def test_killed_or_failed_at_every_call(case: Case, kind: str) -> None:
    failed = 0
    for at, place, answer in every_call(case, kind):
        case.check(place, answer, f"{kind} at call {at} ({answer.calls[at - 1 : at]})")
        failed += answer.status != 0
    assert failed * case.job.step >= 10


@pytest.mark.slow
@pytest.mark.parametrize("kind", [kind for kind in ERRORS if kind != "EIO"])
@pytest.mark.parametrize("case", list(JOBS), indirect=True)
def test_every_error_at_every_call(case: Case, kind: str) -> None:
    for at, place, answer in every_call(case, kind, step=1 if kind == "ENOSPC" else 4):
        case.check(place, answer, f"{kind} at call {at} ({answer.calls[at - 1 : at]})")


@pytest.mark.slow
@pytest.mark.parametrize("case", list(JOBS), indirect=True)
def test_a_disk_that_is_full_from_some_call_on(case: Case) -> None:
    for at, place, answer in every_call(case, "full", step=2):
        case.check(place, answer, f"full from call {at}")


@pytest.mark.parametrize("kind", ["short", pytest.param("EINTR", marks=pytest.mark.slow)])
@pytest.mark.parametrize("case", [*QUICK, *SLOW], indirect=True)
def test_interrupted_and_short_calls_are_made_again(case: Case, kind: str) -> None:
    for at in range(1, case.calls + 1, case.job.step) if kind == "EINTR" else [1]:
        place, answer = case.faulted(kind, at)
        assert answer.status == 0, f"{kind} at call {at}: {answer.err}"
        assert tree(place) == case.new


@pytest.mark.slow
@pytest.mark.parametrize("case", list(JOBS), indirect=True)
def test_a_key_that_stops_it(case: Case) -> None:
    for at in range(1, case.calls + 1, 2 * case.job.step):
        place, answer = case.faulted("INT", at)
        assert answer.status in (0, 130), f"INT at call {at}: {answer.status} {answer.err}"
        case.check_readers(place, f"INT at call {at}")
        case.check_again(place, f"INT at call {at}")
