from __future__ import annotations

import pytest

from custledger.edit.append import appended, appended_or_new, document_appended, new_file
from custledger.edit.plan import FileEdit
from custledger.edit.splice import spliced

BOM = b"\xef\xbb\xbf"


def made(old: bytes, edit: FileEdit) -> bytes:
    return spliced(old, edit.splices)


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        (b"", b"x\ny\n"),
        (b"a\n", b"a\n\nx\ny\n"),
        (b"a\n\n", b"a\n\nx\ny\n"),
        (b"a\n \t\n", b"a\n \t\nx\ny\n"),
        (b"a", b"a\n\nx\ny\n"),
        (b"a\r\nb\r\n", b"a\r\nb\r\n\r\nx\r\ny\r\n"),
        (b"a\r\nb", b"a\r\nb\r\n\r\nx\r\ny\r\n"),
        (b"a\r\nb\n", b"a\r\nb\n\nx\ny\n"),
        (BOM, BOM + b"x\ny\n"),
        (BOM + b"a\n", BOM + b"a\n\nx\ny\n"),
        (b"\n", b"\nx\ny\n"),
    ],
)
def test_a_block_behind_all_there_is(old: bytes, expected: bytes) -> None:
    edit = appended("f", old, "x\ny\n")
    assert made(old, edit) == expected
    assert expected.startswith(old)
    assert edit.digest is not None


def test_without_a_gap_and_new() -> None:
    assert made(b"a", appended("f", b"a", "x\n", gap=False)) == b"a\nx\n"
    assert made(b"", new_file("f", "中\n")) == "中\n".encode()
    assert new_file("f", "").digest is None
    assert made(b"", appended_or_new("f", lambda _: b"?", "x\n", exists=False, head="; h\n")) == b"; h\nx\n"
    assert made(b"a\n", appended_or_new("f", lambda _: b"a\n", "x\n", exists=True, head="; h\n")) == b"a\n\nx\n"


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        (b"a: 1\n", b"a: 1\n---\nx: 1\n"),
        (b"a: 1\r\n", b"a: 1\r\n---\r\nx: 1\r\n"),
        (b"a: 1", b"a: 1\n---\nx: 1\n"),
        (b"a: 1\n---\n", b"a: 1\n---\nx: 1\n"),
        (b"a: 1\n---\n# only a comment\n", b"a: 1\n---\n# only a comment\nx: 1\n"),
        (b"# schema\n", b"# schema\nx: 1\n"),
        (b"", b"x: 1\n"),
        (b"a: '---'\n", b"a: '---'\n---\nx: 1\n"),
    ],
)
def test_a_document_behind_others(old: bytes, expected: bytes) -> None:
    assert made(old, document_appended("f", lambda _: old, "x: 1\n", exists=True)) == expected


def test_a_document_in_a_new_file() -> None:
    assert made(b"", document_appended("f", lambda _: b"?", "x: 1\n", exists=False, head="# s\n")) == b"# s\nx: 1\n"
