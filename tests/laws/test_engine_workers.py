"""The engine says the same in one process or in several, whoever is done first."""

from __future__ import annotations

import os
import pickle
import sys
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.matching.books import values
from benchmarks.matching.months import batch

from custledger import workers
from custledger.book.customer import Customer
from custledger.reconcile import apart
from custledger.reconcile.engine import reconcile
from custledger.reconcile.leftovers import leftovers
from engine import book, day, sale
from shuffled import Shuffled


@contextmanager
def processes(count: int, executor=None, *, credits_each: int = 1):
    """As on a machine of so many processors, with every few credits worth a process; what comes back has travelled."""
    with (
        mock.patch.object(os, "sched_getaffinity", return_value=set(range(count)), create=True),
        mock.patch.object(apart, "CREDITS_A_WORKER", credits_each),
        mock.patch.object(apart, "CREDITS_A_SLICE", credits_each),
        mock.patch.object(workers, "EXECUTOR", workers.EXECUTOR if executor is None else lambda _: executor),
    ):
        yield


class Travelling(Shuffled):
    """The same, and every result is sent."""

    def submit(self, function, /, *arguments, **named):
        def sent(*arguments, **named):
            return pickle.loads(pickle.dumps(function(*arguments, **named)))  # noqa: S301 - our own

        return super().submit(sent, *arguments, **named)


CUSTOMERS = (
    Customer(id="group", name="Group", pays_for=("north", "south")),
    *(Customer(id=name, name=name.title()) for name in ("north", "south", "acme", "bolt", "club", "dove", "echo")),
)
OWING = st.sampled_from([*("north", "south") * 4, *(customer.id for customer in CUSTOMERS)])
PAYING = st.sampled_from([*("group",) * 8, *(customer.id for customer in CUSTOMERS)])
UNITS = st.sampled_from([*("CNY",) * 5, "USD @ 7 CNY"])
DAYS = st.integers(1, 9)
SALES = st.lists(st.tuples(OWING, DAYS, st.integers(1, 5), UNITS), min_size=2, max_size=12)
WORDS = st.sampled_from(["", *("INV-1", "INV-2", "INV-3") * 3, "INV-1, INV-4", "INV-77", "rent"])
PAYMENTS = st.lists(st.tuples(PAYING, DAYS, st.integers(1, 9), WORDS, UNITS, st.booleans()), min_size=1, max_size=12)


def _texts(sales, payments):
    for place, (customer, day_, amount, unit) in enumerate(sales, 1):
        bought, _, cost = unit.partition(" ")
        text = sale(f"INV-{place}", f"2026-01-0{day_}", amount, customer, commodity=bought)
        yield text.replace(f"{bought} {amount}", f"{bought} {amount} {cost}".rstrip())
    for place, (customer, day_, amount, words, unit, two) in enumerate(payments):
        bought, _, cost = unit.partition(" ")
        lines = [f"2026-01-0{day_} (R{place}) x | {words}", "    assets:bank"]
        lines += [f"    assets:receivable:{customer}  {bought} -{amount} {cost}".rstrip()]
        lines += [f"    assets:receivable:bolt  {bought} -{amount} {cost}".rstrip()] if two else []
        yield "\n".join(lines) + "\n"


@settings(max_examples=60, deadline=None)
@given(SALES, PAYMENTS, st.integers(0, 5), st.booleans())
def test_shuffled(sales, payments, seed, fifo):
    read = book(*_texts(sales, payments), customers=CUSTOMERS, fifo=fifo, tiers=None)
    here, left = reconcile(read.book), leftovers(read.book, day("2026-01-06"))
    event(f"accounts: {min(5, len({(c.customer, c.money.commodity) for c in read.book.credits}))}")
    event(f"proposals: {bool(here.proposals or left.across)}")
    few = ["north", "acme", "echo"]
    asked = {
        "story": (lambda spread: reconcile(read.book, spread), here),
        "all": (lambda spread: leftovers(read.book, day("2026-01-06"), None, spread), left),
        "few": (lambda spread: leftovers(read.book, day("2026-01-06"), few, spread), None),
    }
    for count in (1, 2, 3):
        for ask, known in asked.values():
            with processes(count, Travelling(seed)):
                assert repr(ask(workers.workers)) == repr(ask(None) if known is None else known)


@pytest.mark.parametrize("count", [2, 3])
def test_processes_on_the_mix(count):
    months = values(batch(1, 0), closing=False)
    here, middle = reconcile(months), sorted(credit.date for credit in months.credits)[len(months.credits) // 2]
    left = leftovers(months, middle)
    assert here.left
    assert left.left
    with processes(count, credits_each=50):
        assert reconcile(months, workers.workers) == here
        assert leftovers(months, middle, None, workers.workers) == left
    executor = Travelling(count)
    with processes(count, executor, credits_each=50):
        assert repr(reconcile(months, workers.workers)) == repr(here)
    assert executor.done != sorted(executor.done)
    assert len(executor.done) > 5


@given(st.lists(st.integers(0, 2_000), max_size=30))
def test_slices_cover_every_account_once(sizes):
    found = apart.slices(sizes)
    assert [each for first, end in found for each in sizes[first:end]] == sizes
    assert all(left[1] == right[0] for left, right in pairwise(found))
    assert all(sum(sizes[first:end]) >= apart.CREDITS_A_SLICE for first, end in found[:-1])
    assert all(sum(sizes[first : end - 1]) < apart.CREDITS_A_SLICE for first, end in found)


def test_little_is_done_here():
    worth = []

    @contextmanager
    def spread(count, work):
        worth.append(count)
        yield lambda jobs: map(work, jobs)

    months = values(batch(1, 0))
    reconcile(months, spread)
    assert worth == [len(months.credits) // apart.CREDITS_A_WORKER] == [0]
