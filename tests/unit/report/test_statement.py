"""Statements: opening + activity = closing = aging, in every layout."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custledger.book.settings import Settings
from custledger.core.trouble import InternalError, UsageError
from custledger.report.aging import AgingOptions
from custledger.report.aging import build as build_aging
from custledger.report.statement import LAYOUTS, StatementOptions, build
from custledger.report.statement_files import file_names
from custledger.report.statement_page import document
from standings import Hand, day, trading_company


def one(standing, customer="blueocean", **options):
    (statement,) = build(standing, StatementOptions(customers=(customer,), **options)).statements
    return statement


@pytest.mark.parametrize("layout", LAYOUTS)
def test_opening_and_activity_are_the_closing_and_the_closing_is_the_aging(layout):
    standing = trading_company().standing()
    aging = {(row.customer, row.currency): row for row in build_aging(standing).rows}
    for statement in build(standing, StatementOptions(layout=layout)).statements:
        moved = sum(line.debit.minor - line.credit.minor for line in statement.lines)
        assert statement.opening.minor + moved == statement.closing.minor
        row = aging[statement.customer, statement.currency]
        assert statement.closing == row.total
        assert (statement.aging.amounts, statement.aging.unapplied) == (row.amounts, row.unapplied)


def test_the_period_begins_with_what_was_before():
    statement = one(trading_company().standing(), layout="balance-forward", date_from=day("2026-06-01"))
    assert statement.opening.minor == 2_000_000
    assert [(line.number, line.debit.minor, line.credit.minor, line.balance.minor) for line in statement.lines] == [
        ("RCPT-1", 0, 1_530_000, 470_000),
        ("INV-3", 120_050, 0, 590_050),
    ]
    assert statement.closing.minor == 590_050


def test_a_payment_is_one_line_with_what_it_settles_below():
    statement = one(trading_company().standing(), layout="detailed", date_from=day("2026-06-01"))
    payment = statement.lines[0]
    assert [(s.number, s.amount.minor) for s in payment.settles] == [("INV-1", 1_130_000), ("INV-2", 400_000)]
    advance = one(trading_company().standing(), "chenguang", layout="detailed", date_from=day("2026-06-01")).lines[0]
    assert (advance.settles, advance.unapplied.minor) == ((), -300_000)


def test_what_is_allocated_later_is_not_told_earlier():
    hand = Hand().charge("INV-1", "acme", 1_000, "2026-05-01")
    hand.credit("R-1", "acme", 1_000, "2026-05-10", pays=[("INV-1", 1_000, "2026-06-15")])
    early = one(hand.standing("2026-05-31"), "acme", layout="detailed").lines[1]
    late = one(hand.standing("2026-06-30"), "acme", layout="detailed", date_from=day("2026-05-01")).lines[1]
    assert (early.settles, early.unapplied.minor) == ((), -1_000)
    assert (len(late.settles), late.unapplied) == (1, None)


def test_open_items_with_what_they_were_and_how_late():
    statement = one(trading_company().standing())
    assert (statement.layout, statement.date_from) == ("open-item", None)
    assert [(li.number, li.original.minor, li.debit.minor, li.days_overdue) for li in statement.lines] == [
        ("INV-2", 870_000, 470_000, 11),
        ("INV-3", 120_050, 120_050, 0),
    ]


def test_the_turnover_is_the_activity_by_kind():
    hand = Hand().charge("INV-1", "acme", 10_000, "2026-06-02", refs={"tax_invoice": ("253",)})
    hand.charge("INV-2", "acme", 5_000, "2026-06-03")
    hand.credit("R-1", "acme", 9_000, "2026-06-10").credit("CN-1", "acme", 700, "2026-06-11", kind="credit-note")
    hand.debit("REF-1", "acme", 300, "2026-06-12")
    period = one(hand.standing(), "acme", layout="itemised").period
    figures = (period.charged, period.received, period.credited, period.tax_invoiced, period.not_tax_invoiced)
    assert [money.minor for money in figures] == [15_000, 8_700, 700, 10_000, 5_000]


def test_one_statement_a_currency_and_one_document_a_customer():
    hand = trading_company().charge("INV-8", "blueocean", 500, "2026-06-05", commodity="USD")
    result = build(hand.standing(), StatementOptions(customers=("blueocean",)))
    assert [statement.currency for statement in result.statements] == ["CNY", "USD"]
    assert result.customers == ("blueocean",)


def test_a_batch_leaves_out_who_has_nothing_and_who_is_withheld():
    hand = trading_company().customer("quiet")
    result = build(hand.standing(), StatementOptions(withheld={"chenguang": ["unknown-invoice", "unknown-invoice"]}))
    assert result.customers == ("blueocean", "nordwind")
    assert [(one.customer, one.reason, one.problems) for one in result.skipped] == [
        ("chenguang", "withheld", ("unknown-invoice",))
    ]
    named = build(hand.standing(), StatementOptions(customers=("quiet",)))
    assert [(one.customer, one.reason) for one in named.skipped] == [("quiet", "nothing")]


def test_the_document_is_in_the_customers_language_else_the_books():
    hand = trading_company()
    hand.customer("blueocean", "Blue", language="en")
    hand.settings = Settings(language="zh-CN")
    standing = hand.standing()
    result = build(standing)
    assert document(result, standing, "blueocean").language == "en"
    assert document(result, standing, "chenguang").language == "zh-CN"


@pytest.mark.parametrize(
    "options",
    [
        StatementOptions(layout="letter"),
        StatementOptions(date_from=day("2026-07-01")),
        StatementOptions(aging=AgingOptions(net="x")),
    ],
)
def test_wrong_options_are_wrong_usage(options):
    with pytest.raises(UsageError):
        build(trading_company().standing(), options)


def test_entries_that_no_position_knows_stop_the_run():
    standing = trading_company().standing()
    with pytest.raises(InternalError):
        build(replace(standing, positions=()))


def test_file_names_are_safe_and_apart():
    names = file_names(["acme", "Acme & Sons/../x", "ACME", "a\u0301", "\u00e1", "_summary", "…"], ".md")
    assert len({name.casefold() for name in names.values()}) == 7
    assert all("/" not in name and ".." not in name.removesuffix(".md") for name in names.values())
    assert "_summary.md" not in names.values()


entries = st.lists(
    st.tuples(
        st.sampled_from(["charge", "credit", "debit"]),
        st.integers(1, 5_000),
        st.integers(1, 6),
        st.integers(1, 28),
        st.sampled_from(["CNY", "JPY"]),
    ),
    max_size=12,
)


@given(entries, st.integers(1, 6), st.sampled_from(LAYOUTS), st.sampled_from(["none", "oldest"]))
def test_every_account_closes_on_every_day(made, month, layout, net):
    """Whatever was entered: the laws of engine.md §2.4 are ensured within, so building is the test."""
    hand = Hand().customer("acme")
    for n, (kind, amount, m, d, unit) in enumerate(made):
        getattr(hand, kind)(f"{kind}-{n}", "acme", amount, f"2026-{m:02}-{d:02}", commodity=unit)
    standing = hand.standing(f"2026-{month:02}-28")
    options = StatementOptions(customers=("acme",), layout=layout, aging=AgingOptions(net=net))
    closings = {s.currency: s.closing.minor for s in build(standing, options).statements}
    assert closings == {p.commodity: p.balance for p in standing.positions}


def test_on_one_day_charges_stand_before_credits_and_these_before_what_takes_them_back():
    hand = Hand().debit("A", "acme", 100, "2026-06-10").credit("B", "acme", 100, "2026-06-10")
    hand.charge("C", "acme", 100, "2026-06-10")
    assert [line.number for line in one(hand.standing(), "acme", layout="detailed").lines] == ["C", "B", "A"]
