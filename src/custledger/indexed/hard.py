"""The customers who are not plain: the engine tells their story, some thousand entries at a time."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from custledger.core.frozen import field, frozen, mutable
from custledger.indexed import NotIndexed
from custledger.indexed.parts import open_part
from custledger.indexed.rows import accounts_of, named_of, pieces_of, sound
from custledger.store.index_rows import COMMON, ORPHAN
from custledger.workers import workers

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence

    from custledger.indexed.texts import Text
    from custledger.pipeline import Documents
    from custledger.store.index_rows import AccountRow, FileRow
    from custledger.store.layout import Layout

BLOCKS_MAX = 20_000
"""So many blocks of text are told together: what is in memory at a time."""


@frozen
class Told:
    """What the engine says of some customers."""

    accounts: list[AccountRow]
    named: Counter[tuple[int, str, int]]
    """(place, number of a charge or code of a credit, 1 or 0)."""
    disputing: frozenset[int]


@mutable
class Telling:
    """A book's files as they were read for the index."""

    source: Text
    layout: Layout
    label: str
    today: dt.date
    known: Documents
    """Settings and customers."""
    places: Mapping[str, int]
    rows: Mapping[str, FileRow]
    parts: Sequence[Sequence[int]] = field(default_factory=list)

    def tell(self, hard: Collection[int], kin: Mapping[int, Collection[int]]) -> Told:
        """The story of these customers. Raises NotIndexed where anything is wrong in it.

        Customers refer to others' entries where they are of one family, and hardly else: where a part has an error,
        all are told together.
        """
        self.parts = self._parts(hard, kin)
        try:
            return self._all()
        except NotIndexed:
            if len(self.parts) == 1:
                raise
        self.parts = [(COMMON, ORPHAN, *sorted(hard))]
        return self._all()

    def _all(self) -> Told:
        accounts: list[AccountRow] = []
        named: Counter[tuple[int, str, int]] = Counter()
        disputing: set[int] = set()
        with workers(len(self.parts), self.part) as run:
            for told in run(range(len(self.parts))):
                accounts += told.accounts
                named += told.named
                disputing |= told.disputing
        return Told(accounts, named, frozenset(disputing))

    def part(self, which: int) -> Told:
        """What is told of one part, perhaps in a process of its own."""
        owners = frozenset(self.parts[which])
        opened = open_part(
            self.source,
            self.layout,
            self.label,
            lambda name: pieces_of(self.rows[name], owners),
            known=self.known,
        )
        sound(opened, self.today)
        # Of others there may be only what they share an entry with.
        named = named_of(opened.book, self.places)
        disputing = {self.places[each.customer] for each in opened.book.disputes}
        return Told(
            [account for account in accounts_of(opened, self.places) if account.place in owners],
            Counter({each: count for each, count in named.items() if each[0] in owners}),
            frozenset(disputing) & owners,
        )

    def _parts(self, hard: Collection[int], kin: Mapping[int, Collection[int]]) -> list[tuple[int, ...]]:
        """The owners of each part: families together, what is everybody's in each, what is nobody's in the first."""
        sizes: Counter[int] = Counter()
        for row in self.rows.values():
            for at, owner in enumerate(row.whose):
                if owner > 0:
                    sizes[owner] += row.begins[at + 1] - row.begins[at]
        made: list[list[int]] = [[COMMON, ORPHAN]]
        size, done = 0, set()
        for place in sorted(hard):
            family = [each for each in sorted({place, *kin.get(place, ())}) if each in hard and each not in done]
            more = sum(sizes[each] for each in family)
            if family and size and size + more > BLOCKS_MAX:
                made.append([COMMON])
                size = 0
            made[-1] += family
            done.update(family)
            size += more
        return [tuple(each) for each in made]
