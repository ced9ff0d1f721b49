"""Numbers of charges and codes of credits of customers who are not plain: a sealed list each."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from custledger.store.index_seals import checked, sealed, unsealed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

TABLES = "CREATE TABLE named(place INTEGER PRIMARY KEY, texts BLOB);"


def put(connection: sqlite3.Connection, rows: Iterable[tuple[int, str, int]]) -> None:
    """Keep (place, number or code, whether of a charge): all that some customers have."""
    connection.executemany(
        "INSERT OR REPLACE INTO named VALUES (?, ?)",
        [
            (place, sealed(json.dumps([row[1:] for row in several]).encode(), f"named {place}"))
            for place, several in groupby(sorted(rows), key=lambda row: row[0])
        ],
    )


def drop(connection: sqlite3.Connection, places: Iterable[int]) -> None:
    """Forget those of some customers."""
    connection.executemany("DELETE FROM named WHERE place = ?", [(place,) for place in places])


def _every(connection: sqlite3.Connection, count: int) -> list[tuple[int, bytes]]:
    rows = connection.execute("SELECT place, texts FROM named ORDER BY place").fetchall()
    checked(len(rows) == count and len({place for place, _ in rows}) == count)
    checked(all(data for _, data in rows))
    return [(place, unsealed(data, f"named {place}")) for place, data in rows]


def every(connection: sqlite3.Connection, count: int) -> list[tuple[int, str, int]]:
    """All of them; so many customers there must be who have any."""
    return [(place, text, charge) for place, data in _every(connection, count) for text, charge in json.loads(data)]


def holders(connection: sqlite3.Connection, text: str, count: int) -> set[int]:
    """The customers who have one."""
    said = json.dumps(text).encode()
    found = [(place, data) for place, data in _every(connection, count) if said in data]
    return {place for place, data in found if any(each == text for each, _ in json.loads(data))}
