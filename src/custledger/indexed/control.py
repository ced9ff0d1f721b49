"""What the receivable accounts come to, from the postings in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.frozen import mutable
from custledger.indexed.asking import PART_MAX
from custledger.parse.journal.plain import TRANSACTION
from custledger.resolve.roles import Receivables
from custledger.store.index_rows import PLAIN

if TYPE_CHECKING:
    import datetime as dt
    import re
    from collections.abc import Mapping

    from custledger.book.position import Standing
    from custledger.indexed.asking import Asking
    from custledger.store.index_rows import FileRow

Held = dict[tuple[str, str], int]
"""Minor units by account and commodity."""


def by_account(asking: Asking, standing: Standing, customers: list[str] | None) -> Held | None:
    """What the accounts of everybody (or these customers) come to on the standing's day.

    Plain transactions are read by their shape, the blocks of other customers precisely, some of them after the others.
    None: the text must be asked.
    """
    some = None if customers is None else frozenset(customers)
    rows = [row for row in asking.everybody() if some is None or row.id in some]
    files = [(name, asking.index.file(name)) for name in (*asking.layout.journals, *asking.layout.invoices)]
    papers = {owner for name, row in files[len(asking.layout.journals) :] if row is not None for owner in row.whose}
    plain = {row.id: row.place for row in rows if row.state == PLAIN and row.place not in papers}
    units = {plain[each.customer]: each.commodity for each in standing.accounts() if each.customer in plain}
    reader = _Plain({}, standing.as_of, Receivables(asking.settings.accounts.get("receivable", ())), units)
    for name, row in files[: len(asking.layout.journals)]:
        if row is not None and not reader.read(asking.text.ranges(name, [(0, -1)])[0], row):
            return None
    others = [row.id for row in rows if row.id not in plain]
    for first in range(0, len(others), PART_MAX):
        if not _precisely(asking, standing.as_of, others[first : first + PART_MAX], reader.held):
            return None
    return reader.held if asking.unmoved() else None


def _precisely(asking: Asking, as_of: dt.date, customers: list[str], held: Held) -> bool:
    """Add the postings of some customers; False where the text moved."""
    opened = asking.part(customers)
    if opened is None:
        return False
    wanted = frozenset(customers)
    for each in opened.book.postings:
        if each.date <= as_of and each.customer in wanted:
            key = (each.account, each.money.commodity)
            held[key] = held.get(key, 0) + each.money.minor
    return True


@mutable
class _Plain:
    """Adds up the receivable postings of customers who have one commodity, and no transactions that are not plain."""

    held: Held
    as_of: dt.date
    receivables: Receivables
    units: Mapping[int, str]
    """By the customer's place."""

    def read(self, data: bytes, row: FileRow) -> bool:
        """Add those of a journal; False where one is not what it should be."""
        day = self.as_of.isoformat().encode()
        for at, owner in enumerate(row.whose):
            unit = self.units.get(owner)
            if unit is None:
                continue
            for block in row.blocks[row.begins[at] : row.begins[at + 1]]:
                start = row.starts[block]
                if data[start : start + len(day)] <= day and not self._add(TRANSACTION.match(data, start), unit):
                    return False
        return True

    def _add(self, match: re.Match[bytes] | None, unit: str) -> bool:
        if match is None:
            return False
        groups = match.groups()
        found, others = None, 0
        for account, amount in zip(groups[4:20:4], groups[5:20:4], strict=True):
            if account is None:
                break
            minor = None if amount is None else int(amount[4:].replace(b",", b"").replace(b".", b""))
            name = account.decode()
            if self.receivables.split(name) is None:
                others += minor or 0
            elif found is not None:
                return False
            else:
                found = name, minor
        if found is None:
            return False
        name, own = found
        key = (name, unit)
        self.held[key] = self.held.get(key, 0) + (-others if own is None else own)
        return True
