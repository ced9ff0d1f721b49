"""From bytes to lines."""

from __future__ import annotations

import pytest

from custledger.parse.journal.lines import FILE_MAX, LINE_MAX, read_lines


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"", [""]),
        (b"a\nb", ["a", "b"]),
        (b"a\r\nb\n", ["a", "b", ""]),
        (b"\xef\xbb\xbfa\n", ["a", ""]),
        ("上海\n".encode(), ["上海", ""]),
        (b"a\tb\n", ["a\tb", ""]),
    ],
)
def test_lines(data: bytes, lines: list[str]) -> None:
    assert read_lines(data) == (lines, [])


@pytest.mark.parametrize(
    ("data", "slug", "variant", "line", "column"),
    [
        ("上海蓝海\n客户".encode("gb18030"), "not-utf8", "gb18030", 1, 1),
        ("ab上海\nx".encode() + b"y\xff\n", "not-utf8", "", 2, 3),
        (b"\xff\xfea\x00", "not-utf8", "utf16", 1, 1),
        (b"\xed\xa0\x80", "not-utf8", "", 1, 1),
        (b"\xc0\xaf\xff", "not-utf8", "", 1, 1),
        (b"a\nb\x00c", "unreadable-text", "", 2, 2),
        (b"a\x1b[31m", "unreadable-text", "", 1, 2),
        ("a\x85b".encode(), "unreadable-text", "", 1, 2),
        (b"a\rb", "unreadable-text", "line-end", 1, 2),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "unreadable-text", "lfs", 1, 1),
        (b"-----BEGIN AGE ENCRYPTED FILE-----\n", "unreadable-text", "encrypted", 1, 1),
        (b"age-encryption.org/v1\n-> X25519 a\n--- b\n\x00\xff\x80", "unreadable-text", "encrypted", 1, 1),
        (b"\x00GITCRYPT\x00\x9f\xff", "unreadable-text", "encrypted", 1, 1),
        (b"a\n" + b"x" * (LINE_MAX + 1), "too-large", "line", 2, LINE_MAX + 1),
        (b"x" * (FILE_MAX + 1), "too-large", "file", 0, 0),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_what_is_no_text(data: bytes, slug: str, variant: str, line: int, column: int) -> None:
    lines, (problem,) = read_lines(data)
    assert lines == []
    assert (problem.slug, problem.variant) == (slug, variant)
    assert (problem.span.line, problem.span.column) == (line, column)
