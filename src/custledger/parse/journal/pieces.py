"""Some blocks of a file scanned as if the rest of it were not there, every line keeping its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.frozen import replace
from custledger.parse.journal.raw import RawComment, RawPosting, RawTransaction, Scan
from custledger.parse.journal.scan import scan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custledger.core.diagnostic import Diagnostic
    from custledger.parse.journal.raw import RawDirective


def scan_pieces(pieces: Iterable[tuple[int, bytes]]) -> Scan:
    """The scan of (first line, text) pieces, in order: each begins and ends where an entry does."""
    items: list[RawTransaction | RawDirective] = []
    problems: list[Diagnostic] = []
    broken: list[tuple[int, int]] = []
    hole = False
    for line, text in pieces:
        found = scan(text)
        by = line - 1
        items += [_shifted(item, by) for item in found.items]
        problems += [
            replace(each, span=each.span._replace(line=each.span.line + by, end_line=each.span.end_line + by))
            for each in found.problems
        ]
        broken += [(first + by, last + by) for first, last in found.broken]
        hole |= found.hole
    return Scan(tuple(items), tuple(problems), tuple(broken), hole)


def _shifted(item: RawTransaction | RawDirective, by: int) -> RawTransaction | RawDirective:
    if not isinstance(item, RawTransaction):
        return item._replace(line=item.line + by, end_line=item.end_line + by, comment=_comment(item.comment, by))
    return item._replace(
        line=item.line + by,
        end_line=item.end_line + by,
        comment=_comment(item.comment, by),
        postings=tuple([_posting(posting, by) for posting in item.postings]),
    )


def _posting(posting: RawPosting, by: int) -> RawPosting:
    return posting._replace(line=posting.line + by, comment=_comment(posting.comment, by))


def _comment(comment: RawComment | None, by: int) -> RawComment | None:
    if comment is None:
        return None
    return comment._replace(
        tags=tuple([tag._replace(line=tag.line + by) for tag in comment.tags]),
        outside=tuple([(text, line + by, begin, end) for text, line, begin, end in comment.outside]),
        dates=tuple([each._replace(line=each.line + by) for each in comment.dates]),
    )
