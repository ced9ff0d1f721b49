"""What stands above an entry, and what it makes of numbers and names."""

from __future__ import annotations

import pytest

from journals import read


def amount(text: str, head: str = "", **options: object) -> tuple[str, str] | str:
    journal = read(f"{head}2026-01-01 x\n  (a)  {text}\n", **options)
    if journal.diagnostics:
        one = journal.diagnostics[0]
        return f"{one.slug}.{one.variant}".rstrip(".")
    found = journal.transactions[0].postings[0].amounts[0]
    return str(found.quantity), found.commodity


@pytest.mark.parametrize(
    ("text", "head", "expected"),
    [
        ("1,000 X", "", "ambiguous-number"),
        ("0,125 X", "", "ambiguous-number"),
        ("1,000E1 X", "", "ambiguous-number"),
        ("1.000 X", "", ("1.000", "X")),
        ("1,00 X", "", ("1.00", "X")),
        ("1,0000 X", "", ("1.0000", "X")),
        ("1,000,000 X", "", ("1000000", "X")),
        ("1,000.00 X", "", ("1000.00", "X")),
        ("1,000 X", "decimal-mark .\n", ("1000", "X")),
        ("1,000 X", "decimal-mark ,\n", ("1.000", "X")),
        ("1.000 X", "decimal-mark ,\n", ("1000", "X")),
        ("1,000 X", "commodity X 1,000.00\n", ("1000", "X")),
        ("1,000 X", "commodity Y 1,000.00\n", "ambiguous-number"),
        ("1,000 X", "D 1,000.00 Y\n", ("1000", "X")),
        ("1,000", "D 1,000.00 Y\n", ("1000", "Y")),
        ("1,000 X", "commodity X 1.000,00\nD 1,000.00 Y\n", ("1.000", "X")),
        ("1,000 X", "commodity X 1.000,00\ndecimal-mark .\n", ("1000", "X")),
        ("1,5 X", "decimal-mark .\n", "ambiguous-number.group"),
        ("1.0000 X", "decimal-mark ,\n", "ambiguous-number.group"),
        ("1,000E1 X", "decimal-mark .\n", "invalid-amount.exponent"),
        ("1 X", "commodity X 1.000\ncommodity X 1,000.00\n", ("1", "X")),
        ("1 X", "decimal-mark ,\ncommodity X 1.000\n", "syntax.decimal-mark"),
        ("1 X", "decimal-mark ,\nD 1.000 X\n", "syntax.decimal-mark"),
    ],
)
def test_the_decimal_mark(text: str, head: str, expected: object) -> None:
    assert amount(text, head) == expected


def test_marks_reach_only_what_follows() -> None:
    entry = "2026-01-01 x\n  (a)  1,000 X\n"
    (one,) = read(f"{entry}decimal-mark .\n{entry}").diagnostics
    assert one.span.line == 2


def test_ambiguous_numbers_are_refused_wherever_they_stand() -> None:
    for text in ("1 X @ 1,000 Y", "1 X = 1,000 X", "= 1,000 X", "1 X @@ 1,000 Y", "1 X = 1 X @ 1,000 Y"):
        assert amount(text) == "ambiguous-number", text
    assert read("P 2026-01-01 X 1,000 Y\n").diagnostics[0].slug == "ambiguous-number"
    assert read("D 1,000 X\n").diagnostics[0].slug == "ambiguous-number"


def account(written: str, head: str) -> str:
    journal = read(f"{head}2026-01-01 x\n  {written}  0\n  other\n")
    posting = journal.transactions[0].postings[0]
    assert posting.account_written == written
    return f"{posting.virtual[:1]}{posting.account}{posting.virtual[1:]}"


@pytest.mark.parametrize(
    ("written", "head", "expected"),
    [
        ("(a b)", "", "(a b)"),
        ("[a]", "", "[a]"),
        ("(a", "", "(a"),
        ("(a)", "apply account p\n", "(p:a)"),
        ("a", "apply account p\napply account q\n", "p:q:a"),
        ("a", "apply account p\nend apply account\n", "a"),
        ("a:b", "alias a = x:y\n", "x:y:b"),
        ("a", "alias a = x\nend aliases\n", "a"),
        ("(a)", "alias a = x\n", "(x)"),
        ("A:b", "alias /^a:/ = c:\n", "c:b"),
    ],
)
def test_accounts(written: str, head: str, expected: str) -> None:
    assert account(written, head) == expected


@pytest.mark.parametrize(
    ("head", "slug", "variant"),
    [
        ("alias /(a+)+/ = b\n", "unsafe-alias", ""),
        ("alias /a/ = \\2\n", "unsafe-alias", "group"),
        ("alias /(a|b)c*/ = \\1\n", "unsafe-alias", ""),
        ("alias a =\n", "unsafe-alias", "result"),
        ("alias a = b  c\n", "unsafe-alias", "result"),
        ("end apply account\n", "syntax", "end-apply"),
    ],
)
def test_what_cannot_take_effect(head: str, slug: str, variant: str) -> None:
    journal = read(f"{head}2026-01-01 x\n  a  1\n  b\n")
    assert [(d.slug, d.variant) for d in journal.diagnostics] == [(slug, variant)]
