"""Accounts that concern nobody else: what is found out about each of them, in any processes, in their order."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from custledger.core.trouble import ensure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from custledger.reconcile.engine import Account

    Place = tuple[str, str]
    """Customer and commodity."""
    Spread = Callable[[int, Callable[[Any], Any]], AbstractContextManager[Callable[[Iterable[Any]], Iterator[Any]]]]
    """`custledger.workers.workers`, or what does as it does."""

R = TypeVar("R")

CREDITS_A_WORKER = 3_000
"""So many are 0.15 s where texts name what is paid, 0.8 s where amounts are searched: more than a process costs."""
CREDITS_A_SLICE = 500
"""What is sent at once: enough not to feel it, few enough for processes to end together."""


@contextmanager
def apart(
    accounts: Sequence[tuple[Place, Account]], tell: Callable[[Place, Account], R], spread: Spread | None
) -> Iterator[Callable[[], R]]:
    """Gives what gives the next account's `tell(place, account)`, in the order of `accounts`.

    The work begins at once, in as many processes as it is worth. `tell` must depend on its account alone, and what it
    gives must be able to travel. Without `spread` it is done here.
    """
    if spread is None:
        here = iter(accounts)
        yield lambda: tell(*next(here))
        return

    def some(part: tuple[int, int]) -> list[R]:
        return [tell(*each) for each in accounts[slice(*part)]]

    credits_ = sum(len(account.credits) for _, account in accounts)
    with spread(credits_ // CREDITS_A_WORKER, some) as run:
        found = (one for several in run(slices([len(account.credits) for _, account in accounts])) for one in several)
        yield lambda: next(found)


def slices(sizes: Sequence[int]) -> list[tuple[int, int]]:
    """Stretches (first, end exclusive) of about `CREDITS_A_SLICE` that cover all of these, in order."""
    cut, size, found = 0, 0, []
    for place, each in enumerate(sizes, 1):
        size += each
        if size >= CREDITS_A_SLICE or place == len(sizes):
            found.append((cut, place))
            cut, size = place, 0
    ensure(sum(end - first for first, end in found) == len(sizes), "every account is in one slice")
    return found
