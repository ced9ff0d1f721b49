"""Lists, single records, the reconciliation and the overview."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from custledger.book.allocation import Evidence
from custledger.book.invoice import Invoice, Line, Totals
from custledger.core.money import Money
from custledger.core.span import Span
from custledger.core.trouble import UsageError
from custledger.report import customers, invoices, payments, reconcile
from custledger.report.customer_show import build as build_customer
from custledger.report.invoice_show import build as build_invoice
from custledger.report.overview import build as build_overview
from standings import Hand, day, trading_company


def test_customers_have_a_row_a_currency_and_those_without_entries_one():
    hand = trading_company().customer("quiet").charge("INV-8", "blueocean", 500, "2026-06-05", commodity="USD")
    rows = customers.build(hand.standing()).rows
    assert [(row.customer, row.currency) for row in rows] == [
        ("blueocean", "CNY"),
        ("blueocean", "USD"),
        ("chenguang", "CNY"),
        ("nordwind", "USD"),
        ("quiet", ""),
    ]


@pytest.mark.parametrize(
    ("sort", "first"),
    [("balance", "chenguang"), ("-balance", "blueocean"), ("name", "nordwind"), ("segment", "chenguang")],
)
def test_sorting_puts_great_amounts_first(sort, first):
    assert customers.build(trading_company().standing(), sort=sort).rows[0].customer == first


def test_columns_are_chosen_and_unknown_ones_refused_with_all_there_are():
    result = customers.build(trading_company().standing(), columns="customer, overdue")
    assert result.columns() == ("customer", "overdue")
    with pytest.raises(UsageError, match="bad_column") as error:
        customers.build(trading_company().standing(), columns="custommer")
    assert error.value.args_named["known"].startswith("customer, name, ")


def test_the_states_of_invoices():
    standing = trading_company().standing()
    every = {row.number: row.state for row in invoices.build(standing, state="all").rows}
    assert every == {"INV-1": "paid", "INV-2": "overdue", "INV-3": "open", "INV-4": "overdue", "INV-5": "overdue"}
    assert [row.number for row in invoices.build(standing, state="paid").rows] == ["INV-1"]
    assert [row.number for row in invoices.build(standing).rows] == ["INV-4", "INV-5", "INV-2", "INV-3"]
    march = invoices.build(standing, state="all", period=(day("2026-03-01"), day("2026-03-31")))
    assert [row.number for row in march.rows] == ["INV-1"]


def test_paid_and_open_are_the_amount():
    for row in invoices.build(trading_company().standing(), state="all").rows:
        assert row.paid + row.open == row.amount


def test_applied_less_unapplied_is_the_amount():
    standing = trading_company().standing()
    for row in payments.build(standing).rows:
        assert row.applied - row.unapplied == row.amount
    assert [row.number for row in payments.build(standing, state="unapplied").rows] == ["RCPT-2"]
    assert payments.build(standing, kinds=["discount"]).rows == ()


def test_an_untagged_bare_journal_lists_what_is_open_after_netting():
    hand = Hand(bare=True).charge("INV-1", "acme", 1_000, "2026-01-01").charge("INV-2", "acme", 500, "2026-02-01")
    hand.credit("R-1", "acme", 1_200, "2026-03-01")
    standing = hand.standing()
    assert [(row.number, row.open.minor) for row in invoices.build(standing).rows] == [("INV-2", 300)]
    overview = build_overview(standing.book, standing, as_of=standing.as_of)
    assert (overview.net, overview.unmatched, overview.totals[0].overdue.minor) == ("oldest", 0, 300)


def test_the_reconciliation_counts_and_names():
    hand = trading_company()
    result = reconcile.build(hand.standing())
    summary = result.summary
    assert (summary.credits, summary.applied, summary.unapplied, summary.ambiguous) == (3, 2, 1, 0)
    assert summary.by_rule == {"explicit": 3}
    (left,) = result.unapplied
    assert (left.credit, left.amount) == ("RCPT-2", Money(300_000, "CNY"))


def test_history_shows_what_was_released_and_the_day_knows_no_later_release():
    hand = Hand().charge("INV-1", "acme", 1_000, "2026-01-01")
    hand.credit("R-1", "acme", 1_000, "2026-02-01", pays=[("INV-1", 1_000, "2026-02-01", "2026-05-01")])
    assert reconcile.build(hand.standing()).allocations == ()
    (released,) = reconcile.build(hand.standing(), history=True).allocations
    assert released.until == day("2026-05-01")
    (held,) = reconcile.build(hand.standing("2026-04-30")).allocations
    assert held.until is None


def test_a_later_entry_changes_no_reason_of_an_earlier_day():
    hand = Hand().charge("INV-1", "acme", 1_000, "2026-01-01").credit("R-1", "acme", 400, "2026-02-01")
    before = reconcile.build(hand.standing("2026-03-31"))
    hand.charge("INV-2", "acme", 400, "2026-04-01")
    assert reconcile.build(hand.standing("2026-03-31")) == before


def with_document(hand: Hand) -> Hand:
    line = Line(text="深沟球轴承", item="BRG-1", quantity=Decimal(100), price=Decimal("8.50"), discount=Decimal("0.05"))
    totals = Totals(
        net=Money(80_750, "CNY"),
        tax=Money(10_498, "CNY"),
        total=Money(91_248, "CNY"),
        line_nets=(Money(80_750, "CNY"),),
        taxes=(("vat13", Money(80_750, "CNY"), Money(10_498, "CNY")),),
    )
    hand.charge("INV-7/1", "acme", 50_000, "2026-05-01", "2026-05-31", document="INV-7", instalment=1)
    hand.charge("INV-7/2", "acme", 41_248, "2026-05-01", "2026-07-31", document="INV-7", instalment=2)
    hand.credit("R-7", "acme", 50_000, "2026-06-01", pays=[("INV-7/1", 50_000)])
    written = Invoice(
        number="INV-7", customer="acme", date=day("2026-05-01"), lines=(line,), span=Span("invoices/a.yaml", 3)
    )
    hand.extra = {"invoices": {"INV-7": written}, "totals": {"INV-7": totals}}
    return hand


def test_an_invoice_with_lines_instalments_and_what_settles_it():
    shown = build_invoice(with_document(Hand()).standing(), "INV-7")
    assert (shown.total.minor, shown.net.minor, shown.taxes[0].amount.minor) == (91_248, 80_750, 10_498)
    assert [(row.number, row.state) for row in shown.charges] == [("INV-7/1", "paid"), ("INV-7/2", "open")]
    assert [(s.number, s.other, s.amount.minor) for s in shown.settled_by] == [("INV-7/1", "R-7", 50_000)]
    assert shown.place == "invoices/a.yaml:3"


def test_an_unknown_invoice_is_wrong_usage_with_the_nearest():
    with pytest.raises(UsageError, match="no_such_invoice_near") as error:
        build_invoice(with_document(Hand()).standing(), "INV-77")
    assert "INV-7" in error.value.args_named["near"]
    with pytest.raises(UsageError, match="invoice_later"):
        build_invoice(with_document(Hand()).standing("2026-04-30"), "INV-7")


def test_itemised_statements_show_a_documents_lines_once():
    from custledger.report.statement import StatementOptions, build

    options = StatementOptions(customers=("acme",), layout="itemised", date_from=day("2026-05-01"))
    (statement,) = build(with_document(Hand()).standing(), options).statements
    assert [len(line.items or ()) for line in statement.lines] == [1, 0, 0]


def test_one_customer():
    shown = build_customer(trading_company().standing(), "blueocean")
    assert [item.number for item in shown.open_items] == ["INV-2", "INV-3"]
    assert shown.positions[0].balance.minor == 590_050
    with pytest.raises(UsageError):
        build_customer(trading_company().standing(), "nobody")


def test_the_overview_says_what_to_do_next():
    standing = trading_company().standing()
    result = build_overview(standing.book, standing, as_of=standing.as_of, warnings=2)
    assert (result.customers, result.customers_owing, result.open_items, result.overdue_items) == (3, 3, 4, 3)
    assert (result.unmatched, result.disputed_items, result.next) == (1, 1, ("reconcile", "aging", "statement"))
    assert [one.customer for one in result.late] == ["chenguang", "blueocean", "nordwind"]
    broken = build_overview(standing.book, None, as_of=standing.as_of, errors=1)
    assert (broken.next, broken.totals) == (("check",), ())
    empty = replace(standing.book, customers={}, charges=(), credits=())
    assert build_overview(empty, None, as_of=standing.as_of).next == ("customer_add", "import")


def test_evidence_keeps_its_place():
    hand = (
        Hand()
        .charge("INV-1", "acme", 100, "2026-01-01")
        .credit("R-1", "acme", 100, "2026-01-02", pays=[("INV-1", 100)])
    )
    evidence = Evidence(kind="text", span=Span("journals/a.journal", 3, 52), text="INV-1")
    hand.allocations[0] = hand.allocations[0]._replace(evidence=(evidence,))
    (row,) = reconcile.build(hand.standing()).allocations
    assert (row.evidence[0].file, row.evidence[0].line, row.evidence[0].column) == ("journals/a.journal", 3, 52)


def test_an_invoice_due_today_is_open_and_not_overdue():
    hand = Hand().charge("INV-1", "acme", 1_000, "2026-06-01", "2026-06-30")
    (today,) = invoices.build(hand.standing("2026-06-30")).rows
    (late,) = invoices.build(hand.standing("2026-07-01")).rows
    assert (today.state, today.days_overdue, late.state, late.days_overdue) == ("open", 0, "overdue", 1)
