"""Who has paid what, forward in time: every rule of engine.md §1 and §3 by hand. Amounts in minor units."""

import dataclasses

import pytest

from custledger.book.customer import Customer
from custledger.book.settings import Matching
from custledger.core.trouble import InternalError
from custledger.reconcile.engine import matchers, reconcile
from custledger.reconcile.standing import net_oldest, stand
from engine import book, day, read


def sale(number: str, date: str, amount: int, customer="acme", tags="", commodity="CNY") -> str:
    return f"{date} ({number}) x\n    assets:receivable:{customer}  {commodity} {amount}{'  ; ' + tags if tags else ''}\n    income\n"


def paid(code: str, date: str, *parts: tuple[int, str] | int, customer="acme", account="assets:receivable") -> str:
    lines = [f"{date} ({code}) x", "    assets:bank"]
    for part in parts:
        amount, tags = part if isinstance(part, tuple) else (part, "")
        lines.append(f"    {account}:{customer}  CNY {-amount}{'  ; ' + tags if tags else ''}")
    return "\n".join(lines) + "\n"


def back(code: str, date: str, amount: int, reverses: str | None = None) -> str:
    tag = f"  ; reverses:{reverses}" if reverses else ""
    return f"{date} ({code}) x\n    assets:receivable:acme  CNY {amount}{tag}\n    assets:bank\n"


def test_the_tiers_in_order():
    assert [m.name for m in matchers() if m.name in {"corrects", "explicit", "oldest-first"}] == [
        "corrects", "explicit", "oldest-first"
    ]  # fmt: skip


def test_a_tag_pays_in_the_order_named_each_up_to_what_is_open():
    found = book(sale("A", "2026-01-01", 10), sale("B", "2026-01-02", 20), paid("R", "2026-01-05", (50, "invoice:B A")))
    assert found.story() == [
        ("R", "A", 1000, "explicit", "2026-01-05", None),
        ("R", "B", 2000, "explicit", "2026-01-05", None),
    ]
    assert found.unapplied("2026-01-05") == {"R": 2000}
    short = book(sale("A", "2026-01-01", 10), sale("B", "2026-01-02", 20), paid("R", "2026-01-05", (25, "invoice:B A")))
    assert short.open("2026-01-05") == {"A": 500}


def test_it_holds_from_the_later_entry_or_applied():
    found = book(paid("R", "2026-01-01", (10, "invoice:A")), sale("A", "2026-01-03", 10))
    assert found.story() == [("R", "A", 1000, "explicit", "2026-01-03", None)]
    later = book(paid("R", "2026-01-01", (10, "invoice:A, applied:2026-02-01")), sale("A", "2026-01-03", 10))
    assert later.story() == [("R", "A", 1000, "explicit", "2026-02-01", None)]
    assert later.balance("2026-01-31") == (1000, 1000, 0)
    early = book(paid("R", "2026-01-01", (10, "invoice:A, applied:2025-02-01")), sale("A", "2026-01-03", 10))
    assert early.story() == found.story()


def test_two_credits_for_one_charge_on_one_day_the_first_takes_it():
    found = book(
        paid("R2", "2026-01-05", (10, "invoice:A")),
        paid("R1", "2026-01-05", (10, "invoice:A")),
        sale("A", "2026-01-05", 10),
    )
    assert [s[0] for s in found.story()] == ["R1"]
    # A tag that comes into force earlier comes first, whatever it is called.
    found = book(
        sale("A", "2026-01-09", 10),
        paid("R2", "2026-01-05", (10, "invoice:A")),
        paid("R1", "2026-01-05", (10, "invoice:A, applied:2026-01-06")),
    )
    assert [s[0] for s in found.story()] == ["R2"]


def test_numbers_of_other_customers_and_commodities_pay_nothing():
    text = sale("A", "2026-01-01", 10, customer="bolt") + sale("B", "2026-01-01", 10, commodity="USD")
    found = book(text, paid("R", "2026-01-05", (10, "invoice:A"), (10, "invoice:B"), (10, "invoice:C")))
    assert found.story() == []
    assert {left.reason for left in reconcile(found.book).left} == {"named-missing"}


# --- oldest first


def test_nothing_is_inferred_without_a_policy():
    found = book(sale("A", "2026-01-01", 10), paid("R", "2026-01-05", 10))
    assert not [s for s in found.story() if s[3] == "oldest-first"]


def test_oldest_first_by_due_date_date_and_number():
    found = book(
        sale("C", "2026-01-01", 10, tags="due:2026-03-01"),
        sale("B", "2026-01-02", 10, tags="due:2026-02-01"),
        sale("A", "2026-01-02", 10, tags="due:2026-02-01"),
        paid("R", "2026-01-05", 25),
        fifo=True,
    )
    assert found.open("2026-01-05") == {"C": 500}


def test_the_policy_of_a_customer_goes_before_the_books():
    never = Customer(id="acme", name="Acme", matching=Matching(fifo=False))
    always = Customer(id="acme", name="Acme", matching=Matching(fifo=True))
    texts = (sale("A", "2026-01-01", 10), paid("R", "2026-01-05", 5))

    def rules(**options) -> list[str]:
        return [s[3] for s in book(*texts, **options).story()]

    assert rules(customers=(never,), fifo=True) == []
    assert rules(customers=(always,)) == ["oldest-first"]


def test_what_waits_is_tried_again_when_something_comes():
    found = book(paid("R", "2026-01-01", 15), sale("A", "2026-01-03", 10), sale("B", "2026-01-04", 10), fifo=True)
    assert found.story() == [
        ("R", "A", 1000, "oldest-first", "2026-01-03", None),
        ("R", "B", 500, "oldest-first", "2026-01-04", None),
    ]


def test_a_tag_releases_what_was_inferred_from_its_day():
    texts = (
        sale("A", "2026-01-01", 10),
        sale("B", "2026-01-02", 10),
        paid("R", "2026-01-05", (10, "invoice:B, applied:2026-02-01")),
    )
    found = book(*texts, fifo=True)
    assert found.story() == [
        ("R", "A", 1000, "oldest-first", "2026-01-05", "2026-02-01"),
        ("R", "B", 1000, "explicit", "2026-02-01", None),
    ]
    # Another credit that held B by inference loses it, and looks again on the same day.
    found = book(*texts, paid("Q", "2026-01-06", 10), fifo=True)
    assert found.story() == [
        ("R", "A", 1000, "oldest-first", "2026-01-05", "2026-02-01"),
        ("Q", "B", 1000, "oldest-first", "2026-01-06", "2026-02-01"),
        ("R", "B", 1000, "explicit", "2026-02-01", None),
        ("Q", "A", 1000, "oldest-first", "2026-02-01", None),
    ]


def test_what_the_text_says_never_depends_on_what_is_inferred():
    texts = (
        sale("A", "2026-01-01", 10),
        paid("Q", "2026-01-02", 8),
        paid("R", "2026-01-05", (6, "invoice:A")),
    )
    found, alone = book(*texts, fifo=True), book(*texts)
    recorded = [s for s in found.story() if s[3] == "explicit"]
    assert recorded == [s for s in alone.story() if s[3] == "explicit"]
    assert found.open("2026-01-05") == {}
    assert found.unapplied("2026-01-05") == {"Q": 400}


# --- refunds, bounces, reversals


BOUNCED = (
    sale("A", "2026-01-01", 100, tags="due:2026-01-31"),
    paid("R", "2026-02-03", (100, "invoice:A")),
    back("X", "2026-02-10", 100, "R"),
)


def test_a_bounce_opens_the_charge_again_with_its_old_due_date():
    found = book(*BOUNCED)
    assert found.story() == [
        ("R", "A", 10000, "explicit", "2026-02-03", "2026-02-10"),
        ("R", "X", 10000, "reverses", "2026-02-10", None),
    ]
    assert found.balance("2026-02-09") == (0, 0, 0)
    assert found.balance("2026-02-10") == (10000, 0, 10000)
    (item,) = found.on("2026-02-10").positions[0].open_items
    assert str(item.charge.date_due) == "2026-01-31"


def test_another_payment_for_the_charge_takes_its_place_on_that_day():
    found = book(*BOUNCED, paid("R2", "2026-02-05", (100, "invoice:A")))
    assert found.open("2026-02-10") == {}
    assert found.unapplied("2026-02-05") == {"R2": 10000}
    assert found.unapplied("2026-02-10") == {}


def test_a_bounce_and_its_replacement():
    found = book(*BOUNCED, paid("R2", "2026-02-15", (100, "invoice:A")))
    assert found.open("2026-02-15") == {}


def test_taking_back_less_than_the_credit_takes_the_unapplied_first():
    text = (sale("A", "2026-01-01", 100), paid("R", "2026-02-03", (120, "invoice:A")))
    found = book(*text, back("X", "2026-02-10", 20, "R"))
    assert found.balance("2026-02-10") == (0, 0, 0)
    found = book(*text, back("X", "2026-02-10", 50, "R"))
    assert found.open("2026-02-10") == {"A": 3000}
    assert found.unapplied("2026-02-10") == {}


def test_a_debit_that_names_nothing_takes_an_unapplied_credit_of_its_amount_else_the_oldest():
    credits_ = (paid("R1", "2026-01-01", 30), paid("R2", "2026-01-02", 50), paid("R3", "2026-01-03", 50))
    found = book(*credits_, back("X", "2026-02-10", 50))
    assert found.unapplied("2026-02-10") == {"R1": 3000, "R3": 5000}
    found = book(*credits_, back("X", "2026-02-10", 60))
    assert found.unapplied("2026-02-10") == {"R2": 2000, "R3": 5000}


def test_what_is_left_of_a_debit_counts_into_unapplied_and_waits():
    found = book(sale("A", "2026-01-01", 10), back("X", "2026-02-01", 70), paid("R", "2026-02-05", 100))
    assert found.balance("2026-02-01") == (1000, -7000, 8000)
    assert found.unapplied("2026-02-05") == {"R": 3000}


def test_a_debit_never_releases_what_is_inferred_but_a_tag_takes_from_a_debit():
    found = book(sale("A", "2026-01-01", 10), paid("R", "2026-01-05", 10), back("X", "2026-02-01", 10), fifo=True)
    assert found.open("2026-02-01") == {}
    assert found.unapplied("2026-02-01") == {"X": -1000}
    found = book(
        sale("A", "2026-01-01", 10),
        paid("R", "2026-01-05", (10, "invoice:A, applied:2026-03-01")),
        back("X", "2026-02-01", 10),
    )
    assert found.unapplied("2026-02-28") == {}
    assert found.unapplied("2026-03-01") == {"X": -1000}
    assert found.open("2026-03-01") == {}


def test_a_debit_whose_credit_comes_later_finds_it_then():
    found = book(paid("Q", "2026-01-01", 10), back("X", "2026-01-05", 10, "R"), paid("R", "2026-01-09", 10))
    assert found.unapplied("2026-01-05") == {}
    assert found.unapplied("2026-01-09") == {"Q": 1000}


def test_a_receipt_cannot_be_taken_back_twice():
    found = book(*BOUNCED, back("Y", "2026-02-11", 100, "R"))
    assert found.unapplied("2026-02-11") == {"Y": -10000}


def test_of_credits_with_one_code_the_one_of_the_same_amount():
    receipt = """
2026-02-01 (R) x
    assets:bank                 CNY 90
    expenses:discounts          CNY 10
    assets:receivable:acme     CNY -90
    assets:receivable:acme     CNY -10  ; kind:discount
"""
    found = book(receipt, back("X", "2026-02-10", 10, "R"))
    assert [(u.entry.kind, u.amount) for u in found.on("2026-02-10").positions[0].unapplied] == [("payment", 9000)]


def test_taking_back_a_part_ends_only_what_it_must_latest_named_first():
    text = (sale("A", "2026-01-01", 60), sale("B", "2026-01-01", 60), paid("R", "2026-02-03", (120, "invoice:A B")))
    found = book(*text, back("X", "2026-02-10", 30, "R"))
    assert found.story() == [
        ("R", "A", 6000, "explicit", "2026-02-03", None),
        ("R", "B", 6000, "explicit", "2026-02-03", "2026-02-10"),
        ("R", "B", 3000, "explicit", "2026-02-10", None),
        ("R", "X", 3000, "reverses", "2026-02-10", None),
    ]
    # Twice on one day: nothing that never held is told.
    found = book(*text, back("X", "2026-02-10", 30, "R"), back("Y", "2026-02-10", 20, "R"))
    assert [s for s in found.story() if s[1] == "B"] == [
        ("R", "B", 6000, "explicit", "2026-02-03", "2026-02-10"),
        ("R", "B", 1000, "explicit", "2026-02-10", None),
    ]
    parts = (sale("A", "2026-01-01", 60), sale("B", "2026-01-01", 60))
    found = book(
        *parts, paid("R", "2026-02-03", (60, "invoice:B"), (60, "invoice:A")), back("X", "2026-02-10", 30, "R")
    )
    assert found.open("2026-02-10") == {"A": 3000}


def test_taking_back_a_part_leaves_the_posting_named_first():
    found = book(
        paid("R", "2026-02-03", (60, "invoice:B"), (60, "invoice:A")),
        back("X", "2026-02-10", 30, "R"),
        sale("A", "2026-03-01", 60),
        sale("B", "2026-03-01", 60),
    )
    assert found.open("2026-03-01") == {"A": 3000}


def test_taking_back_a_part_of_an_advance_that_was_used():
    found = book(*ADVANCE, move(300, "invoice:A"), back("X", "2026-02-10", 100, "R1"))
    assert found.open("2026-02-01") == {"A": 10000}
    assert found.open("2026-02-10") == {"A": 20000}


def test_a_named_receipt_and_nothing_else():
    found = book(paid("R", "2026-01-01", 100), paid("Q", "2026-01-02", 50), back("X", "2026-02-10", 120, "R"))
    assert found.unapplied("2026-02-10") == {"Q": 5000, "X": -2000}


def test_a_debit_whose_credit_a_tag_takes_away_looks_again():
    found = book(
        paid("R1", "2026-01-01", (50, "invoice:A, applied:2026-03-01")),
        back("X", "2026-01-10", 50),
        paid("R2", "2026-01-20", 70),
        sale("A", "2026-02-01", 50),
    )
    assert found.unapplied("2026-02-28") == {"R2": 7000}
    assert found.unapplied("2026-03-01") == {"R2": 2000}


def test_two_receipts_taken_back_in_one_transaction():
    both = """
2026-02-10 (X) x
    assets:receivable:acme  CNY 30  ; reverses:R1
    assets:receivable:acme  CNY 40  ; reverses:R2
    assets:bank
"""
    found = book(paid("R1", "2026-01-01", 30), paid("R2", "2026-01-02", 50), both)
    assert found.unapplied("2026-02-10") == {"R2": 1000}


# --- voids


def test_a_void_releases_what_had_settled_it_and_settles_it_alone():
    text = (
        sale("A", "2026-01-01", 100),
        sale("B", "2026-01-02", 100),
        paid("R", "2026-02-03", (100, "invoice:A B")),
        "2026-03-01 x\n    assets:receivable:acme  CNY -100  ; reverses:A\n    income\n",
    )
    found = book(*text)
    assert found.balance("2026-02-28") == (10000, 0, 10000)
    # The payment named B as well, and now pays that.
    assert found.story() == [
        ("R", "A", 10000, "explicit", "2026-02-03", "2026-03-01"),
        ("R", "B", 10000, "explicit", "2026-03-01", None),
        ("3.journal:2", "A", 10000, "void", "2026-03-01", None),
    ]


def test_a_void_and_oldest_first():
    text = (
        sale("A", "2026-01-01", 100),
        sale("B", "2026-02-02", 100),
        paid("R", "2026-02-03", 100),
        "2026-03-01 x\n    assets:receivable:acme  CNY -100  ; reverses:A\n    income\n",
    )
    found = book(*text, fifo=True)
    assert found.open("2026-03-01") == {}
    assert found.unapplied("2026-03-01") == {}


# --- advances

ADVANCE = (
    paid("R0", "2026-01-01", 500),
    paid("R1", "2026-01-02", 300, account="liabilities:advances"),
    paid("R2", "2026-01-03", 300, account="liabilities:advances"),
    sale("A", "2026-01-10", 400),
)


def move(amount: int, tags: str, date: str = "2026-01-15") -> str:
    return (
        f"{date} x\n    liabilities:advances:acme  CNY {amount}\n    assets:receivable:acme  CNY {-amount}  ; {tags}\n"
    )


def test_an_advance_is_the_oldest_on_its_account_or_the_named_one():
    found = book(*ADVANCE, move(400, "invoice:A"))
    assert found.story() == [
        ("R1", "A", 30000, "explicit", "2026-01-15", None),
        ("R2", "A", 10000, "explicit", "2026-01-15", None),
    ]
    found = book(*ADVANCE, move(400, "invoice:A, receipt:R2"))
    assert found.unapplied("2026-01-15") == {"R0": 50000, "R1": 30000}
    assert found.open("2026-01-15") == {"A": 10000}


def test_the_use_of_an_advance_waits_for_its_charge():
    found = book(*ADVANCE[:3], move(100, "invoice:A", "2026-01-05"), ADVANCE[3])
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


# --- standing


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
    told = reconcile(found.book)
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
        bad = dataclasses.replace(told, allocations=(dataclasses.replace(allocation, **wrong),))
        with pytest.raises(InternalError):
            stand(found.book, bad, as_of=when, today=when)
    short = dataclasses.replace(found.book, postings=found.book.postings[1:])
    with pytest.raises(InternalError):
        stand(short, told, as_of=when, today=when)
