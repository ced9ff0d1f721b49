"""Allocations (核销): how much of which credit settles which charge, from when to when, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from custledger.core.span import Span

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What an allocation rests on: `kind` is tag, text, document, policy, amount, set …."""

    kind: str
    span: Span = Span("")
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """`amount` minor units of a credit settle a charge on every day D with `first` <= D < `until`."""

    credit: str
    charge: str
    """Keys of the credit and of the charge; where a debit takes a credit back (`rule` is `reverses`), the debit's."""
    customer: str
    commodity: str
    amount: int
    rule: str
    """corrects, explicit, reference, …, oldest-first, reverses, void."""
    state: str
    """recorded or inferred."""
    first: dt.date
    until: dt.date | None = None
    evidence: tuple[Evidence, ...] = ()
    alternatives: int = 0

    def holds(self, day: dt.date) -> bool:
        """Whether it is in force on `day`."""
        return self.first <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a match needs that the text does not have yet: until it is written, this much stays open.

    `parts` are (charge key, minor units > 0), what of each charge the difference settles.
    """

    credit: str
    customer: str
    commodity: str
    reason: str
    """discount, fee, withholding or rounding: which account it goes to."""
    parts: tuple[tuple[str, int], ...]
    computation: str
    """How the amount comes about, in numbers: `2% of 1,000.00`."""
    first: dt.date
    """The day of the decision."""

    @property
    def amount(self) -> int:
        """The whole difference, in minor units."""
        return sum(amount for _, amount in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A credit with something unapplied and why: the reason's slug and the candidates not taken (charge keys)."""

    credit: str
    reason: str
    candidates: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Every allocation that ever held, in order of first day; independent of any `as_of`, so each is a filter."""

    allocations: tuple[Allocation, ...] = ()
    left: tuple[Left, ...] = ()
    """Of the story's end; `reconcile.leftovers` tells them as of any day."""
    proposals: tuple[Proposal, ...] = ()
    """Those that stand at the story's end."""
