"""An index of a whole book from its text."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from custledger import pipeline
from custledger.core.diagnostic import Severity
from custledger.core.frozen import field, frozen, mutable
from custledger.indexed import NotIndexed
from custledger.indexed.parts import open_part
from custledger.indexed.reading import Blocks, documents, journal, rows_of
from custledger.indexed.rows import (
    account_row,
    accounts_of,
    customer_row,
    file_row,
    named_of,
    pieces_of,
    said_by,
    sound,
    whole_row,
)
from custledger.indexed.setup import Setup, families, hold, ids_of
from custledger.reconcile.plain import stretches
from custledger.store.index_rows import ASKED, COMMON, HARD, JOURNALS, ORPHAN, PLAIN, AccountRow, CustomerRow, FileRow
from custledger.workers import workers

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence

    from custledger.indexed.texts import Seen, Text
    from custledger.pipeline import Documents, Opened
    from custledger.store.layout import Layout

WORTH_A_WORKER = 8_000_000
"""Bytes of journals for which another process is worth its start."""
HEAD = 65_536
"""Bytes at the beginning of each journal in which directives are looked for before it is read."""
_DIRECTIVE = re.compile(rb"^(?:account|commodity)[ \t][^\n]*\n?(?:[ \t]+[^\n]*\n?)*", re.MULTILINE)
_DOCUMENT = re.compile(rb"^---(?=[ \t\n]|$)", re.MULTILINE)
_ITEM = re.compile(rb"^(?:- |---(?=[ \t\n]|$))", re.MULTILINE)


@frozen(kw_only=True)
class Made:
    """What an index holds, or what of it is new."""

    files: list[FileRow]
    customers: list[CustomerRow]
    accounts: list[AccountRow]
    named: list[tuple[int, str, int]]
    """(place, number of a charge or code of a credit, 1 or 0) of customers who are not plain."""
    repeated: list[str]
    """Codes that several receipts have."""
    directives: list[bytes]
    """The texts by which journals were read."""
    asserts: bool
    """Whether any of them asserts a balance."""


@mutable
class Build:
    """One book on its way into an index."""

    source: Text
    layout: Layout
    label: str
    today: dt.date
    blocks: dict[str, Blocks] = field(default_factory=dict)
    rows: list[FileRow] = field(default_factory=list)
    said: list[bytes] = field(default_factory=list)
    """The directives, `include` left out."""
    knowing: Sequence[CustomerRow] = ()
    """What an index that was mended knows of customers: whoever was not plain stays so there."""
    told: Counter[tuple[int, str, int]] = field(default_factory=Counter)
    """What stands in plain rows of customers who are not plain: (place, number or code, 1 or 0)."""

    def run(self) -> Made:
        """Everything. Raises NotIndexed where the book has errors or something that the index cannot stand for."""
        found = pipeline.read_documents(self.source, self.layout)
        if any(problem.severity is Severity.ERROR for problem in found.problems):
            raise NotIndexed("problems")
        setup = self._journals(found)
        asserts = any(blocks.asserts for blocks in self.blocks.values())
        if asserts:
            hold(self.source, self.layout, found.settings)
        self._documents(found, setup.places)
        together = [pair for each in self.blocks.values() for pair in each.kin]
        together += [(row.place, *json.loads(row.kin)) for row in self.knowing if row.kin]
        kin = families(together, found.customers, setup.places)
        was = {row.place for row in self.knowing if row.state != PLAIN}
        accounts, hard = self._plain(setup, self._not_plain(found, setup.places, kin) | was)
        self._finish_files()
        opened = self._hard(found, hard)
        asked = {setup.places[each.customer] for each in opened.book.disputes}
        accounts += accounts_of(opened, setup.places)
        named = sorted((named_of(opened.book, setup.places) - self.told).elements())
        repeated = self._unique(named)
        customers = [
            customer_row(
                each, setup.places[each.id], ASKED if setup.places[each.id] in asked else
                HARD if setup.places[each.id] in hard else PLAIN, kin.get(setup.places[each.id], ()),
            )
            for each in found.customers
        ]  # fmt: skip
        accounts.sort(key=lambda account: (account.place, account.unit))
        return Made(
            files=self.rows,
            customers=customers,
            accounts=accounts,
            named=named,
            repeated=repeated,
            directives=self.said,
            asserts=asserts,
        )

    def _journals(self, found: Documents) -> Setup:
        """Read every journal; once more where a directive further down says something new."""
        names = self.layout.journals
        heads = [self.source.ranges(name, [(0, HEAD)])[0] for name in names]
        setup = Setup.of(found, (match[0] for head in heads for match in _DIRECTIVE.finditer(head)))
        del heads
        self._read(setup)
        said = [text for name in names for text in self.blocks[name].directives]
        self.said = [text for text in said if not text.startswith(b"include")]
        if len(self.said) < len(said):
            self._check_includes()
        again = Setup.of(found, self.said)
        if again.facts != setup.facts:
            self._read(again)
        return again

    def _read(self, setup: Setup) -> None:
        names = self.layout.journals
        job = partial(_journal, self.source, setup)
        with workers(self.source.size(names) // WORTH_A_WORKER, job) as run:
            for name, (blocks, seen) in zip(names, run(names), strict=True):
                self.blocks[name] = blocks
                self.source.saw(name, seen)

    def _check_includes(self) -> None:
        """Every file is read exactly once, and is one of the book's journals."""
        reached: Counter[str] = Counter()
        for name in self.layout.journals:
            for text in self.blocks[name].directives:
                if text.startswith(b"include"):
                    pattern = text.split(b"\n", 1)[0][len(b"include") :].strip().decode()
                    reached.update(self.source.include(name, pattern))
        if max(reached.values(), default=1) > 1 or not set(reached) <= set(self.layout.journals):
            raise NotIndexed("include")

    def _documents(self, found: Documents, places: Mapping[str, int]) -> None:
        owners: dict[str, list[tuple[int, int]]] = {}

        def own(file: str, line: int, customer: str | None) -> None:
            if customer is None or customer not in places:
                raise NotIndexed("unknown-customer")
            owners.setdefault(file, []).append((line, places[customer]))

        ids, _ = ids_of(found.customers)
        present = {place: customer for customer, place in places.items()}
        for customer in found.customers:
            own(customer.span.file, customer.span.line, customer.id)
        for invoice in found.invoices:
            own(invoice.span.file, invoice.span.line, present.get(ids.get(invoice.customer, 0)))
        whose = {each.id: each.customer for each in found.activities}
        for activity in found.activities:
            name = activity.customer or whose.get(activity.closes or "") or ""
            own(activity.span.file, activity.span.line, present.get(ids.get(name, 0)))
        for kind, files in _yaml(self.layout):
            for name in files:
                data = self.source.read(name)
                made = documents(data, _ITEM if kind == "activity" else _DOCUMENT, owners.get(name, ()))
                self.blocks[name] = made

    def _plain(self, setup: Setup, hard: set[int]) -> tuple[list[AccountRow], set[int]]:
        """The accounts that are plain to the end, and the customers who have anything else (`hard` have)."""
        units: dict[int, str] = {}
        segments: dict[int, list[bytes]] = {}
        for name in self.layout.journals:
            blocks = self.blocks[name]
            hard |= blocks.hard
            for place, unit in blocks.units.items():
                if units.setdefault(place, unit) != unit:
                    hard.add(place)
            for place, segment in blocks.segments.items():
                segments.setdefault(place, []).append(segment)
            blocks.segments = {}
        if setup.documents.settings.matching.fifo:
            hard |= segments.keys()
        accounts: list[AccountRow] = []
        for place in sorted(segments):
            rows = rows_of(segments.pop(place))
            told = None if place in hard else stretches(rows)
            if told is None:
                hard.add(place)
                self.told.update(said_by(place, rows))
            else:
                accounts.append(account_row(place, units[place], told, [row[0] for row in rows]))
        return accounts, hard

    def _not_plain(self, found: Documents, places: Mapping[str, int], kin: Mapping[int, Collection[int]]) -> set[int]:
        """Customers of whom documents say what plain rows do not."""
        ids, _ = ids_of(found.customers)
        hard = {ids[invoice.customer] for invoice in found.invoices}
        hard |= {ids[activity.customer] for activity in found.activities if activity.customer}
        hard |= {places[each.id] for each in found.customers if each.matching.fifo is not None}
        return hard | kin.keys()

    def _finish_files(self) -> None:
        kinds = {name: kind for kind, names in _yaml(self.layout) for name in names}
        for name in sorted(self.blocks):
            self.rows.append(file_row(name, kinds.get(name, JOURNALS), self.blocks[name], self.source))
        settings = self.layout.settings
        if settings is not None:
            self.rows.append(whole_row(settings, "settings", self.source))
        if self.layout.book_journal is not None:
            self.rows.append(whole_row(self.layout.book_journal, "book", self.source))

    def _hard(self, found: Documents, hard: Collection[int]) -> Opened:
        """The book of the customers who are not plain, without an error."""
        rows = {row.name: row for row in self.rows}
        owners = (COMMON, ORPHAN, *sorted(hard))
        opened = open_part(
            self.source, self.layout, self.label, lambda name: pieces_of(rows[name], owners), documents=found
        )
        sound(opened, self.today)
        return opened

    def _unique(self, named: Sequence[tuple[int, str, int]]) -> list[str]:
        """The codes that several receipts have. Raises NotIndexed where two invoices have one number."""
        numbers = [number for row in self.rows for number in _listed(row.numbers)]
        numbers += [number.encode() for _, number, charge in named if charge]
        if len(set(numbers)) < len(numbers):
            raise NotIndexed("duplicate-number")
        del numbers
        codes = [code for row in self.rows for code in _listed(row.codes)]
        codes += [code.encode() for _, code, charge in named if not charge]
        if len(set(codes)) == len(codes):
            return []
        return sorted(code.decode() for code, count in Counter(codes).items() if count > 1)


def _journal(source: Text, setup: Setup, name: str) -> tuple[Blocks, Seen]:
    """One file, perhaps in a process of its own."""
    return journal(source.read(name), setup.reader, setup.names), source.seen(name)


def _listed(lines: bytes) -> list[bytes]:
    return [each for each in lines.split(b"\n") if each]


def _yaml(layout: Layout) -> list[tuple[str, tuple[str, ...]]]:
    return [("customers", layout.customers), ("invoices", layout.invoices), ("activity", layout.activities)]
