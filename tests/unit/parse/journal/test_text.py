"""Amounts as text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from custledger.parse.journal.model import Amount, AmountStyle
from custledger.parse.journal.text import amount_end, amount_text, posting_line

CNY = AmountStyle(group_mark=",", groups=(3,), digits=2)


@pytest.mark.parametrize(
    ("quantity", "commodity", "style", "mark", "expected"),
    [
        ("-8700", "CNY", CNY, None, "CNY -8,700.00"),
        ("0.125", "CNY", CNY, None, "CNY 0.125"),
        ("1E+3", "CNY", CNY, None, "CNY 1,000.00"),
        ("1000", "JPY", CNY._replace(digits=0), None, "JPY 1000"),
        ("1000", "JPY", CNY._replace(digits=0), ".", "JPY 1,000"),
        ("1000000", "JPY", CNY._replace(digits=0), None, "JPY 1,000,000"),
        ("1234567.8", "INR", AmountStyle(group_mark=",", groups=(3, 2), digits=2), None, "INR 12,34,567.80"),
        ("1.5", "€", AmountStyle(commodity_left=False, decimal_mark=",", digits=3), None, "1,5000 €"),
        ("1.5", "€", AmountStyle(commodity_left=False, decimal_mark=",", digits=3), ",", "1,500 €"),
        (
            "1000.5",
            "€",
            AmountStyle(commodity_left=False, decimal_mark=",", group_mark=".", digits=2),
            ".",
            "1,000.50 €",
        ),
        ("-1", "$", AmountStyle(spaced=False), None, "$-1"),
        ("1", "A 1", AmountStyle(), None, '"A 1" 1'),
        ("1", "", CNY, None, "1.00"),
    ],
)
def test_amounts(quantity: str, commodity: str, style: AmountStyle, mark: str | None, expected: str) -> None:
    assert amount_text(Amount(Decimal(quantity), commodity, style), mark) == expected


def test_postings_end_their_amounts_at_one_column() -> None:
    assert posting_line("a", "CNY 1.00") == "    a" + " " * 47 + "CNY 1.00"
    assert posting_line("应收", "CNY 1.00") == "    应收" + " " * 44 + "CNY 1.00"
    assert posting_line("a", "", "= 1") == "    a" + " " * 56 + "= 1"
    assert posting_line("a", "1", "@ 2") == "    a" + " " * 54 + "1 @ 2"
    assert posting_line("x" * 60, "1") == "    " + "x" * 60 + "  1"
    assert posting_line("a", "") == "    a"
    assert amount_end([("    a", "1")]) == 60
    assert amount_end([("    a", "1"), ("    " + "x" * 60, "1"), ("y" * 90, "")]) == 67
