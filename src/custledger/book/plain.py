"""Accounts in integers: rows of plain transactions, and what was open from when to when. Days are ordinals.

Made for books of a million entries, where an object for each would cost more than the answer.
"""

from __future__ import annotations

from typing import Any, NamedTuple

#: What a row is: an invoice, a payment that names one, a payment that names none.
CHARGE, TAGGED, UNTAGGED = 0, 1, 2

#: (day, what, number of the invoice (or nothing), minor units > 0, due day of an invoice or code of a payment)
Row = tuple[int, int, bytes, int, Any]

FOREVER = 2**31 - 1
"""The `until` of what is still so."""


class Stretch(NamedTuple):
    """So much of an entry was open on every day D with `first` <= D < `until`."""

    first: int
    until: int
    amount: int
    """Minor units: of a charge what is open (> 0); of a credit what nothing uses (> 0), of a debit that took nothing
    back (< 0)."""
    charge: bool
    day: int
    """The entry's date."""
    claim: int
    """When the claim arose: a charge's `dated:`, else its date."""
    due: int
    name: str
    """A charge's number; where it has none, a tab and its place. Nothing for credits and debits: lists of what is open
    add them up."""


NO_NUMBER = "\t"
"""What the name of a charge without a number begins with; its place (`journals/a.journal:12`) stands behind it."""


def numbered(stretch: Stretch) -> tuple[str, str, int]:
    """(number, file, line) of a charge: the number, or the place where it has none."""
    if not stretch.name.startswith(NO_NUMBER):
        return stretch.name, "", 0
    file, _, line = stretch.name[len(NO_NUMBER) :].rpartition(":")
    return "", file, int(line)


def in_order(stretch: Stretch) -> tuple[int, int, tuple[str, str, int]]:
    """The order of open items: due day, day, then number or place."""
    return stretch.due, stretch.day, numbered(stretch)
