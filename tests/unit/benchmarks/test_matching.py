"""The benchmark of matching: its truth, its baselines, its arithmetic; and that custledger is never wrong in it."""

import datetime as dt
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from benchmarks.matching import baselines, books, oracle, page, score
from benchmarks.matching.__main__ import run
from benchmarks.matching.baselines import Open, Question
from benchmarks.matching.months import batch
from benchmarks.matching.world import SHARES, Item, Named, Receipt

from custledger.reconcile.engine import reconcile

DAY = dt.date(2026, 3, 10)


def items(*amounts, due=DAY):
    """Invoices of three different months and no order."""
    dates = [dt.date(2026, 1 + place % 3, 1) for place in range(len(amounts))]
    return [
        Item(f"A-{place}", date, due, amount, {}, "net 30", amount, amount)
        for place, (date, amount) in enumerate(zip(dates, amounts, strict=True), 1)
    ]


def test_nothing_is_wrong_and_nearly_everything_decidable_is_applied():
    part = run(600, seed=7, jobs=1, baselines=False)
    assert part.wrong == []
    assert part.ours.all.total == 600
    assert part.ours.told.count[score.RIGHT] >= 0.95 * part.ours.told.total


@pytest.mark.slow
@pytest.mark.parametrize("seed", [11, 12])
def test_nothing_is_wrong_in_more(seed):
    part = run(5000, seed=seed, jobs=1, baselines=False)
    assert part.wrong == []
    assert part.ours.told.count[score.RIGHT] >= 0.95 * part.ours.told.total


def test_shares_are_exact_and_the_same_seed_gives_the_same_book():
    first, again, other = batch(3, 1, 300), batch(3, 1, 300), batch(4, 1, 300)
    kinds = Counter(made.kind for account in first.accounts for made in account.receipts)
    assert kinds == {kind: 3 * share for kind, share in SHARES.items()}
    assert [account.receipts for account in first.accounts] == [account.receipts for account in again.accounts]
    assert [account.receipts for account in first.accounts] != [account.receipts for account in other.accounts]


def test_one_amount_is_told_unless_another_or_a_pair_has_it():
    assert oracle.of_amount(700, items(700, 300, 300), DAY) == {"A-1": 700}
    assert oracle.of_amount(700, items(700, 700, 300), DAY) is None
    assert oracle.of_amount(700, items(700, 400, 300), DAY) is None
    assert oracle.of_amount(700, items(700, 350), DAY) == {"A-1": 700}
    assert oracle.of_amount(700, items(700, 350, 350), DAY) is None
    # Three others do not count, but where they are everything overdue they do.
    assert oracle.of_amount(600, [*items(600), *items(100, 200, 300)[0:0]], DAY) == {"A-1": 600}


def test_readings_must_agree():
    several = items(100, 200, 400)
    assert oracle.of_reading(700, several, DAY) == {"A-1": 100, "A-2": 200, "A-3": 400}
    assert oracle.of_reading(700, items(100, 200, 400, 700), DAY) is None
    late = [*items(100, 200, due=DAY - dt.timedelta(days=1)), *items(400, 800)]
    assert oracle.readings(300, late, DAY) == {frozenset({"A-1", "A-2"})}


def test_sets_are_told_where_chance_is_excluded():
    assert oracle.of_set(300_170, items(100_050, 250_033, 200_120)) == {"A-1": 100_050, "A-3": 200_120}
    assert oracle.of_set(30_000, items(10_000, 25_000, 20_000)) is None
    assert oracle.coincidence([100_050, 250_033, 200_120], 5, set()) == pytest.approx(0.0001554 * 1000, rel=1e-3)


def test_an_order_with_several_invoices_is_told_by_all_of_them_or_by_amounts_among_them():
    several = items(100_050, 250_033, 200_120)
    for item in several:
        item.refs["po"] = ("PO-1",)
    everything = {item.number: item for item in several}
    everything["B-1"] = replace(several[0], number="B-1", refs={})

    def told(amount):
        made = Receipt("R", DAY, DAY, amount, "", "", Named("ref", ref="PO-1"), "", "", "", {})
        return oracle.of_named(made, everything, DAY)

    assert told(550_203) == {"A-1": 100_050, "A-2": 250_033, "A-3": 200_120}
    assert told(100_050) == {"A-1": 100_050}
    assert told(300_170) == {"A-1": 100_050, "A-3": 200_120}
    assert told(300_171) is None


def test_how_the_others_decide():
    opened = [Open("INV-1", 100), Open("INV-2", 250), Open("INV-10", 200)]
    assert baselines.fifo(Question(300, ""), opened) == {"INV-1": 100, "INV-2": 200}
    assert baselines.by_due_date(Question(300, ""), opened) == {"INV-1": 100, "INV-2": 200}
    assert baselines.by_due_date(Question(250, ""), opened) == {"INV-2": 250}
    assert baselines.with_token(Question(250, "INV-042 payment"), opened) == {}
    assert baselines.with_token(Question(5, "no 10022"), [Open("10022", 9)]) == {"10022": 5}
    assert baselines.first_substring(Question(200, "INV-10"), opened) == {"INV-1": 100}
    assert baselines.groups(Question(300, ""), opened) == {"INV-1": 100, "INV-10": 200}
    assert baselines.groups(Question(420, ""), opened) == {"INV-1": 100, "INV-2": 250}
    assert baselines.ranks(Question(200, "INV-2"), opened) == {"INV-2": 200}
    assert baselines.ranks(Question(200, ""), opened) == {"INV-10": 200}
    assert baselines.ranks(Question(7, ""), opened) == {}


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_groups_are_found_at_every_size(size):
    amounts = [1, 2, 4, 8, 16, 32, 64]
    opened = [Open(str(place), amount) for place, amount in enumerate(amounts)]
    assert sum(baselines.groups(Question(2**size - 1 << 1, ""), opened).values()) == 2**size - 1 << 1
    assert len(baselines.groups(Question(2**size - 1 << 1, ""), opened)) == size


def test_intervals():
    assert score.interval(0, 100_000) == (0.0, 3 / 100_000)
    assert score.interval(0, 0) == (0.0, 1.0)
    low, high = score.interval(95, 100)
    assert (round(low, 4), round(high, 4)) == (0.8882, 0.9785)


def test_a_page_keeps_its_prose():
    text = "a\n<!-- x: begin -->\nold\n<!-- x: end -->\nb\n"
    assert page.put(text, "x", "new") == "a\n<!-- x: begin -->\nnew\n<!-- x: end -->\nb\n"
    with pytest.raises(SystemExit):
        page.put(text, "y", "new")


def test_the_page_has_every_mark():
    text = page.PAGE.read_text("utf-8")
    for name in ("headline", "seeds", "kinds", "customers", "compared", "compared kinds", "left", "searches"):
        page.put(text, name, "")


def test_the_values_and_the_texts_of_a_month_are_the_same_book(tmp_path):
    months = batch(3, 0, 60)
    for name, text in books.folder(months).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    command = [str(Path(sys.executable).with_name("custledger")), "--book", str(tmp_path)]
    env = dict(os.environ) | {"CUSTLEDGER_TODAY": "2026-06-30", "LANG": "C.UTF-8", "NO_COLOR": "1"}
    checked = subprocess.run([*command, "check", "--strict"], env=env, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    command += ["reconcile", "--history", "--as-of", "2026-03-31", "--format", "json"]
    read = json.loads(subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout)
    by_cli = {
        (
            one["customer"],
            one["credit"].partition("@")[0],
            one["charge"],
            one["amount"],
            one["rule"],
            one["from"],
            one["until"],
        )
        for one in read["allocations"]
        if one["state"] == "inferred"
    }
    by_values = {
        (
            each.customer,
            each.credit.partition("/")[2],
            each.charge.partition("/")[2],
            books.money(each.amount),
            each.rule,
            str(each.first),
            str(each.until),
        )
        for each in reconcile(books.values(months)).allocations
        if each.state == "inferred"
    }
    assert len(by_values) > 60
    assert by_cli == by_values
