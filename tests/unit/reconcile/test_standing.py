"""Where everybody stands: positions, netting for display, laws that stop the command."""

import dataclasses

import pytest

from custledger.core.trouble import InternalError
from custledger.reconcile.standing import net_oldest, stand
from engine import back, book, day, paid, read, sale


def test_recorded_only_counts_tags_alone():
    found = book(
        sale("A", "2026-01-01", 10),
        sale("B", "2026-01-01", 10),
        paid("R", "2026-01-05", (10, "invoice:B"), 10),
        fifo=True,
    )
    assert found.open("2026-01-05") == {}
    alone = found.on("2026-01-05", recorded_only=True).positions[0]
    assert (alone.amount_open, alone.amount_unapplied, alone.balance) == (1000, 1000, 0)


def test_positions_are_by_customer_and_commodity_and_keep_who_is_settled():
    found = book(
        sale("B", "2026-01-01", 10, customer="bolt"),
        sale("A", "2026-01-01", 10, commodity="USD"),
        sale("C", "2026-01-01", 10),
        paid("R", "2026-01-02", (10, "invoice:C")),
    )
    places = [(p.customer, p.commodity, p.balance) for p in found.on("2026-01-05").positions]
    assert places == [("acme", "CNY", 0), ("acme", "USD", 1000), ("bolt", "CNY", 1000)]


def test_open_items_are_by_due_date():
    found = book(sale("A", "2026-01-01", 1, tags="due:2026-03-01"), sale("B", "2026-01-02", 1))
    assert list(found.open("2026-01-02")) == ["B", "A"]


@pytest.mark.parametrize(
    ("texts", "items", "unapplied"),
    [
        ((sale("A", "2026-01-01", 10), sale("B", "2026-01-02", 10), paid("R", "2026-01-05", 15)), {"B": 500}, {}),
        ((sale("A", "2026-01-01", 10), paid("R1", "2026-01-05", 8), paid("R2", "2026-01-06", 5)), {}, {"R2": 300}),
        ((sale("A", "2026-01-01", 10), back("X", "2026-01-05", 5)), {"A": 1000}, {"X": -500}),
    ],
)
def test_netting_oldest_first_for_display(texts, items, unapplied):
    (position,) = read(*(text.replace("assets:bank", "assets:cash") for text in texts)).on("2026-01-31").positions
    netted = net_oldest(position)
    assert {i.charge.name: i.amount_open for i in netted.open_items} == items
    assert {u.entry.name: u.amount for u in netted.unapplied} == unapplied
    assert netted.balance == position.balance


def test_netting_sets_left_debits_against_credits_first():
    found = book(paid("R", "2026-01-01", (30, "invoice:A, applied:2026-01-02")), sale("A", "2026-01-01", 10))
    (position,) = found.on("2026-01-02").positions
    assert net_oldest(position) == position


def test_a_breach_of_a_law_stops_the_command():
    found = book(sale("A", "2026-01-01", 10), paid("R", "2026-01-05", (10, "invoice:A")))
    told = found.told()
    when = day("2026-01-31")
    (allocation,) = told.allocations
    for wrong in (
        {"amount": 1001},
        {"amount": 0},
        {"customer": "bolt"},
        {"commodity": "USD"},
        {"first": day("2026-01-04")},
        {"credit": "nobody"},
    ):
        bad = dataclasses.replace(told, allocations=(allocation._replace(**wrong),))
        with pytest.raises(InternalError):
            stand(found.book, bad, as_of=when, today=when)
    short = dataclasses.replace(found.book, postings=found.book.postings[1:])
    with pytest.raises(InternalError):
        stand(short, told, as_of=when, today=when)
