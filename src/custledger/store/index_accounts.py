"""The accounts of the index: what of each entry was open from when to when, in two tables.

`account` has what is open to this day, `past` what once was: today's reports so read a tenth of it.
"""

from __future__ import annotations

from array import array
from functools import lru_cache
from itertools import compress, groupby, starmap
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
    from custledger.store.index_rows import AccountRow

TABLES = """
CREATE TABLE account(key INTEGER PRIMARY KEY, place INT, unit TEXT, begin INT, last INT, before INT, live BLOB,
    live_names TEXT, sums INT, named INT);
CREATE INDEX account_place ON account(place);
CREATE TABLE past(key INTEGER PRIMARY KEY, stretches BLOB, names TEXT, sums INT, named INT);
"""


class Held(NamedTuple):
    """An account as the index has it, for a day on which it has begun; and the sums by which it is known again."""

    customer: str
    name: str
    unit: str
    last: int
    """The last day on which anything changed."""
    live: bytes
    live_sum: int
    past: bytes | None
    """None where nothing of it holds on the day."""
    past_sum: int | None
    place: int
    begin: int
    before: int
    """Bytes that there are of its past."""
    state: int
    live_names: str | None = None
    live_named: int = 0
    past_names: str | None = None
    past_named: int | None = None
    """None where names were not asked for."""

    @property
    def who(self) -> int:
        """The sum of what says which account it is: all else is summed up from it."""
        customer = f"{self.state} {self.customer} {self.name}"
        return _who(customer, self.place, self.unit, self.begin, self.last, self.before)

    def stretches(self, as_of: int) -> list[Stretch]:
        """What holds on the day, in order; unnamed where names were not asked for."""
        found = unpacked(self.live, self.live_names, as_of)
        if self.past:
            found = sorted([*found, *unpacked(self.past, self.past_names, as_of)], key=in_order)
        return found


def put(connection: sqlite3.Connection, rows: Iterable[AccountRow]) -> None:
    """Keep accounts: all that some customers have, who are there, and whose accounts are to be dropped before."""
    there = connection.execute("SELECT place, id, name, state FROM customer")
    customers = {place: f"{state} {customer} {name}" for place, customer, name, state in there}
    every = [
        (key, row, _who(customers[row.place], row.place, row.unit, row.begin, row.last, len(row.past)))
        for key, row in _keyed(rows)
    ]
    connection.executemany(
        "INSERT INTO account VALUES (?,?,?,?,?,?,?,?,?,?)",
        [
            (
                key, row.place, row.unit, row.begin, row.last, len(row.past), row.live, row.live_names,
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


def _who(customer: str, place: int, unit: str, begin: int, last: int, before: int) -> int:
    return crc32(f"{place} {begin} {last} {before} {unit} {customer}".encode())


def _keyed(rows: Iterable[AccountRow]) -> Iterator[tuple[int, AccountRow]]:
    """Each account with its key, which is the same however often it was dropped and put again."""
    ordered = sorted(rows, key=lambda row: (row.place, row.unit))
    for place, several in groupby(ordered, key=lambda row: row.place):
        yield from enumerate(several, place * _UNITS_MAX)


_UNITS_MAX = 1 << 20
"""More commodities than a customer can have."""


def drop(connection: sqlite3.Connection, places: Iterable[int]) -> None:
    """Forget the accounts of some customers."""
    every = [(place,) for place in places]
    connection.executemany("DELETE FROM past WHERE key IN (SELECT key FROM account WHERE place = ?)", every)
    connection.executemany("DELETE FROM account WHERE place = ?", every)


def any_entry(connection: sqlite3.Connection) -> bool:
    """Whether anybody ever owed anything."""
    found = connection.execute("SELECT EXISTS(SELECT 1 FROM account WHERE length(live)) OR EXISTS(SELECT 1 FROM past)")
    return bool(found.fetchone()[0])


def held(connection: sqlite3.Connection, as_of: int, *, customers: Sequence[str] | None, names: bool) -> list[Held]:
    """The accounts that have begun by a day, of customers with some ids or of all, in no order.

    Not those that the text is asked of each time (ASKED).
    """
    where = "" if customers is None else f"AND customer.id IN ({','.join('?' * len(customers))})"
    columns = (
        "customer.id, customer.name, unit, last, live, account.sums, past.stretches, past.sums, "
        "account.place, begin, before, customer.state"
    )
    rows = connection.execute(
        f"SELECT {columns}{', live_names, account.named, past.names, past.named' if names else ''} "  # noqa: S608
        "FROM account JOIN customer ON customer.place = account.place "
        # A key that is NULL is not looked up: the past is read where it is asked for alone.
        "LEFT JOIN past ON past.key = CASE WHEN last > ? THEN account.key END "
        f"WHERE begin <= ? AND customer.state <> ? {where}",
        (as_of, as_of, ASKED, *(customers or ())),
    )
    found = list(starmap(Held, rows))
    checked(all(crc32(each.live, each.who) == each.live_sum for each in found))
    for each in found:
        if each.last > as_of and each.before:
            checked(each.past is not None and crc32(each.past, each.who) == each.past_sum)
    if names:
        checked(all(crc32((each.live_names or "").encode(), each.who) == each.live_named for each in found))
        checked(
            all(crc32((each.past_names or "").encode(), each.who) == each.past_named for each in found if each.past)
        )
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
