"""Round amounts prove nothing by themselves; numbers and what stands open are read as they are first."""

from fractions import Fraction

import pytest

from custledger.reconcile.chance import coincidence
from custledger.reconcile.matchers.reference_partial import slip
from engine import book


def sale(number, date, amount, due=""):
    return f"{date} ({number}) x  ; due:{due or date}\n    assets:receivable:acme  CNY {amount}\n    income\n"


def paid(code, date, amount, note=""):
    return f"{date} ({code}) x | {note}\n    assets:bank  CNY {amount}\n    assets:receivable:acme\n"


def settled(*texts):
    return [
        (credit, charge, amount, rule)
        for credit, charge, amount, rule, *_ in book("\n".join(texts), tiers=None).story()
    ]


def test_lambda_counts_the_round_amounts_among_themselves():
    assert coincidence([100_050, 250_033, 200_120], 250_033, 3) == Fraction(3, 550_203)
    # One odd amount does not make the others less round.
    assert coincidence([100_000, 200_000, 300_000, 1], 300_000, 4) == Fraction(4 * 3 * 10**5, 4 * 600_001)
    assert coincidence([], 100, 3) == 0


def test_a_single_round_amount_is_left_where_a_set_of_three_has_it_too():
    round_ones = [sale(n, "2026-01-02", a) for n, a in (("A-1", 700), ("A-2", 100), ("A-3", 200), ("A-4", 400))]
    assert settled(*round_ones, paid("R", "2026-01-09", 700)) == []
    odd = [sale(n, "2026-01-02", a) for n, a in (("A-1", "700.07"), ("A-2", 150), ("A-3", 200), ("A-4", 400))]
    assert settled(*odd, paid("R", "2026-01-09", "700.07")) == [("R", "A-1", 70007, "exact")]


def test_a_round_sum_is_not_given_to_an_invoice_written_after_it():
    assert settled(paid("R", "2026-01-02", 5000), sale("A-1", "2026-01-09", 5000)) == []
    assert settled(paid("R", "2026-01-02", "5000.17"), sale("A-1", "2026-01-09", "5000.17")) == [
        ("R", "A-1", 500017, "exact")
    ]
    assert settled(sale("A-1", "2026-01-02", 5000), paid("R", "2026-01-09", 5000)) == [("R", "A-1", 500000, "exact")]


def test_a_single_amount_is_left_where_the_balance_of_a_month_is_the_same():
    texts = [
        sale("A-1", "2025-12-02", "300.03"),
        sale("A-2", "2026-01-02", "100.01"),
        sale("A-3", "2026-01-03", "100.01"),
    ]
    texts.append(sale("A-4", "2026-01-04", "100.01"))
    assert settled(*texts, paid("R", "2026-02-09", "300.03")) == []


def test_a_range_goes_over_what_weaker_evidence_settled():
    texts = [sale(f"INV-{n}", "2026-01-02", f"{n}.17") for n in (101, 102, 103)]
    texts += [paid("R-1", "2026-01-05", "102.17"), paid("R-2", "2026-01-06", "204.34", "INV-101-103")]
    assert settled(*texts) == [
        ("R-1", "INV-102", 10217, "exact"),
        ("R-2", "INV-101", 10117, "reference"),
        ("R-2", "INV-103", 10317, "reference"),
    ]


def test_a_number_one_slip_from_the_invoice_with_exactly_this_amount_decides_nothing():
    texts = [sale("INV-1012", "2026-01-02", "900.50"), sale("INV-1013", "2026-01-02", "700.25")]
    assert settled(*texts, paid("R", "2026-01-09", "700.25", "INV-1012")) == []
    assert settled(*texts, paid("R", "2026-01-09", "600.25", "INV-1012")) == [
        ("R", "INV-1012", 60025, "reference-partial")
    ]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("INV-12", "INV-13", True),
        ("INV-12", "INV-21", True),
        ("INV-12", "INV-12", False),
        ("INV-12", "INV-123", False),
        ("INV-123", "INV-321", False),
        ("INV-12", "INV-33", False),
    ],
)
def test_slips(left, right, expected):
    assert slip(left, right) is expected
