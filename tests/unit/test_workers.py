"""Work in several processes: in order, sent as a whole elsewhere, done here where a process was killed."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from custledger import workers

HERE = os.getpid()


@pytest.fixture(autouse=True)
def _two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)


def squared(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def test_one_process_is_this_one() -> None:
    with workers.workers(1, squared) as run:
        assert list(run(range(3))) == [(0, HERE), (1, HERE), (4, HERE)]


def test_results_come_in_order_from_other_processes() -> None:
    with workers.workers(9, squared) as run:
        found = list(run(range(40)))
    assert [number for number, _ in found] == [number * number for number in range(40)]
    assert HERE not in {process for _, process in found}
    assert len({process for _, process in found}) <= 2


def test_another_executor_is_handed_the_work_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that has nothing of this process but what it is sent."""
    monkeypatch.setattr(workers, "EXECUTOR", ThreadPoolExecutor)
    monkeypatch.setattr(workers, "_one", None)
    with workers.workers(2, squared) as run:
        assert list(run([3, 1])) == [(9, HERE), (1, HERE)]


def test_where_nothing_can_fork_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "EXECUTOR", lambda _: None)
    with workers.workers(2, squared) as run:
        assert list(run([3])) == [(9, HERE)]


def test_an_exception_is_raised_where_its_result_would_have_come() -> None:
    def work(number: int) -> int:
        if number == 2:
            raise ValueError("two")
        return number

    with workers.workers(2, work) as run:
        found = run(range(100))
        assert [next(found), next(found)] == [0, 1]
        with pytest.raises(ValueError, match="two"):
            next(found)


def test_what_a_killed_process_leaves_is_done_here(tmp_path: Path) -> None:
    def work(number: int) -> int:
        if number == 5 and os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGKILL)
        return number * number

    with workers.workers(2, work) as run:
        assert list(run(range(20))) == [number * number for number in range(20)]
    with workers.workers(2, squared) as run:
        assert HERE not in {process for _, process in run(range(4))}


def test_one_pool_within_another_has_its_own_work() -> None:
    with workers.workers(2, squared) as outer:
        with workers.workers(2, lambda number: -number) as inner:
            assert list(inner([1, 2])) == [-1, -2]
        assert [number for number, _ in outer([3])] == [9]


def test_a_process_of_a_pool_starts_no_others() -> None:
    def parted(number: int) -> set[int]:
        with workers.workers(2, squared) as run:
            return {process for _, process in run(range(number))} | {os.getpid()}

    with workers.workers(2, parted) as run:
        assert [len(processes) for processes in run([5, 5, 5])] == [1, 1, 1]
