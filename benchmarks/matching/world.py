"""What the generator knows: invoices, receipts, and what the customer meant. Amounts are whole cents.

Every invoice has two open amounts. `meant` is what the customer still means to pay. `known` is what the evidence so
far can tell: a payment that nobody can place leaves `known` as it was until a person closes the month.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    import random

#: Kinds of difficulty and their share in per cent (they sum to 100).
SHARES: dict[str, int] = {
    "clean": 35,
    "garbled": 12,
    "list": 10,
    "exact": 12,
    "balance": 6,
    "set": 4,
    "difference": 6,
    "part": 5,
    "overpaid": 3,
    "third-party": 2,
    "duplicate": 1,
    "undecidable": 4,
}
#: Open items a customer has at a time, and how many receipts of a hundred come from such customers.
SIZES: dict[int, int] = {5: 50, 40: 35, 200: 15}
MONTHS = 3
UNNAMED = frozenset({"exact", "balance", "set"})


@dataclass(slots=True)
class Item:
    """An invoice of the customer."""

    number: str
    date: dt.date
    due: dt.date
    amount: int
    refs: dict[str, tuple[str, ...]]
    terms: str
    meant: int
    known: int
    unclear: bool = False
    """Money that nobody can place yet was meant for it."""


class Named(NamedTuple):
    """What a receipt's text names, as the writer knows it.

    `by`: whole (numbers in full, or completed by the ones before them), short (last digits alone), ref (an order or
    contract), nothing (no number), stranger (a number that is none of theirs).
    """

    by: str = "nothing"
    numbers: tuple[str, ...] = ()
    between: tuple[str, str] | None = None
    """A range: every invoice of theirs from the first to the last."""
    ref: str = ""


@dataclass(slots=True)
class Receipt:
    """Money that came in, what its text says, and what it was meant for."""

    code: str
    date: dt.date
    value_date: dt.date
    amount: int
    kind: str
    variant: str
    named: Named
    payee: str
    note: str
    outside: str
    meant: dict[str, int]
    """By invoice number; what is left of the amount settles nothing."""
    reason: str = ""
    """Why less came than is open (discount, fee, withholding, rounding), where that is permitted."""
    difference: int = 0
    decidable: dt.date | None = None
    """From which day on the evidence allows one answer, and that is what was meant."""
    misleading: bool = False
    """On some day the rules allow an answer that was not meant."""
    closed: dt.date | None = None
    """The day on which a person says what it is for."""
    seen: list[tuple[dt.date, tuple[tuple[str, int], ...]]] = field(default_factory=list)
    """What was known to be open (number, cents; oldest due first) when it came, and when its invoice was written."""


@dataclass(slots=True)
class Policy:
    """What the customer's profile permits; amounts in cents, the rate in per cent."""

    fee: int = 0
    tolerance: int = 0
    withholding: int = 0


@dataclass(slots=True)
class Account:
    """One customer and three months."""

    id: str
    name: str
    size: int
    prices: str
    """cents, or hundreds: a price list in whole hundreds."""
    language: str
    terms: str
    policy: Policy
    rng: random.Random
    items: dict[str, Item] = field(default_factory=dict)
    receipts: list[Receipt] = field(default_factory=list)
    waiting: list[Receipt] = field(default_factory=list)
    coming: dict[str, Item] = field(default_factory=dict)
    """Paid in advance: invoices that will be written later this month, or next."""
    closes: list[tuple[dt.date, str, str, int]] = field(default_factory=list)
    """(day, invoice, reason, cents): differences that a person booked."""
    refunds: list[tuple[dt.date, str, int]] = field(default_factory=list)
    """(day, receipt, cents): money sent back."""
    orders: list[str] = field(default_factory=list)
    """Customers order under one number for a while."""

    def open(self) -> list[Item]:
        """Invoices with something open as far as the evidence tells, oldest due first."""
        return sorted(
            (item for item in self.items.values() if item.known > 0),
            key=lambda item: (item.due, item.date, item.number),
        )

    def look(self, made: Receipt, day: dt.date) -> None:
        """Note what is open today, for the baselines."""
        made.seen.append((day, tuple((item.number, item.known) for item in self.open())))

    def payable(self) -> list[Item]:
        """Invoices that the customer still means to pay, and about which nothing is unclear."""
        return [item for item in self.open() if item.meant == item.known and not item.unclear]
