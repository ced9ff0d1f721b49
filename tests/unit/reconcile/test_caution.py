"""What looks decided and is not: part payments taken for fees, equal invoices, money that waits, payments sent twice."""

from decimal import Decimal

import pytest

from custledger.book.customer import Customer
from custledger.book.settings import Matching
from custledger.reconcile.candidates import candidates
from custledger.reconcile.ladder import desk_on, ladder
from custledger.reconcile.leftovers import explain
from engine import book, day


def sale(number, date, amount, due=""):
    return f"{date} ({number}) x  ; due:{due or date}\n    assets:receivable:acme  CNY {amount}\n    income\n"


def paid(code, date, amount, note=""):
    return f"{date} ({code}) x | {note}\n    assets:bank  CNY {amount}\n    assets:receivable:acme\n"


def read(*texts, **rules):
    acme = Customer(
        id="acme", name="Acme", matching=Matching(**{name: Decimal(value) for name, value in rules.items()})
    )
    return book("\n".join(texts), tiers=None, customers=(acme,))


def rules_of(*texts, **rules):
    """By credit, the rule that holds in the end."""
    return {credit: rule for credit, _, _, rule, _, until in read(*texts, **rules).story() if until is None}


@pytest.mark.parametrize(
    ("open_", "amount", "note", "rule"),
    [
        ("175.20", "148.92", "INV-1", "reference-partial"),
        ("262.80", "236.52", "INV-1", "reference+difference"),
        ("262.79", "236.51", "INV-1", "reference-partial"),
        ("1000", "975", "INV-1 less bank charges", "reference+difference"),
        ("1000", "975", "INV-1 part payment", "reference-partial"),
        ("1000", "975", "部分货款 INV-1", "reference-partial"),
        ("1000", "975", "INV-1 第２期", "reference-partial"),
        ("1000", "975", "INV-1 spare parts, 尾款", "reference+difference"),
    ],
)
def test_a_fee_is_a_small_share_and_no_part_payment(open_, amount, note, rule):
    assert rules_of(sale("INV-1", "2026-01-02", open_), paid("R", "2026-01-09", amount, note), bank_fee=30) == {
        "R": rule
    }


def test_a_rounding_is_a_small_share_too():
    tiny = sale("INV-1", "2026-01-02", "5.50")
    assert rules_of(tiny, paid("R", "2026-01-09", "5", "INV-1"), tolerance=1) == {"R": "reference+difference"}
    assert rules_of(tiny, paid("R", "2026-01-09", "4.90", "INV-1"), tolerance=1) == {"R": "reference-partial"}


def test_a_month_is_not_taken_where_an_equal_invoice_of_another_month_is_open():
    texts = [sale("A-1", "2026-01-02", "300.03"), sale("A-2", "2026-01-05", "150.20")]
    payment = paid("R", "2026-03-09", "450.23")
    assert rules_of(*texts, sale("A-3", "2026-02-05", "150.21"), payment) == {"R": "balance"}
    twin = [*texts, sale("A-3", "2026-02-05", "150.20"), payment]
    assert rules_of(*twin) == {}
    left = read(*twin)
    (credit,) = left.book.credits
    found = {rung.rule: rung for rung in ladder(left.book, credit, day("2026-03-31"))}
    assert found["balance"].outcome == "several-readings"
    assert found["balance"].facts["readings"] == "2026-01, A-2=A-3"
    assert explain(desk_on(left.book, "acme", "CNY", day("2026-03-31")), credit).reason == "ambiguous"


def test_nobody_pays_most_of_a_month_and_one_invoice_of_another():
    january = [sale(f"A-{n}", f"2026-01-{n:02}", f"{n * 100}.{n:02}") for n in range(1, 8)]
    others = [sale(f"B-{n}", "2026-02-02", f"{n * 1000}.{n:02}") for n in range(1, 4)]
    texts = [*january, *others, paid("R", "2026-03-09", "2800.28")]
    assert set(rules_of(*texts, sale("B-9", "2026-02-03", "300.03")).values()) == {"balance"}
    # With fewer others it would be all but two, which people do pay.
    fewer = [*january, others[0], paid("R", "2026-03-09", "2800.28")]
    assert rules_of(*fewer, sale("B-9", "2026-02-03", "300.03")) == {}
    # What was written after the payment does not make the others fewer.
    assert rules_of(*fewer, sale("B-9", "2026-02-03", "300.03"), sale("B-4", "2026-03-10", "77.70")) == {}


def test_the_months_set_is_no_combination_either():
    """Ten open: sets of five are too many for chance, the month's five are a set of the family all the same."""
    month = [sale(f"A-{n}", f"2026-01-{n:02}", f"{n * 100}.{n:02}") for n in range(1, 6)]
    others = [sale(f"B-{n}", "2026-02-02", f"{n * 1000}.{n:02}") for n in range(1, 5)]
    texts = [*month, *others, paid("R", "2026-03-09", "1500.15")]
    assert set(rules_of(*texts, sale("B-9", "2026-02-03", "877.77")).values()) == {"balance"}
    assert rules_of(*texts, sale("B-9", "2026-02-03", "300.03")) == {}


def test_overdue_is_what_was_overdue_when_it_was_paid():
    texts = [
        sale("A-1", "2026-01-02", 100, due="2026-01-05"),
        sale("A-2", "2026-01-03", 200, due="2026-01-20"),
        sale("A-3", "2026-01-04", 900, due="2026-03-01"),
        sale("A-4", "2026-01-25", "12.34"),
    ]
    assert rules_of(*texts, paid("R", "2026-01-10", 300)) == {}
    assert rules_of(*texts, paid("R", "2026-01-21", 300)) == {"R": "balance"}


def test_rent_paid_in_advance_is_not_for_the_first_that_comes():
    first = [sale("A-1", "2026-01-02", "1475.71"), paid("R-1", "2026-01-05", "1475.71", "A-1")]
    ahead, later = paid("R-2", "2026-01-09", "1475.71"), sale("A-2", "2026-01-20", "1475.71")
    assert rules_of(*first, ahead, later) == {"R-1": "reference"}
    assert rules_of(ahead, later) == {"R-2": "exact"}
    assert rules_of(*first, later, paid("R-2", "2026-01-21", "1475.71")) == {"R-1": "reference", "R-2": "exact"}


def test_a_round_balance_is_that_of_the_day_it_was_paid():
    texts = [sale(f"INV-{n}", "2026-01-02", amount) for n, amount in ((1, 800), (2, 190), (3, 700))]
    texts.append(sale("INV-4", "2026-02-02", 5000))
    paid_before, paid_later = (paid("R-2", date, 700, "INV-3") for date in ("2026-02-04", "2026-02-09"))
    assert rules_of(*texts, paid_before, paid("R", "2026-02-05", 990)) == {"R-2": "reference", "R": "balance"}
    assert rules_of(*texts, paid("R", "2026-02-05", 990), paid_later) == {"R-2": "reference"}


def test_where_amounts_are_round_money_that_waits_may_have_been_for_it():
    texts = [sale(name, "2026-01-02", amount) for name, amount in (("A-1", 380), ("A-2", 500), ("A-3", 500))]
    waits = paid("W", "2026-01-20", 880)
    assert rules_of(*texts, paid("R", "2026-01-23", 380)) == {"R": "exact"}
    assert rules_of(*texts, waits, paid("R", "2026-01-23", 380)) == {}
    # Too little for it, or of the same day: it is no reason to doubt.
    assert rules_of(*texts, paid("W", "2026-01-20", 370), paid("R", "2026-01-23", 380)) == {"R": "exact"}
    assert rules_of(*texts, waits, paid("R", "2026-01-20", 380)) == {"R": "exact"}
    assert rules_of(*texts, paid("R", "2026-01-20", 380), paid("S", "2026-01-20", 380)) == {"R": "exact"}
    # To the cent an amount says enough.
    odd = [sale(name, "2026-01-02", amount) for name, amount in (("A-1", "380.17"), ("A-2", 500), ("A-3", 500))]
    assert rules_of(*odd, waits, paid("R", "2026-01-23", "380.17")) == {"R": "exact"}


def test_money_that_waits_and_names_a_charge_leaves_it_unsure_what_is_open():
    texts = [sale(name, "2026-01-02", amount) for name, amount in (("INV-1", 380), ("INV-2", 500))]
    assert rules_of(*texts, paid("W", "2026-01-20", 100, "INV-1 INV-2"), paid("R", "2026-01-23", 380)) == {}
    assert rules_of(*texts, paid("W", "2026-01-20", 900, "INV-77"), paid("R", "2026-01-23", 380)) == {"R": "exact"}
    # 400 is INV-1262, or a part of INV-1260, of which 300 is open then: as much as of INV-1267.
    slip = [sale(f"INV-{n}", "2026-01-02", amount) for n, amount in ((1260, 700), (1262, 400), (1267, 300))]
    waits = paid("W", "2026-01-20", 400, "INV-1260")
    assert rules_of(*slip, waits, paid("R", "2026-01-23", 300)) == {}


def test_what_an_odd_payment_left_round_is_for_the_one_that_waits_unless_two_do():
    texts = [sale("INV-1", "2026-01-02", "586.96"), sale("INV-2", "2026-01-02", "911.11")]
    waits, odd = paid("R-1", "2026-02-06", 100), paid("R-9", "2026-02-15", "486.96", "INV-1")
    told = {"R-9": "reference-partial"}
    assert rules_of(*texts, waits, odd) == told | {"R-1": "exact"}
    assert rules_of(*texts, waits, paid("R-2", "2026-02-08", 250), odd) == told | {"R-1": "exact"}
    assert rules_of(*texts, waits, paid("R-2", "2026-02-08", 100), odd) == told
    assert rules_of(*texts, waits, paid("R-2", "2026-02-06", 100), odd) == told


def test_a_payment_that_comes_again_takes_nothing_from_others():
    texts = [sale("INV-1", "2026-01-02", "586.96"), paid("R-1", "2026-02-06", 100)]
    texts.append(paid("R-2", "2026-02-15", "486.96", "INV-1"))
    found = {"R-1": "exact", "R-2": "reference-partial"}
    assert rules_of(*texts) == found
    assert rules_of(*texts, paid("R-3", "2026-02-20", "486.96", "inv 1 again")) == found
    assert rules_of(*texts, paid("R-3", "2026-02-20", "486.95", "INV-1"))["R-3"] == "reference-partial"


def test_equal_parts_are_no_payment_that_comes_again_until_there_is_too_much():
    texts = [sale("INV-1", "2026-01-02", 1000), paid("R-1", "2026-02-06", 400, "INV-1")]
    texts.append(paid("R-2", "2026-02-07", 400, "INV-1 again"))
    assert rules_of(*texts) == {"R-1": "reference-partial", "R-2": "reference-partial"}
    more = read(*texts, paid("R-3", "2026-02-08", 400, "INV-1"))
    assert {credit for credit, *_ in more.story()} == {"R-1", "R-2"}
    credit = next(each for each in more.book.credits if each.name == "R-3")
    outcomes = {rung.rule: rung.outcome for rung in ladder(more.book, credit, day("2026-03-01"))}
    assert outcomes["reference-partial"] == "repeated"
    assert explain(desk_on(more.book, "acme", "CNY", day("2026-03-01")), credit).reason == "text-repeated"


def test_the_very_same_text_again_is_an_instalment_only_of_equal_parts():
    first, again = paid("R-1", "2026-02-06", 400, "INV-1"), paid("R-2", "2026-03-06", 400, "INV-1")
    assert set(rules_of(sale("INV-1", "2026-01-02", 1000), first, again)) == {"R-1"}
    assert set(rules_of(sale("INV-1", "2026-01-02", 1200), first, again)) == {"R-1", "R-2"}


def test_what_other_money_may_have_paid_is_no_part_of_the_range():
    texts = [sale("A-1", "2026-01-02", "1000.50"), sale("A-2", "2026-01-03", "2500.33")]
    texts += [sale("A-3", "2026-01-04", "2001.20"), paid("R", "2026-02-20", "3001.70")]
    assert rules_of(*texts) == {"R": "combination"}
    assert rules_of(paid("W", "2026-02-10", 4500), *texts) == {}
    doubtful = read(paid("W", "2026-02-10", 4500), *texts)
    credit = next(each for each in doubtful.book.credits if each.name == "R")
    rung = next(rung for rung in ladder(doubtful.book, credit, day("2026-03-01")) if rung.rule == "combination")
    assert (rung.outcome, rung.facts["chance"]) == ("chance", "0.046")
    desk = desk_on(doubtful.book, "acme", "CNY", day("2026-03-01"))
    assert candidates(desk, credit, explain(desk, credit))[0].facts["chance"] == "0.046"
    assert rules_of(paid("W", "2026-02-10", 9000), *texts) == {"R": "combination"}


def test_a_number_does_not_take_back_what_another_text_gave():
    """The second is 100 too much, just what the first had paid: both texts stand."""
    texts = [sale("INV-1", "2026-01-02", 300), sale("INV-2", "2026-01-03", 22000)]
    texts += [paid("R-1", "2026-01-15", 100, "INV-1"), paid("R-2", "2026-01-17", 22300, "INV-1, INV-2")]
    assert [line[:4] for line in read(*texts).story()] == [
        ("R-1", "INV-1", 10000, "reference-partial"),
        ("R-2", "INV-1", 20000, "reference-partial"),
        ("R-2", "INV-2", 2200000, "reference-partial"),
    ]


def test_a_difference_is_of_what_other_texts_left_open():
    texts = [sale("INV-1", "2026-01-02", 300), paid("R-1", "2026-01-15", 100, "INV-1")]
    assert rules_of(*texts, paid("R-2", "2026-01-17", 195, "INV-1"), bank_fee=10)["R-2"] == "reference-partial"
    assert rules_of(*texts, paid("R-2", "2026-01-17", 290, "INV-1"), bank_fee=10) == {
        "R-1": "reference-partial",
        "R-2": "reference-partial",
    }


def test_what_a_later_round_payment_leaves_is_not_for_money_that_came_before():
    texts = [sale("INV-1", "2026-01-02", 5000), sale("INV-2", "2026-01-03", 4400)]
    before = [paid("R-1", "2026-02-11", 1500), paid("R-2", "2026-02-15", 3500, "INV-1")]
    assert rules_of(*texts, *before) == {"R-2": "reference-partial"}
    rounder = [sale("INV-1", "2026-01-02", 1400), paid("R-1", "2026-01-29", 1000)]
    assert set(rules_of(*rounder, paid("R-2", "2026-01-30", 400, "INV-1"))) == {"R-2"}
    after = [paid("R-2", "2026-02-15", 3500, "INV-1"), paid("R-1", "2026-02-16", 1500)]
    assert rules_of(*texts, *after) == {"R-2": "reference-partial", "R-1": "exact"}


def test_a_difference_is_not_believed_where_another_number_was_meant():
    texts = [sale("INV-1012", "2026-01-02", "910.50"), sale("INV-1013", "2026-01-02", "900.25")]
    assert rules_of(*texts, paid("R", "2026-01-09", "900.25", "INV-1012"), bank_fee=30) == {}
    assert rules_of(*texts, paid("R", "2026-01-09", "900.26", "INV-1012"), bank_fee=30) == {"R": "reference+difference"}
