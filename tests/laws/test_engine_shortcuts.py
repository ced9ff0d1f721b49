"""Days and accounts that are told in short are told as if every tier had been asked every day."""

from decimal import Decimal

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from custledger.book.allocation import Allocation
from custledger.book.book import Book
from custledger.reconcile.desk import Desk
from custledger.reconcile.engine import accounts, own_prefixes, play, reconcile
from custledger.reconcile.policy import policy
from engine import back, book, paid, sale
from facts import facts, read


def asked_everything(whole: Book) -> list[Allocation]:
    """The story where every tier is asked on every day."""
    found: list[Allocation] = []
    for (customer, commodity), account in sorted(accounts(whole).items()):
        desk = Desk(customer, commodity, policy(whole, customer, commodity), own_prefixes(whole))
        play(desk, account, watch=lambda _: None)
        desk.close()
        found += desk.told()
    return found


@settings(max_examples=80)
@given(facts(), st.booleans())
def test_what_tags_say_is_told_in_short(books, fifo):
    whole = read(books, fifo=fifo).book
    assert list(reconcile(whole).allocations) == asked_everything(whole)


NUMBERS = ("INV-2026-0001", "INV-2026-0002", "INV-2026-0013")
SALES = st.lists(st.tuples(st.sampled_from(NUMBERS), st.integers(1, 6), st.integers(1, 5)), min_size=1, max_size=4)
WORDS = st.sampled_from((*NUMBERS, "0013", "INV-2026-0099", "rent", "0001-0002"))
PAYMENTS = st.lists(
    st.tuples(st.integers(1, 9), st.integers(1, 9), st.lists(WORDS, max_size=2), st.sampled_from(("", *NUMBERS))),
    min_size=1,
    max_size=5,
)


@settings(max_examples=150)
@given(SALES, PAYMENTS, st.booleans())
def test_what_texts_name_is_told_in_short(sales, payments, fifo):
    texts = [sale(number, f"2026-01-0{day}", amount) for number, day, amount in sales]
    for place, (day, amount, words, tag) in enumerate(payments):
        posted = paid(f"R{place}", f"2026-01-0{day}", (amount, f"invoice:{tag}" if tag else ""))
        texts.append(posted.replace(") x", f") {' '.join(['pays', *words])}"))
    whole = book(*texts, fifo=fifo).book
    told = list(reconcile(whole).allocations)
    for allocation in told:
        event(allocation.rule)
    assert told == asked_everything(whole)


ODD = Decimal("1010.13")
A, LATER = sale("INV-1", "2026-01-01", ODD), sale("INV-2", "2026-01-03", ODD)


@pytest.mark.parametrize(
    ("texts", "rules"),
    [
        # A debit that names a receipt which comes later.
        ((back("Z", "2026-01-01", ODD, "R"), A, paid("R", "2026-01-05", (ODD, "invoice:INV-1"))), ["reverses"]),
        # A void and a payment of one day.
        (
            (
                *(A, LATER, paid("N", "2026-01-05", (ODD, "reverses:INV-1"))),
                paid("R", "2026-01-05", (ODD + 5, "invoice:INV-1 INV-2")),
            ),
            ["explicit", "void"],
        ),
        # A payment that a stronger one's text takes the invoice from: the same amount charged again is not its own.
        (
            (A, paid("P", "2026-01-02", ODD), LATER, paid("Q", "2026-01-03", ODD).replace(") x", ") INV-1")),
            ["exact", "reference"],
        ),
    ],
)
def test_what_is_no_simple_day(texts, rules):
    whole = book(*texts).book
    told = list(reconcile(whole).allocations)
    assert sorted(allocation.rule for allocation in told) == rules
    assert told == asked_everything(whole)
