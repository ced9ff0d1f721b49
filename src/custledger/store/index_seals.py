"""Sums by which the index knows its own bytes again: a flipped bit, a lost page or a hand in it is never an answer."""

from __future__ import annotations

import sqlite3
import zlib
from array import array
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

CHUNK = 4096
"""Bytes of a sealed column that have a sum of their own, so that a part of it can be looked at."""
_SUM = 4


class Broken(sqlite3.DatabaseError):
    """An index does not say what was written into it."""


class Stale(sqlite3.DatabaseError):
    """Another process changed or replaced the index since it was compared with the text."""


def summed(*values: object) -> int:
    """A sum over some values of a row."""
    return zlib.crc32("\0".join(map(str, values)).encode("utf-8", "surrogatepass"))


def checked(good: object) -> None:
    """Raises Broken where something is not what was written."""
    if not good:
        raise _broken()


def _broken() -> Broken:
    return Broken("the index is not what was written")


def _seed(what: str, place: int) -> int:
    return zlib.crc32(f"{what} {place}".encode("utf-8", "surrogatepass"))


def sealed(data: bytes, what: str) -> bytes:
    """The bytes of a column with the sums of their chunks behind them; `what` names the column and its row."""
    if not data:
        return data
    view = memoryview(data)
    starts = range(0, len(data), CHUNK)
    sums = [zlib.crc32(view[at : at + CHUNK], _seed(what, place)) for place, at in enumerate(starts)]
    return data + array("I", sums).tobytes()


def _bare(size: int) -> int:
    """How many of so many bytes are data."""
    return size - _SUM * -(-size // (CHUNK + _SUM))


def unsealed(data: object, what: str) -> bytes:
    """What was sealed. Raises Broken where it is not that."""
    if not isinstance(data, bytes):
        raise _broken()
    size = _bare(len(data))
    checked(size >= 0)
    sums = array("I")
    sums.frombytes(data[size:])
    view = memoryview(data)[:size]
    for place, wanted in enumerate(sums):
        checked(zlib.crc32(view[place * CHUNK : (place + 1) * CHUNK], _seed(what, place)) == wanted)
    return data[:size]


class Column:
    """A sealed array of the file table, looked at where it stands: a large file has a hundred thousand blocks."""

    def __init__(self, connection: sqlite3.Connection, column: str, rowid: int, what: str, code: str) -> None:
        self._blob = connection.blobopen("file", column, rowid, readonly=True)
        self._what, self._code = what, code
        size = _bare(len(self._blob))
        checked(size >= 0)
        self._size = size
        self._sums = array("I")
        self._chunks: dict[int, bytes] = {}
        self._blob.seek(size)
        self._sums.frombytes(self._blob.read(len(self._blob) - size))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._blob.close()

    def __len__(self) -> int:
        return self._size // 4

    def _chunk(self, place: int) -> bytes:
        found = self._chunks.get(place)
        if found is None:
            self._blob.seek(place * CHUNK)
            found = self._blob.read(min(CHUNK, self._size - place * CHUNK))
            checked(zlib.crc32(found, _seed(self._what, place)) == self._sums[place])
            self._chunks[place] = found
        return found

    def at(self, place: int, count: int = 1) -> Sequence[int]:
        """So many of its numbers from a place on. Raises Broken where there are not so many."""
        first, end = 4 * place, 4 * (place + count)
        checked(0 <= first <= end <= self._size)
        chunks = range(first // CHUNK, -(-end // CHUNK))
        data = b"".join([self._chunk(each) for each in chunks])
        found = array(self._code)
        start = first - CHUNK * chunks.start
        found.frombytes(data[start : start + end - first])
        return found

    def find(self, wanted: int) -> int:
        """The place of a number in a rising column, or -1."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.at(middle)[0] < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self.at(low)[0] == wanted else -1
