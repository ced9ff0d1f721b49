"""Entries of a file, their places, and how reading goes on after what cannot be read."""

from __future__ import annotations

import pytest

from custledger.parse.journal.raw import RawDirective, RawTransaction, Scan
from custledger.parse.journal.scan import scan

BOOK = """\
2026-01-15=2026-01-14 * (INV-1) 上海蓝海 | 一月货款    ; due:2026-02-14
    ; > 货款
    ! assets:应收账款:蓝海 客户     CNY 11,300.00 @@ 3 USD = CNY 1  ; x
    ; y:z
    [income]
"""


def problems(text: str) -> list[tuple[str, str, int, int]]:
    return [(p.slug, p.variant, p.span.line, p.span.column) for p in scan(text.encode()).problems]


def test_a_transaction_and_its_places() -> None:
    (item,) = scan(BOOK.encode()).items
    assert isinstance(item, RawTransaction)
    assert item.date
    assert item.date[:3] == (2026, 1, 15)
    assert item.date_secondary
    assert item.date_secondary[:3] == (2026, 1, 14)
    assert (item.status, item.code, item.description) == ("*", "INV-1", "上海蓝海 | 一月货款")
    assert item.comment
    assert item.comment.text == "due:2026-02-14\n> 货款"
    assert (item.line, item.end_line, item.end_column) == (1, 5, 13)
    first, second = item.postings
    line = BOOK.splitlines()[2]
    assert (first.status, first.account) == ("!", "assets:应收账款:蓝海 客户")
    assert line[first.column - 1 : first.end - 1].startswith("! assets")
    assert line[first.column - 1 : first.end - 1].endswith("= CNY 1")
    assert line[first.account_column - 1 : first.account_end - 1] == first.account
    assert first.amount
    assert line[first.amount.column - 1 : first.amount.end - 1] == "CNY 11,300.00"
    assert first.comment
    assert first.comment.text == "x\ny:z"
    assert (second.account, second.amount, second.comment) == ("[income]", None, None)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_byte_order_marks_change_nothing(end: str) -> None:
    assert scan(b"\xef\xbb\xbf" + BOOK.replace("\n", end).encode()) == scan(BOOK.encode())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-01x\n", ("syntax", "after-date", 1, 11)),
        ("2026-01-01 (x\n", ("syntax", "code", 1, 12)),
        ("2026-01-01 x\n  *\n", ("syntax", "posting", 2, 3)),
        ("2026-01-01 x\n  a ; b\n", ("syntax", "semicolon", 2, 5)),
        ("2026-01-01 x\n  a  1 foo bar\n", ("syntax", "after-amount", 2, 12)),
        ("2026-01-01 x\n  a  1 X foo\n", ("syntax", "after-amount", 2, 10)),
        ("foo bar\n", ("syntax", "entry", 1, 1)),
        ("\n  foo\n", ("syntax", "indented", 2, 3)),
        ("commodity X\n  format 1.00 Y\n", ("syntax", "format", 2, 9)),
        ("2026-01-01 x\n  a  1", ()),
        ("2026-01-01 x\n  a  1.2.", ("truncated-entry", "", 2, 6)),
        ("2026-01-01 (x", ("truncated-entry", "", 1, 12)),
        ("2026-0", ("truncated-entry", "", 1, 1)),
    ],
)
def test_problems_and_their_places(text: str, expected: tuple[object, ...]) -> None:
    assert problems(text) == ([expected] if expected else [])


def test_one_problem_for_each_cause_and_the_rest_is_read() -> None:
    text = (
        "2026-01-01 good\n  a  1\n  b\n"
        "2026-02-30 bad date\n  a  1\n  b  1 X oops\n"
        "this is\nplain prose\n  of three lines\n"
        "\n"
        "more prose\n"
        "account\n  ; comment\n"
        "2026-01-03 good\n  a  1\n"
    )
    assert problems(text) == [
        ("invalid-date", "", 4, 1),
        ("syntax", "after-amount", 6, 10),
        ("syntax", "entry", 7, 1),
        ("syntax", "entry", 11, 1),
        ("syntax", "argument", 12, 1),
    ]
    good = [item for item in scan(text.encode()).items if isinstance(item, RawTransaction) and not item.broken]
    assert [item.line for item in good] == [1, 14]


def test_an_unresolved_merge_is_one_problem() -> None:
    text = (
        "a\n".replace("a", "; a")
        + "<<<<<<< HEAD\n2026-01-01 x\n  a  1\n=======\n2026-01-01 y\n>>>>>>> other\n2026-01-02 z\n"
    )
    (problem,) = scan(text.encode()).problems
    assert (problem.slug, problem.span.line) == ("merge-conflict", 2)
    assert [(other.label, other.span.line) for other in problem.related] == [("merge-other", 5), ("merge-end", 7)]
    assert [item.line for item in scan(text.encode()).items] == [8]


def test_comments_blocks_and_blank_lines() -> None:
    text = "; a\n# b\n* c\n  ; d\n  # e\n\n   \ncomment\n2026-01-01 x\nend comment \ncomment\nto the end"
    assert scan(text.encode()) == Scan((), (), ())


@pytest.mark.parametrize(
    ("text", "kind", "args"),
    [
        ("include a b.journal", "include", ("a b.journal", 9, 20)),
        ("!include a", "include", ("a", 10, 11)),
        ("decimal-mark , anything", "decimal-mark", (",",)),
        ("payee A | B ; c", "payee", ("A | B",)),
        ("tag a", "tag", ("a",)),
        ("apply account a b", "apply-account", ("a b",)),
        ("end apply account", "end-apply-account", ()),
        ("end aliases ; x", "end-aliases", ()),
        ("Y2026", "year", (2026,)),
        ("year 2026 ; x", "year", (2026,)),
        ("alias a = b c ", "alias", ("a", "b c", False, 7, 15)),
        ("alias /a/ = b ", "alias", ("a", "b ", True, 7, 10)),
        ("N $", "ignored", ()),
        ("C 1 a = 2 b", "ignored", ()),
        ("end tag", "ignored", ()),
    ],
)
def test_directives(text: str, kind: str, args: tuple[object, ...]) -> None:
    (item,) = scan(f"{text}\n".encode()).items
    assert isinstance(item, RawDirective)
    assert (item.kind, item.args) == (kind, args)


@pytest.mark.parametrize(
    ("text", "slug", "variant"),
    [
        ("timeclock", "syntax", "entry"), ("i 2026-01-01 09:00:00 x", "unsupported", ""), ("python", "unsupported", ""),
        ("--strict", "unsupported", ""), ("apply tag x", "unsupported", ""), ("account", "syntax", "argument"),
        ("account (a)", "syntax", "account-brackets"), ("account a  b", "syntax", "trailing"), ("D 1", "syntax", "decimal-mark"),
        ("commodity 1 X", "syntax", "decimal-mark"), ("decimal-mark x", "syntax", "mark"), ("alias a", "syntax", "alias"),
        ("alias /a = b", "syntax", "alias"), ("year x", "syntax", "year"), ("Y 20", "syntax", "year"), ("Y2026 x", "syntax", "trailing"),
        ("P 2026-01-01 1", "syntax", "price"), ("end", "syntax", "end"), ("end foo", "syntax", "end"), ("~ foo", "syntax", "period"),
        ("2026-01-01 x\n  a  1 (x)", "unsupported", "lot-note"), ("= q\n  a  (1)", "unsupported", "value-expression"),
    ],
)  # fmt: skip
def test_refused(text: str, slug: str, variant: str) -> None:
    assert [(p.slug, p.variant) for p in scan(f"{text}\n".encode()).problems] == [(slug, variant)]


def test_subdirectives() -> None:
    text = "account a  ; type:A\n  ; note:x\n  anything\ncommodity X ; c\n  format 1.000,00 X\n  other\npayee p\n  alias q\n"
    account, commodity, payee = scan(text.encode()).items
    assert account.comment
    assert [(tag.name, tag.value) for tag in account.comment.tags] == [("type", "A"), ("note", "x")]
    assert isinstance(commodity, RawDirective)
    assert commodity.args[0] == "X"
    assert commodity.args[1] is not None
    assert isinstance(payee, RawDirective)


def test_rules_know_their_accounts() -> None:
    (item,) = scan(b"= income\n  (tax)  *0.13\n  b  * \n".replace(b"* \n", b"2\n")).items
    assert isinstance(item, RawDirective)
    assert (item.kind, item.args) == ("automatic", ("(tax)", "b"))
