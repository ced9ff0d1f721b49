"""Amounts as written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from custledger.parse.journal.amounts import scan_amount, scan_tail
from custledger.parse.journal.problems import Refused


@pytest.mark.parametrize(
    ("text", "negative", "quantity", "commodity", "left", "spaced"),
    [
        ("CNY 11,300.00", False, "11300.00", "CNY", True, True),
        ("CNY -10,000.00", True, "10000.00", "CNY", True, True),
        ("-CNY 1", True, "1", "CNY", True, True),
        ("$-1", True, "1", "$", True, False),
        ("-$-1", False, "1", "$", True, False),
        ("- $ 1", True, "1", "$", True, True),
        ("$-      1", True, "1", "$", True, False),
        ("+ 1", False, "1", None, False, False),
        ("-1EUR", True, "1", "EUR", False, False),
        ("1 EUR", False, "1", "EUR", False, True),
        ('3 "green apples"', False, "3", "green apples", False, True),
        ('"A1"3', False, "3", "A1", True, False),
        ("元5.95", False, "5.95", "元", True, False),
        ("1E3 EUR", False, "1000", "EUR", False, True),
        ("1E", False, "1", "E", False, False),
        ("EUR1e- 2", False, "0.01", "EUR", True, False),
        ("1\u202f000,5 €", False, "1000.5", "€", False, True),
        ("1\u3000EUR", False, "1", "EUR", False, True),
    ],
)
def test_shapes(text: str, negative: bool, quantity: str, commodity: str | None, left: bool, spaced: bool) -> None:
    amount = scan_amount(f"xx{text}", 2)
    assert amount.negative == negative
    assert amount.number.quantity == Decimal(quantity)
    assert (amount.commodity, amount.left, amount.spaced) == (commodity, left, spaced)
    assert (amount.column, amount.end) == (3, 3 + len(text))


@pytest.mark.parametrize(
    ("text", "slug", "variant", "column", "end"),
    [
        ("", "invalid-amount", "missing", 1, 1),
        ("foo", "invalid-amount", "", 1, 4),
        ("CNY", "invalid-amount", "", 1, 4),
        ("１２", "invalid-amount", "", 1, 3),
        ("(1 + 1)", "unsupported", "value-expression", 1, 8),
        ("1..2", "invalid-amount", "marks", 1, 4),
        ("1,000,", "invalid-amount", "marks", 1, 7),
        ("1.5 2", "invalid-amount", "digits", 1, 6),
        ("1 000E3", "invalid-amount", "exponent", 1, 8),
        ("EUR\u00a01", "syntax", "odd-blank", 4, 5),
        ("1 EUR\u00a0", "syntax", "odd-blank", 6, 7),
        ("1E1000000", "too-many-digits", "absurd", 1, 10),
    ],
)
def test_what_is_none(text: str, slug: str, variant: str, column: int, end: int) -> None:
    with pytest.raises(Refused) as refused:
        scan_amount(text, 0)
    assert (refused.value.slug, refused.value.variant) == (slug, variant)
    assert (refused.value.column, refused.value.end) == (column, end)


def test_cost_assertion_and_comment() -> None:
    line = "a  USD -1,000.00 @ CNY 7.10 ==* USD 5 @@ 3 X ; comment"
    amount, cost, assertion, comment = scan_tail(line, 3)
    assert amount is not None
    assert cost is not None
    assert assertion is not None
    assert (cost.total, cost.amount.commodity, line[cost.column - 1 : cost.end - 1]) == (False, "CNY", "@ CNY 7.10")
    assert (assertion.sole, assertion.inclusive) == (True, True)
    assert assertion.cost is not None
    assert assertion.cost.total
    assert line[assertion.column - 1 : assertion.end - 1] == "==* USD 5 @@ 3 X"
    assert line[comment] == ";"


@pytest.mark.parametrize(
    "text", ["1 X @@ 2 Y", "1 X (@@) 2 Y", "1 X @@2Y", "1 X {1 Y} @@ 2 Y", "1 X @@ 2 Y {{= 1 Y}} [2026-01-01]"]
)
def test_total_costs_and_lots(text: str) -> None:
    _, cost, _, end = scan_tail(text, 0)
    assert cost is not None
    assert cost.total
    assert cost.amount.number.quantity == 2
    assert end == len(text)


@pytest.mark.parametrize(
    ("text", "slug", "variant"),
    [
        ("1 X foo", "syntax", "after-amount"),
        ("1 X @ 2 Y @ 3 Z", "syntax", "after-amount"),
        ("1 X {1 Y", "syntax", "after-amount"),
        ("1 X {1 Y}}", "syntax", "after-amount"),
        ("1 X [foo]", "syntax", "after-amount"),
        ("1 X (lot)", "unsupported", "lot-note"),
        ("1 X ((1))", "unsupported", "lot-note"),
        ("1 X @", "invalid-amount", "missing"),
        ("= ", "invalid-amount", "missing"),
        ("*2", "invalid-amount", ""),
    ],
)
def test_what_cannot_follow(text: str, slug: str, variant: str) -> None:
    with pytest.raises(Refused) as refused:
        scan_tail(text, 0)
    assert (refused.value.slug, refused.value.variant) == (slug, variant)
