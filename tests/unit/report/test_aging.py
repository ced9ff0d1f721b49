"""Aging: sums, netting, filters, groups."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from custledger.book.position import Accounts
from custledger.book.settings import AgingRule, Settings
from custledger.core.money import Money
from custledger.core.trouble import InternalError, UsageError
from custledger.report.aging import AgingOptions, build
from standings import Hand, trading_company


def amounts(row) -> list[int]:
    return [money.minor for money in row.amounts]


def by_customer(result) -> dict:
    return {row.customer: row for row in result.rows}


def test_every_open_item_is_in_one_bucket_and_unapplied_stands_apart():
    result = build(trading_company().standing())
    rows = by_customer(result)
    assert result.buckets == ("current", "1-30", "31-60", "61-90", ">90")
    assert amounts(rows["blueocean"]) == [120_050, 470_000, 0, 0, 0]
    assert amounts(rows["chenguang"]) == [0, 0, 0, 0, 1_000_000_00]
    assert rows["chenguang"].unapplied == Money(-300_000, "CNY")
    assert rows["chenguang"].disputed == Money(20_000_00, "CNY")
    assert rows["chenguang"].total == Money(997_000_00, "CNY")
    assert amounts(rows["nordwind"]) == [0, 0, 150_000, 0, 0]


def test_totals_are_per_currency_and_never_mixed():
    result = build(trading_company().standing())
    assert [(t.currency, t.total.minor) for t in result.totals] == [("CNY", 100_290_050), ("USD", 150_000)]


def test_the_case_from_practice():
    """An advance of February, five invoices of March, one of April: as of 30 April whatever happens in May."""
    hand = Hand()
    hand.credit("PAY-2", "acme", 100_000, "2026-02-10")
    for n in range(1, 6):
        hand.charge(f"INV-{n}", "acme", 1_000_000, f"2026-03-0{n}")
    hand.charge("INV-6", "acme", 10_000_000, "2026-04-15")
    before = build(hand.standing("2026-04-30"))
    hand.credit(
        "PAY-5",
        "acme",
        4_900_000,
        "2026-05-15",
        pays=[(f"INV-{n}", 1_000_000) for n in range(1, 5)] + [("INV-5", 900_000)],
    )
    after = build(hand.standing("2026-04-30"))
    assert before == after
    (row,) = after.rows
    assert sum(amounts(row)) == 15_000_000
    assert row.unapplied == Money(-100_000, "CNY")
    assert row.total == Money(14_900_000, "CNY")


def test_netting_oldest_first_changes_columns_and_no_total():
    hand = Hand()
    hand.charge("INV-1", "acme", 1_000, "2026-01-01").charge("INV-2", "acme", 2_000, "2026-06-01", "2026-07-01")
    hand.credit("R-1", "acme", 1_500, "2026-06-15")
    standing = hand.standing()
    raw = build(standing, AgingOptions(net="none")).rows[0]
    net = build(standing, AgingOptions(net="oldest")).rows[0]
    assert amounts(raw) == [2_000, 0, 0, 0, 1_000]
    assert raw.unapplied.minor == -1_500
    assert amounts(net) == [1_500, 0, 0, 0, 0]
    assert net.unapplied.minor == 0
    assert raw.total == net.total


def test_what_netting_cannot_use_stays_unapplied():
    hand = Hand().charge("INV-1", "acme", 1_000, "2026-01-01").credit("R-1", "acme", 1_500, "2026-06-15")
    (row,) = build(hand.standing(), AgingOptions(net="oldest")).rows
    assert (sum(amounts(row)), row.unapplied.minor, row.total.minor) == (0, -500, -500)


def test_a_bare_journal_without_tags_nets_by_itself_and_one_with_tags_does_not():
    hand = Hand(bare=True).charge("INV-1", "acme", 1_000, "2026-01-01").credit("R-1", "acme", 400, "2026-06-15")
    result = build(hand.standing())
    assert (result.net, result.netted_by_default) == ("oldest", True)
    assert build(hand.standing(), AgingOptions(net="none")).net == "none"
    hand.credit("R-2", "acme", 100, "2026-06-20", pays=[("INV-1", 100)])
    assert build(hand.standing()).net == "none"
    assert build(hand.standing("2026-06-19")).net == "oldest"  # the tag is not there yet
    assert build(Hand().charge("INV-1", "acme", 1, "2026-01-01").standing()).net == "none"


def test_the_preset_for_provisions():
    result = build(trading_company().standing(), AgingOptions(preset="cn-provision"))
    assert (result.basis, result.net) == ("invoice", "oldest")
    assert result.buckets == ("0-1y", "1y-2y", "2y-3y", "3y-4y", "4y-5y", ">5y")


def test_the_books_rule_holds_where_nobody_says_otherwise():
    hand = trading_company()
    hand.settings = Settings(aging=AgingRule("invoice", ("6m",)))
    assert build(hand.standing()).buckets == ("0-6m", ">6m")
    assert build(hand.standing(), AgingOptions(edges=("10",), basis="due")).buckets == ("current", "1-10", ">10")


def test_future_documents_are_not_there_and_zero_rows_are_left_out():
    hand = Hand().charge("INV-1", "acme", 1_000, "2026-07-01").charge("INV-2", "done", 500, "2026-01-01")
    hand.credit("R-1", "done", 500, "2026-02-01", pays=[("INV-2", 500)])
    assert build(hand.standing()).rows == ()
    assert [row.customer for row in build(hand.standing(), AgingOptions(zero=True)).rows] == ["done"]


def test_groups_have_subtotals_that_sum_to_the_totals():
    result = build(trading_company().standing(), AgingOptions(group_by="segment"))
    assert [row.group for row in result.rows] == ["retail", "vip", "vip"]
    for total in result.totals:
        mine = [group for group in result.groups if group.currency == total.currency]
        assert sum(group.total.minor for group in mine) == total.total.minor


def test_detail_lists_every_item():
    result = build(trading_company().standing(), AgingOptions(detail=True))
    items = by_customer(result)["blueocean"].items
    assert [(i.charge, i.days, i.bucket, i.open.minor) for i in items] == [
        ("INV-2", 11, "1-30", 470_000),
        ("INV-3", -20, "current", 120_050),
    ]


def test_filters():
    standing = trading_company().standing()
    late = build(standing, AgingOptions(overdue=True, least=Decimal(6000)))
    assert [row.customer for row in late.rows] == ["chenguang"]
    assert late.partly
    assert [row.customer for row in build(standing, AgingOptions(customers=("nordwind",))).rows] == ["nordwind"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("total", ["chenguang", "blueocean", "nordwind"]),
        ("oldest", ["chenguang", "blueocean", "nordwind"]),
        ("name", ["nordwind", "chenguang", "blueocean"]),
    ],
)
def test_sorting(sort, expected):
    assert [row.customer for row in build(trading_company().standing(), AgingOptions(sort=sort)).rows] == expected


@pytest.mark.parametrize(
    "options",
    [
        AgingOptions(basis="age"),
        AgingOptions(net="fifo"),
        AgingOptions(preset="ifrs"),
        AgingOptions(group_by="colour"),
        AgingOptions(sort="colour"),
        AgingOptions(months=3, edges=("30",)),
        AgingOptions(months=121),
        AgingOptions(months=0),
        AgingOptions(months=-1),
        AgingOptions(least=Decimal("0.001")),
    ],
)
def test_wrong_options_are_wrong_usage(options):
    with pytest.raises(UsageError):
        build(trading_company().standing(), options)


def test_a_breach_of_the_sums_stops_the_report():
    standing = trading_company().standing()
    broken = replace(standing.positions[0], unapplied=())

    class Lying(type(broken)):
        balance = 1

    liar = Lying(customer=broken.customer, commodity=broken.commodity, open_items=broken.open_items)
    with pytest.raises(InternalError):
        build(replace(standing, positions=(liar,)))


def test_no_more_is_disputed_than_netting_leaves_open():
    hand = Hand().charge("INV-1", "acme", 1_000, "2026-01-01").credit("R-1", "acme", 700, "2026-06-15")
    hand.disputed["INV-1"] = 500
    standing = hand.standing()
    assert build(standing, AgingOptions(net="none")).rows[0].disputed.minor == 500
    assert build(standing, AgingOptions(net="oldest")).rows[0].disputed.minor == 300


@pytest.mark.parametrize("net", ["none", "oldest"])
@pytest.mark.parametrize("more", [{}, {"basis": "invoice"}, {"months": 2}, {"edges": ("6m", "1y")}])
def test_added_up_from_numbers_it_is_what_its_items_say(net, more):
    standing = trading_company().standing()
    numbers = build(standing, AgingOptions(net=net, zero=True, **more))
    items = build(standing, AgingOptions(net=net, zero=True, detail=True, **more))
    assert [replace(row, items=None) for row in items.rows] == list(numbers.rows)
    for row in items.rows:
        for name, amount in zip(items.buckets, row.amounts, strict=True):
            assert amount.minor == sum(item.open.minor for item in row.items if item.bucket == name)


@pytest.mark.parametrize("options", [{}, {"net": "oldest"}, {"detail": True}, {"overdue": True}, {"zero": True}])
def test_positions_in_numbers_give_the_same_report(options):
    standing = trading_company().standing()
    light = replace(standing, positions=Accounts(standing.accounts()))
    assert list(light.positions) == list(standing.positions)
    assert list(light.positions[1:]) == list(standing.positions[1:])
    assert build(light, AgingOptions(**options)) == build(standing, AgingOptions(**options))
