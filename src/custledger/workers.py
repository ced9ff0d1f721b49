"""Work that does not depend on its order, in this process or in several.

Everything goes through a `concurrent.futures.Executor`, and results come in the order of the jobs: which process had
which, and when it was done, is never seen. Another executor (a cluster's) takes one line: `EXECUTOR = make`.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor

J = TypeVar("J")
R = TypeVar("R")

_work: Callable[..., object] | None = None
"""What the processes of a pool do: it is there when they fork, so that nothing of it has to be sent."""


def _pool(count: int) -> Executor | None:
    """A pool of so many processes that know `_work`; None where the system cannot fork."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_all_start_methods, get_context

    if "fork" not in get_all_start_methods():
        return None
    return ProcessPoolExecutor(count, mp_context=get_context("fork"))


EXECUTOR: Callable[[int], Executor | None] = _pool


def _one(job: object) -> object:
    return None if _work is None else _work(job)


@contextmanager
def workers(worth: int, work: Callable[[J], R]) -> Iterator[Callable[[Iterable[J]], Iterator[R]]]:
    """Gives what does `work` for many jobs; `worth` is how many processes there is enough to do for.

    With one it is done here. An exception of a job is raised where its result would have come.
    """
    global _work  # noqa: PLW0603 - what a forked process finds; set and taken back within this block
    count = min(worth, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    if count < 2:  # noqa: PLR2004 - one is this process
        yield lambda jobs: map(work, jobs)
        return
    before, _work = _work, work
    executor = EXECUTOR(count)
    if executor is None:
        _work = before
        yield lambda jobs: map(work, jobs)
        return
    try:
        with executor:
            yield lambda jobs: executor.map(_one, jobs)  # type: ignore[arg-type]
    finally:
        _work = before
