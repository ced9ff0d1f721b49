"""Plain transactions straight to rows: numbered invoices and payments of one customer, without an object for each.

Of a transaction of the plainest shape (`parse.journal.plain`) this says in integers and bytes what `resolve` says of
it in entries; a law holds the two together. Whatever is not certain here is left to `resolve`: the customer is then
`hard`, or the piece of text a gap.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from custledger.book.plain import CHARGE, TAGGED, UNTAGGED
from custledger.core.dates import day_of
from custledger.core.frozen import field, mutable
from custledger.parse.journal.plain import next_entry, transactions
from custledger.resolve.entries import due_by
from custledger.resolve.roles import ASSET

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from custledger.book.plain import Row
    from custledger.core.money import Commodities
    from custledger.core.terms import Terms
    from custledger.resolve.roles import Receivables, Roles

OWED, PAID = 1, 2
"""What an account on the other side makes of a receivable posting: an invoice, a payment."""
_DIGITS = 2
_TAG = re.compile(r"([^\s:,]+):")
_DUE = re.compile(rb" ?due:([0-9]{4}-[0-9]{2}-[0-9]{2}) *")
_INERT = re.compile(r"[A-Za-z0-9_-]+")
_ODD = re.compile(r"[^ \S]|[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
#: A description in which no number is mentioned, whatever the numbers are.
_WORDS = re.compile(r"[A-Za-z \-|,.，。、（）()：:&'\u4e00-\u9fff]*")
#: Tags that say something to us. Others are for people.
_SAYING = frozenset(
    (
        "invoice due terms kind customer receipt reverses applied dated dispute not-invoice date date2 "
        "po contract delivery fapiao"
    ).split()
)


class Gap(NamedTuple):
    """A stretch of a file that is no plain transaction: bytes from `start` to `end`, its first line."""

    start: int
    end: int
    line: int


@mutable
class Read:
    """What one file holds. Blocks are in order of the text and leave nothing of it out."""

    starts: list[int] = field(default_factory=list)
    """Where each block begins, in bytes."""
    lines: list[int] = field(default_factory=list)
    """Its first line, from 1."""
    owners: list[int] = field(default_factory=list)
    """Its customer's place in the directory; 0: nobody's; -1: a gap."""
    rows: dict[int, list[Row]] = field(default_factory=dict)
    """By customer's place, in order of the text."""
    units: dict[int, str] = field(default_factory=dict)
    """The commodity of each customer's first row; who has another one is hard."""
    hard: set[int] = field(default_factory=set)
    """Customers of whom something is not plain."""
    gaps: list[Gap] = field(default_factory=list)

    def block(self, start: int, line: int, owner: int) -> None:
        """One more block."""
        self.starts.append(start)
        self.lines.append(line)
        self.owners.append(owner)


class Account(NamedTuple):
    """What an account is: whose receivable (0: nobody's, -1: unknown), and what it makes of the other side."""

    customer: int
    makes: int


class Chart(dict[bytes, Account]):
    """Accounts as written to what they are; each is looked at once."""

    def __init__(self, receivables: Receivables, roles: Roles, places: Mapping[str, int]) -> None:
        super().__init__()
        self._receivables, self._roles, self._places = receivables, roles, places

    def __missing__(self, written: bytes) -> Account:
        found = self[written] = self._find(written.decode())
        return found

    def _find(self, name: str) -> Account:
        if _ODD.search(name):
            return Account(-1, 0)
        parts = self._receivables.split(name)
        if parts is not None:
            return Account(self._places.get(parts[1], -1), 0)
        role = self._roles.of(name)
        owed = OWED if role in {"revenue", "tax"} else 0
        return Account(0, owed | (PAID if role in {"cash", "unidentified", ASSET} else 0))


class Units(dict[bytes, str]):
    """What stands before or behind a number to the commodity it means; empty where that is not one of two digits."""

    def __init__(self, commodities: Commodities) -> None:
        super().__init__()
        self._commodities = commodities

    def __missing__(self, written: bytes) -> str:
        name = self._commodities.canonical(written.decode().strip())
        found = self[written] = name if name and self._commodities.get(name).digits == _DIGITS else ""
        return found


class Days(dict[bytes, int]):
    """Dates as written to ordinals; 0 where there is no such day."""

    def __missing__(self, written: bytes) -> int:
        text = written.decode()
        found = day_of(int(text[:4]), int(text[5:7]), int(text[8:]))
        self[written] = 0 if found is None else found.toordinal()
        return self[written]


class Notes(dict[bytes, int]):
    """Comments to the due day that they say; 0 where they say nothing to us, -1 where more than a due day."""

    def __init__(self, days: Days) -> None:
        super().__init__()
        self._days = days

    def __missing__(self, written: bytes) -> int:
        due = _DUE.fullmatch(written)
        if due is not None:
            found = self[written] = self._days[due[1]] or -1
            return found
        text = written.decode()
        if "[" in text or "：" in text or text.lstrip().startswith(">"):
            return -1
        if not all(_INERT.fullmatch(name) and name not in _SAYING for name in _TAG.findall(text)):
            return -1
        return 0


@mutable
class Reader:
    """Reads the files of one book."""

    chart: Chart
    units: Units
    due: Callable[[int, int], int]
    """The due day of what a customer (by place) is charged on a day, by the terms; both days as ordinals."""
    days: Days = field(default_factory=Days)
    notes: Notes = field(init=False)

    def __post_init__(self) -> None:
        self.notes = Notes(self.days)

    def read(self, data: bytes, line: int = 1) -> Read:
        """The rows of a file (or of some of its blocks) and what is left of it."""
        made = Read()
        position = 0
        while position < len(data):
            position, line = self._run(made, data, position, line)
            if position < len(data):
                end = next_entry(data, position)
                made.gaps.append(Gap(position, end, line))
                made.block(position, line, -1)
                line += data.count(b"\n", position, end)
                position = end
        return made

    def _run(self, made: Read, data: bytes, position: int, line: int) -> tuple[int, int]:
        """Take in plain transactions as long as they come: where the first thing stands that is none, and its line."""
        chart, notes, several, row = self.chart, self.notes, self._several, self._row
        start, number, owner = made.starts.append, made.lines.append, made.owners.append
        for match in iter(transactions(data, position), None):
            date, code, text, note, a1, v1, i1, c1, a2, v2, i2, c2, a3, v3, i3, c3, a4, v4, i4, c4, blank = (
                match.groups()
            )
            if v1 is None:
                break
            (one, makes_one), (two, makes_two) = chart[a1], chart[a2]
            if a3 is None:
                count = 3
                if (v2 is not None and not _opposite(v1, v2)) or (one and two):
                    break
                minor = int(v1[4:].replace(b",", b"").replace(b".", b""))
                if one:
                    silent = not i2 and (c2 is None or not notes[c2])
                    found = (date, code, text, note, v1[:3], minor, makes_two, i1, c1)
                else:
                    silent = not i1 and (c1 is None or not notes[c1])
                    found = (date, code, text, note, v1[:3], -minor, makes_one, i2, c2)
                whose = row(made, one or two, found) if silent else -1
            elif one and not two and a4 is None and v2 and v3 and not (c2 or c3 or i2 or i3):
                count = 4
                three, makes_three = chart[a3]
                unit = v1[:4]
                minor = int(v1[4:].replace(b",", b"").replace(b".", b""))
                second = int(v2[4:].replace(b",", b"").replace(b".", b""))
                third = int(v3[4:].replace(b",", b"").replace(b".", b""))
                if three or minor + second + third or v2[:4] != unit or v3[:4] != unit:
                    break
                makes = (makes_two if second ^ minor < 0 else 0) | (makes_three if third ^ minor < 0 else 0)
                whose = row(made, one, (date, code, text, note, v1[:3], minor, makes, i1, c1))
            else:
                more = ((a3, v3, i3, c3),) if a4 is None else ((a3, v3, i3, c3), (a4, v4, i4, c4))
                whose = several(made, (date, code, text, note), ((a1, v1, i1, c1), (a2, v2, i2, c2), *more))
                count = 3 + len(more)
            if whose < 0:
                break
            start(position)
            number(line)
            owner(whose)
            line += count + len(blank)
            position = match.end()
        return position, line

    def _several(self, made: Read, head: tuple[Any, ...], written: tuple[tuple[Any, ...], ...]) -> int:
        """Take in a transaction of three or four postings: whose it is (0: nobody's), or -1 where it is not plain."""
        unit = written[0][1][:4] if written[0][1] is not None else b""
        total, owned, others = 0, None, []
        for account, amount, invoice, comment in written:
            if amount is None:
                if account is not written[-1][0]:
                    return -1
                minor = -total
            elif amount[:4] == unit:
                minor = int(amount[4:].replace(b",", b"").replace(b".", b""))
            else:
                return -1
            total += minor
            whose, makes = self.chart[account]
            if whose:
                if owned is not None:
                    return -1
                owned = whose, minor, invoice, comment
            else:
                others.append((minor, makes))
                if invoice is not None or (comment is not None and self.notes[comment]):
                    return -1
        if total:
            return -1
        if owned is None:
            return self._row(made, 0, (*head, unit[:3], 1, 0, None, None))
        whose, minor, invoice, comment = owned
        makes = 0
        for amount, each in others:
            if amount < 0 < minor or minor < 0 < amount:
                makes |= each
        return self._row(made, whose, (*head, unit[:3], minor, makes, invoice, comment))

    def _row(self, made: Read, customer: int, found: tuple[Any, ...]) -> int:
        """Take in a receivable posting that stands alone in its transaction; the answer is that of `_several`."""
        date, code, text, note, named, minor, makes, number, comment = found
        day, unit = self.days[date], self.units[named]
        due = 0 if note is None else self.notes[note]
        if comment is not None:
            own = self.notes[comment]
            if own and due:
                return -1
            due = due or own
        if not unit or not day or due < 0 or customer < 0 or not minor:
            return -1
        if not customer:
            return -1 if due or number else 0
        row: Row
        if minor > 0:
            if not makes & OWED or not code or number:
                return -1
            due = due or self.due(customer, day)
            if due < day:
                made.hard.add(customer)
            row = (day, CHARGE, code, minor, due)
        elif not makes & PAID or due:
            return -1
        elif number:
            row = (day, TAGGED, number, -minor, code or b"")
        else:
            row = (day, UNTAGGED, b"", -minor, code or b"")
            if not _WORDS.fullmatch(text.decode()):
                made.hard.add(customer)
        rows = made.rows.get(customer)
        if rows is None:
            made.rows[customer] = [row]
            made.units[customer] = unit
        else:
            rows.append(row)
            if made.units[customer] != unit:
                made.hard.add(customer)
        return customer


def _opposite(one: bytes, other: bytes) -> bool:
    """Whether two amounts cancel out."""
    if one[4:5] == b"-":
        one, other = other, one
    if one[:4] == other[:4] and one[4:] == other[5:]:
        return other[4:5] == b"-"
    return one[:4] == other[:4] and _minor(one) == -_minor(other)


def _minor(amount: bytes) -> int:
    return int(amount[4:].replace(b",", b"").replace(b".", b""))


def reader_of(
    commodities: Commodities,
    places: Mapping[str, int],
    receivables: Receivables,
    roles: Roles,
    terms_on: Callable[[str, dt.date], Terms | None],
) -> Reader:
    """A reader for a book whose customers have these places (from 1); earlier ids, which come later, have them too."""
    names = {place: customer for customer, place in reversed(list(places.items()))}
    cache: dict[tuple[int, int], int] = {}

    def due(place: int, day: int) -> int:
        found = cache.get((place, day))
        if found is None:
            date = dt.date.fromordinal(day)
            found = cache[place, day] = due_by(terms_on(names[place], date), date).toordinal()
        return found

    return Reader(Chart(receivables, roles, places), Units(commodities), due)
