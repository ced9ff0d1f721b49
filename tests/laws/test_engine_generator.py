"""Statements about the engine that sound right and are false: the generator must find each one's counterexample.

A law that holds on books in which nothing ever happens shows nothing. These tests fail when the generated books
have become too tame to falsify what is known to be false.
"""

import pytest
from hypothesis import Phase, find, settings

from custledger.core.trouble import ensure
from facts import Fact, days, facts, read

SEARCH = settings(max_examples=800, database=None, derandomize=True, deadline=None, phases=(Phase.generate,))


def idle_money(books: list[Fact]) -> bool:
    """False friend: where money is unapplied, nothing is open."""
    found = read(books)
    position = found.on(str(days()[-1])).positions
    return any(
        p.open_items
        and any(u.amount > 0 and u.entry.parts[0].invoices for u in p.unapplied if hasattr(u.entry, "parts"))
        for p in position
    )


def open_rises(books: list[Fact]) -> bool:
    """False friend: what is open of an invoice never rises with time."""
    found = read(books)
    stands = [found.open(str(day)) for day in days()]
    first = {f.code: f.date for f in books if f.kind == "sale"}
    return any(
        later.get(name, 0) > earlier.get(name, 0)
        for day, earlier, later in zip(days(), stands, stands[1:], strict=False)
        for name in later
        if name in first and first[name] <= day
    )


def reversing_is_not_undoing(books: list[Fact]) -> bool:
    """False friend: a payment taken back leaves all as if it had never been made."""
    last = str(days()[-1])
    for taken in [f for f in books if f.kind == "back" and f.names]:
        paid = next((f for f in books if f.code == taken.names[0]), None)
        if paid is None or (paid.amount + paid.rest, paid.customer, paid.commodity) != (
            taken.amount,
            taken.customer,
            taken.commodity,
        ):
            continue
        never = [f for f in books if f not in (paid, taken)]
        if read(books, fifo=True).open(last) != read(never, fifo=True).open(last):
            return True
    return False


def names_matter(books: list[Fact]) -> bool:
    """False friend: renaming invoices changes nothing about any of them."""
    last = str(days()[-1])
    sales = [f.code for f in books if f.kind == "sale"]
    renamed = dict(zip(sales, reversed([f"T{n}" for n in range(len(sales))]), strict=True))
    other = [
        Fact(**{**f.__dict__, "code": renamed.get(f.code, f.code), "names": tuple(renamed.get(n, n) for n in f.names)})
        for f in books
    ]
    before = {renamed[name]: amount for name, amount in read(books, fifo=True).open(last).items()}
    return before != read(other, fifo=True).open(last)


def releases_inferred(books: list[Fact]) -> bool:
    """False friend: what was inferred stays."""
    return any(rule == "oldest-first" and until for _, _, _, rule, _, until in read(books, fifo=True).story())


@pytest.mark.parametrize(
    "false_friend", [idle_money, open_rises, reversing_is_not_undoing, names_matter, releases_inferred]
)
def test_what_is_known_to_be_false_is_found_false(false_friend):
    found = find(facts(), false_friend, settings=SEARCH)  # raises NoSuchExample where there is none
    ensure(found, "an example")
