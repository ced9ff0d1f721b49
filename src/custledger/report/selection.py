"""Which customers a command means: by id, earlier id, exact name or alias, glob, or a mark of the profile."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from custledger.core.nearest import nearest
from custledger.core.text import listed
from custledger.core.trouble import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from custledger.book.book import Book
    from custledger.book.customer import Customer

#: `segment:vip` and the like: what of a profile each looks at.
MARKS: dict[str, Callable[[Customer], Iterable[str]]] = {
    "segment": lambda customer: (customer.segment,),
    "owner": lambda customer: (customer.owner,),
    "industry": lambda customer: (customer.industry,),
    "kind": lambda customer: (customer.kind,),
    "status": lambda customer: (customer.status,),
    "region": lambda customer: (customer.address.get("region", ""), customer.address.get("country", "")),
    "language": lambda customer: (customer.language,),
    "tag": lambda customer: customer.tags,
}

_KNOWN_MAX = 5


def matches(customer: Customer, word: str) -> bool:
    """Whether one word of the command line means this customer."""
    mark, colon, value = word.partition(":")
    if colon and mark in MARKS:
        return value in MARKS[mark](customer)
    names = (customer.id, customer.name, *customer.was, *customer.aliases)
    if word in names:
        return True
    return any(char in word for char in "*?[") and fnmatchcase(customer.id, word)


def select(book: Book, words: Sequence[str]) -> list[str]:
    """Ids of the customers that any of `words` means, sorted.

    Raises `UsageError` for a word that means nobody, with the nearest ids and names.
    """
    found: set[str] = set()
    for word in words:
        hits = [customer.id for customer in book.customers.values() if matches(customer, word)]
        if not hits:
            _no_such_mark(book, word)
            names = [name for c in book.customers.values() for name in (c.id, c.name, *c.aliases) if name]
            near = nearest(word, names)
            key = "cli.unknown_customer_near" if near else "cli.unknown_customer"
            raise UsageError(key, word=word, near=listed(near))
        found.update(hits)
    return sorted(found)


def _no_such_mark(book: Book, word: str) -> None:
    """Raise UsageError where `word` asks for a mark (`segment:vip`) that no profile has, with the nearest ones."""
    mark, colon, value = word.partition(":")
    if not colon or mark not in MARKS:
        return
    known = sorted({one for customer in book.customers.values() for one in MARKS[mark](customer) if one})
    near = nearest(value, known)
    key = "cli.no_such_mark_near" if near else "cli.no_such_mark_known" if known else "cli.no_such_mark"
    raise UsageError(key, mark=mark, value=value, near=listed(near or known[:_KNOWN_MAX]))
