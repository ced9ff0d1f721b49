"""A posting's tags: its own, else its transaction's; the dates and numbers in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custledger.core.dates import day_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from custledger.core.span import Span
    from custledger.parse.journal.model import Posting, Tag, Transaction
    from custledger.resolve.rows import Row

_DAY = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})", re.ASCII)
_BETWEEN = re.compile(r"[\s、，；]+")

#: The document's names of references and the tags that carry them on a posting.
REFS = {"po": "po", "contract": "contract", "delivery": "delivery", "tax_invoice": "fapiao"}
_REF_TAGS = frozenset(REFS.values())


def inherited(transaction: Transaction, posting: Posting) -> dict[str, str]:
    """All tags of a posting, its transaction's included; the posting's own win, the first of several does."""
    found: dict[str, str] = {}
    mine, theirs = posting.comment.tags, transaction.comment.tags
    for tag in mine + theirs if mine and theirs else mine or theirs:
        found.setdefault(tag.name, tag.value.strip())
    return found


def tag_of(transaction: Transaction, posting: Posting, name: str) -> Tag | None:
    """The tag itself, for its place."""
    return posting.tag(name) or transaction.tag(name)


def place_of(transaction: Transaction, posting: Posting, name: str) -> Span:
    """Where the tag stands."""
    tag = tag_of(transaction, posting, name)
    return tag.span if tag else posting.span


def day(text: str) -> dt.date | None:
    """`2026-02-14`, or with `/` or `.` as hledger writes dates; None for anything else."""
    match = _DAY.fullmatch(text)
    return day_of(int(match[1]), int(match[3]), int(match[4])) if match else None


def numbers(tags: tuple[Tag, ...], name: str) -> tuple[str, ...]:
    """The values of every tag called `name`, in order, empty ones left out."""
    return tuple([value for tag in tags if tag.name == name and (value := tag.value.strip())])


def listed(values: tuple[str, ...], known: Mapping[str, object]) -> tuple[str, ...]:
    """Numbers as written, each once: a value is one number if there is such a number, else a list of them."""
    if len(values) < 2 and (not values or values[0] in known):  # noqa: PLR2004 - nearly always
        return values
    found: dict[str, None] = {}
    for value in values:
        for number in [value] if value in known else _BETWEEN.split(value):
            if number:
                found.setdefault(number)
    return tuple(found)


def rejected(rows: Iterable[Row]) -> tuple[str, ...]:
    """The numbers in every `not-invoice:` of an entry's postings and of its transaction."""
    found: dict[str, None] = {}
    for row in rows:
        if "not-invoice" not in row.tags:
            continue
        for tags in (row.posting.comment.tags, row.transaction.comment.tags):
            for value in numbers(tags, "not-invoice"):
                found.update(dict.fromkeys(each for each in _BETWEEN.split(value) if each))
    return tuple(found)


def names_nothing(tags: Mapping[str, object]) -> bool:
    """Whether none of these tags carries a reference."""
    return _REF_TAGS.isdisjoint(tags)


def refs_of(tags: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The references in a posting's tags, under the names that documents have for them."""
    if names_nothing(tags):
        return {}
    return {name: tuple(_BETWEEN.split(tags[tag])) for name, tag in REFS.items() if tags.get(tag)}
