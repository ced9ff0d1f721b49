"""Questions that the index answers, or helps to: where everybody stands, and one customer's part of the book."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from custledger import pipeline
from custledger.book.allocation import Story
from custledger.book.book import Book
from custledger.book.customer import Customer
from custledger.book.entry import Charge, Credit
from custledger.book.plain import numbered
from custledger.book.position import OpenItem, Position, Standing, Unapplied
from custledger.book.settings import Dated
from custledger.core.money import Money
from custledger.core.span import Span
from custledger.core.terms import parse_terms
from custledger.store.index_rows import ASKED, COMMON, CustomerRow

if TYPE_CHECKING:
    from custledger.book.book import Revision
    from custledger.book.plain import Stretch
    from custledger.book.settings import Settings
    from custledger.indexed.texts import Text
    from custledger.pipeline import Opened
    from custledger.store.index import Index
    from custledger.store.layout import Layout


PART_MAX = 200
"""For more customers than this all of the index, or all of the text, is read."""


class Profiles(Mapping[str, Customer]):
    """The customers of an index by id: of each what lists and groups show, made when it is looked at."""

    def __init__(self, rows: Sequence[CustomerRow]) -> None:
        self._rows = {row.id: row for row in rows}

    def __getitem__(self, key: str) -> Customer:
        return profile(self._rows[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def profile(row: CustomerRow) -> Customer:
    """A customer's name, marks and terms; contacts and all else stand in the text."""
    marks = json.loads(row.marks)
    address = {key: marks[key] for key in ("region", "country") if key in marks}
    texts = {key: marks[key] for key in _MARKS if key in marks}
    versions = [
        (dt.date.fromisoformat(since) if since else None, parse_terms(text)) for since, text in marks.get("terms", ())
    ]
    terms = Dated(tuple((since, each) for since, each in versions if each is not None))
    return Customer(
        id=row.id,
        name=row.name,
        was=tuple(marks.get("was", ())),
        aliases=tuple(marks.get("aliases", ())),
        tags=tuple(marks.get("tags", ())),
        terms=terms,
        address=address,
        parent=marks.get("parent"),
        **texts,
    )


_MARKS = ("kind", "status", "segment", "industry", "owner", "language")


@dataclass(slots=True)
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

    def book(self, rows: Sequence[CustomerRow]) -> Book:
        """The book without its entries: whose it is, and who these customers are."""
        return Book(
            label=(self.label,),
            settings=self.settings,
            commodities=self.settings.commodities,
            customers=Profiles(rows),
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
                return select(self.book(self.everybody()), words)
            found.update(hits)
        return sorted(found)

    def _meant(self, word: str) -> list[str]:
        """Ids of the customers that one word means."""
        from custledger.report.selection import matches

        if any(char in word for char in "*?[:"):
            rows = self.everybody()
        else:
            said = json.dumps(word, ensure_ascii=False)
            rows = self.index.customers("WHERE id = ?1 OR name = ?1 OR instr(marks, ?2)", (word, said))
        return [row.id for row in rows if matches(profile(row), word)]

    def named(self, name: str) -> list[str]:
        """Ids of everybody who has an invoice, a receipt or a name that is `name`."""
        found = set(self._meant(name))
        places = sorted(self.index.holders(name, self.text.ranges))
        marks = ",".join("?" * len(places))
        return sorted(found.union(row.id for row in self.index.customers(f"WHERE place IN ({marks})", places)))

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

    def part(self, customers: Sequence[str]) -> Opened | None:
        """The book of these customers and of those they are read with; None where the text moved meanwhile."""
        from custledger.indexed.parts import open_part, restricted

        marks = ",".join("?" * len(customers))
        rows = self.index.customers(f"WHERE id IN ({marks})", customers)
        kin = {place for row in rows if row.kin for place in json.loads(row.kin)} - {row.place for row in rows}
        if kin:
            marks = ",".join("?" * len(kin))
            rows += self.index.customers(f"WHERE place IN ({marks})", sorted(kin))
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
        if customers is not None and len(customers) <= PART_MAX:
            marks = ",".join("?" * len(customers))
            rows = {row.place: row for row in self.index.customers(f"WHERE id IN ({marks})", customers)}
            held = self.index.accounts_of(rows, as_of.toordinal(), names=names)
        else:
            rows = {row.place: row for row in self.everybody()}
            held = self.index.accounts(as_of.toordinal(), names=names)
        positions = [
            _position(rows[place].id, unit, stretches) for place, unit, stretches in held if rows[place].state != ASKED
        ]
        asked = [row.id for row in rows.values() if row.state == ASKED]
        if asked:
            opened = self.part(asked)
            if opened is None:
                return None
            wanted = frozenset(asked)
            precise = pipeline.stand(opened, as_of, today)
            positions += [position for position in precise.positions if position.customer in wanted]
            positions.sort(key=lambda position: (position.customer, position.commodity))
        if not any(position.open_items or position.unapplied for position in positions) and not (
            self.index.holds_anything()
        ):
            return None
        return Standing(
            book=self.book(list(rows.values())),
            story=_NO_STORY,
            as_of=as_of,
            positions=tuple(positions),
            today=today,
            abridged=True,
        )


_NO_STORY = Story()


def _position(customer: str, unit: str, held: Sequence[Stretch]) -> Position:
    items: list[OpenItem] = []
    unapplied: list[Unapplied] = []
    day = dt.date.fromordinal
    for each in held:
        money = Money(abs(each.amount), unit)
        if each.charge:
            number, file, line = numbered(each)
            span = Span(file, line)
            name = number or span.place
            charge = Charge(
                key=name, name=name, customer=customer, kind="invoice", money=money, date=day(each.day), span=span,
                date_value=day(each.day), date_due=day(each.due), date_claim=day(each.claim), number=number or None,
            )  # fmt: skip
            items.append(OpenItem(charge=charge, amount_open=each.amount))
        else:
            credit = Credit(
                key=each.name, name=each.name, customer=customer, kind="payment", money=money, date=day(each.day),
                date_value=day(each.day), parts=(),
            )  # fmt: skip
            unapplied.append(Unapplied(entry=credit, amount=each.amount))
    return Position(customer=customer, commodity=unit, open_items=tuple(items), unapplied=tuple(unapplied))
