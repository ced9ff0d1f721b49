"""What of an index changes where some journals did: their blocks, and the accounts of whom they touch."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from custledger.core.frozen import field, frozen, mutable, replace
from custledger.indexed import NotIndexed
from custledger.indexed.asking import profile
from custledger.indexed.parts import open_part
from custledger.indexed.reading import Blocks, journal, rows_of
from custledger.indexed.rows import account_row, accounts_of, file_row, named_of, pieces_of, said_by, sound
from custledger.indexed.setup import hold, kin_text, readers, said_by_directives, united
from custledger.reconcile.plain import stretches
from custledger.store.index_rows import (
    ASKED,
    COMMON,
    HARD,
    JOURNALS,
    ORPHAN,
    PLAIN,
    PRECISE,
    AccountRow,
    CustomerRow,
    FileRow,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from custledger.book.customer import Customer
    from custledger.book.plain import Row
    from custledger.book.settings import Settings
    from custledger.indexed.reading import Names
    from custledger.indexed.texts import Text
    from custledger.resolve.plain import Reader
    from custledger.store.index import Index
    from custledger.store.layout import Layout

SEARCHED_MAX = 50
"""So many new numbers are each looked for in the files; for more of them all are counted."""


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


@mutable
class Update:
    """Some journals changed, came or went; nothing else did."""

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
    new: dict[str, FileRow] = field(default_factory=dict)
    blocks: dict[str, Blocks] = field(default_factory=dict)

    def run(self) -> Mended:
        """What of the index is to be replaced. Raises NotIndexed where all of it is to be made anew."""
        self.rows = {row.place: row for row in self.index.customers()}
        self.kinds = {name: kind for name, kind, *_ in self.index.signatures()}
        names, reader = self._readers()
        before = {name: self.index.file(name) for name in (*self.changed, *self.gone)}
        for name in self.changed:
            data = self.source.read(name)
            self.blocks[name] = journal(data, reader, names)
            self.new[name] = file_row(name, JOURNALS, self.blocks[name], self.source)
        if self.index.meta("asserts") == "yes" or any(blocks.asserts for blocks in self.blocks.values()):
            hold(self.source, self.layout, self.settings)
        touched = set().union(*(_differing(old, self.new.get(name)) for name, old in before.items()))
        if COMMON in touched:
            raise NotIndexed("directives")
        kin = self._kin()
        touched.update(other for place in tuple(touched) for other in kin.get(place, ()))
        orphans = ORPHAN in touched
        touched.discard(ORPHAN)
        accounts, hard, told = self._accounts(sorted(touched), kin, reader)
        named: list[tuple[int, str, int]] = []
        disputing: set[int] = set()
        if hard or orphans:
            owners = (COMMON, ORPHAN, *sorted(hard)) if orphans else (COMMON, *sorted(hard))
            opened = open_part(self.source, self.layout, self.label, lambda name: self._pieces(name, owners))
            sound(opened, self.today)
            places = {row.id: place for place, row in self.rows.items()}
            accounts += [account for account in accounts_of(opened, places) if account.place in hard]
            named = sorted((named_of(opened.book, places) - told).elements())
            named = [each for each in named if each[0] in hard]
            disputing = {places[each.customer] for each in opened.book.disputes}
        return Mended(
            asserts=any(blocks.asserts for blocks in self.blocks.values()),
            gone=list(self.gone),
            files=list(self.new.values()),
            touched=sorted(touched),
            customers=[self._customer(place, hard, disputing, kin) for place in sorted(touched)],
            accounts=accounts,
            hard=sorted(hard),
            named=named,
            repeated=self._unique(before, hard, named),
        )

    def _readers(self) -> tuple[Names, Reader]:
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

    def _pieces(self, name: str, owners: Iterable[int]) -> list[tuple[int, int, int]]:
        row = self.new.get(name)
        return self.index.pieces(name, owners) if row is None else pieces_of(row, owners)

    def _accounts(
        self, touched: Sequence[int], kin: Mapping[int, object], reader: Reader
    ) -> tuple[list[AccountRow], set[int], Counter[tuple[int, str, int]]]:
        """The accounts of those who are plain, the others, and what stands in plain rows of these."""
        accounts: list[AccountRow] = []
        hard: set[int] = set()
        told: Counter[tuple[int, str, int]] = Counter()
        for place in touched:
            found = self._rows(place, reader)
            rows, unit = found
            plain = unit is not None and self.rows[place].state == PLAIN and place not in kin
            several = stretches(rows) if plain and not self.settings.matching.fifo else None
            if several is None or unit is None:
                hard.add(place)
                told.update(said_by(place, rows))
            elif rows:
                accounts.append(account_row(place, unit, several, [row[0] for row in rows]))
        return accounts, hard, told

    def _rows(self, place: int, reader: Reader) -> tuple[list[Row], str | None]:
        """The plain rows of a customer in all journals, and their commodity; None where not all of it is plain."""
        found: list[Row] = []
        units: set[str] = set()
        plain = True
        for name in self.layout.journals:
            blocks = self.blocks.get(name)
            if blocks is not None:
                found += rows_of([blocks.segments[place]] if place in blocks.segments else [])
                units.update([blocks.units[place]] if place in blocks.units else [])
                plain = plain and place not in blocks.hard
                continue
            pieces = self.index.pieces(name, [place])
            if not pieces:
                continue
            if self.kinds.get(name) == PRECISE:
                plain = False
                continue
            # With the byte behind each, which may keep it from being plain.
            spans = [(start, end + (end > 0)) for start, end, _ in pieces]
            for (start, end, _), text in zip(pieces, self.source.ranges(name, spans), strict=True):
                read = reader.read(text)
                found += read.rows.get(place, ())
                units.update(read.units.values())
                gaps = [gap for gap in read.gaps if end < 0 or gap.start < end - start]
                plain = plain and not gaps and not read.hard
        return found, (units.pop() if units else "") if plain and len(units) < 2 else None  # noqa: PLR2004

    def _customer(
        self, place: int, hard: set[int], disputing: set[int], kin: Mapping[int, Sequence[int]]
    ) -> CustomerRow:
        row = self.rows[place]
        state = ASKED if place in disputing else HARD if place in hard else row.state
        return replace(row, state=state, kin=kin_text(place, kin.get(place, ())))

    def _unique(
        self, before: Mapping[str, FileRow | None], hard: set[int], named: Sequence[tuple[int, str, int]]
    ) -> list[str]:
        """The codes that several receipts have now. Raises NotIndexed where two invoices have one number."""
        old = [row for row in before.values() if row is not None]
        there = self.index.named()
        left = [each for each in there if each[0] not in hard] + list(named)
        gone = [each for each in there if each[0] in hard]
        repeated = set(json.loads(self.index.meta("repeated") or "[]"))
        for column, charge in (("numbers", 1), ("codes", 0)):
            was = Counter(each for row in old for each in _listed(getattr(row, column)))
            was.update(text.encode() for _, text, kind in gone if kind == charge)
            now = Counter(each for row in self.new.values() for each in _listed(getattr(row, column)))
            now.update(text.encode() for _, text, kind in named if kind == charge)
            differing = {*(now - was), *(was - now)}
            counts = self._counted(column, differing, [text.encode() for _, text, kind in left if kind == charge])
            for text in differing:
                if counts[text] > 1 and charge:
                    raise NotIndexed("duplicate-number")
                if not charge:
                    (repeated.add if counts[text] > 1 else repeated.discard)(text.decode())
        return sorted(repeated)

    def _counted(self, column: str, wanted: set[bytes], others: Sequence[bytes]) -> Counter[bytes]:
        """How often each of some numbers or codes stands in the files as they are now, and in `others`."""
        counts = Counter(each for each in others if each in wanted)
        for name, _, _, _, _, _ in self.index.signatures():
            if name in self.gone:
                continue
            row = self.new.get(name)
            lines = getattr(row, column) if row is not None else self.index.column(name, column)
            if len(wanted) > SEARCHED_MAX:
                counts.update(each for each in _listed(lines) if each in wanted)
            else:
                for text in wanted:
                    counts[text] += _times(lines, text)
        for name, row in self.new.items():
            if name not in {each[0] for each in self.index.signatures()}:
                counts.update(each for each in _listed(getattr(row, column)) if each in wanted)
        return counts


def _times(lines: bytes, text: bytes) -> int:
    """How many of the lines are `text`; neighbours share a line feed."""
    count, wanted, at = 0, b"\n" + text + b"\n", -1
    while (at := lines.find(wanted, at + 1)) >= 0:
        count += 1
    return count


def _claim(owners: dict[str, int], names: Iterable[str], place: int) -> None:
    """Give names to a customer; 0 where two claim one: which comes first in the text is not known here."""
    for name in names:
        if owners.setdefault(name, place) != place:
            owners[name] = 0


def _listed(lines: bytes) -> list[bytes]:
    return [each for each in lines.split(b"\n") if each]


def _differing(old: FileRow | None, new: FileRow | None) -> set[int]:
    """The owners whose blocks are not what they were."""
    was = {} if old is None else dict(_digests(old))
    now = {} if new is None else dict(_digests(new))
    return {owner for owner in was.keys() | now.keys() if was.get(owner) != now.get(owner)}


def _digests(row: FileRow) -> Iterable[tuple[int, bytes]]:
    return ((owner, row.digests[8 * at : 8 * at + 8]) for at, owner in enumerate(row.whose))
