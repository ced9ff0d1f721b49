"""Advances, and what waits for them."""

from engine import ADVANCES, book, move, paid, sale


def test_an_advance_is_the_oldest_on_its_account_or_the_named_one():
    found = book(*ADVANCES, move(400, "invoice:A"))
    assert found.story() == [
        ("R1", "A", 30000, "explicit", "2026-01-15", None),
        ("R2", "A", 10000, "explicit", "2026-01-15", None),
    ]
    found = book(*ADVANCES, move(400, "invoice:A, receipt:R2"))
    assert found.unapplied("2026-01-15") == {"R0": 50000, "R1": 30000}
    assert found.open("2026-01-15") == {"A": 10000}


def test_the_use_of_an_advance_waits_for_its_charge():
    found = book(*ADVANCES[:3], move(100, "invoice:A", "2026-01-05"), ADVANCES[3])
    assert found.story() == [("R1", "A", 10000, "explicit", "2026-01-10", None)]


def test_an_advance_does_not_take_what_is_said_to_pay_something_else():
    found = book(
        paid("R1", "2026-01-02", (300, "invoice:B"), 50, account="liabilities:advances"),
        sale("A", "2026-01-10", 40),
        move(40, "invoice:A"),
        sale("B", "2026-02-01", 300),
    )
    assert found.open("2026-02-01") == {}
    assert found.unapplied("2026-02-01") == {"R1": 1000}


def test_money_that_a_void_frees_serves_a_waiting_use():
    found = book(
        paid("R1", "2026-01-02", (300, "invoice:B"), account="liabilities:advances"),
        sale("B", "2026-01-03", 300),
        sale("A", "2026-01-10", 40),
        move(40, "invoice:A"),
        "2026-03-01 x\n    assets:receivable:acme  CNY -300  ; reverses:B\n    income\n",
    )
    assert found.open("2026-02-28") == {"A": 4000}
    assert found.open("2026-03-01") == {}
    assert found.unapplied("2026-03-01") == {"R1": 26000}
