"""An index of a whole book from its text."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from custledger.core.diagnostic import Severity
from custledger.core.frozen import field, frozen, mutable
from custledger.indexed import NotIndexed
from custledger.indexed.documents import activities, customers, invoices
from custledger.indexed.hard import Telling
from custledger.indexed.parts import read_customers
from custledger.indexed.reading import Blocks, journal, rows_of
from custledger.indexed.rows import account_row, customer_row, file_row, said_by, whole_row
from custledger.indexed.setup import Setup, families, hold
from custledger.indexed.unique import repeated_codes
from custledger.reconcile.plain import stretches
from custledger.store.index_rows import (
    ASKED,
    BOOK,
    CUSTOMERS,
    HARD,
    INVOICES,
    JOURNALS,
    PLAIN,
    YAML,
    AccountRow,
    CustomerRow,
    FileRow,
    kinds_of,
)
from custledger.workers import workers

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence

    from custledger.book.customer import Customer
    from custledger.indexed.texts import Seen, Text
    from custledger.pipeline import Documents
    from custledger.store.layout import Layout

WORTH_A_WORKER = 8_000_000
"""Bytes of journals for which another process is worth its start."""
TOLD_BY_A_WORKER = 1_000
"""Customers for whom it is."""
TOLD_TOGETHER = 250
"""So many customers are told in one go."""
HEAD = 65_536
"""Bytes at the beginning of each journal in which directives are looked for before it is read."""
_DIRECTIVE = re.compile(rb"^(?:account|commodity)[ \t][^\n]*\n?(?:[ \t]+[^\n]*\n?)*", re.MULTILINE)


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
        known = read_customers(self.source, self.layout)
        if any(problem.severity is Severity.ERROR for problem in known.problems):
            raise NotIndexed("problems")
        setup = self._files(known)
        self._customers(setup)
        asserts = any(blocks.asserts for blocks in self.blocks.values())
        if asserts:
            hold(self.source, self.layout, known.settings)
        together = [pair for each in self.blocks.values() for pair in each.kin]
        together += [(row.place, *json.loads(row.kin)) for row in self.knowing if row.kin]
        kin = families(together, known.customers, setup.names.ids)
        was = {row.place for row in self.knowing if row.state != PLAIN}
        fifo = {setup.places[each.id] for each in known.customers if each.matching.fifo is not None}
        accounts, hard = self._plain(setup, fifo | kin.keys() | was)
        self._finish_files()
        rows = {row.name: row for row in self.rows}
        telling = Telling(self.source, self.layout, self.label, self.today, known, setup.places, rows)
        told = telling.tell(hard, kin)
        named = sorted((told.named - self.told).elements())
        repeated = repeated_codes(self.rows, named, self.told)
        people = []
        for each in known.customers:
            place = setup.places[each.id]
            state = ASKED if place in told.disputing else HARD if place in hard else PLAIN
            people.append(customer_row(each, place, state, kin.get(place, ())))
        return Made(
            files=self.rows,
            customers=people,
            accounts=sorted([*accounts, *told.accounts], key=lambda account: (account.place, account.unit)),
            named=named,
            repeated=repeated,
            directives=self.said,
            asserts=asserts,
        )

    def _files(self, known: Documents) -> Setup:
        """Read every file but the customers'; once more where a directive further down says something new."""
        names = self.layout.journals
        heads = [self.source.ranges(name, [(0, HEAD)])[0] for name in names]
        there = {row.id: row.place for row in self.knowing}
        setup = Setup.of(known, (match[0] for head in heads for match in _DIRECTIVE.finditer(head)), there)
        del heads
        self._read(setup)
        said = [text for name in names for text in self.blocks[name].directives]
        self.said = [text for text in said if not text.startswith(b"include")]
        if len(self.said) < len(said):
            self._check_includes()
        again = Setup.of(known, self.said, there)
        if again.facts != setup.facts:
            self._read(again)
        return again

    def _read(self, setup: Setup) -> None:
        kinds = kinds_of(self.layout)
        names = [name for name, kind in kinds.items() if kind != CUSTOMERS]
        documents = [name for name in names if kinds[name] != JOURNALS]
        size = self.source.size(self.layout.journals) + YAML * self.source.size(documents)
        with workers(size // WORTH_A_WORKER, partial(_file, self.source, setup, kinds)) as run:
            for name, (blocks, seen) in zip(names, run(names), strict=True):
                self.blocks[name] = blocks
                self.source.saw(name, seen)
        corrected, closed = self._whose(self.layout.invoices), self._whose(self.layout.activities)
        for name in self._pending(self.layout.invoices):
            self.blocks[name] = invoices(name, self.source.read(name), setup.papers, corrected)
        for name in self._pending(self.layout.activities):
            self.blocks[name] = activities(name, self.source.read(name), setup.names.ids, closed)

    def _pending(self, names: Sequence[str]) -> list[str]:
        return [name for name in names if self.blocks[name].pending]

    def _whose(self, names: Sequence[str]) -> dict[str, int]:
        """Whose the documents are that others leave it to, by number or id."""
        wanted = {number for name in names for number in self.blocks[name].pending}
        found: dict[str, int] = {}
        for name in names if wanted else ():
            blocks = self.blocks[name]
            found.update((number, place) for number, place in blocks.papers.items() if number in wanted)
            for place, segment in blocks.segments.items():
                numbers = (row[2].decode() for row in rows_of([segment]))
                found.update((number, place) for number in numbers if number in wanted)
        return found

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

    def _customers(self, setup: Setup) -> None:
        standing: dict[str, list[Customer]] = {name: [] for name in self.layout.customers}
        for customer in setup.documents.customers:
            standing[customer.span.file].append(customer)
        for name, found in standing.items():
            self.blocks[name] = customers(self.source.read(name), found, setup.places)

    def _plain(self, setup: Setup, hard: set[int]) -> tuple[list[AccountRow], set[int]]:
        """The accounts that are plain to the end, and the customers who have anything else (`hard` have)."""
        units: dict[int, str] = {}
        segments: dict[int, list[bytes]] = {}
        refers: set[int] = set()
        for name in (*self.layout.invoices, *self.layout.journals, *self.layout.activities):
            blocks = self.blocks[name]
            hard |= blocks.hard
            refers |= blocks.refers
            for place, unit in blocks.units.items():
                if units.setdefault(place, unit) != unit:
                    hard.add(place)
            for place, segment in blocks.segments.items():
                segments.setdefault(place, []).append(segment)
            blocks.segments = {}
        if setup.documents.settings.matching.fifo:
            hard |= segments.keys()
        places = sorted(segments)
        slices = [places[at : at + TOLD_TOGETHER] for at in range(0, len(places), TOLD_TOGETHER)]
        accounts: list[AccountRow] = []
        with workers(len(places) // TOLD_BY_A_WORKER, partial(_tell, segments, units, frozenset(hard), refers)) as run:
            for told, not_plain, named in run(slices):
                accounts += told
                hard |= not_plain
                self.told.update(named)
        return accounts, hard

    def _finish_files(self) -> None:
        kinds = kinds_of(self.layout)
        for name in sorted(self.blocks):
            self.rows.append(file_row(name, kinds[name], self.blocks[name], self.source))
        settings = self.layout.settings
        if settings is not None:
            self.rows.append(whole_row(settings, "settings", self.source))
        if self.layout.book_journal is not None:
            self.rows.append(whole_row(self.layout.book_journal, BOOK, self.source))


def _tell(
    segments: Mapping[int, Sequence[bytes]],
    units: Mapping[int, str],
    hard: Collection[int],
    refers: Collection[int],
    places: Sequence[int],
) -> tuple[list[AccountRow], set[int], Counter[tuple[int, str, int]]]:
    """The accounts of some customers, perhaps in a process of its own; those that are not plain, and what they say."""
    accounts: list[AccountRow] = []
    not_plain: set[int] = set()
    named: Counter[tuple[int, str, int]] = Counter()
    for place in places:
        rows = rows_of(segments[place])
        told = None if place in hard else stretches(rows, refers=place in refers)
        if told is None:
            not_plain.add(place)
            named.update(said_by(place, rows))
        else:
            accounts.append(account_row(place, units[place], told, [row[0] for row in rows]))
    return accounts, not_plain, named


def _file(source: Text, setup: Setup, kinds: Mapping[str, str], name: str) -> tuple[Blocks, Seen]:
    """One file, perhaps in a process of its own."""
    data = source.read(name)
    if kinds[name] == JOURNALS:
        made = journal(data, setup.reader, setup.names)
    elif kinds[name] == INVOICES:
        made = invoices(name, data, setup.papers)
    else:
        made = activities(name, data, setup.names.ids)
    return made, source.seen(name)
