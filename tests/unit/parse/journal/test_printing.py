"""Journals as text again."""

from __future__ import annotations

import pytest

from custledger.core.text import pad
from custledger.parse.journal.load import load
from custledger.parse.journal.printing import print_journal, transaction_text
from custledger.parse.journal.text import posting_line
from journals import DictSource, changes, read


@pytest.mark.parametrize(
    "lines",
    [
        ["2026-01-15=2026-01-16 * (INV-1) A | b  ; due:2026-02-14", "    ; > x", ("! assets:上海", "CNY 11,300.00", "  ; x"), "    ; y", "    income"],
        ["2026-01-15 !", ("[a]", "$-1", " @ 2 X = $5"), ("[b]", "1 $", " @@ 2 X")],
        ["2026-01-15 () (not a code)", ("(a)", '1.50 "A 1"', "")],
        ["2026-01-15 () ! no status"],
        ["2026-01-15 x", "    ; only below", ("a", "1 CNY", "  ; date:2026-01-16"), "    b"],
        ["2026-01-15 x", ("a", "", " == 1 CNY"), "    b"],
    ],
)  # fmt: skip
def test_a_transaction_in_our_layout_is_printed_as_it_stands(lines: list[str | tuple[str, str, str]]) -> None:
    text = "".join(
        f"{line if isinstance(line, str) else posting_line(line[0], line[1]) if line[1] else pad('    ' + line[0], 60)}"
        f"{'' if isinstance(line, str) else line[2]}\n"
        for line in lines
    )
    journal = read("commodity CNY 1,000.00\n" + text)
    assert transaction_text(journal.transactions[0]) == text


def test_a_long_line_sets_where_amounts_end() -> None:
    text = f"2026-01-15 x\n    {'a' * 60}  1,000.00 CNY\n    b{' ' * 68}1 CNY\n    c\n"
    assert transaction_text(read(text).transactions[0]) == text


def test_a_whole_journal() -> None:
    text = (
        "commodity EUR 1.000,00\nalias a = assets\npayee P\ntag t\naccount a  ; type:A\nP 2026-01-01 EUR CNY 7,10\n"
        "2026-02-01 later\n  a  1.000,50 EUR\n  b\n2026-01-01 earlier\n  (a)  1\n"
    )
    assert print_journal(read(text)) == (
        "decimal-mark .\ncommodity EUR 1,000.00\naccount assets  ; type:A\npayee P\ntag t\nP 2026-01-01 EUR CNY 7.10\n"
        "\n2026-01-01 earlier\n    (assets)                                               1\n"
        "\n2026-02-01 later\n    assets                                      1,000.50 EUR\n    b\n"
    )


def test_rounding_goes_along() -> None:
    """What balances after rounding sets the digits that hledger will round to."""
    text = "2026-01-01 x\n  a  1 EUR @ 1.004 USD\n  b  -1.00 USD\n2026-01-02 y\n  a  0.0001 USD\n  b\n"
    assert "commodity 1000.00 USD\n" in print_journal(read(text))


def test_extra_transactions_leave_assertions_out() -> None:
    journal = read("2026-01-01 x\n  a  1 = 1\n  b\n2026-01-02 y\n  a  = 5\n  b\n")
    extra = read("2026-01-01 z\n  a  1\n  b\n").transactions
    printed = print_journal(journal, extra)
    assert "=" not in printed
    again = read(printed)
    assert not again.diagnostics
    assert changes(again.transactions) == changes((*journal.transactions, *extra))


def test_separate_journals_print_as_one() -> None:
    files = {"a": "2026-01-01 x\n  (a)  1 = 1\n", "b": "2026-01-01 x\n  (a)  1 = 1\n"}
    journal = load(DictSource(files), ["a", "b"], separate=True)
    again = read(print_journal(journal, assertions=False))
    assert changes(again.transactions) == {("2026-01-01", "a", ""): 2}


def test_posting_dates_keep_the_order_that_assertions_need() -> None:
    text = "2026-01-05 x\n  (a)  1 = 1  ; date:2026-01-07\n2026-01-03 y\n  (a)  1 = 2  ; date:2026-01-07\n"
    printed = print_journal(read(text))
    assert not read(printed).diagnostics
    assert printed.index("2026-01-05") < printed.index("2026-01-03")
