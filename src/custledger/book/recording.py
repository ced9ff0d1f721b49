"""What is written when a match is recorded: which postings are split and tagged, and what is posted beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from custledger.core.frozen import field, frozen

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from custledger.book.allocation import Allocation, Proposal
    from custledger.core.span import Span


class Share(NamedTuple):
    """`amount` minor units > 0 of a posting pay the charge `number`, from `applied` on (None: from the later entry)."""

    number: str
    amount: int
    applied: dt.date | None = None


@frozen
class Tagging:
    """The posting at `span`, `amount` minor units > 0 in all, is split into shares, what is left untagged."""

    span: Span
    amount: int
    shares: tuple[Share, ...]


@frozen(kw_only=True)
class Adjusting:
    """In the transaction of the posting at `span`: `account` takes what is missing, a credit settles the charges."""

    span: Span
    account: str
    kind: str
    """The credit's `kind:`, so that the payment stays what the bank paid."""
    date: dt.date
    shares: tuple[Share, ...]

    @property
    def amount(self) -> int:
        """Σ shares, in minor units."""
        return sum(share.amount for share in self.shares)


@frozen(kw_only=True)
class Match:
    """One decision of the engine's: all of it is written or nothing."""

    customer: str
    commodity: str
    rule: str
    first: dt.date
    date: dt.date
    """Of its latest credit."""
    allocations: tuple[Allocation, ...]
    proposal: Proposal | None = None
    taggings: tuple[Tagging, ...] = ()
    adjusting: Adjusting | None = None

    @property
    def credits(self) -> tuple[str, ...]:
        """The keys of its credits, each once, in order."""
        keys = [allocation.credit for allocation in self.allocations]
        return tuple(dict.fromkeys([*keys, self.proposal.credit] if self.proposal else keys))

    @property
    def amount(self) -> int:
        """What it settles, in minor units of its commodity, without what is proposed beside it."""
        return sum(allocation.amount for allocation in self.allocations)


@frozen
class Unwritten:
    """A match that stays inferred, and why: a slug, with what its words need."""

    match: Match
    reason: str
    args: Mapping[str, str] = field(default_factory=dict)


@frozen
class Recording:
    """The matches to be written, in order, and those that are left."""

    matches: tuple[Match, ...] = ()
    unwritten: tuple[Unwritten, ...] = ()
