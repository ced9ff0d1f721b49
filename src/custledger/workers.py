"""Work that does not depend on its order, in this process or in several.

Everything goes through a `concurrent.futures.Executor`, and results come in the order of the jobs: which process had
which, and when it was done, is never seen. Another executor takes one line: `EXECUTOR = make`. It is handed the work
itself and must be able to send it (a cluster's does so with what functions close over); ours are born with it.
"""

from __future__ import annotations

import os
from collections import deque
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

from custledger.core.trouble import ensure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor, Future

J = TypeVar("J")
R = TypeVar("R")

_work: Callable[..., object] | None = None
"""What the processes of a pool do: it is there when they fork, so that nothing of it has to be sent."""


_inside = False
"""Whether this is such a process: what it does is not parted again."""


def _born() -> None:
    global _inside  # noqa: PLW0603 - what a process is, once and for all
    _inside = True


def _pool(count: int) -> Executor | None:
    """A pool of so many processes that know `_work`; None where the system cannot fork."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_all_start_methods, get_context

    if "fork" not in get_all_start_methods():
        return None
    return ProcessPoolExecutor(count, mp_context=get_context("fork"), initializer=_born)


EXECUTOR: Callable[[int], Executor | None] = _pool


def _one(job: object) -> object:
    ensure(_work is not None, "a process of the pool was not born with its work")
    return _work(job) if _work is not None else None


@contextmanager
def workers(worth: int, work: Callable[[J], R]) -> Iterator[Callable[[Iterable[J]], Iterator[R]]]:
    """Gives what does `work` for many jobs; `worth` is how many processes there is enough to do for.

    With one it is done here, and so is what is left when a process was killed. The work begins when it is asked for.
    An exception of a job is raised where its result would have come.
    """
    global _work  # noqa: PLW0603 - what a forked process finds; set and taken back within this block
    count = min(worth, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    if count < 2 or _inside:  # noqa: PLR2004 - one is this process
        yield lambda jobs: map(work, jobs)
        return
    before, _work = _work, work
    begun: deque[Future[R]] = deque()
    try:
        executor = EXECUTOR(count)
        if executor is None:
            yield lambda jobs: map(work, jobs)
            return
        send: Callable[[J], R] = work if EXECUTOR is not _pool else _one  # type: ignore[assignment]
        with executor:
            try:
                yield lambda jobs: _results(_begin(executor, send, list(jobs), begun), begun, work)
            finally:
                for future in begun:  # whoever asked has stopped listening
                    future.cancel()
    finally:
        _work = before


def _begin(executor: Executor, send: Callable[[J], R], jobs: list[J], begun: deque[Future[R]]) -> deque[J]:
    """Hand the jobs over, as many as are taken."""
    from concurrent.futures import BrokenExecutor

    with suppress(BrokenExecutor):
        for job in jobs:
            begun.append(executor.submit(send, job))
    return deque(jobs)


def _results(jobs: deque[J], begun: deque[Future[R]], work: Callable[[J], R]) -> Iterator[R]:
    """The results in order; what a process that was killed leaves undone is done here."""
    from concurrent.futures import BrokenExecutor

    while jobs:
        job = jobs.popleft()
        if begun:
            try:
                found = begun.popleft().result()
            except BrokenExecutor:
                found = work(job)
        else:
            found = work(job)
        yield found
