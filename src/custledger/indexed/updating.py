"""What of an index changes where some files did: their blocks, and the accounts of whom they touch."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from custledger.book.plain import CHARGE
from custledger.core.frozen import field, frozen, mutable, replace
from custledger.indexed import NotIndexed
from custledger.indexed.asking import profile
from custledger.indexed.documents import activities, invoices
from custledger.indexed.parts import open_part, text_of
from custledger.indexed.people import People
from custledger.indexed.reading import Blocks, journal, rows_of
from custledger.indexed.rows import account_row, accounts_of, file_row, named_of, pieces_of, said_by, sound, whole_row
from custledger.indexed.setup import hold, kin_text, readers, said_by_directives, united
from custledger.indexed.unique import Uses
from custledger.reconcile.plain import stretches
from custledger.store.index_rows import (
    ACTIVITY,
    ASKED,
    BOOK,
    COMMON,
    CUSTOMERS,
    HARD,
    INVOICES,
    JOURNALS,
    ORPHAN,
    PLAIN,
    PRECISE,
    YAML,
    AccountRow,
    CustomerRow,
    FileRow,
    kinds_of,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from custledger.book.customer import Customer
    from custledger.book.plain import Row
    from custledger.book.settings import Settings
    from custledger.core.span import Span
    from custledger.indexed.reading import Names
    from custledger.indexed.texts import Text
    from custledger.pipeline import Opened
    from custledger.resolve.plain import Reader
    from custledger.resolve.plain_documents import DocumentReader
    from custledger.store.index import Index
    from custledger.store.layout import Layout


FEW = 20
"""So many customers are looked up in each file, however small the book."""
LOOKING = 20_000
"""Bytes of journals that are read in the time in which a customer is looked up in one file."""


@frozen(kw_only=True)
class Mended:
    """What takes the place of what was there."""

    gone: list[str]
    files: list[FileRow]
    touched: list[int]
    """Customers whose accounts are told anew."""
    customers: list[CustomerRow]
    accounts: list[AccountRow]
    hard: list[int]
    """Of the touched those who are not plain: their numbers and codes are `named`."""
    named: list[tuple[int, str, int]]
    repeated: list[str]
    asserts: bool
    """Whether a balance is asserted in any of the files."""
    orphans: bool
    """Whether entries that are nobody's and not plain came, went or changed."""


@mutable
class Update:
    """Some journals and documents changed, came or went; nothing else did."""

    index: Index
    source: Text
    layout: Layout
    label: str
    settings: Settings
    today: dt.date
    changed: Sequence[str]
    gone: Sequence[str]
    rows: dict[int, CustomerRow] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    """Of the files as the index has them."""
    reader: Reader = field(init=False)
    papers: DocumentReader = field(init=False)
    new: dict[str, FileRow] = field(default_factory=dict)
    blocks: dict[str, Blocks] = field(default_factory=dict)

    def run(self) -> Mended:
        """What of the index is to be replaced. Raises NotIndexed where all of it is to be made anew."""
        self.rows = {row.place: row for row in self.index.customers()}
        self.kinds = {name: kind for name, kind, *_ in self.index.signatures()}
        before = {name: self.index.file(name) for name in (*self.changed, *self.gone)}
        self._people(before)
        names, self.reader, self.papers = self._readers()
        self._read(names)
        if self.index.meta("asserts") == "yes" or any(blocks.asserts for blocks in self.blocks.values()):
            hold(self.source, self.layout, self.settings)
        touched = set().union(*(_differing(old, self.new.get(name)) for name, old in before.items()))
        if COMMON in touched:
            raise NotIndexed("directives")
        kin = self._kin()
        touched.update(other for place in tuple(touched) for other in kin.get(place, ()))
        orphans = ORPHAN in touched
        touched.discard(ORPHAN)
        if self._many(len(touched)):
            self._read_rest(names)
        accounts, hard, told = self._accounts(sorted(touched), kin)
        named: list[tuple[int, str, int]] = []
        disputing: set[int] = set()
        if hard or orphans:
            owners = (COMMON, ORPHAN, *sorted(hard)) if orphans else (COMMON, *sorted(hard))
            opened = open_part(self.source, self.layout, self.label, lambda name: self.pieces(name, owners))
            sound(opened, self.today)
            self._check_borrowed(opened, owners, names)
            places = {row.id: place for place, row in self.rows.items()}
            accounts += [account for account in accounts_of(opened, places) if account.place in hard]
            named = sorted((named_of(opened.book, places) - told).elements())
            named = [each for each in named if each[0] in hard]
            disputing = {places[each.customer] for each in opened.book.disputes}
        uses = Uses(self.index, self.kinds, self.new, frozenset(self.gone))
        return Mended(
            asserts=any(blocks.asserts for blocks in self.blocks.values()),
            orphans=orphans,
            gone=list(self.gone),
            files=list(self.new.values()),
            touched=sorted(touched),
            customers=[self._customer(place, hard, disputing, kin) for place in sorted(touched)],
            accounts=accounts,
            hard=sorted(hard),
            named=named,
            repeated=uses.repeated(before.values(), hard, named, told),
        )

    def _people(self, before: Mapping[str, FileRow | None]) -> None:
        """The customers as their files are now."""
        there = [row for row in before.values() if row is not None and row.kind == CUSTOMERS]
        changed = [name for name in self.changed if name in self.layout.customers]
        if there or changed:
            people = People(self.rows)
            texts = [(name, self.source.read(name)) for name in changed]
            people.change(texts, {place for row in there for place in row.whose})
            self.blocks.update(people.blocks)

    def _read(self, names: Names) -> None:
        """Every file that changed."""
        kinds = kinds_of(self.layout)
        pending, logs = [], []
        for name in self.changed:
            kind = kinds.get(name, BOOK)
            data = b"" if kind in {CUSTOMERS, BOOK} else self.source.read(name)
            if kind == JOURNALS:
                self.blocks[name] = journal(data, self.reader, names)
            elif kind == ACTIVITY:
                self.blocks[name] = activities(name, data, names.ids)
                logs += [name] * bool(self.blocks[name].pending)
            elif kind == INVOICES:
                self.blocks[name] = invoices(name, data, self.papers)
                pending += [name] * bool(self.blocks[name].pending)
        corrected = self._corrected({number for name in pending for number in self.blocks[name].pending})
        for name in pending:
            self.blocks[name] = invoices(name, self.source.read(name), self.papers, corrected)
        closed = self._closed({each for name in logs for each in self.blocks[name].pending}, names)
        for name in logs:
            self.blocks[name] = activities(name, self.source.read(name), names.ids, closed)
        for name in self.changed:
            if name in kinds:
                self.new[name] = file_row(name, kinds[name], self.blocks[name], self.source)
            else:
                self.new[name] = whole_row(name, BOOK, self.source)

    def _closed(self, wanted: set[str], names: Names) -> dict[str, int]:
        """Whose the entries of the log with these ids are."""
        found: dict[str, int] = {}
        for name in self.layout.activities if wanted else ():
            blocks = self.blocks.get(name) or activities(name, self.source.read(name), names.ids)
            found.update((each, place) for each, place in blocks.papers.items() if each in wanted)
        return found

    def _corrected(self, wanted: set[str]) -> dict[str, int]:
        """Whose the documents of these numbers are, as far as customers have them whose documents mention them."""
        found: dict[str, int] = {}
        for number in sorted(wanted):
            text = number.encode()
            near = self.index.holders(number, self._ranges)
            for blocks in self.blocks.values():
                near.update(place for place, segment in blocks.segments.items() if text in segment)
                near.update([blocks.papers[number]] if number in blocks.papers else [])
            for place in sorted(near):
                if number in self._numbers(place):
                    found[number] = place
        return found

    def _ranges(self, name: str, spans: list[tuple[int, int]]) -> list[bytes]:
        """What a file says now where the index knows it: nothing where it has gone."""
        return [b""] * len(spans) if name in self.gone else self.source.ranges(name, spans)

    def _numbers(self, place: int) -> set[str]:
        """The numbers of a customer's documents."""
        found: set[str] = set()
        for name in self.layout.invoices:
            blocks = self.blocks.get(name) or self._document(name, place)
            found.update(number for number, owner in blocks.papers.items() if owner == place)
            rows = rows_of([blocks.segments[place]] if place in blocks.segments else [])
            found.update(row[2].decode() for row in rows)
        return found

    def _check_borrowed(self, opened: Opened, owners: Iterable[int], names: Names) -> None:
        """Raises NotIndexed where a file that did not change holds a document that is another customer's now.

        Whose a credit note or a closing entry of the log is may stand in another file, with what it corrects or closes.
        Who had that before is told anew, too: the document is in the part that was `opened`, of these `owners`.
        """
        logged = {each.id: each.customer for each in opened.activities}
        found: list[tuple[Span, str | None]] = [(e.span, e.customer) for e in opened.invoices if e.corrects]
        found += [(each.span, logged.get(each.closes)) for each in opened.activities if each.closes]
        places = [(span, names.ids.get(customer or "", ORPHAN)) for span, customer in found]
        for name in sorted({span.file for span, _ in places} - self.new.keys()):
            here = [(span.line, place) for span, place in places if span.file == name]
            lines = [line for _, _, line in self.pieces(name, owners)]
            own = {place: {line for *_, line in self.pieces(name, [place])} for _, place in here}
            if any(lines[bisect_right(lines, line) - 1] not in own[place] for line, place in here):
                raise NotIndexed("customers")

    def _document(self, name: str, place: int) -> Blocks:
        """What a customer has in a file of invoices that did not change."""
        pieces = self.index.pieces(name, [place])
        return invoices(name, text_of(self.source, name, pieces), self.papers) if pieces else Blocks()

    def _many(self, count: int) -> bool:
        """Whether so many customers are told sooner by reading all files than by looking them up in each.

        Raises NotIndexed for most of them: to make the index anew takes less.
        """
        if count > FEW and 2 * count > len(self.rows):
            raise NotIndexed("customers")
        size = sum(row[2] * (YAML if row[1] == INVOICES else 1) for row in self.index.signatures())
        return count > FEW and count * len(self.kinds) * LOOKING > size

    def _read_rest(self, names: Names) -> None:
        """The files that did not change."""
        for name in self.layout.journals:
            if name not in self.blocks and self.kinds[name] != PRECISE:
                self.blocks[name] = journal(self.source.read(name), self.reader, names)
        for name in self.layout.invoices:
            if name not in self.blocks:
                self.blocks[name] = invoices(name, self.source.read(name), self.papers)

    def _readers(self) -> tuple[Names, Reader, DocumentReader]:
        ids = {row.id: place for place, row in self.rows.items()}
        names: dict[str, int] = {}
        present = frozenset(ids)
        for place, row in self.rows.items():
            marks = json.loads(row.marks) if '"was"' in row.marks or '"aliases"' in row.marks else {}
            _claim(ids, (name for name in marks.get("was", ()) if name not in present), place)
            _claim(names, (row.name, *marks.get("aliases", ())), place)
        ids = {name: place for name, place in ids.items() if place}
        names = {name: place for name, place in names.items() if place}
        texts = [text.encode() for text in json.loads(self.index.meta("directives") or "[]")]

        def known(customer: str) -> Customer | None:
            place = ids.get(customer)
            return None if place is None else profile(self.rows[place])

        return readers(self.settings, said_by_directives(texts, self.settings), ids, names, known)

    def _kin(self) -> dict[int, tuple[int, ...]]:
        old = [(place, *json.loads(row.kin)) for place, row in self.rows.items() if row.kin]
        return united([*old, *(each for blocks in self.blocks.values() for each in blocks.kin)])

    def pieces(self, name: str, owners: Iterable[int]) -> list[tuple[int, int, int]]:
        """The blocks of some owners in a file, as `Index.pieces` has them, as the files are now."""
        row = self.new.get(name)
        return self.index.pieces(name, owners) if row is None else pieces_of(row, owners)

    def _accounts(
        self, touched: Sequence[int], kin: Mapping[int, object]
    ) -> tuple[list[AccountRow], set[int], Counter[tuple[int, str, int]]]:
        """The accounts of those who are plain, the others, and what stands in plain rows of these."""
        accounts: list[AccountRow] = []
        hard: set[int] = set()
        told: Counter[tuple[int, str, int]] = Counter()
        whose: dict[bytes, int] = {}
        for place in touched:
            rows, unit, refers = self._rows(place)
            # A document and its posting have one number: where one of them became another's, it stands as often.
            if any(row[1] == CHARGE and whose.setdefault(row[2], place) != place for row in rows):
                raise NotIndexed("duplicate-number")
            plain = unit is not None and self.rows[place].state == PLAIN and place not in kin
            several = stretches(rows, refers=refers) if plain and not self.settings.matching.fifo else None
            if several is None or unit is None:
                hard.add(place)
                told.update(said_by(place, rows))
            elif rows:
                accounts.append(account_row(place, unit, several, [row[0] for row in rows]))
        return accounts, hard, told

    def _rows(self, place: int) -> tuple[list[Row], str | None, bool]:
        """The plain rows of a customer, their commodity, and whether invoices are known by other numbers, too.

        The commodity is None where not all of it is plain.
        """
        found: list[Row] = []
        units: set[str] = set()
        plain, refers = True, False
        for name in (*self.layout.invoices, *self.layout.journals, *self.layout.activities):
            blocks = self.blocks.get(name)
            if blocks is None and name in self.layout.invoices:
                blocks = self._document(name, place)
            if blocks is not None:
                found += rows_of([blocks.segments[place]] if place in blocks.segments else [])
                units.update([blocks.units[place]] if place in blocks.units else [])
                plain = plain and place not in blocks.hard
                refers = refers or place in blocks.refers
            elif name in self.layout.journals:
                plain = self._journal(name, place, found, units) and plain
        return found, (units.pop() if units else "") if plain and len(units) < 2 else None, refers  # noqa: PLR2004

    def _journal(self, name: str, place: int, found: list[Row], units: set[str]) -> bool:
        """Add what a customer has in a journal that did not change; whether all of it is plain."""
        pieces = self.index.pieces(name, [place])
        if not pieces:
            return True
        if self.kinds.get(name) == PRECISE:
            return False
        plain = True
        # With the byte behind each, which may keep it from being plain.
        spans = [(start, end + (end > 0)) for start, end, _ in pieces]
        for (start, end, _), text in zip(pieces, self.source.ranges(name, spans), strict=True):
            read = self.reader.read(text)
            found += read.rows.get(place, ())
            units.update(read.units.values())
            gaps = [gap for gap in read.gaps if end < 0 or gap.start < end - start]
            plain = plain and not gaps and not read.hard
        return plain

    def _customer(
        self, place: int, hard: set[int], disputing: set[int], kin: Mapping[int, Sequence[int]]
    ) -> CustomerRow:
        row = self.rows[place]
        state = ASKED if place in disputing else HARD if place in hard else row.state
        return replace(row, state=state, kin=kin_text(place, kin.get(place, ())))


def _claim(owners: dict[str, int], names: Iterable[str], place: int) -> None:
    """Give names to a customer; 0 where two claim one: which comes first in the text is not known here."""
    for name in names:
        if owners.setdefault(name, place) != place:
            owners[name] = 0


def _differing(old: FileRow | None, new: FileRow | None) -> set[int]:
    """The owners whose blocks are not what they were."""
    was = {} if old is None else dict(_digests(old))
    now = {} if new is None else dict(_digests(new))
    return {owner for owner in was.keys() | now.keys() if was.get(owner) != now.get(owner)}


def _digests(row: FileRow) -> Iterable[tuple[int, bytes]]:
    return ((owner, row.digests[8 * at : 8 * at + 8]) for at, owner in enumerate(row.whose))
