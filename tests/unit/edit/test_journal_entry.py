from __future__ import annotations

import datetime as dt

import pytest

from custledger.core.money import Commodities, Commodity, Money
from custledger.edit.journal_entry import NewEntry, NewPosting, amount_text, description, entry_text, style_of
from custledger.parse.journal.model import AmountStyle, CommodityDeclared

COMMODITIES = Commodities()
DAY = dt.date(2026, 2, 10)


def test_a_payment() -> None:
    entry = NewEntry(
        date=DAY,
        code="RCPT-2026-00007",
        payee="上海蓝海贸易有限公司",
        note="电汇",
        tags=(("method", "wire"), ("bankref", "20260210-8841")),
        outside=("货款 INV-2026-0001、0004; x:y",),
        postings=(
            NewPosting(account="assets:bank:icbc", amount="CNY 20,000.00"),
            NewPosting(account="assets:receivable:上海", amount="CNY -8,700.00", tags=(("invoice", "INV-2026-0004"),)),
            NewPosting(account="assets:receivable:blueocean", amount=None),
        ),
    )
    assert entry_text(entry) == (
        "2026-02-10 * (RCPT-2026-00007) 上海蓝海贸易有限公司 | 电汇  ; method:wire, bankref:20260210-8841\n"
        "    ; > 货款 INV-2026-0001、0004； x：y\n"
        "    assets:bank:icbc                       CNY 20,000.00\n"
        "    assets:receivable:上海                 CNY -8,700.00  ; invoice:INV-2026-0004\n"
        "    assets:receivable:blueocean\n"
    )


def test_long_accounts_keep_two_blanks() -> None:
    text = entry_text(
        NewEntry(
            date=DAY,
            payee="x",
            postings=(NewPosting(account="a" * 60, amount="1"), NewPosting(account="b", amount="-1")),
        )
    )
    assert text == f"2026-02-10 * x\n    {'a' * 60}  1\n    b{' ' * 60}-1\n"


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
    ("minor", "commodity", "style", "expected"),
    [
        (-870000, "CNY", AmountStyle(group_mark=",", groups=(3,), digits=2), "CNY -8,700.00"),
        (870000, "€", AmountStyle(False, True, ",", ".", (3,), 2), "8.700,00 €"),
        (-12345678900, "₹", AmountStyle(True, False, ".", ",", (3, 2), 2), "₹-12,34,56,789.00"),
        (5, "$", AmountStyle(True, False), "$0.05"),
        (1000, "JPY", AmountStyle(), "JPY 1000"),
        (100, "", AmountStyle(), "0.000001"),
        (100, "Acme 7", AmountStyle(), '"Acme 7" 0.000001'),
    ],
)
def test_amounts(minor: int, commodity: str, style: AmountStyle, expected: str) -> None:
    assert amount_text(Money(minor, commodity), COMMODITIES, style) == expected


def test_the_style_of_the_book() -> None:
    style = AmountStyle(False, False, ",", ".", (3,), 2)
    declared = {"EUR": CommodityDeclared(name="EUR", digits=2, declared=True, style=style)}
    assert style_of("EUR", declared, COMMODITIES, None) == style
    assert style_of("CNY", declared, COMMODITIES, None) == AmountStyle(True, True, ".", ",", (3,), 2)
    assert style_of("JPY", {}, COMMODITIES, None).group_mark == ""
    assert style_of("JPY", {}, COMMODITIES, ".").group_mark == ","
    assert style_of("EUR", {}, COMMODITIES, ",") == AmountStyle(True, True, ",", ".", (3,), 2)
    wide = Commodities({"ZZZ": Commodity("ZZZ", 4, 4)})
    assert amount_text(Money(123456789, "ZZZ"), wide, style_of("ZZZ", {}, wide, None)) == "ZZZ 12,345.6789"
