from __future__ import annotations

import datetime as dt

import pytest

from custledger.core.money import Commodities, Money
from custledger.edit.journal_entry import NewEntry, NewPosting, description, entry_text, styled
from custledger.parse.journal.model import Amount, AmountStyle, CommodityDeclared
from custledger.parse.journal.text import amount_text

COMMODITIES = Commodities()
DAY = dt.date(2026, 2, 10)


def cny(minor: int) -> Amount:
    return styled(Money(minor, "CNY"), COMMODITIES, {})


def test_a_payment() -> None:
    entry = NewEntry(
        date=DAY,
        code="RCPT-2026-00007",
        payee="上海蓝海贸易有限公司",
        note="电汇",
        tags=(("method", "wire"), ("bankref", "20260210-8841")),
        outside=("货款 INV-2026-0001、0004; x:y",),
        postings=(
            NewPosting(account="assets:bank:icbc", amount=cny(2_000_000)),
            NewPosting(account="assets:receivable:上海", amount=cny(-870_000), tags=(("invoice", "INV-2026-0004"),)),
            NewPosting(account="assets:receivable:blueocean", amount=None),
        ),
    )
    assert entry_text(entry) == (
        "2026-02-10 * (RCPT-2026-00007) 上海蓝海贸易有限公司 | 电汇  ; method:wire, bankref:20260210-8841\n"
        "    ; > 货款 INV-2026-0001、0004； x：y\n"
        "    assets:bank:icbc                           CNY 20,000.00\n"
        "    assets:receivable:上海                     CNY -8,700.00  ; invoice:INV-2026-0004\n"
        "    assets:receivable:blueocean\n"
    )


def test_long_accounts_keep_two_blanks() -> None:
    text = entry_text(
        NewEntry(
            date=DAY,
            payee="x",
            postings=(NewPosting(account="a" * 60, amount=cny(100)), NewPosting(account="b", amount=cny(-100))),
        )
    )
    assert text == f"2026-02-10 * x\n    {'a' * 60}  CNY 1.00\n    b{' ' * 46}CNY -1.00\n"


@pytest.mark.parametrize(
    ("payee", "note", "expected"),
    [
        ("A; B | C", "", "A； B ｜ C"),
        ("A", "x | y", "A | x ｜ y"),
        ("A\n2026-01-01 evil", "", "A 2026-01-01 evil"),
        ("A\x1b[2J\u202e", "", "A\\u{1b}[2J\\u{202e}"),
        ("  A   B ", "", "A B"),
    ],
)
def test_descriptions_are_safe(payee: str, note: str, expected: str) -> None:
    assert description(payee, note) == expected


def test_a_payee_in_brackets_is_no_code() -> None:
    entry = NewEntry(date=DAY, payee="(A) B", postings=(NewPosting(account="a", amount=None),))
    assert entry_text(entry).startswith("2026-02-10 * （A) B\n")


@pytest.mark.parametrize(
    ("minor", "commodity", "expected"),
    [
        (-870000, "CNY", "CNY -8,700.00"),
        (1000, "JPY", "JPY 1000"),
        (870000, "EUR", "8.700,00 €".replace("€", "EUR")),
        (5, "$", "$0.05"),
        (123, "ABC", "ABC 0.00000123"),
    ],
)
def test_amounts_are_written_as_the_book_writes_them(minor: int, commodity: str, expected: str) -> None:
    style = AmountStyle(False, True, ",", ".", (3,), 2)
    declared = {"EUR": CommodityDeclared(name="EUR", digits=2, declared=True, style=style)}
    assert amount_text(styled(Money(minor, commodity), COMMODITIES, declared)) == expected
