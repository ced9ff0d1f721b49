"""Money that reaches beyond one account: for another customer, in another commodity. Proposed, never allocated."""

from custledger.book.customer import Customer
from custledger.book.settings import Matching, Settings
from custledger.reconcile.leftovers import leftovers
from engine import ACCOUNTS, book, day, sale

GROUP = (
    Customer(id="group", name="Group", pays_for=("north", "south")),
    Customer(id="north", name="North", parent="group"),
    Customer(id="south", name="South", parent="group"),
    Customer(id="other", name="Other"),
)


def paid(code: str, date: str, amount: int, note: str, customer="group", commodity="CNY", tags="") -> str:
    return (
        f"{date} ({code}) x | {note}\n    assets:bank  {commodity} {amount}\n"
        f"    assets:receivable:{customer}  {commodity} {-amount}{'  ; ' + tags if tags else ''}\n"
    )


def group(*texts: str):
    return book(*texts, customers=GROUP, tiers=None)


def proposed(found) -> list[tuple]:
    names = {entry.key: entry.name for entry in (*found.book.charges, *found.book.credits)}
    return [
        (names[p.credit], p.reason, [(names[key], amount) for key, amount in p.parts], str(p.first))
        for p in found.told().proposals
    ]


N1, S1 = sale("INV-1", "2026-01-05", 100, "north"), sale("INV-2", "2026-01-07", 200, "south")


def test_a_number_of_a_customer_it_pays_for_is_proposed_and_counts_for_nothing():
    found = group(N1, S1, paid("R", "2026-02-01", 100, "for INV-1"))
    assert proposed(found) == [("R", "pays-for", [("INV-1", 10000)], "2026-02-01")]
    assert found.story() == []
    assert found.open("2026-02-01") == {"INV-1": 10000, "INV-2": 20000}
    assert found.unapplied("2026-02-01") == {"R": 10000}
    assert [left.reason for left in found.told().left] == ["text-other"]


def test_never_by_amount_alone_and_never_for_strangers():
    assert proposed(group(N1, paid("R", "2026-02-01", 100, "thanks"))) == []
    assert proposed(group(N1, paid("R", "2026-02-01", 100, "INV-1", customer="other"))) == []
    assert proposed(group(N1, paid("R", "2026-02-01", 100, "INV-1", customer="south"))) == []
    assert proposed(group(N1, paid("R", "2026-02-01", 100, "INV-1 INV-77"))) == []
    assert proposed(group(N1, paid("R", "2026-02-01", 100, "INV-1", tags="not-invoice:INV-1"))) == []


def test_what_another_pays_is_no_evidence_for_its_own():
    own = sale("X/1", "2026-01-05", 100, "group")
    found = group(N1, own, paid("R", "2026-02-01", 100, "for INV-1"))
    assert found.story() == []
    assert proposed(found) == [("R", "pays-for", [("INV-1", 10000)], "2026-02-01")]


def test_several_customers_and_its_own_in_one():
    own = sale("INV-3", "2026-01-05", 50, "group")
    found = group(N1, S1, own, paid("R", "2026-02-01", 350, "INV-1、INV-2、INV-3"))
    assert proposed(found) == [("R", "pays-for", [("INV-1", 10000), ("INV-2", 20000), ("INV-3", 5000)], "2026-02-01")]


def test_part_and_too_much_and_several_that_are_short():
    assert proposed(group(N1, paid("R", "2026-02-01", 60, "INV-1"))) == [
        ("R", "pays-for", [("INV-1", 6000)], "2026-02-01")
    ]
    assert proposed(group(N1, paid("R", "2026-02-01", 160, "INV-1"))) == [
        ("R", "pays-for", [("INV-1", 10000)], "2026-02-01")
    ]
    assert proposed(group(N1, S1, paid("R", "2026-02-01", 250, "INV-1 INV-2"))) == []


def test_two_payments_for_one_charge_share_it_in_order():
    found = group(N1, paid("R1", "2026-02-01", 60, "INV-1"), paid("R2", "2026-02-02", 60, "INV-1"))
    assert [(p[0], p[2]) for p in proposed(found)] == [("R1", [("INV-1", 6000)]), ("R2", [("INV-1", 4000)])]


def test_it_begins_when_all_of_it_is_there_and_a_report_of_before_does_not_know():
    found = group(paid("R", "2026-01-01", 100, "INV-1"), N1)
    assert [p[3] for p in proposed(found)] == ["2026-01-05"]
    assert leftovers(found.book, day("2026-01-04")).across == ()
    assert len(leftovers(found.book, day("2026-01-05"), ["group"]).across) == 1
    assert leftovers(found.book, day("2026-01-05"), ["north"]).across == ()
    settled = group(N1, paid("R", "2026-02-01", 100, "INV-1"), paid("O", "2026-02-02", 100, "INV-1", customer="north"))
    assert proposed(settled) == []
    assert len(leftovers(settled.book, day("2026-02-01")).across) == 1


def test_it_begins_when_what_stood_in_its_way_ended():
    bounced = (
        N1,
        paid("O", "2026-01-20", 100, "INV-1", customer="north"),
        paid("R", "2026-02-01", 100, "INV-1"),
        "2026-03-01 (B) x\n    assets:receivable:north  CNY 100  ; reverses:O\n    assets:bank\n",
    )
    assert [p[3] for p in proposed(group(*bounced))] == ["2026-03-01"]
    own, later = sale("X/1", "2026-01-05", 100, "group"), sale("INV-1", "2026-02-10", 100, "north")
    freed = paid("T", "2026-03-05", 100, "", tags="invoice:X/1")
    found = book(later, own, paid("R", "2026-02-01", 100, "INV-1"), freed, customers=GROUP, fifo=True, tiers=None)
    assert [p[3] for p in proposed(found) if p[0] == "R"] == ["2026-03-05"]


def test_oldest_first_does_not_take_what_names_anothers_number():
    own = sale("X/1", "2026-01-05", 100, "group")
    found = book(N1, own, paid("R", "2026-02-01", 100, "for INV-1"), customers=GROUP, fifo=True, tiers=None)
    assert found.story() == []
    assert proposed(found) == [("R", "pays-for", [("INV-1", 10000)], "2026-02-01")]
    dollars = sale("X/2", "2026-01-05", 100, "group", commodity="USD")
    found = book(dollars, own, paid("R", "2026-02-01", 100, "for X/2"), customers=GROUP, fifo=True, tiers=None)
    assert found.story() == []
    unnamed = book(N1, own, paid("R", "2026-02-01", 100, "thanks"), customers=GROUP, fifo=True, tiers=None)
    assert [s[1] for s in unnamed.story()] == ["X/1"]


def test_oldest_first_takes_what_is_left_of_money_that_was_moved():
    moved = (
        "2026-02-01 (R) x | INV-1\n    assets:bank  CNY 160\n    assets:receivable:group  CNY -160\n"
        "    assets:receivable:group  CNY 100  ; reverses:R\n    assets:receivable:north  CNY -100  ; invoice:INV-1\n"
    )
    own = sale("X/1", "2026-01-05", 100, "group")
    found = book(N1, own, moved, customers=GROUP, fifo=True, tiers=None)
    settled = {(s[1], s[2], s[3]) for s in found.story() if s[3] != "reverses"}
    assert settled == {("INV-1", 10000, "explicit"), ("X/1", 6000, "oldest-first")}


def test_written_it_holds_and_is_not_proposed_again():
    text = (
        "2026-02-01 (R) x | INV-1\n    assets:bank  CNY 100\n    assets:receivable:group  CNY -100\n"
        "    assets:receivable:group  CNY 100  ; {}\n    assets:receivable:north  CNY -100  ; invoice:INV-1\n"
    )
    for tag in ("reverses:R", "kind:adjustment"):
        found = group(N1, text.format(tag))
        assert proposed(found) == []
        assert found.open("2026-02-01") == {}
        assert found.unapplied("2026-02-01") == {}
        assert [s for s in found.story() if s[3] == "explicit"] == [
            ("R", "INV-1", 10000, "explicit", "2026-02-01", None)
        ]


def test_a_debit_takes_its_own_transactions_credit_first():
    text = (
        "2026-02-01 (R) x\n    assets:bank  CNY 100\n    assets:receivable:group  CNY -150\n"
        "    assets:receivable:group  CNY 50  ; kind:adjustment\n"
    )
    found = group(paid("OLD", "2026-01-01", 50, "x"), text)
    assert found.unapplied("2026-02-01") == {"OLD": 5000, "R": 10000}
    twice = group(paid("R", "2026-01-01", 50, "x"), text.replace("kind:adjustment", "reverses:R"))
    assert sorted(u.amount for p in twice.on("2026-02-01").positions for u in p.unapplied) == [5000, 10000]


def test_one_transfer_for_two_customers_each_takes_its_own():
    both = (
        "2026-02-01 (R) x | INV-1 INV-2\n    assets:bank  CNY {}\n"
        "    assets:receivable:north  CNY -{}\n    assets:receivable:south  CNY -{}\n"
    )
    found = group(N1, S1, both.format(300, 100, 200))
    assert [(s[1], s[2], s[3]) for s in found.story()] == [("INV-1", 10000, "reference"), ("INV-2", 20000, "reference")]
    short = group(N1, S1, both.format(290, 100, 190))
    assert [(s[1], s[2], s[3]) for s in short.story()] == [
        ("INV-1", 10000, "reference"), ("INV-2", 19000, "reference-partial")
    ]  # fmt: skip
    assert proposed(short) == []


# --- another commodity

USD = "2026-01-05 (INV-9) x\n    assets:receivable:acme  USD 1000.00 @ CNY 7.10\n    income\n"


def abroad(*texts: str, tolerance: str | None = None, prices: str = ""):
    from decimal import Decimal

    matching = Matching(fx_tolerance=None if tolerance is None else Decimal(tolerance))
    return book(prices, *texts, tiers=None, settings=Settings(accounts=ACCOUNTS, matching=matching))


def converted(found) -> list[tuple]:
    return [
        (p.reason, p.amount, [(c.minor, c.commodity) for c in p.costs], p.difference) for p in found.told().proposals
    ]


def test_a_payment_in_another_commodity_that_names_the_invoice():
    found = abroad(USD, paid("R", "2026-02-01", 7050, "INV-9", customer="acme"))
    assert converted(found) == [("fx", 100000, [(710000, "CNY")], (5000, "CNY"))]
    assert found.open("2026-02-01") == {"INV-9": 100000}
    assert found.story() == []


def test_one_that_is_too_far_from_what_the_invoice_is_worth_is_not_believed():
    assert converted(abroad(USD, paid("R", "2026-02-01", 3500, "INV-9", customer="acme"))) == []
    prices = "P 2026-02-01 USD CNY 5.00\n"
    assert converted(abroad(USD, paid("R", "2026-02-01", 7050, "INV-9", customer="acme"), prices=prices)) == []
    assert converted(abroad(USD, paid("R", "2026-02-01", 5000, "INV-9", customer="acme"), prices=prices)) == [
        ("fx", 100000, [(710000, "CNY")], (210000, "CNY"))
    ]


def test_unnamed_only_by_the_days_rate_within_the_tolerance():
    receipt = paid("R", "2026-02-01", 7050, "thanks", customer="acme")
    on, before = "P 2026-02-01 USD CNY 7.06\n", "P 2026-01-31 USD CNY 7.06\n"
    assert len(converted(abroad(USD, receipt, tolerance="0.005", prices=on))) == 1
    assert converted(abroad(USD, receipt, tolerance="0.001", prices=on)) == []
    assert converted(abroad(USD, receipt, prices=on)) == []
    assert converted(abroad(USD, receipt, tolerance="0.005", prices=before)) == []
    twin = USD.replace("INV-9", "INV-8")
    assert converted(abroad(USD, twin, receipt, tolerance="0.005", prices=on)) == []


def test_an_invoice_without_a_cost_costs_what_came_in():
    plain = "2026-01-05 (INV-9) x\n    assets:receivable:acme  USD 1000.00\n    income\n"
    receipt = paid("R", "2026-02-01", 7050, "INV-9", customer="acme")
    assert converted(abroad(plain, receipt)) == []
    found = abroad(plain, receipt, prices="P 2026-02-01 USD CNY 7.06\n")
    assert converted(found) == [("fx", 100000, [(705000, "CNY")], (0, "CNY"))]
