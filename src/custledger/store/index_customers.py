"""The customers of the index: a line each, in sealed parts, so that all of them are found or none is believed.

Looking for one takes reading every part: two megabytes of twenty thousand customers, in a few thousandths of a second.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from custledger.store.index_rows import CustomerRow
from custledger.store.index_seals import checked, sealed, unsealed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping, Sequence

TABLES = "CREATE TABLE customer(part INTEGER PRIMARY KEY, lines BLOB);"
_PART = 256
"""Places of a part: of a change only the parts are written in which it is."""


class Accounts(NamedTuple):
    """What must be found of a customer's accounts: how many there are, and the last day of any."""

    many: int = 0
    last: int = 0


class Whose(NamedTuple):
    """A customer in short, and what must be found of the accounts."""

    place: int
    id: str
    name: str
    state: int
    accounts: Accounts


def put(connection: sqlite3.Connection, rows: Iterable[CustomerRow], accounts: Mapping[int, Accounts]) -> None:
    """Keep customers, in place of what was there of them; `accounts` by place."""
    for part, several in groupby(sorted(rows, key=lambda row: row.place), key=lambda row: row.place // _PART):
        found = connection.execute("SELECT lines FROM customer WHERE part = ?", (part,)).fetchone()
        lines = {} if found is None else {_place(line): line for line in _lines(part, found[0])}
        lines.update((row.place, _line(row, accounts.get(row.place, Accounts()))) for row in several)
        _put(connection, part, lines)


def drop(connection: sqlite3.Connection, places: Iterable[int]) -> None:
    """Forget customers."""
    for part, several in groupby(sorted(places), key=lambda place: place // _PART):
        gone = frozenset(several)
        found = connection.execute("SELECT lines FROM customer WHERE part = ?", (part,)).fetchone()
        if found is not None:
            every = {_place(line): line for line in _lines(part, found[0])}
            _put(connection, part, {place: line for place, line in every.items() if place not in gone})


def _put(connection: sqlite3.Connection, part: int, lines: Mapping[int, str]) -> None:
    data = "".join([f"{lines[place]}\n" for place in sorted(lines)]).encode("utf-8", "surrogatepass")
    connection.execute("DELETE FROM customer WHERE part = ?", (part,))
    if data:
        connection.execute("INSERT INTO customer VALUES (?, ?)", (part, sealed(data, f"customer {part}")))


def _line(row: CustomerRow, accounts: Accounts) -> str:
    numbers = [str(each) for each in (row.place, row.state, *accounts)]
    said = [json.dumps(text, ensure_ascii=False) for text in (row.id, row.name)]
    return "\t".join((*numbers, row.kin, *said, row.marks))


def _place(line: str) -> int:
    return int(line.partition("\t")[0])


def _lines(part: int, data: object) -> list[str]:
    text = unsealed(data, f"customer {part}").decode("utf-8", "surrogatepass")
    checked(text)
    return text.split("\n")[:-1]


def lines(connection: sqlite3.Connection, parts: int) -> list[str]:
    """The line of every customer, by place; so many parts there must be."""
    rows = connection.execute("SELECT part, lines FROM customer ORDER BY part").fetchall()
    checked(len(rows) == parts and len({part for part, _ in rows}) == parts)
    return [line for part, data in rows for line in _lines(part, data)]


def at(every: Iterable[str], places: Iterable[int]) -> list[str]:
    """The lines of the customers at some places."""
    wanted = {str(place) for place in places}
    return [line for line in every if line[: line.index("\t")] in wanted]


def being(every: Iterable[str], state: int) -> list[str]:
    """The lines of the customers in a state."""
    said = f"\t{state}\t"
    return [line for line in every if line.startswith(said, line.index("\t"))]


_FEW = 8
"""So many words are looked for one by one."""


def saying(every: Sequence[str], words: Collection[str]) -> list[str]:
    """The lines in which any of some words stands as an id, a name or a mark, and perhaps some more."""
    if len(words) > _FEW:
        return list(every)
    wanted = [json.dumps(word, ensure_ascii=False) for word in words]
    return list(dict.fromkeys([line for word in wanted for line in every if word in line]))


def known(line: str) -> CustomerRow:
    """The customer of a line."""
    place, state, _, _, kin, id_, name, marks = line.split("\t")
    return CustomerRow(place=int(place), id=_bare(id_), name=_bare(name), state=int(state), marks=marks, kin=kin)


def whose(line: str) -> Whose:
    """The same in short."""
    place, state, count, last, _, id_, name, _ = line.split("\t")
    return Whose(int(place), _bare(id_), _bare(name), int(state), Accounts(int(count), int(last)))


def _bare(said: str) -> str:
    if "\\" in said:
        text: str = json.loads(said)
        return text
    return said[1:-1]
