"""Balances: sums against the control accounts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from custledger.core.trouble import InternalError, UsageError
from custledger.report.balance import build
from standings import Hand, trading_company


def test_open_plus_unapplied_is_the_balance():
    result = build(trading_company().standing())
    figures = {
        row.customer: (row.balance.minor, row.open.minor, row.unapplied.minor, row.overdue.minor) for row in result.rows
    }
    assert figures == {
        "blueocean": (590_050, 590_050, 0, 470_000),
        "chenguang": (99_700_000, 100_000_000, -300_000, 100_000_000),
        "nordwind": (150_000, 150_000, 0, 150_000),
    }


def test_due_on_the_day_is_not_overdue():
    hand = Hand().charge("INV-1", "acme", 1_000, "2026-06-01", "2026-06-30")
    assert build(hand.standing("2026-06-30")).rows[0].overdue.minor == 0
    assert build(hand.standing("2026-07-01")).rows[0].overdue.minor == 1_000


def test_the_accounts_sum_to_the_customers():
    result = build(trading_company().standing(), by_account=True)
    for total in result.totals:
        accounts = [row.balance.minor for row in result.accounts if row.currency == total.currency]
        assert sum(accounts) == total.balance.minor


def test_a_posting_that_no_customer_has_stops_the_report():
    standing = trading_company().standing()
    lost = replace(standing.book, postings=standing.book.postings[1:])
    with pytest.raises(InternalError, match="Σ customers"):
        build(replace(standing, book=lost))


def test_selection_and_zero():
    hand = trading_company().charge("INV-9", "done", 500, "2026-01-01")
    hand.credit("R-9", "done", 500, "2026-02-01", pays=[("INV-9", 500)])
    standing = hand.standing()
    assert [row.customer for row in build(standing, customers=["nordwind", "done"]).rows] == ["nordwind"]
    assert [row.customer for row in build(standing, customers=["nordwind", "done"], zero=True).rows] == [
        "done",
        "nordwind",
    ]


def test_a_refund_makes_unapplied_positive_where_nothing_is_held():
    hand = Hand().debit("REF-1", "acme", 700, "2026-06-01")
    (row,) = build(hand.standing()).rows
    assert (row.balance.minor, row.open.minor, row.unapplied.minor) == (700, 0, 700)


@pytest.mark.parametrize(("sort", "first"), [("balance", "chenguang"), ("name", "nordwind"), ("customer", "blueocean")])
def test_sorting(sort, first):
    assert build(trading_company().standing(), sort=sort).rows[0].customer == first


def test_unknown_sort():
    with pytest.raises(UsageError):
        build(trading_company().standing(), sort="colour")
