"""The story of a plain account in integers: numbered invoices, payments that name one, payments that equal one.

The same answer as `reconcile.engine`, for accounts of which nothing else can be said. Where anything else might be
said (two explanations, a number in a text, money left over, a payment before its invoice) there is no answer here, and
the engine is asked. A law holds the two together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custledger.book.plain import CHARGE, FOREVER, TAGGED, UNTAGGED, Stretch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custledger.book.plain import Row

_TOKEN = re.compile(rb"[a-z]+|[0-9]+")
_SEPARATORS = b"-_/.# "
_SMALLER_MAX = 10
"""With more open charges below a payment, whether some of them sum to it is left to the engine."""


def stretches(rows: Sequence[Row], *, refers: bool = False) -> list[Stretch] | None:
    """What of each charge was open from when to when, by due day, then day, then number; None: ask the engine.

    `rows` are one customer's, in one commodity, in the order of the files' names and of the text. `refers`: invoices
    of theirs have other numbers, too, that the text of a payment may mention.
    """
    if refers and any(row[1] == UNTAGGED for row in rows):
        return None
    charges: dict[bytes, Row] = {}
    for row in rows:
        if row[1] == CHARGE:
            if row[2] in charges:
                return None
            charges[row[2]] = row
    paid = _paid(rows, charges)
    if paid is None:
        return None
    found: list[Stretch] = []
    for number, (day, _, _, minor, due) in charges.items():
        first, rest, name = day, minor, number.decode()
        for until, amount in sorted(paid.get(number, ())):
            if until > first:
                found.append(Stretch(first, until, rest, True, day, day, due, name))
                first = until
            rest -= amount
        if rest < 0:
            return None
        if rest:
            found.append(Stretch(first, FOREVER, rest, True, day, day, due, name))
    found.sort(key=_order)
    return found


def _order(stretch: Stretch) -> tuple[int, int, str, int]:
    return stretch[6], stretch[4], stretch[7], stretch[0]


def _paid(rows: Sequence[Row], charges: dict[bytes, Row]) -> dict[bytes, list[tuple[int, int]]] | None:
    """(day, minor units) of what settles each charge, by number; None where that is not certain."""
    paid: dict[bytes, list[tuple[int, int]]] = {}
    unnamed = []
    for row in rows:
        day, what, number, minor, _ = row
        if what == TAGGED:
            charge = charges.get(number)
            if charge is None or charge[0] > day:
                return None
            paid.setdefault(number, []).append((day, minor))
        elif what != CHARGE:
            unnamed.append(row)
    if not unnamed:
        return paid
    if _may_mention(unnamed, charges):
        return None
    unnamed.sort(key=lambda row: (row[0], row[4]))
    return _by_amount(unnamed, charges, paid)


def _by_amount(
    unnamed: Sequence[Row], charges: dict[bytes, Row], paid: dict[bytes, list[tuple[int, int]]]
) -> dict[bytes, list[tuple[int, int]]] | None:
    """`paid` with the payments that name nothing: each must equal one open charge, and no others together."""
    rest: dict[bytes, int] = {}
    arriving = sorted([(row[0], number) for number, row in charges.items()], reverse=True)
    applied = sorted([(day, number, minor) for number, uses in paid.items() for day, minor in uses], reverse=True)
    for day, _, _, minor, _ in unnamed:
        while arriving and arriving[-1][0] <= day:
            number = arriving.pop()[1]
            rest[number] = charges[number][3]
        while applied and applied[-1][0] <= day:
            _, number, amount = applied.pop()
            left = rest.get(number, 0) - amount
            if left < 0:
                return None
            if left:
                rest[number] = left
            else:
                del rest[number]
        equal = [number for number, left in rest.items() if left == minor]
        if len(equal) != 1 or _sums_to([left for left in rest.values() if left < minor], minor):
            return None
        del rest[equal[0]]
        paid.setdefault(equal[0], []).append((day, minor))
        if any(number == equal[0] for _, number, _ in applied):
            return None
    return paid


def _sums_to(amounts: list[int], wanted: int) -> bool:
    """Whether some of the amounts may sum to `wanted`; too many of them may."""
    if sum(amounts) < wanted:
        return False
    if len(amounts) > _SMALLER_MAX:
        return True
    sums = {0}
    for amount in amounts:
        sums |= {amount + each for each in sums if amount + each <= wanted}
    return wanted in sums


def _may_mention(unnamed: Sequence[Row], charges: dict[bytes, Row]) -> bool:
    """Whether the code of a payment may spell the end of a number, in whatever way numbers are read."""
    numbers = b"\n".join([*charges, b""]).lower().translate(None, _SEPARATORS)
    if not numbers.isascii():
        return True
    for row in unnamed:
        code = row[4].lower()
        if not code.isascii() or any(token + b"\n" in numbers for token in _TOKEN.findall(code)):
            return True
    return False
