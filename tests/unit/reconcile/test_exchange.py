"""Realised exchange differences: a settled item has nothing left, in its own commodity and at cost."""

from fractions import Fraction

import pytest

from custledger.reconcile.exchange import rate_text
from engine import book


def invoice(amount: str, cost: str, number="INV-9", commodity="EUR") -> str:
    return f"2026-01-05 ({number}) x\n    assets:receivable:acme  {commodity} {amount} {cost}\n    income\n"


def paid(code: str, date: str, amount: str, cost: str, tag="", commodity="EUR") -> str:
    tag = f"  ; {tag}" if tag else ""
    return (
        f"{date} ({code}) x | INV-9\n    assets:bank\n    assets:receivable:acme  {commodity} -{amount} {cost}{tag}\n"
    )


def proposed(*texts: str) -> list[tuple]:
    """(credit, [(charge, amount, cost)], difference) of every proposal."""
    found = book(*texts, tiers=None)
    names = {entry.key: entry.name for entry in (*found.book.charges, *found.book.credits)}
    return [
        (
            names[p.credit],
            [(names[key], n, cost.minor) for (key, n), cost in zip(p.parts, p.costs, strict=True)],
            p.difference.minor,
        )
        for p in found.told().proposals
    ]


def test_a_gain_and_a_loss():
    """100,000 EUR at 1.10, paid at 1.20: 10,000 won. Source: Kantox's example."""
    sold = invoice("100000", "@ USD 1.10")
    assert proposed(sold, paid("R", "2026-02-01", "100000", "@ USD 1.20")) == [
        ("R", [("INV-9", 10_000_000, 11_000_000)], -1_000_000)
    ]
    assert proposed(sold, paid("R", "2026-02-01", "100000", "@@ USD 105000")) == [
        ("R", [("INV-9", 10_000_000, 11_000_000)], 500_000)
    ]


def test_nothing_where_the_costs_agree_or_are_not_there():
    sold = invoice("100000", "@ USD 1.10")
    assert proposed(sold, paid("R", "2026-02-01", "100000", "@ USD 1.10")) == []
    assert proposed(sold, paid("R", "2026-02-01", "100000", "@@ USD 110000")) == []
    assert proposed(sold, paid("R", "2026-02-01", "100000", "")) == []
    assert proposed(invoice("100000", ""), paid("R", "2026-02-01", "100000", "@ USD 1.20")) == []
    assert proposed(sold, paid("R", "2026-02-01", "100000", "@ CNY 7.20")) == []


def test_the_allocation_counts_all_the_same():
    found = book(invoice("100", "@ USD 1.10"), paid("R", "2026-02-01", "100", "@ USD 1.20"), tiers=None)
    assert found.balance("2026-02-01") == (0, 0, 0)
    (only,) = found.told().proposals
    assert only.computation == "INV-9 EUR 100.00 @ 1.1 = USD 110.00; - USD 120.00"
    assert (only.money.minor, only.money.commodity, str(only.first)) == (-1000, "USD", "2026-02-01")


def test_three_parts_do_not_leave_a_cent():
    """3 x 1,250 CAD at 0.73429 = 3 x 917.86 = 2,753.58; the invoice is 2,753.59. Source: JD Edwards' example."""
    sold = invoice("3750", "@@ USD 2753.59", commodity="CAD")
    parts = [paid(f"R{n}", f"2026-02-0{n}", "1250", "@@ USD 900.00", commodity="CAD") for n in (1, 2, 3)]
    found = proposed(sold, *parts)
    costs = [cost for _, ((_, _, cost),), _ in found]
    assert costs == [91786, 91786, 91787]
    assert sum(costs) == 275359
    assert [difference for *_, difference in found] == [1786, 1786, 1787]


def test_written_parts_are_kept_and_the_last_takes_the_rest():
    sold = invoice("3750", "@@ USD 2753.59", commodity="CAD")
    done = [paid(f"R{n}", f"2026-02-0{n}", "1250", "@@ USD 917.86", "invoice:INV-9", "CAD") for n in (1, 2)]
    last = paid("R3", "2026-02-03", "1250", "@@ USD 917.86", "invoice:INV-9", "CAD")
    assert proposed(sold, *done) == []
    assert proposed(sold, *done, last) == [("R3", [("INV-9", 125000, 91787)], 1)]
    assert proposed(sold, *done, last.replace("917.86", "917.87")) == []
    # A payment from before that is entered later does not disturb what is written.
    early = paid("R0", "2026-01-20", "1250", "@@ USD 900.00", commodity="CAD")
    assert proposed(sold, *done, early) == [("R0", [("INV-9", 125000, 91787)], 1787)]


def test_parts_by_hand_at_the_invoices_own_rate_are_exact():
    sold = "2026-01-05 (INV-9) x\n    assets:receivable:acme  CAD 3750 @ USD 0.73429\n    income\n"
    parts = [paid(f"R{n}", f"2026-02-0{n}", "1250", "@ USD 0.73429", "invoice:INV-9", "CAD") for n in (1, 2, 3)]
    assert proposed(sold, *parts) == []


def test_a_credit_for_two_invoices_and_something_more():
    sold = invoice("100", "@ USD 1.10"), invoice("50", "@ USD 1.15", number="INV-8")
    receipt = paid("R", "2026-02-01", "200", "@@ USD 240.00", "invoice:INV-9 INV-8")
    assert proposed(*sold, receipt) == [("R", [("INV-8", 5000, 5750), ("INV-9", 10000, 11000)], 16750 - 18000)]


def test_credit_notes_are_not_touched():
    note = "2026-01-20 (CN) x\n    income\n    assets:receivable:acme  EUR -100 @ USD 1.20  ; invoice:INV-9\n"
    assert proposed(invoice("100", "@ USD 1.10"), note) == []


@pytest.mark.parametrize(("rate", "text"), [(Fraction(71, 10), "7.1"), (Fraction(1, 3), "~0.33333333"), (7, "7")])
def test_rates_in_digits(rate, text):
    assert rate_text(Fraction(rate)) == text
