"""What each tier says about a credit: the tiers as they were asked on the day of the decision."""

import pytest

from custledger.reconcile.candidates import candidates
from custledger.reconcile.engine import matchers
from custledger.reconcile.ladder import desk_on, ladder
from custledger.reconcile.leftovers import explain
from engine import book, day, paid, sale

RULES = [matcher.name for matcher in matchers()]


def asked(read, code, on="2026-12-31"):
    credit = next(c for c in read.book.credits if c.code == code)
    return {rung.rule: rung.outcome for rung in ladder(read.book, credit, day(on))}


def note(text, code, date, amount):
    return f"{date} ({code}) x | {text}\n    assets:bank\n    assets:receivable:acme  CNY -{amount}\n"


def test_what_is_left_was_refused_by_every_tier_in_order():
    read = book(
        sale("I-1", "2026-01-01", 100) + sale("I-2", "2026-01-02", 100) + paid("R", "2026-02-01", 100), tiers=None
    )
    found = asked(read, "R")
    assert list(found) == RULES
    assert found == {
        "corrects": "not-a-note",
        "explicit": "no-tag",
        "reference": "no-number",
        "reference+difference": "no-number",
        "reference-partial": "no-number",
        "exact": "several-single",
        "balance": "no-balance",
        "combination": "no-set",
        "oldest-first": "no-policy",
    }


@pytest.mark.parametrize(
    ("text", "amount", "rule"),
    [("I-1", 100, "reference"), ("I-1", 60, "reference-partial"), ("hello", 250, "exact"), ("hello", 350, "balance")],
)
def test_the_ladder_ends_with_the_tier_that_took_it(text, amount, rule):
    read = book(
        sale("I-1", "2026-01-01", 100) + sale("I-2", "2026-01-02", 250) + note(text, "R", "2026-02-01", amount),
        tiers=None,
    )
    found = asked(read, "R")
    assert list(found) == RULES[: RULES.index(rule) + 1]
    assert [name for name, outcome in found.items() if outcome == "applied"] == [rule]


def test_a_stronger_credit_of_the_same_day_is_seen():
    text = sale("I-1", "2026-01-01", 100) + sale("I-2", "2026-01-02", 100)
    text += note("I-1", "R-1", "2026-02-01", 100) + paid("R-2", "2026-02-01", 100)
    found = asked(book(text, tiers=None), "R-2")
    assert found["exact"] == "applied"


def test_the_tiers_are_those_of_the_day_that_decided():
    text = sale("I-1", "2026-01-01", "1000.50") + sale("I-2", "2026-01-02", "2500.33")
    text += note("", "R", "2026-02-01", "3001.70") + sale("I-3", "2026-03-01", "2001.20")
    read = book(text, tiers=None)
    found = {rung.rule: rung for rung in ladder(read.book, read.book.credits[0], day("2026-12-31"))}
    assert found["balance"].facts["open"].minor == 550_203
    assert found["combination"].outcome == "applied"


def test_nothing_later_is_looked_at():
    text = sale("I-1", "2026-01-01", 100) + paid("R", "2026-02-01", 100) + sale("I-2", "2026-03-01", 100)
    read = book(text, tiers=None)
    assert asked(read, "R", "2026-02-15") == asked(read, "R")


def test_a_tag_that_is_not_there_yet_and_one_that_holds_later():
    read = book(paid("R", "2026-02-01", (100, "invoice:I-9")) + sale("I-9", "2026-05-01", 100), tiers=None)
    assert asked(read, "R", "2026-03-01")["explicit"] == "missing"
    read = book(
        sale("I-1", "2026-01-01", 100)
        + sale("I-2", "2026-01-01", 100)
        + paid("R", "2026-02-01", (100, "invoice:I-1, applied:2026-04-01")),
        tiers=None,
    )
    assert asked(read, "R", "2026-03-01")["explicit"] == "not-yet"
    assert asked(read, "R", "2026-04-01") == {"corrects": "not-a-note", "explicit": "applied"}


def test_a_discount_a_day_late():
    late = sale("I-1", "2026-01-01", 1000, tags="terms:2/10 net 30") + note("I-1", "R", "2026-01-12", 980)
    assert asked(book(late, tiers=None), "R")["reference+difference"] == "discount-late"
    in_time = late.replace("2026-01-12", "2026-01-11")
    assert asked(book(in_time, tiers=None), "R")["reference+difference"] == "applied"


def test_candidates_come_with_the_reason_and_the_nearest_follow():
    text = "".join(sale(f"I-{n}", "2026-01-01", amount) for n, amount in enumerate((100, 250, 200), 1))
    read = book(text + paid("R", "2026-02-01", 300), tiers=None)
    desk = desk_on(read.book, "acme", "CNY", day("2026-12-31"))
    credit = read.book.credits[0]
    found = candidates(desk, credit, explain(desk, credit))
    names = {charge.key: charge.name for charge in read.book.charges}
    assert [("+".join(names[key] for key in one.charges), one.why) for one in found] == [
        ("I-1+I-3", "chance"),
        ("I-2", "less"),
        ("I-3", "less"),
        ("I-1", "less"),
    ]
    assert found[0].facts["chance"] == "0.78"
