"""Who has paid what, forward in time: what the text says, and oldest first. Amounts in minor units."""

from custledger.book.customer import Customer
from custledger.book.settings import Matching
from custledger.reconcile.engine import matchers
from engine import book, paid, sale


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
    assert [s for s in later.story() if s[3] == "explicit"] == [("R", "A", 1000, "explicit", "2026-02-01", None)]
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
    assert {left.reason for left in found.told().left} == {"named-missing"}


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
