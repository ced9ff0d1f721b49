"""The accounts of the index: what of each entry was open from when to when, in two tables.

`account` has what is open to this day, `past` what once was: today's reports so read a tenth of it.
"""

from __future__ import annotations

from array import array
from functools import lru_cache
from itertools import compress, groupby
from operator import not_
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from custledger.book.plain import in_order
from custledger.store.index_rows import ASKED, unpacked
from custledger.store.index_seals import checked

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from custledger.book.plain import Stretch
    from custledger.store.index_customers import Whose
    from custledger.store.index_rows import AccountRow

TABLES = """
CREATE TABLE account(key INTEGER PRIMARY KEY, unit TEXT, begin INT, last INT, before INT, live BLOB, live_names TEXT,
    sums INT, named INT);
CREATE TABLE past(key INTEGER PRIMARY KEY, stretches BLOB, names TEXT, sums INT, named INT);
"""
_UNITS_MAX = 1 << 20
"""More commodities than a customer can have: keys are the customer's place times this, and the number of the account.

They are the same however often an account was dropped and put again, and tell which must be there.
"""


class Held(NamedTuple):
    """An account as the index has it, for a day on which it has begun."""

    customer: str
    name: str
    unit: str
    last: int
    """The last day on which anything changed."""
    live: bytes
    past: bytes | None
    """None where nothing of it holds on the day."""
    live_names: str | None = None
    past_names: str | None = None
    """None where names were not asked for."""

    def stretches(self, as_of: int) -> list[Stretch]:
        """What holds on the day, in order; unnamed where names were not asked for."""
        found = unpacked(self.live, self.live_names, as_of)
        if self.past:
            found = sorted([*found, *unpacked(self.past, self.past_names, as_of)], key=in_order)
        return found


def put(connection: sqlite3.Connection, rows: Iterable[AccountRow]) -> None:
    """Keep accounts: all that some customers have, whose accounts are to be dropped before."""
    every = [(key, row, _who(key, row.unit, row.begin, row.last, len(row.past))) for key, row in _keyed(rows)]
    connection.executemany(
        "INSERT INTO account VALUES (?,?,?,?,?,?,?,?,?)",
        [
            (
                key, row.unit, row.begin, row.last, len(row.past), row.live, row.live_names,
                crc32(row.live, who), crc32(row.live_names.encode(), who),
            )
            for key, row, who in every
        ],
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO past VALUES (?,?,?,?,?)",
        [
            (key, row.past, row.past_names, crc32(row.past, who), crc32(row.past_names.encode(), who))
            for key, row, who in every
            if row.past
        ],
    )


def _who(key: int, unit: str, begin: int, last: int, before: int) -> int:
    """The sum of what says which account it is: all else is summed up from it."""
    return crc32(f"{key} {begin} {last} {before} {unit}".encode())


def _keyed(rows: Iterable[AccountRow]) -> Iterator[tuple[int, AccountRow]]:
    ordered = sorted(rows, key=lambda row: (row.place, row.unit))
    for place, several in groupby(ordered, key=lambda row: row.place):
        yield from enumerate(several, place * _UNITS_MAX)


def drop(connection: sqlite3.Connection, places: Iterable[int]) -> None:
    """Forget the accounts of some customers."""
    every = [(place * _UNITS_MAX, (place + 1) * _UNITS_MAX) for place in places]
    connection.executemany("DELETE FROM past WHERE key >= ? AND key < ?", every)
    connection.executemany("DELETE FROM account WHERE key >= ? AND key < ?", every)


def any_entry(connection: sqlite3.Connection) -> bool:
    """Whether there is an account of which anything was ever open."""
    found = connection.execute("SELECT EXISTS(SELECT 1 FROM account WHERE length(live) OR before)")
    return bool(found.fetchone()[0])


def held(connection: sqlite3.Connection, as_of: int, whose: Sequence[Whose], *, every: bool, names: bool) -> list[Held]:
    """The accounts of some customers that have begun by a day; `every`: these are all there are.

    Not those that the text is asked of each time (ASKED). What the rows say is believed where each of them is what was
    written, and none of those is missing that the customers must have: nothing is selected by what is not known yet.
    """
    columns = "account.key, unit, begin, last, before, live, account.sums, past.stretches, past.sums"
    # A key that is NULL is not looked up: the past is read where it is asked for alone.
    query = (
        f"SELECT {columns}{', live_names, account.named, past.names, past.named' if names else ''} "  # noqa: S608
        "FROM account LEFT JOIN past ON past.key = CASE WHEN last > ? THEN account.key END"
    )
    if every:
        rows = connection.execute(f"{query} ORDER BY account.key", (as_of,)).fetchall()
    else:
        rows = []
        for each in whose:
            first = each.place * _UNITS_MAX
            bounds = (first, first + each.accounts.many)
            rows += connection.execute(f"{query} WHERE account.key >= ? AND account.key < ?", (as_of, *bounds))
    wanted = [(each, each.place * _UNITS_MAX + at) for each in whose for at in range(each.accounts.many)]
    checked([row[0] for row in rows] == [key for _, key in wanted])
    found: list[Held] = []
    for (customer, _), (key, unit, begin, last, before, live, live_sum, past, past_sum, *named) in zip(
        wanted, rows, strict=True
    ):
        who = _who(key, unit, begin, last, before)
        checked(isinstance(live, bytes) and crc32(live, who) == live_sum)
        if past is not None or (before and last > as_of):
            checked(isinstance(past, bytes) and len(past) == before and crc32(past, who) == past_sum)
        if named:
            live_names, live_named, past_names, past_named = named
            checked(isinstance(live_names, str) and crc32(live_names.encode(), who) == live_named)
            if past is not None:
                checked(isinstance(past_names, str) and crc32(past_names.encode(), who) == past_named)
        if begin <= as_of and customer.state != ASKED:
            found.append(Held(customer.id, customer.name, unit, last, live, past, *named[::2]))
    return found


class Numbers(NamedTuple):
    """What is open, a column each; what nothing uses, of how many credits. Days are ordinals, amounts minor units."""

    due: Sequence[int]
    claim: Sequence[int]
    open: Sequence[int]
    unapplied: int
    credits: int


_NOTHING = Numbers((), (), (), 0, 0)


def numbers(account: Held, as_of: int) -> Numbers:
    """What of an account holds on a day, without an object for each entry."""
    if account.last > as_of:
        found = _holding(account.live, as_of)
        if not account.past:
            return found
        due, claim, opened, unapplied, credits_ = _holding(account.past, as_of)
        return Numbers(
            [*found.due, *due],
            [*found.claim, *claim],
            [*found.open, *opened],
            found.unapplied + unapplied,
            found.credits + credits_,
        )
    live = account.live
    if not live:
        return _NOTHING
    # All that is live holds: nothing changed since.
    count = len(live) // 32
    values = _shape(count).unpack(live)
    days = 6 * count
    return _parted(values[4:days:6], values[3:days:6], values[5:days:6], values[days:])


def _holding(data: bytes, as_of: int) -> Numbers:
    """Those of the stretches that hold on a day: few of many."""
    count = len(data) // 32
    days, amounts = array("i", data[: 24 * count]), array("q", data[24 * count :])
    held = [at for at, first, until in zip(range(count), days[::6], days[1::6], strict=True) if first <= as_of < until]
    due, claim, charge = ([days[6 * at + column] for at in held] for column in (4, 3, 5))
    return _parted(due, claim, charge, [amounts[at] for at in held])


def _parted(due: Sequence[int], claim: Sequence[int], charge: Sequence[int], amounts: Sequence[int]) -> Numbers:
    """The charges, the sum of all else, and how much of that is credits."""
    if all(charge):
        return Numbers(due, claim, amounts, 0, 0)
    others = list(compress(amounts, map(not_, charge)))
    return Numbers(
        list(compress(due, charge)),
        list(compress(claim, charge)),
        list(compress(amounts, charge)),
        sum(others),
        sum([amount > 0 for amount in others]),
    )


@lru_cache(maxsize=1024)
def _shape(count: int) -> Struct:
    return Struct(f"={6 * count}i{count}q")
