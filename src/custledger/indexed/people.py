"""What it means for an index that files of customers changed: who is new, whose profile is another."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

from custledger.core.frozen import field, mutable
from custledger.indexed import NotIndexed
from custledger.indexed.documents import customers
from custledger.indexed.rows import customer_row
from custledger.schema.documents import read_customers
from custledger.store.index_rows import HARD, PLAIN, CustomerRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from custledger.book.customer import Customer
    from custledger.indexed.reading import Blocks

_LINKS = ("parent", "pays_for")
"""Marks by which customers are read together."""
_MEANING = ("terms", "currency", "prices")
"""Marks by which a customer's entries are read, wherever they stand."""


@mutable
class People:
    """The customers of an index by place, and what changed files say of them.

    Who has gone, is called otherwise, has other terms, or is read together with others, changes what text all over the
    book means: then the index is made anew (NotIndexed).
    """

    rows: dict[int, CustomerRow]
    blocks: dict[str, Blocks] = field(default_factory=dict)

    def change(self, texts: Iterable[tuple[str, bytes]], before: Collection[int]) -> None:
        """Take in the files that changed; `before` are the places of whom they, and those gone, were of."""
        files = [(name, data, read_customers([(name, data)])) for name, data in texts]
        if any(problems for _, _, (_, problems) in files):
            raise NotIndexed("problems")
        places = {row.id: place for place, row in self.rows.items()}
        every = [each for _, _, (found, _) in files for each in found]
        here = {each.id for each in every}
        if len(here) < len(every) or {self.rows[place].id for place in before} - here:
            raise NotIndexed("customers")
        if any(places[each] not in before for each in here if each in places):
            raise NotIndexed("customers")
        claimed = {key for place, row in self.rows.items() if place not in before for key in _keys(row)}
        free = max(self.rows, default=0)
        for each in sorted(every, key=lambda customer: customer.id):
            place = places.get(each.id)
            if place is None:
                free += 1
                place = places[each.id] = free
            row = self._row(each, place)
            keys = _keys(row)
            if not claimed.isdisjoint(keys):
                raise NotIndexed("customers")
            claimed |= keys
            self.rows[place] = row
        for name, data, (found, _) in files:
            self.blocks[name] = customers(data, found, places)

    def _row(self, customer: Customer, place: int) -> CustomerRow:
        old = self.rows.get(place)
        fifo = customer.matching.fifo is not None
        state = max(HARD if fifo else PLAIN, PLAIN if old is None else old.state)
        row = customer_row(customer, place, state, json.loads(old.kin) if old is not None and old.kin else ())
        was, now = ({} if old is None else json.loads(old.marks)), json.loads(row.marks)
        if any(was.get(name) != now.get(name) for name in _LINKS):
            raise NotIndexed("customers")
        if old is not None and (
            any(was.get(name) != now.get(name) for name in _MEANING) or not _keys(old) <= _keys(row)
        ):
            raise NotIndexed("customers")
        return row


def _keys(row: CustomerRow) -> set[str]:
    """What a customer is called: ids however they are spelt (`duplicate-id`), names as they are."""
    marks = json.loads(row.marks) if '"was"' in row.marks or '"aliases"' in row.marks else {}
    ids = {_folded(name) for name in (row.id, *marks.get("was", ()))}
    return {row.id, row.name, *ids, *marks.get("was", ()), *marks.get("aliases", ())}


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
