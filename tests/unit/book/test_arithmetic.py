"""The worked table of docs/ARITHMETIC.md, and the laws behind it."""

import datetime as dt
import itertools
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custledger.book.arithmetic import shares, totals, unknown_taxes
from custledger.book.customer import Customer
from custledger.book.invoice import Instalment, Invoice, Line
from custledger.book.settings import Dated, Settings, Tax
from custledger.core.money import Commodities, Money
from custledger.core.numbers import percent

DOCUMENT = Path(__file__).parents[3] / "docs" / "ARITHMETIC.md"
DAY = dt.date(2026, 1, 20)
RATES = {"vat13": "0.13", "vat6": "0.06", "vat3": "0.03", "exempt": "0"}
TAXES = {name: Tax(name, Dated(((None, Decimal(rate)),))) for name, rate in RATES.items()}
CASE = re.compile(r"(?P<quantity>[\d.]+) × (?P<price>-?[\d.]+)(?: − (?P<discount>[\d.]+%))?(?: @ (?P<tax>\w+))?")


def invoice(*lines, **more):
    return Invoice(number="INV-1", customer="a", date=DAY, lines=tuple(lines), **more)


def settings(prices="net", tax_rounding="document", taxes=TAXES):
    return Settings(taxes=taxes, prices=prices, tax_rounding=tax_rounding)


def rows(heading):
    lines = DOCUMENT.read_text("utf-8").split(heading, 1)[1].splitlines()
    table = list(
        itertools.takewhile(
            lambda line: line.startswith("|"), itertools.dropwhile(lambda line: not line.startswith("|"), lines)
        )
    )
    assert len(table) >= 6
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table[2:]]


def line_of(text):
    match = CASE.fullmatch(text)
    assert match, text
    discount = percent(match["discount"] or "0%")
    assert discount is not None
    return Line(quantity=Decimal(match["quantity"]), price=Decimal(match["price"]), discount=discount, tax=match["tax"])


@pytest.mark.parametrize("row", rows("## Worked table"), ids=lambda row: " ".join(row[:4]))
def test_worked_table(row):
    currency, prices, rounding, lines, *expected = row
    found = totals(invoice(*map(line_of, lines.split("; "))), settings(prices, rounding), None, currency)
    assert [Commodities().plain(money) for money in (found.net, found.tax, found.total)] == expected


@pytest.mark.parametrize("row", rows("Instalments of a total:"), ids=lambda row: " ".join(row[:3]))
def test_worked_instalments(row):
    currency, total, parts, expected = row
    money = Commodities().money(Decimal(total), currency)
    assert money is not None
    instalments = [Instalment(due=DAY, share=percent(part)) for part in parts.split(", ")]
    assert [Commodities().plain(share) for share in shares(money, instalments)] == expected.split(", ")


def test_the_example_of_the_format():
    found = totals(
        invoice(
            Line(quantity=Decimal(100), price=Decimal("8.50"), discount=Decimal("0.05"), tax="vat13"),
            Line(price=Decimal("120.00"), tax="vat6"),
        ),
        settings(),
        None,
        "CNY",
    )
    assert found.line_nets == (Money(80750, "CNY"), Money(12000, "CNY"))
    assert found.taxes == (
        ("vat13", Money(80750, "CNY"), Money(10498, "CNY")),
        ("vat6", Money(12000, "CNY"), Money(720, "CNY")),
    )
    assert found.total == Money(103968, "CNY")


def test_prices_of_document_then_customer_then_book():
    line = Line(price=Decimal(113), tax="vat13")
    gross = Customer(id="a", name="A", prices="gross")
    assert totals(invoice(line), settings(), gross, "CNY").total.minor == 11300
    assert totals(invoice(line, prices="net"), settings(), gross, "CNY").total.minor == 12769
    assert totals(invoice(line), settings("gross"), None, "CNY").total.minor == 11300


def test_rates_by_the_documents_day_and_a_credit_notes_by_what_it_corrects():
    rate = Dated(((None, Decimal("0.16")), (dt.date(2026, 2, 1), Decimal("0.13"))))
    rules = settings(taxes={"vat": Tax("vat", rate)})
    first = invoice(Line(price=Decimal(100), tax="vat"))
    assert totals(first, rules, None, "CNY").tax.minor == 1600
    later = replace(first, date=dt.date(2026, 2, 1))
    assert totals(later, rules, None, "CNY").tax.minor == 1300
    note = replace(later, kind="credit-note", corrects="INV-1", corrected_date=DAY)
    assert totals(note, rules, None, "CNY") == totals(first, rules, None, "CNY")


def test_taxes_that_nobody_knows():
    not_yet = Tax("later", Dated(((dt.date(2027, 1, 1), Decimal("0.13")),)))
    document = invoice(Line(price=Decimal(1), tax="nix"), Line(price=Decimal(1), tax="later"), Line(price=Decimal(1)))
    rules = settings(taxes={"later": not_yet})
    assert unknown_taxes(document, rules) == document.lines[:2]
    assert totals(document, rules, None, "CNY").total.minor == 300


decimals = st.decimals(-9999, 9999, places=3)
lines = st.builds(
    Line,
    quantity=st.decimals(0, 999, places=2),
    price=decimals,
    discount=st.decimals(0, 1, places=3),
    tax=st.sampled_from([None, *RATES]),
)
rules = st.builds(settings, st.sampled_from(["net", "gross"]), st.sampled_from(["document", "line"]))


@given(st.lists(lines, min_size=1, max_size=6), rules, st.sampled_from(["CNY", "JPY", "BHD"]))
def test_parts_sum_to_the_whole(given_lines, rule, currency):
    found = totals(invoice(*given_lines), rule, None, currency)
    assert found.net + found.tax == found.total
    assert sum(net.minor for net in found.line_nets) == found.net.minor
    assert sum(tax.minor for _, _, tax in found.taxes) == found.tax.minor
    for name, base, _ in found.taxes:
        assert base.minor == sum(
            n.minor for n, line in zip(found.line_nets, given_lines, strict=True) if line.tax == name
        )


@given(st.lists(lines, min_size=1, max_size=6), rules)
def test_a_mirrored_document_takes_back_everything(given_lines, rule):
    document = invoice(*given_lines)
    mirror = invoice(*(replace(line, price=-line.price) for line in given_lines))
    one, other = totals(document, rule, None, "CNY"), totals(mirror, rule, None, "CNY")
    assert other.total == -one.total
    assert other.line_nets == tuple(-net for net in one.line_nets)
    assert [tax for _, _, tax in other.taxes] == [-tax for _, _, tax in one.taxes]


@given(st.lists(lines, min_size=1, max_size=6))
def test_gross_total_is_the_sum_of_the_lines_whatever_the_tax(given_lines):
    taxed = totals(invoice(*given_lines), settings("gross"), None, "CNY")
    free = totals(invoice(*(replace(line, tax=None) for line in given_lines)), settings("gross"), None, "CNY")
    assert taxed.total == free.total


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(1, 1000), min_size=1, max_size=8))
def test_shares_conserve(total, weights):
    parts = [Instalment(due=DAY, share=Decimal(weight)) for weight in weights]
    found = shares(Money(total, "CNY"), parts)
    assert sum(part.minor for part in found) == total
    for weight, part in zip(weights[:-1], found, strict=False):
        assert abs(part.minor * sum(weights) - total * weight) * 2 <= sum(weights)


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=8))
def test_amounts_that_sum_to_the_total_come_out_as_written(amounts):
    parts = [Instalment(due=DAY, amount=Decimal(amount).scaleb(-2)) for amount in amounts]
    assert [part.minor for part in shares(Money(sum(amounts), "CNY"), parts)] == amounts
    assert shares(Money(5, "CNY"), ()) == ()
