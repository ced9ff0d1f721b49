"""What is no entry: moves between a customer's accounts, and years carried forward."""

import pytest

from engine import book


def test_moving_between_a_customers_accounts_is_no_entry_but_allocates():
    found = book("""
2026-01-05 (R-1) x
    assets:bank   CNY 100
    liabilities:advances:acme  CNY -100
2026-02-01 (I-1) x
    assets:receivable:acme   CNY 80
    income
2026-02-03 x
    liabilities:advances:acme  CNY 80
    assets:receivable:acme     CNY -80  ; invoice:I-1, receipt:R-1
""")
    assert [k[1] for k in found.kinds()] == ["I-1", "R-1"]
    (use,) = found.book.advances
    assert (use.money.minor, use.receipt, use.invoices, use.accounts) == (
        8000, "R-1", ("I-1",), ("liabilities:advances:acme",)
    )  # fmt: skip
    assert len(found.book.postings) == 4


CARRY = """
2025-03-01 (I-1) x
    assets:receivable:acme   CNY 80
    income:sales
2025-12-31 closing balances
    assets:receivable:acme  CNY -80 = CNY 0
    equity:closing
{middle}
{opening}  opening balances
    assets:receivable:acme  CNY 80 = CNY 80
    equity:closing
2026-02-01 (R-1) x
    assets:receivable:acme  CNY -80  ; invoice:I-1
    assets:bank
"""


@pytest.mark.parametrize(
    ("opening", "pairs"), [("2026-01-01", 1), ("2025-12-31", 1), ("2026-01-31", 1), ("2026-02-01", 0)]
)
def test_a_carry_forward_is_no_entry(opening, pairs):
    found = book(CARRY.format(opening=opening, middle=""))
    assert len(found.book.carry_forwards) == pairs
    if pairs:
        assert [k[1] for k in found.kinds()] == ["I-1", "R-1"]
        assert found.balance("2025-12-31") == (8000, 0, 8000)
        assert found.open("2026-02-01") == {}


def test_clopen_pairs_whatever_lies_between():
    text = (
        CARRY.format(opening="2026-05-01", middle="")
        .replace("balances\n", "balances  ; clopen:\n")
        .replace(" = CNY 80", "")
    )
    assert len(book(text).book.carry_forwards) == 1


def test_an_opening_that_is_no_mirror_is_an_entry():
    found = book(CARRY.format(opening="2026-01-01", middle="").replace("CNY 80 = CNY 80", "CNY 79"))
    assert not found.book.carry_forwards
    assert ("Charge", "opening") in [(k[0], k[2]) for k in found.kinds()]


def test_what_does_not_close_to_zero_is_an_entry():
    text = CARRY.format(opening="2026-01-01", middle="").replace(" = CNY 0", "").replace(" = CNY 80", "")
    assert len(book(text).book.carry_forwards) == 1
    assert not book(text.replace("CNY 80\n    income", "CNY 81\n    income")).book.carry_forwards
