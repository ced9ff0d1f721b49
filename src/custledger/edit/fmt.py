"""Aligning a journal: the blanks between accounts and amounts, and not a byte besides.

In each transaction the amounts end at one column (60, or what the longest line needs); wide characters count two.
Comments, rules, directives and everything else stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from custledger.core.text import width
from custledger.core.trouble import ensure
from custledger.edit.plan import FileEdit, Splice
from custledger.edit.splice import digest_of, spliced
from custledger.parse.journal.raw import RawTransaction
from custledger.parse.journal.scan import scan
from custledger.parse.journal.text import amount_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.core.diagnostic import Diagnostic

_BOM = b"\xef\xbb\xbf"


class _Gap(NamedTuple):
    """The blanks between an account and what follows it: columns (from 0) in a line (from 0)."""

    line: int
    begin: int
    end: int
    amount_end: int
    """Where the amount ends; `end` where there is only an assertion."""


def align(name: str, data: bytes) -> tuple[FileEdit | None, tuple[Diagnostic, ...]]:
    """The edit that aligns a journal, or None where it is aligned; and the problems of what cannot be read.

    A file with problems is left alone.
    """
    scanned = scan(data)
    if scanned.problems:
        return None, scanned.problems
    lines = data.removeprefix(_BOM).split(b"\n")
    starts = _starts(data, lines)
    splices: list[Splice] = []
    for item in scanned.items:
        if isinstance(item, RawTransaction):
            splices.extend(_splices(list(_gaps(item)), lines, starts))
    if not splices:
        return None, ()
    edit = FileEdit(name, digest_of(data), tuple(splices))
    new = spliced(data, edit.splices)
    ensure(_words(new) == _words(data), "aligning changed more than blanks")
    return edit, ()


def _starts(data: bytes, lines: list[bytes]) -> list[int]:
    position = len(data) - len(data.removeprefix(_BOM))
    starts = []
    for line in lines:
        starts.append(position)
        position += len(line) + 1
    return starts


def _words(data: bytes) -> list[list[bytes]]:
    return [line.split() for line in data.split(b"\n")]


def _gaps(item: RawTransaction) -> Iterator[_Gap]:
    for posting in item.postings:
        begin = posting.account_end - 1
        if posting.amount is not None:
            yield _Gap(posting.line - 1, begin, posting.amount.column - 1, posting.amount.end - 1)
        elif posting.assertion is not None:
            end = posting.assertion.column - 1
            yield _Gap(posting.line - 1, begin, end, end)


def _splices(gaps: list[_Gap], lines: list[bytes], starts: list[int]) -> Iterator[Splice]:
    """The blanks of one transaction that are not as they should be."""
    texts = [lines[gap.line].decode() for gap in gaps]
    rows = [
        (text[: gap.begin].expandtabs(8), text[gap.end : gap.amount_end]) for gap, text in zip(gaps, texts, strict=True)
    ]
    column = amount_end(rows)
    for gap, text, (before, amount) in zip(gaps, texts, rows, strict=True):
        wanted = column + (0 if amount else 1) - width(before) - width(amount)
        blanks = " " * max(2, wanted)
        if text[gap.begin : gap.end] != blanks:
            start = starts[gap.line] + len(text[: gap.begin].encode())
            yield Splice(start, start + len(text[gap.begin : gap.end].encode()), blanks.encode())
