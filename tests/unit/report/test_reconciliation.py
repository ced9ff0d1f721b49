"""What `reconcile` says of a book made by hand."""

from __future__ import annotations

import csv
import io
import json

import pytest

from custledger.book.allocation import Left
from custledger.i18n.catalogue import Catalogue
from custledger.render import draw
from custledger.report.reconciliation import build, document
from standings import Hand, trading_company


def test_summary_counts_credits_and_rules() -> None:
    result = build(trading_company().standing())
    summary = result.summary
    assert (summary.credits, summary.applied, summary.unapplied) == (3, 2, 1)
    assert summary.by_rule == {"explicit": 3}


def test_allocations_are_those_in_force() -> None:
    hand = Hand().charge("INV-1", "acme", 1000, "2026-01-01").charge("INV-2", "acme", 1000, "2026-01-02")
    hand.credit("R-1", "acme", 1000, "2026-02-01", pays=[("INV-1", 1000, "2026-02-01", "2026-03-01")])
    in_february, in_march = hand.standing("2026-02-28"), hand.standing("2026-03-31")
    assert [row.charge for row in build(in_february).allocations] == ["INV-1"]
    assert build(in_march).allocations == ()
    assert [row.until.isoformat() for row in build(in_march, history=True).allocations if row.until] == ["2026-03-01"]


def test_what_is_left_says_why_and_what_was_near() -> None:
    hand = Hand().charge("INV-1", "acme", 500, "2026-01-01").charge("INV-2", "acme", 500, "2026-01-02")
    hand.credit("R-1", "acme", 500, "2026-02-01")
    hand.left.append(Left(credit="R-1", reason="ambiguous", candidates=(("INV-1",), ("INV-2",))))
    result = build(hand.standing())
    assert result.summary.ambiguous == 1
    (row,) = result.unapplied
    assert (row.reason, row.candidates, row.amount.minor) == ("ambiguous", (("INV-1",), ("INV-2",)), 500)


def test_a_selection_shows_only_its_own() -> None:
    result = build(trading_company().standing(), customers=["nordwind"])
    assert {row.customer for row in result.allocations} == {"nordwind"}
    assert (result.summary.credits, result.unapplied) == (1, ())


def test_recorded_only_leaves_out_what_is_inferred() -> None:
    from dataclasses import replace

    hand = Hand().charge("INV-1", "acme", 500, "2026-01-01")
    hand.credit("R-1", "acme", 500, "2026-02-01", pays=[("INV-1", 500)], state="inferred", rule="oldest-first")
    assert len(build(hand.standing()).allocations) == 1
    assert build(replace(hand.standing(), recorded_only=True)).allocations == ()


def test_json_has_the_documented_keys() -> None:
    standing = trading_company().standing()
    result = build(standing)
    page = json.loads(draw(document(result, standing), result, "json", Catalogue("en")))
    assert (page["custledger"], page["report"], page["as_of"]) == (1, "reconcile", "2026-06-30")
    assert page["allocations"][0] | {"evidence": []} == {
        "credit": "RCPT-1",
        "charge": "INV-1",
        "customer": "blueocean",
        "currency": "CNY",
        "amount": "11300.00",
        "rule": "explicit",
        "state": "recorded",
        "from": "2026-06-01",
        "until": None,
        "evidence": [],
        "alternatives": 0,
        "credit_date": "2026-06-01",
    }
    assert page["unapplied"][0]["amount"] == "3000.00"


def test_csv_has_a_record_an_allocation() -> None:
    standing = trading_company().standing()
    result = build(standing)
    rows = list(csv.DictReader(io.StringIO(draw(document(result, standing), result, "csv", Catalogue("en")))))
    assert [row["charge"] for row in rows] == ["INV-1", "INV-2", "INV-5"]


@pytest.mark.parametrize(("language", "title"), [("en", "Reconciliation"), ("zh", "核销情况")])
def test_the_page_is_in_the_readers_language(language: str, title: str) -> None:
    standing = trading_company().standing()
    result = build(standing)
    page = draw(document(result, standing), result, "text", Catalogue(language), width=100)
    assert title in page
    assert "RCPT-2" in page
    assert "reconciliation." not in page
