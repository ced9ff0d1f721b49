"""A part of a book, read as if the rest of it were not there: some customers and all that they are read with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger import pipeline
from custledger.core.frozen import field, mutable, replace
from custledger.parse.journal.pieces import scan_pieces
from custledger.parse.journal.raw import RawTransaction

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from custledger.book.book import Book
    from custledger.indexed.texts import Text
    from custledger.parse.journal.raw import RawDirective
    from custledger.pipeline import Documents, Opened
    from custledger.store.layout import Layout

    Pieces = Callable[[str], list[tuple[int, int, int]]]


@mutable
class PartSource:
    """The files of a book with only some of their blocks (see `core.source.Source`), every line in its place."""

    whole: Text
    texts: dict[str, bytes] = field(default_factory=dict)
    including: tuple[str, ...] = ()
    """The journals that include others."""

    def read(self, name: str) -> bytes:
        """What of the file is there."""
        if name in self.texts:
            return self.texts[name]
        return self.whole.read(name)

    def include(self, including: str, pattern: str) -> list[str]:
        """As in the whole book."""
        return self.whole.include(including, pattern)


def open_part(
    source: Text,
    layout: Layout,
    label: str,
    pieces: Pieces,
    *,
    known: Documents | None = None,
    repeated: frozenset[str] = frozenset(),
) -> Opened:
    """Read the blocks that `pieces` gives of each file, through every stage; with `known` its customers are those.

    The problems of a part are not those of the book: names may be missing in it.
    """
    part = PartSource(source)
    some = layout if known is None else replace(layout, customers=())
    for name in (*some.customers, *some.invoices, *some.activities):
        part.texts[name] = text_of(source, name, pieces(name))
    found = pipeline.read_documents(part, some)
    if known is not None:
        found = found._replace(customers=known.customers, problems=(*known.problems, *found.problems))
    scans = {name: scan_pieces(_texts(source, name, pieces(name))) for name in layout.journals}
    part.including = tuple(name for name, scan in scans.items() if any(map(_includes, scan.items)))
    return pipeline.resolved(part, layout, label, found, scans=scans, repeated=repeated)


def _includes(item: RawTransaction | RawDirective) -> bool:
    return not isinstance(item, RawTransaction) and item.kind == "include"


def read_customers(source: Text, layout: Layout) -> Documents:
    """The settings and customers of a book: of all else there is much for each of them."""
    return pipeline.read_documents(source, replace(layout, invoices=(), activities=()))


def text_of(source: Text, name: str, pieces: list[tuple[int, int, int]]) -> bytes:
    """Some blocks of a file, every line in its place."""
    return _padded(_texts(source, name, pieces))


def _texts(source: Text, name: str, pieces: list[tuple[int, int, int]]) -> list[tuple[int, bytes]]:
    """(first line, bytes) of each stretch of blocks that follow one another."""
    if not pieces:
        return []
    joined: list[tuple[int, int, int]] = []
    for start, end, line in pieces:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end, joined[-1][2])
        else:
            joined.append((start, end, line))
    texts = source.ranges(name, [(start, end) for start, end, _ in joined])
    return [(line, text) for (_, _, line), text in zip(joined, texts, strict=True)]


def _padded(texts: Iterable[tuple[int, bytes]]) -> bytes:
    """The texts at their lines, empty lines between."""
    made: list[bytes] = []
    line = 1
    for first, text in texts:
        made.append(b"\n" * (first - line))
        made.append(text)
        line = first + text.count(b"\n")
    return b"".join(made)


def restricted(book: Book, customers: Collection[str]) -> Book:
    """The book of these customers alone: of others there may be only some entries in a part."""
    return replace(
        book,
        charges=tuple(each for each in book.charges if each.customer in customers),
        credits=tuple(each for each in book.credits if each.customer in customers),
        debits=tuple(each for each in book.debits if each.customer in customers),
        advances=tuple(each for each in book.advances if each.customer in customers),
        postings=tuple(each for each in book.postings if each.customer in customers),
        disputes=tuple(each for each in book.disputes if each.customer in customers),
    )
