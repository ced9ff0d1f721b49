"""Allocations (核销): how much of which credit settles which charge, from when to when, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from custledger.core.frozen import frozen
from custledger.core.money import Money
from custledger.core.span import Span

if TYPE_CHECKING:
    import datetime as dt


class Evidence(NamedTuple):
    """What an allocation rests on: `kind` is tag, text, document, policy, amount, set …."""

    kind: str
    span: Span = Span("")
    text: str = ""


class Allocation(NamedTuple):
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


@frozen(kw_only=True)
class Proposal:
    """What a match needs that the text does not have yet: until it is written, nothing of it counts.

    What is to be written, by `reason`; `parts` are (charge key, minor units > 0 of the charge's commodity):

    - `discount`, `fee`, `withholding`, `rounding`: what of each charge the difference settles; a posting on the
      account of that role, and a credit posting tagged `invoice:` a charge;
    - `pays-for`: what of each charge the credit pays, *other customers'* (`Charge.customer`) and, behind these, its
      own that its text names beside them. In the credit's transaction, for each part of another's, a debit on the
      credit's own account that takes the money back (tagged `reverses:` the transaction's code; without a code
      `kind:adjustment`), and a credit on the other customer's account tagged `invoice:`; both with `date:` where
      `first` is later than the credit's date. They sum to nothing. Its own parts are split off and tagged;
    - `fx`: what of each charge the credit settles, at the cost in `costs`. The credit's posting is split into
      these parts, each `CHARGE'S COMMODITY -part @@ cost` tagged `invoice:`; what is left of it keeps the rest of
      its own cost; and `difference` goes to accounts.fx, if there is any. Where the credit is in another
      commodity than its charges, the parts take the place of the whole posting.
    """

    credit: str
    customer: str
    """Whose the credit is."""
    commodity: str
    """The credit's."""
    reason: str
    parts: tuple[tuple[str, int], ...]
    computation: str
    """How the amount comes about, in numbers: `2% of 1,000.00`."""
    first: dt.date
    """The day of the decision."""
    costs: tuple[Money, ...] = ()
    """`fx`: for each part what it is settled at, the charge's own cost: > 0, in smallest units."""
    difference: Money | None = None
    """`fx`: what goes to accounts.fx; a debit (loss) is above zero, a gain below."""

    @property
    def amount(self) -> int:
        """Σ parts, in minor units of the charges' commodity."""
        return sum(amount for _, amount in self.parts)

    @property
    def money(self) -> Money:
        """What is shown: the exchange difference, else the sum of the parts in the credit's commodity."""
        return Money(self.amount, self.commodity) if self.difference is None else self.difference


@frozen(kw_only=True)
class Left:
    """A credit with something unapplied and why: the reason's slug and the candidates not taken (charge keys)."""

    credit: str
    reason: str
    candidates: tuple[tuple[str, ...], ...] = ()


@frozen(kw_only=True)
class Story:
    """Every allocation that ever held, in order of first day; independent of any `as_of`, so each is a filter."""

    allocations: tuple[Allocation, ...] = ()
    left: tuple[Left, ...] = ()
    """Of the story's end; `reconcile.leftovers` tells them as of any day."""
    proposals: tuple[Proposal, ...] = ()
    """Those that stand at the story's end."""
