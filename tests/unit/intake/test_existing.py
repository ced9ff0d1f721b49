"""What the book has already."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from custledger.book.book import Book
from custledger.book.customer import Customer
from custledger.book.invoice import Instalment, Invoice, Line
from custledger.core.money import Commodities
from custledger.core.span import Span
from custledger.intake.existing import sift

DAY = dt.date(2026, 1, 5)
ONE = Invoice(number="1", customer="acme", date=DAY, due=DAY, currency="USD", lines=(Line(price=Decimal(5)),))
BOOK = Book(label=("t",), commodities=Commodities(), customers={"acme": Customer(id="acme", name="Acme", was=("old",))})


def test_the_same_is_known_and_another_number_is_new():
    found = sift([ONE, replace(ONE, number="2")], [replace(ONE, span=Span("x", 3))], BOOK)
    assert ([one.number for one in found.new], found.known, found.conflicts) == (["2"], 1, ())


@pytest.mark.parametrize(
    "there",
    [
        replace(ONE, customer="old"),
        replace(ONE, note="called", salesperson="ann", refs={"po": ("1",)}),
        replace(ONE, due=None, instalments=(Instalment(due=DAY, share=Decimal(1)),)),
        replace(ONE, lines=(Line(price=Decimal("5.00"), span=Span("x", 9)),)),
    ],
)
def test_what_people_add_later_is_no_difference(there):
    assert sift([ONE], [there], BOOK).known == 1


@pytest.mark.parametrize(
    ("there", "fields"),
    [
        (replace(ONE, customer="bolt"), "customer"),
        (replace(ONE, date=dt.date(2026, 1, 6), due=dt.date(2026, 1, 6)), "date, due"),
        (replace(ONE, lines=(Line(price=Decimal(6)),)), "lines"),
        (replace(ONE, kind="credit-note", currency="EUR"), "kind, currency"),
    ],
)
def test_another_content_is_a_conflict(there, fields):
    found = sift([ONE], [there], BOOK)
    assert (found.new, found.known) == ((), 0)
    (conflict,) = found.conflicts
    assert (conflict.slug, dict(conflict.args)["fields"]) == ("import-conflict", fields)


def test_what_a_table_leaves_open_is_not_compared():
    assert sift([replace(ONE, due=None, currency=None)], [ONE], BOOK).known == 1
