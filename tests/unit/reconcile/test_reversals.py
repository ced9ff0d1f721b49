"""Refunds, bounces, voids: what takes back, and what is open again. Amounts in minor units."""

from engine import ADVANCES, back, book, move, paid, sale

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
    found = book(*ADVANCES, move(300, "invoice:A"), back("X", "2026-02-10", 100, "R1"))
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
