"""A plan proved on the part of the book that it changes: what the index would become tells that nothing else does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.frozen import frozen, mutable, replace
from custledger.indexed import NotIndexed
from custledger.indexed.keeping import files_as_indexed
from custledger.indexed.parts import PartSource, open_part, restricted
from custledger.indexed.rows import sound
from custledger.indexed.updating import Update
from custledger.store.index_rows import COMMON, kinds_of
from custledger.store.planned import made_among, made_by, planned_layout

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence

    from custledger.edit.plan import Plan
    from custledger.indexed.asking import Asking
    from custledger.indexed.texts import Seen, Text
    from custledger.pipeline import Opened
    from custledger.store.files import Signature


@mutable
class PlannedText:
    """The files of a book, those of a plan as it leaves them (see `indexed.texts.Text`)."""

    whole: Text
    made: dict[str, bytes]

    def read(self, name: str) -> bytes:
        """The file's bytes after the plan."""
        return self.made[name] if name in self.made else self.whole.read(name)

    def include(self, including: str, pattern: str) -> list[str]:
        """The files that an `include` means, those among them that the plan makes."""
        return sorted({*self.whole.include(including, pattern), *made_among(self.made, including, pattern)})

    def ranges(self, name: str, spans: Iterable[tuple[int, int]]) -> list[bytes]:
        """Of the file after the plan."""
        if name not in self.made:
            return self.whole.ranges(name, spans)
        data = self.made[name]
        return [data[start : len(data) if end < 0 else end] for start, end in spans]

    def size(self, names: Iterable[str]) -> int:
        """Bytes of so many files."""
        several = list(names)
        kept = [name for name in several if name not in self.made]
        return self.whole.size(kept) + sum(len(self.made[name]) for name in several if name in self.made)

    def signature(self, name: str) -> Signature:
        """Of what is not written yet: its size alone."""
        return (0, len(self.made[name]), 0) if name in self.made else self.whole.signature(name)

    def look(self, name: str) -> Signature:
        """The same."""
        return self.signature(name) if name in self.made else self.whole.look(name)

    def seen(self, name: str) -> Seen:
        """The same."""
        return (self.signature(name), b"") if name in self.made else self.whole.seen(name)

    def saw(self, name: str, seen: Seen) -> None:
        """Another process read the file."""
        if name not in self.made:
            self.whole.saw(name, seen)

    def moved(self) -> str | None:
        """A file that is not what was read any more."""
        return self.whole.moved()


@frozen
class Proved:
    """The part of the book that a plan changes, before and after it."""

    before: Opened
    after: Opened
    moved: Callable[[], str | None]
    """A file of the book that is not what this was proved on, asked under the lock; None where there is none."""


def prove(asking: Asking, opened: Opened, plan: Plan, customers: Sequence[str], today: dt.date) -> Proved:
    """Make `plan` on `opened`, the part of the book of these `customers`, as if it were written.

    Raises NotIndexed where there would be an error in the book, or where only the whole text tells that there is none.
    """
    layout = planned_layout(asking.layout, plan)
    kinds = kinds_of(layout)
    changed = [edit.name for edit in plan.edits if edit.name in kinds]
    rest = {edit.name for edit in plan.edits} - {*changed, layout.book_journal}
    new = {edit.name for edit in plan.edits if edit.digest is None}
    source = opened.source
    if rest or not isinstance(source, PartSource) or opened.settings != asking.settings:
        raise NotIndexed("files")
    if source.including and not new.isdisjoint(layout.journals):
        raise NotIndexed("include")  # a pattern may mean the new journal: the order of all of them is another one
    text = PlannedText(source.whole, made_by(source.whole, plan))
    for edit in plan.edits:
        old = b"" if edit.digest is None else source.whole.read(edit.name)
        if edit.name in kinds and not text.made[edit.name].startswith(old):
            raise NotIndexed("files")  # entries that are nobody's are not in the index
    moved = files_as_indexed(asking)
    update = Update(asking.index, text, layout, asking.label, asking.settings, today, changed, [])
    mended = update.run()
    if mended.orphans:
        raise NotIndexed("orphans")
    there = {row.place for row in asking.everybody()}
    touched = {update.rows[place].id for place in mended.touched if place in there}
    family = asking.family(sorted(touched.union(customers)))
    before = asking.part([row.id for row in family])
    if before is None:
        raise NotIndexed("files")
    places = {row.place for row in family}.union(mended.touched)
    owners = (COMMON, *sorted(places))
    made = open_part(
        text,
        layout,
        asking.label,
        lambda name: update.pieces(name, owners),
        repeated=frozenset(mended.repeated),
    )
    sound(made, today)
    book = restricted(made.book, {update.rows[place].id for place in places})
    return Proved(before, replace(made, book=replace(book, partial=True), sound=True), moved)
