"""Balancing transactions, assignments, assertions."""

from __future__ import annotations

import pytest

from journals import changes, read


def problem(postings: str, head: str = "") -> list[tuple[str, str, dict[str, str]]]:
    journal = read(f"{head}2026-01-01 x\n" + "".join(f"  {line}\n" for line in postings.split("; ")))
    return [(d.slug, d.variant, dict(d.args)) for d in journal.diagnostics]


@pytest.mark.parametrize(
    "postings",
    ["a  1; b  -1", "a  1; b", "a", "a  0", "a  1 EUR; b  -2 USD", "a  1 EUR @ 2 USD; b  -2 USD", "a  -1 EUR @@ 2 USD; b  2 USD",
     "(a)  1", "(a)", "[a]  1; [b]  -1", "a  1; b; [c]  2; [d]", "a  1 EUR; b  2 USD; c", "a  3 EUR @ 0.333 USD; b  -1.00 USD", "a  1 EUR @ 1.005 USD; b  -1.00 USD", "a  0.1; b  0.2; c  -0.3"],
)  # fmt: skip
def test_balanced(postings: str) -> None:
    assert problem(postings) == []


@pytest.mark.parametrize(
    ("postings", "slug", "variant", "rest"),
    [
        ("a  1 CNY", "unbalanced-transaction", "", "CNY 1"),
        (
            "a  11,300.00 CNY; b  -10,000 CNY; c  -1.3 CNY".replace("10,000 ", "10000 "),
            "unbalanced-transaction",
            "",
            "CNY 1,298.70",
        ),
        ("a  1 EUR; b  2 USD", "unbalanced-transaction", "", "EUR 1, USD 2"),
        ("a  1 EUR; b  2 USD; c  -3 CHF", "unbalanced-transaction", "", "CHF -3, EUR 1, USD 2"),
        ("a  1 EUR @ 2 USD; b  -3 CHF", "unbalanced-transaction", "", "CHF -3, USD 2"),
        ("a  1; b  -1; [c]  2", "unbalanced-transaction", "virtual", "2"),
        ("a  3 EUR @ 0.330 USD; b  -1.00 USD", "unbalanced-transaction", "", "USD -0.010"),
        ("a  1; b  -1; assets:bank CNY 100.00; c  5", "unbalanced-transaction", "", ""),
    ],
)
def test_unbalanced(postings: str, slug: str, variant: str, rest: str) -> None:
    if not rest:
        assert problem(postings) == []
        return
    assert problem(postings) == [(slug, variant, {"rest": rest})]


def test_a_single_blank_before_the_amount_is_pointed_at() -> None:
    ((slug, variant, args),) = problem("assets:bank CNY 100.00; income")
    assert (slug, variant, args) == ("two-missing-amounts", "single-space", {"account": "assets:bank CNY 100.00"})
    assert problem("a; b")[0][:2] == ("two-missing-amounts", "")
    assert problem("[a]; [b]")[0][0] == "two-missing-amounts"


def test_precision_is_the_larger_of_declared_and_written_here() -> None:
    priced = "a  1 EUR @ 1.004 USD; b  -1.00 USD"
    elsewhere = "2026-01-01 y\n  a  0.0001 USD\n  b\n"
    assert problem(priced) == []
    assert problem(priced, head=elsewhere) == []
    assert problem(priced, head="commodity USD 1.00\n") == []
    assert problem(priced, head="commodity USD 1.0000\n")[0][0] == "unbalanced-transaction"
    assert problem("a  1 EUR @ 1.004 USD; b  -1.000 USD", head="commodity USD 1.00\n")[0][0] == "unbalanced-transaction"


def test_a_sum_in_a_commodity_of_costs_alone_must_be_exact() -> None:
    assert problem("a  1 EUR @ 1.33 USD; b  -1 EUR @ 1.33 USD") == []
    assert problem("a  1 EUR @ 1.33 USD; b  -1 EUR @ 1.331 USD")[0][2] == {"rest": "USD -0.001"}


def test_inferred_amounts() -> None:
    journal = read("2026-01-01 x\n  a  1.50 EUR @ 2 USD\n  b  3 CHF\n  c\n")
    amounts = journal.transactions[0].postings[2].amounts
    assert [(a.quantity, a.commodity) for a in amounts] == [(-3, "CHF"), (-3, "USD")]
    assert journal.transactions[0].postings[2].amount is None


def test_sums_are_exact() -> None:
    huge = "9" * 90
    journal = read(f"2026-01-01 x\n  a  {huge}.01\n  b  0.02\n  c\n")
    assert str(journal.transactions[0].postings[2].amounts[0].quantity) == f"-{huge}.03"


def test_assertions_report_once_with_the_difference() -> None:
    text = "2026-01-01 x\n  a  1 CNY = 2 CNY\n  b\n2026-01-02 y\n  a  1 CNY = 3 CNY\n  b\n"
    (one,) = read(text).diagnostics
    assert (one.slug, one.span.line, one.span.column, one.span.end_column) == ("failed-assertion", 2, 12, 19)
    assert dict(one.args) == {
        "account": "a", "date": "2026-01-01", "expected": "CNY 2", "actual": "CNY 1", "difference": "CNY -1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("  a:b  1\n  a  1 = 1\n  c\n", True),
        ("  a:b  1\n  a  1 =* 2\n  c\n", True),
        ("  a:b  1\n  a  1 =* 1\n  c\n", False),
        ("  a  1 X\n  a  1 Y = 1 Y\n  c\n", True),
        ("  a  1 X\n  a  1 Y == 1 Y\n  c\n", False),
        ("  (a)  1 = 1\n", True),
        ("  a  1 X @ 2 Y = 1 X @ 5 Z\n  b\n", True),
        ("  a  0.10 = 0.1\n  b\n", True),
    ],
)
def test_kinds_of_assertion(text: str, good: bool) -> None:
    assert (not read(f"2026-01-01 x\n{text}").diagnostics) == good


def test_assignments() -> None:
    text = "2026-01-01 x\n  (a)  1 X\n  (a:b)  4 X\n  (a)  2 Y\n2026-01-02 y\n  a  = 5 X\n  e\n2026-01-03 z\n  a  == 1 Y\n  e\n2026-01-04 w\n  a  =* 9 X\n  e\n"
    journal = read(text)
    assert not journal.diagnostics
    found = changes(journal.transactions)
    assert {key: value for key, value in found.items() if key[1] == "a"} == {
        ("2026-01-01", "a", "X"): 1, ("2026-01-01", "a", "Y"): 2, ("2026-01-02", "a", "X"): 4,
        ("2026-01-03", "a", "X"): -5, ("2026-01-03", "a", "Y"): -1, ("2026-01-04", "a", "X"): 5,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("2026-01-01 x\n  a  = 1  ; date:2026-01-02\n  b\n", "assignment-dated"),
        ("= q\n  a  *2\n2026-01-01 x\n  a  = 1\n  b\n", "assignment-rule"),
        ("2026-01-01 x\n  a  = 1\n  b  1 X @ 2 Y\n  c\n", "assignment-with-cost"),
        ("2026-01-02 x\n  a  = 1\n  a:b  1  ; date:2026-01-01\n  c\n", "assignment-order"),
    ],
)
def test_assignments_that_are_refused(text: str, variant: str) -> None:
    assert [d.variant for d in read(text).diagnostics] == [variant]


def test_a_file_that_ends_in_an_entry_that_does_not_balance() -> None:
    (one,) = read("2026-01-01 x\n  a  100 CNY\n  b  -10 CNY").diagnostics
    assert (one.slug, one.variant, dict(one.args)) == ("truncated-entry", "unbalanced", {"rest": "CNY 90"})
    (one,) = read("2026-01-01 x\n  a  100 CNY\n  b  -10 CNY\n").diagnostics
    assert one.slug == "unbalanced-transaction"
    assert tuple(one.span) == ("a.journal", 1, 1, 3, 13)
