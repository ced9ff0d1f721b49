"""An executor that does its work in another order than it was given in."""

from __future__ import annotations

import random
from concurrent.futures import Executor, Future


class Shuffled(Executor):
    """Does what it is given in another order, here, and only when somebody asks for the first result."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.waiting: list = []
        self.done: list[int] = []

    def submit(self, function, /, *arguments, **named):
        future = Future()
        future.result = lambda timeout=None: self._all(future, timeout)
        self.waiting.append((future, function, arguments, named))
        return future

    def _all(self, wanted, timeout):
        waiting, self.waiting = list(enumerate(self.waiting)), []
        self.random.shuffle(waiting)
        for number, (future, function, arguments, named) in waiting:
            self.done.append(number)
            try:
                future.set_result(function(*arguments, **named))
            except Exception as error:  # noqa: BLE001 - whatever it is, it is the result's
                future.set_exception(error)
        return Future.result(wanted, timeout)
