"""Where the tags of an entry stand in the journal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.book.entry import Entry
    from custledger.check._text import Texts
    from custledger.core.span import Span
    from custledger.parse.journal.model import Journal, Posting, Tag, Transaction


def transaction_of(journal: Journal, entry: Entry) -> Transaction | None:
    """The transaction that an entry comes from; None where a document posts itself."""
    if entry.transaction is None or entry.transaction >= len(journal.transactions):
        return None
    return journal.transactions[entry.transaction]


def posting_at(transaction: Transaction | None, span: Span) -> Posting | None:
    """The posting with exactly this span."""
    return next((p for p in transaction.postings if p.span == span), None) if transaction else None


def _tags(transaction: Transaction | None, posting: Posting | None) -> Iterator[Tag]:
    if posting:
        yield from posting.comment.tags
    if transaction:
        yield from transaction.comment.tags


def tag_span(transaction: Transaction | None, span: Span, names: tuple[str, ...], value: str) -> Span:
    """The tag of these names that says `value`, on the posting at `span` or its transaction; else `span`."""
    for tag in _tags(transaction, posting_at(transaction, span)):
        if tag.name in names and (tag.value == value or (value in tag.value and _stands_in(value, tag.value))):
            return tag.span
    return span


def _stands_in(value: str, text: str) -> bool:
    """Whether `value` stands in `text` as a whole word."""
    return re.search(rf"(?<![\w.-]){re.escape(value)}(?![\w-])", text) is not None


def number_span(journal: Journal, texts: Texts, entry: Entry, number: str) -> Span:
    """Where the number of a charge or credit note in the journal stands: its `invoice:` tag, else the code."""
    transaction = transaction_of(journal, entry)
    span = tag_span(transaction, entry.span, ("invoice",), number)
    if transaction is None or span != entry.span or transaction.code != number:
        return span
    head = transaction.span._replace(end_line=transaction.span.line)
    place = texts.find(number, head)
    return span if place == head else place
