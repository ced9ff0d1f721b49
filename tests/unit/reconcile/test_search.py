"""Sets that sum to a payment: complete within the bound, and honest about chance."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custledger.reconcile.search import FOUND_MAX, family_size, search


def test_amounts_to_the_cent_find_their_set():
    outcome = search([100050, 250033, 200120], 300170)
    assert outcome.sets == ((0, 2),)
    assert outcome.family == 7
    assert round(outcome.coincidence, 7) == Fraction(156, 10**7)


def test_whole_hundreds_are_a_coincidence():
    outcome = search([10000, 25000, 20000], 30000)
    assert outcome.sets == ((0, 2),)
    assert outcome.divisor == 5000
    assert outcome.coincidence > Fraction(1, 2)


def test_what_is_larger_than_the_bound_says_that_it_gave_up():
    amounts = [10**6 + 7919 * i % 99991 for i in range(1000)]
    outcome = search(amounts, 3 * 10**6 + 150_001)
    assert not outcome.complete
    assert outcome.steps == 400_000


def test_groups_and_all_but_two_are_found_whatever_their_size():
    amounts = [101 + 1009 * i for i in range(12)]
    month = tuple(range(7))
    assert search(amounts, sum(amounts[:7]), set_size=2, groups=[month]).sets == (month,)
    assert (0, 1, 2, 3, 4, 5, 6, 7, 8, 10) in search(amounts, sum(amounts) - amounts[9] - amounts[11], set_size=1).sets
    assert search(amounts, sum(amounts), set_size=1).sets == (tuple(range(12)),)


@given(
    st.lists(st.integers(-30, 60).filter(bool), min_size=1, max_size=9),
    st.integers(-60, 300),
    st.integers(1, 5),
)
def test_the_family_is_searched_completely(amounts, target, size):
    indices = range(len(amounts))
    sizes = {*range(1, min(size, len(amounts)) + 1), *range(max(1, len(amounts) - 2), len(amounts) + 1)}
    every = [one for k in sorted(sizes) for one in combinations(indices, k)]
    assert family_size(len(amounts), min(size, len(amounts))) == len(every)
    true = {one for one in every if sum(amounts[i] for i in one) == target}
    outcome = search(amounts, target, set_size=size)
    assert outcome.complete
    assert set(outcome.sets) <= true
    assert len(outcome.sets) == min(len(true), FOUND_MAX)
    if all(amount > 0 for amount in amounts):
        sums = [sum(amounts[i] for i in one) for one in every]
        assert outcome.spread == max(sums) - min(sums)


@pytest.mark.parametrize("count", [60, 200, 1000])
def test_the_bound_holds(count):
    amounts = [10_000 * (1 + i % 37) for i in range(count)]
    outcome = search(amounts, 123_450_000 + 1)
    assert outcome.steps <= 400_000
