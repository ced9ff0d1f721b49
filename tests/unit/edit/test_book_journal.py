from __future__ import annotations

import pytest

from custledger.core.trouble import InternalError
from custledger.edit.book_journal import book_journal_text, included_patterns, with_root
from custledger.edit.splice import spliced

ROOTS = ["journals/a.journal", "journals/b.journal", "journals/c.journal"]


@pytest.mark.parametrize(
    ("old", "root", "expected"),
    [
        (b"include journals/a.journal\ninclude journals/c.journal\n", 1, b"include journals/a.journal\ninclude journals/b.journal\ninclude journals/c.journal\n"),
        (b"; mine\ninclude ./journals/b.journal  ; x\n", 0, b"; mine\ninclude journals/a.journal\ninclude ./journals/b.journal  ; x\n"),
        (b"decimal-mark .\r\ninclude journals/a.journal", 2, b"decimal-mark .\r\ninclude journals/a.journal\r\ninclude journals/c.journal\r\n"),
        (b"", 0, b"include journals/a.journal\n"),
    ],
)  # fmt: skip
def test_a_new_root_has_its_place(old: bytes, root: int, expected: bytes) -> None:
    edit = with_root("book.journal", old, ROOTS[root], ROOTS, None)
    assert edit is not None
    assert spliced(old, edit.splices) == expected


def test_missing_and_complete() -> None:
    made = with_root("book.journal", None, ROOTS[1], ROOTS, ".")
    assert made is not None
    assert made.digest is None
    assert made.splices[0].new == book_journal_text(ROOTS, ".").encode()
    assert book_journal_text(ROOTS[:1], ".") == "decimal-mark .\ninclude journals/a.journal\n"
    assert with_root("book.journal", b"include journals/a.journal ; x\r\n", ROOTS[0], ROOTS, None) is None
    assert with_root("book.journal", b"include journals/*.journal\n", ROOTS[0], ROOTS, None) is None
    with pytest.raises(InternalError):
        with_root("book.journal", b"", "journals/z.journal", ROOTS, None)


def test_what_a_journal_includes() -> None:
    assert included_patterns(b"include a b.journal  ; x\r\n !include no\n!include ../*.journal\n") == [
        "a b.journal",
        "../*.journal",
    ]
