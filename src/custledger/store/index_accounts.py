"""The accounts of the index: what of each entry was open from when to when, in two tables.

`account` has what is open to this day, `past` what once was: today's reports so read a tenth of it.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from itertools import compress
from operator import not_
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from custledger.book.plain import in_order
from custledger.core.trouble import ensure
from custledger.store.index_rows import ASKED, unpacked

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from custledger.book.plain import Stretch
    from custledger.store.index_rows import AccountRow

TABLES = """
CREATE TABLE account(key INTEGER PRIMARY KEY, place INT, unit TEXT, begin INT, last INT, live BLOB, live_names TEXT,
    sums INT);
CREATE INDEX account_place ON account(place);
CREATE TABLE past(key INTEGER PRIMARY KEY, stretches BLOB, names TEXT, sums INT);
"""


class Held(NamedTuple):
    """An account as the index has it, for a day on which it has begun."""

    customer: str
    name: str
    unit: str
    last: int
    """The last day on which anything changed."""
    live: bytes
    live_names: str | None
    past: bytes | None
    """None where nothing of it holds on the day."""
    past_names: str | None

    def stretches(self, as_of: int) -> list[Stretch]:
        """What holds on the day, in order; unnamed where names were not asked for."""
        found = unpacked(self.live, self.live_names, as_of)
        if self.past:
            found = sorted([*found, *unpacked(self.past, self.past_names, as_of)], key=in_order)
        return found


def put(connection: sqlite3.Connection, rows: Iterable[AccountRow]) -> None:
    """Keep accounts. Those of the same customers are to be dropped before."""
    (first,) = connection.execute("SELECT coalesce(max(key), 0) + 1 FROM account").fetchone()
    every = list(enumerate(rows, first))
    connection.executemany(
        "INSERT INTO account VALUES (?,?,?,?,?,?,?,?)",
        [
            (key, row.place, row.unit, row.begin, row.last, row.live, row.live_names, zlib.crc32(row.live))
            for key, row in every
        ],
    )
    connection.executemany(
        "INSERT INTO past VALUES (?,?,?,?)",
        [(key, row.past, row.past_names, zlib.crc32(row.past)) for key, row in every if row.past],
    )


def drop(connection: sqlite3.Connection, places: Iterable[int]) -> None:
    """Forget the accounts of some customers."""
    every = [(place,) for place in places]
    connection.executemany("DELETE FROM past WHERE key IN (SELECT key FROM account WHERE place = ?)", every)
    connection.executemany("DELETE FROM account WHERE place = ?", every)


def any_entry(connection: sqlite3.Connection) -> bool:
    """Whether anybody ever owed anything."""
    found = connection.execute("SELECT EXISTS(SELECT 1 FROM account WHERE length(live)) OR EXISTS(SELECT 1 FROM past)")
    return bool(found.fetchone()[0])


def held(connection: sqlite3.Connection, as_of: int, *, customers: Sequence[str] | None, names: bool) -> Iterator[Held]:
    """The accounts that have begun by a day, of customers with some ids or of all, in no order.

    Not those that the text is asked of each time (ASKED).
    """
    where = "" if customers is None else f"AND customer.id IN ({','.join('?' * len(customers))})"
    columns = "live_names, {}, past.names, past.sums" if names else "NULL, {}, NULL, past.sums"
    rows = connection.execute(
        f"SELECT customer.id, customer.name, unit, last, live, {columns.format('past.stretches')}, account.sums "  # noqa: S608
        "FROM account JOIN customer ON customer.place = account.place "
        # A key that is NULL is not looked up: the past is read where it is asked for alone.
        "LEFT JOIN past ON past.key = CASE WHEN last > ? THEN account.key END "
        f"WHERE begin <= ? AND customer.state <> ? {where}",
        (as_of, as_of, ASKED, *(customers or ())),
    )
    crc = zlib.crc32
    for customer, name, unit, last, live, live_names, past, past_names, past_sums, sums in rows:
        if crc(live) != sums or (past is not None and crc(past) != past_sums):
            ensure(condition=False, why="an account of the index is not what was written")
        yield Held(customer, name, unit, last, live, live_names, past, past_names)


class Numbers(NamedTuple):
    """What is open, a column each, and what of credits nothing uses. Days are ordinals, amounts minor units."""

    due: Sequence[int]
    claim: Sequence[int]
    open: Sequence[int]
    unapplied: int


_NOTHING = Numbers((), (), (), 0)


def numbers(account: Held, as_of: int) -> Numbers:
    """What of an account holds on a day, without an object for each entry."""
    found = _numbers(account.live, None if account.last <= as_of else as_of)
    if not account.past:
        return found
    due, claim, opened, unapplied = _numbers(account.past, as_of)
    return Numbers((*found.due, *due), (*found.claim, *claim), (*found.open, *opened), found.unapplied + unapplied)


def _numbers(data: bytes, as_of: int | None) -> Numbers:
    """Of stretches as `index_rows.packed` packs them; `as_of` None: all of them hold."""
    if not data:
        return _NOTHING
    count = len(data) // 32
    values = _shape(count).unpack(data)
    days = 6 * count
    due, claim, charge, amounts = values[4:days:6], values[3:days:6], values[5:days:6], values[days:]
    if as_of is not None:
        holds = [first <= as_of < until for first, until in zip(values[:days:6], values[1:days:6], strict=True)]
        if not all(holds):
            due, claim, charge, amounts = (tuple(compress(each, holds)) for each in (due, claim, charge, amounts))
    if all(charge):
        return Numbers(due, claim, amounts, 0)
    return Numbers(
        tuple(compress(due, charge)),
        tuple(compress(claim, charge)),
        tuple(compress(amounts, charge)),
        sum(compress(amounts, map(not_, charge))),
    )


@lru_cache(maxsize=1024)
def _shape(count: int) -> Struct:
    return Struct(f"={6 * count}i{count}q")
