"""Questions that the index answers, or helps to: where everybody stands, and one customer's part of the book."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from custledger import pipeline
from custledger.book.allocation import Story
from custledger.book.book import Book
from custledger.book.customer import Customer
from custledger.book.position import Accounts, Standing
from custledger.book.settings import Dated
from custledger.core.frozen import field, mutable, replace
from custledger.core.terms import parse_terms
from custledger.indexed.standing import accounts
from custledger.store.index_rows import COMMON, CustomerRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from custledger.book.book import Revision
    from custledger.book.settings import Settings
    from custledger.indexed.texts import Text
    from custledger.pipeline import Opened
    from custledger.store.index import Index
    from custledger.store.layout import Layout


PART_MAX = 200
"""For more customers than this all of the index, or all of the text, is read."""


class Profiles(Mapping[str, Customer]):
    """The customers of an index by id: of each what lists and groups show, made when it is looked at."""

    def __init__(self, read: Callable[[], Sequence[CustomerRow]]) -> None:
        self._read = read

    @cached_property
    def _rows(self) -> dict[str, CustomerRow]:
        return {row.id: row for row in self._read()}

    def __getitem__(self, key: str) -> Customer:
        return profile(self._rows[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def profile(row: CustomerRow) -> Customer:
    """A customer's name, marks and terms; contacts and all else stand in the text."""
    return Customer(id=row.id, name=row.name, **_said(row.marks))


@lru_cache(maxsize=4096)
def _said(text: str) -> dict[str, Any]:
    """What marks say of a customer: many have the same."""
    marks = json.loads(text)
    versions = [
        (dt.date.fromisoformat(since) if since else None, parse_terms(terms)) for since, terms in marks.get("terms", ())
    ]
    currency = [(dt.date.fromisoformat(since) if since else None, unit) for since, unit in marks.get("currency", ())]
    return {
        "was": tuple(marks.get("was", ())),
        "pays_for": tuple(marks.get("pays_for", ())),
        "currency": Dated(tuple(currency)),
        "aliases": tuple(marks.get("aliases", ())),
        "tags": tuple(marks.get("tags", ())),
        "terms": Dated(tuple((since, each) for since, each in versions if each is not None)),
        "address": {key: marks[key] for key in ("region", "country") if key in marks},
        "parent": marks.get("parent"),
        **{key: marks[key] for key in _MARKS if key in marks},
    }


_MARKS = ("kind", "status", "segment", "industry", "owner", "language", "prices")


@mutable
class Asking:
    """A book with an index that is up to date."""

    index: Index
    text: Text
    label: str
    layout: Layout
    settings: Settings
    revision: Revision | None = None
    """The git revision that it is of."""
    rows: list[CustomerRow] = field(default_factory=list)

    def everybody(self) -> list[CustomerRow]:
        """All customers by id."""
        if not self.rows:
            self.rows = self.index.customers()
        return self.rows

    def book(self, names: Mapping[str, str] | None = None) -> Book:
        """The book without its entries: whose it is, and who the customers are; `names` by id where they are known."""
        return Book(
            label=(self.label,),
            settings=self.settings,
            commodities=self.settings.commodities,
            customers=Profiles(self.everybody),
            names=names,
            partial=True,
            revision=self.revision,
        )

    def selected(self, words: Sequence[str]) -> list[str]:
        """Ids of the customers that any of `words` means. Raises UsageError where one means nobody."""
        from custledger.report.selection import select

        found: set[str] = set()
        for word in words:
            hits = self._meant(word)
            if not hits:
                return select(self.book(), words)
            found.update(hits)
        return sorted(found)

    def _meant(self, word: str) -> list[str]:
        """Ids of the customers that one word means."""
        from custledger.report.selection import matches

        many = any(char in word for char in "*?[:")
        rows = self.everybody() if many else self.index.customers_saying(word)
        return [row.id for row in rows if matches(profile(row), word)]

    def named(self, name: str) -> list[str]:
        """Ids of everybody who has an invoice, a receipt or a name that is `name`."""
        found = set(self._meant(name))
        places = sorted(self.index.holders(name, self.text.ranges))
        return sorted(found.union(row.id for row in self.index.customers_of(places=places)))

    def unmoved(self) -> bool:
        """Whether every file has the signature that it had when the index was made; a revision never moves."""
        if self.revision is not None:
            return True
        try:
            return all(
                self.text.look(name) == (inode, size, mtime)
                for name, _, size, mtime, inode, _ in self.index.signatures()
            )
        except OSError:
            return False

    def family(self, customers: Sequence[str]) -> list[CustomerRow]:
        """These customers and those that they are read with."""
        rows = self.index.customers_of(ids=customers)
        kin = {place for row in rows if row.kin for place in json.loads(row.kin)} - {row.place for row in rows}
        if kin:
            rows += self.index.customers_of(places=sorted(kin))
        return rows

    def part(self, customers: Sequence[str]) -> Opened | None:
        """The book of these customers and of those they are read with; None where the text moved meanwhile."""
        from custledger.indexed.parts import open_part, restricted

        rows = self.family(customers)
        owners = (COMMON, *(row.place for row in rows))
        opened = open_part(
            self.text,
            self.layout,
            self.label,
            lambda name: self.index.pieces(name, owners),
            repeated=frozenset(json.loads(self.index.meta("repeated") or "[]")),
        )
        if not self.unmoved():
            return None
        book = replace(restricted(opened.book, {row.id for row in rows}), partial=self.index.holds_anything())
        book = replace(book, revision=self.revision)
        return replace(opened, book=book, sound=True)

    def standing(
        self, as_of: dt.date, today: dt.date, *, customers: Sequence[str] | None = None, names: bool
    ) -> Standing | None:
        """Where everybody (or these customers) stands, in open items alone; with `names` these have theirs.

        None: the text must be asked.
        """
        some = customers if customers is not None and len(customers) <= PART_MAX else None
        held = self.index.accounts(as_of.toordinal(), customers=some, names=names)
        called = {each.customer: each.name for each in held}
        found = accounts(held, as_of)
        asked = self.index.customers_asked(some)
        if asked:
            opened = self.part([row.id for row in asked])
            if opened is None:
                return None
            called.update((row.id, row.name) for row in asked)
            wanted = frozenset(row.id for row in asked)
            precise = pipeline.stand(opened, as_of, today)
            found += [position.account() for position in precise.positions if position.customer in wanted]
        found.sort(key=itemgetter(0, 1))
        if not any(account.open or account.unapplied for account in found) and not self.index.holds_anything():
            return None
        return Standing(
            book=self.book(called),
            story=_NO_STORY,
            as_of=as_of,
            positions=Accounts(found),
            today=today,
            abridged=True,
        )


_NO_STORY = Story()
