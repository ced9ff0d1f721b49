"""What is told in one pass is what the desk tells, and nothing else is told in one pass."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custledger.reconcile.desk import Desk
from custledger.reconcile.engine import accounts, own_prefixes, run
from custledger.reconcile.policy import policy
from custledger.reconcile.straight import straight
from engine import ADVANCES, back, book, move, paid, sale


def told(found):
    """Of each account: its story in one pass, or None, and the desk's."""
    for (customer, commodity), account in sorted(accounts(found.book).items()):
        desk = Desk(customer, commodity, policy(found.book, customer, commodity), own_prefixes(found.book))
        yield straight(account, customer, commodity), run(desk, account)


NUMBERS = st.sampled_from(("A", "B", "C", "D"))
SALES = st.lists(st.tuples(NUMBERS, st.integers(1, 4), st.integers(1, 6)), min_size=1, max_size=4)
PARTS = st.lists(st.tuples(st.integers(1, 4), st.lists(NUMBERS, min_size=1, max_size=2)), min_size=1, max_size=2)
PAYMENTS = st.lists(st.tuples(st.sampled_from("RST"), st.integers(3, 6), PARTS), max_size=4)


@settings(max_examples=150)
@given(SALES, PAYMENTS)
def test_it_is_what_the_desk_tells(sales, payments):
    texts = [sale(number, f"2026-01-0{day}", amount) for number, day, amount in sales]
    for code, day, parts in payments:
        texts.append(
            paid(code, f"2026-01-0{day}", *((amount, f"invoice:{' '.join(named)}") for amount, named in parts))
        )
    for quick, slow in told(book(*texts)):
        assert quick is None or quick == slow


STRAIGHT = (sale("A", "2026-01-01", 10), sale("B", "2026-01-02", 20))


@pytest.mark.parametrize(
    "texts",
    [
        (),
        (paid("R", "2026-01-02", (10, "invoice:A")),),
        (paid("R", "2026-01-02", (30, "invoice:B A")),),
        (paid("R", "2026-01-02", (4, "invoice:A")), paid("Q", "2026-01-02", (6, "invoice:A, applied:2026-01-01"))),
        (paid("R", "2026-01-05", (10, "invoice:A"), (20, "invoice:B")),),
    ],
)
def test_tags_say_everything(texts):
    [(quick, slow)] = told(book(*STRAIGHT, *texts))
    assert quick == slow


@pytest.mark.parametrize(
    "texts",
    [
        (paid("R", "2026-01-05", 10),),
        (paid("R", "2026-01-05", (10, "invoice:A"), 5),),
        (paid("R", "2026-01-05", (11, "invoice:A")),),
        (paid("R", "2026-01-05", (10, "invoice:C")),),
        (paid("R", "2026-01-01", (20, "invoice:B")),),
        (paid("R", "2026-01-05", (10, "invoice:A, applied:2026-01-06")),),
        (paid("R", "2026-01-05", (10, "invoice:A")), back("Z", "2026-01-06", 10, "R")),
        (paid("R", "2026-01-05", (10, "invoice:A")), sale("A", "2026-01-05", 10)),
        (*ADVANCES, move(10, "invoice:A")),
    ],
)
def test_what_waits_is_left_to_the_desk(texts):
    assert [quick for quick, _ in told(book(*STRAIGHT, *texts))] == [None]
