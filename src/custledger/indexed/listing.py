"""Lists of everybody: where they stand by the index, and of the text only what the rows are made from."""

from __future__ import annotations

import json
import re
from operator import attrgetter
from typing import TYPE_CHECKING

from custledger import pipeline
from custledger.book.position import OpenItem, Position
from custledger.core.frozen import replace
from custledger.indexed.parts import open_part, restricted
from custledger.indexed.rows import pieces_of
from custledger.store.index_rows import COMMON, PLAIN

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from custledger.book.entry import Charge
    from custledger.book.position import Account, Standing
    from custledger.indexed.asking import Asking
    from custledger.pipeline import Opened

_CODE = re.compile(rb"[0-9-]{10}(?: [*!])? \(([^()\n;]*)\)")
"""The code of a plain transaction, which is the number of an invoice."""
_NUMBER = re.compile(rb"^(?:--- )?number: ?['\"]?([^\s'\"#]+)", re.MULTILINE)
"""The number of a plain document, as it is mostly written."""


def profiled(asking: Asking, as_of: dt.date, today: dt.date, customers: Sequence[str] | None) -> Standing | None:
    """Where everybody (or these customers) stands, with all that their profiles say. None: the text must be asked."""
    standing = asking.standing(as_of, today, customers=customers, names=False)
    if standing is None:
        return None
    found = pipeline.read_documents(asking.text, replace(asking.layout, invoices=(), activities=()))
    profiles = {each.id: each for each in sorted(found.customers, key=attrgetter("id"))}
    return replace(standing, book=replace(standing.book, customers=profiles)) if asking.unmoved() else None


def listed(
    asking: Asking, as_of: dt.date, today: dt.date, customers: Sequence[str] | None, *, what: str
) -> Standing | None:
    """Those of everybody (or these customers) who have `open` charges, or `unapplied` credits, with these and more.

    Of who is plain only the charges that are open are read, of the others all they have. None: the text must be asked.
    """
    standing = asking.standing(as_of, today, customers=customers, names=True)
    if standing is None:
        return None
    there = {row.id: row for row in asking.everybody()}
    having = [each for each in standing.accounts() if (each.credits if what == "unapplied" else any(each.open))]
    odd = [there[each.customer] for each in having if there[each.customer].state != PLAIN]
    kin = {place for row in odd if row.kin for place in json.loads(row.kin)}
    plain = {(each.customer, each.commodity): each for each in having if there[each.customer].state == PLAIN}
    hard = kin.union(row.place for row in odd)
    opened = _opened(asking, hard, {there[each.customer].place for each in plain.values()}, _numbers(plain.values()))
    names = {row.id for row in there.values() if row.place in hard}
    precise = pipeline.stand(replace(opened, book=restricted(opened.book, names), sound=True), as_of, today)
    charges = {each.number: each for each in opened.book.charges if each.customer not in names}
    positions = [*precise.positions]
    for account in plain.values():
        items = _items(account.position(), charges)
        if items is None:
            return None
        positions.append(Position(customer=account.customer, commodity=account.commodity, open_items=items))
    if not asking.unmoved():
        return None
    shown = {item.charge.key for each in positions for item in each.open_items}
    book = replace(
        precise.book,
        charges=tuple(each for each in opened.book.charges if each.key in shown),
        partial=True,
        revision=asking.revision,
    )
    return replace(precise, book=book, positions=tuple(positions), abridged=True)


def _numbers(plain: Iterable[Account]) -> set[bytes]:
    """The numbers of all that is open of these."""
    return {item.charge.number.encode() for each in plain for item in each.position().open_items if item.charge.number}


def _items(position: Position, charges: dict[str | None, Charge]) -> tuple[OpenItem, ...] | None:
    """The open items with their charges as the text has them; None where it has another."""
    found: list[OpenItem] = []
    for item in position.open_items:
        charge = charges.get(item.charge.number)
        if charge is None or (charge.customer, charge.date) != (position.customer, item.charge.date):
            return None
        found.append(OpenItem(charge=charge, amount_open=item.amount_open))
    return tuple(found)


def _opened(asking: Asking, hard: set[int], plain: set[int], numbers: set[bytes]) -> Opened:
    """The part of the book with all of some customers, and of others the charges of these numbers and who they are."""
    journals, papers = frozenset(asking.layout.journals), frozenset(asking.layout.invoices)

    def pieces(name: str) -> list[tuple[int, int, int]]:
        row = asking.index.file(name)
        if row is None:
            return []
        if name not in journals and name not in papers:
            return pieces_of(row, hard | plain)
        found = pieces_of(row, (COMMON, *hard))
        if not plain.isdisjoint(row.whose):
            (data,) = asking.text.ranges(name, [(0, -1)])
            for piece in pieces_of(row, plain):
                start, end, _ = piece
                if name in journals:
                    said = _CODE.match(data, start)
                else:
                    said = _NUMBER.search(data, start, len(data) if end < 0 else end)
                if said is not None and said[1] in numbers:
                    found.append(piece)
        return sorted(found)

    repeated = frozenset(json.loads(asking.index.meta("repeated") or "[]"))
    return open_part(asking.text, asking.layout, asking.label, pieces, repeated=repeated)
