"""Aligning journals."""

from __future__ import annotations

import pytest

from custledger.edit.fmt import align
from custledger.edit.splice import spliced

UGLY = """\
; a   comment  stays
2026-01-15 * (INV-1)   上海蓝海 | 一月货款    ; due:2026-02-14
  assets:应收账款:蓝海  CNY 11,300.00   ; comment   stays
\tincome:sales\t\tCNY -10,000.00 @@ USD 3
    liabilities:vat:output = CNY 1
    (b)                                                                   = CNY 1

account   x
= rule
  (tax)   *0.1
"""


def aligned(text: str) -> str:
    data = text.encode()
    edit, problems = align("a.journal", data)
    assert not problems
    return spliced(data, edit.splices).decode() if edit else text


def test_amounts_end_at_one_column_and_nothing_else_changes() -> None:
    text = UGLY.replace("output = CNY 1", "output  = CNY 1")
    lines = aligned(text).splitlines()
    assert lines[2] == "  assets:应收账款:蓝海                         CNY 11,300.00   ; comment   stays"
    assert lines[3] == "\tincome:sales                          CNY -10,000.00 @@ USD 3"
    assert lines[4] == "    liabilities:vat:output                                   = CNY 1"
    assert lines[5] == "    (b)                                                      = CNY 1"
    assert [line for index, line in enumerate(lines) if not 2 <= index <= 5] == [
        line for index, line in enumerate(text.splitlines()) if not 2 <= index <= 5
    ]


def test_a_long_line_moves_its_own_transaction_only() -> None:
    text = f"2026-01-01 x\n  a  1\n  {'b' * 70}  -1\n2026-01-02 y\n  a  1\n  b\n"
    lines = aligned(text).splitlines()
    assert lines[1] == "  a" + " " * 72 + "1"
    assert lines[2] == f"  {'b' * 70}  -1"
    assert lines[4] == "  a" + " " * 56 + "1"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_a_byte_order_mark_and_a_missing_last_end_stay(end: str) -> None:
    text = "\ufeff" + f"2026-01-01 上海{end}  a  1{end}  b  -1"
    assert aligned(text) == "\ufeff" + f"2026-01-01 上海{end}  a" + " " * 56 + f"1{end}  b" + " " * 55 + "-1"


def test_what_is_aligned_needs_no_edit() -> None:
    assert align("a", aligned("2026-01-01 x\n  a  1\n  b\n").encode()) == (None, ())
    assert align("a", b"") == (None, ())


def test_a_file_with_problems_is_left_alone() -> None:
    edit, problems = align("a", b"2026-01-01 x\n  a  1\n  b  1 X oops\n")
    assert edit is None
    assert [problem.slug for problem in problems] == ["syntax"]
