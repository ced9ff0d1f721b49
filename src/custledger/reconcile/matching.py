"""What a matcher is: a tier of rules with a rank, which the engine asks on every day something is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from custledger.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from custledger.book.allocation import Evidence
    from custledger.book.entry import Credit
    from custledger.reconcile.desk import Desk


class Why(NamedTuple):
    """What an allocation rests on.

    `strength`: 0 where it is recorded, else its tier's rank. Allocations of one `decision` (see `Desk.decide`)
    are released together; 0: a decision of its own. `alternatives` counts what else would have fitted.
    """

    rule: str
    strength: int
    evidence: tuple[Evidence, ...]
    alternatives: int = 0
    decision: int = 0


RECORDED = 0
"""Strength of what the text says: never undone by anything inferred."""
TAKEN = 1
"""Strength of a refund's finding its credit: gives way to what the text says alone."""
NAMED = 30
"""Strength of the strongest tier that infers."""
NAMED_IN_PART = 50
"""Strength of the weakest tier that goes by a text: what is weaker is arithmetic or a policy."""


@frozen
class Matcher:
    """A tier: `run` makes its matches on a desk, for the desk's present day.

    `rank` orders the tiers, strongest (lowest) first; it is at least 10, and the strength of what the tier
    infers. `recorded`: the tier reads what the text says instead of inferring.
    """

    name: str
    rank: int
    run: Callable[[Desk], None]
    recorded: bool = False
    one: Callable[[Desk, Credit], None] | None = None
    """What `run` does for one credit, of a tier that looks at each by itself and only where something of it is free."""

    @property
    def strength(self) -> int:
        """How strong its matches are: lower numbers release higher ones."""
        return RECORDED if self.recorded else self.rank

    @property
    def state(self) -> str:
        """What its allocations are called: recorded or inferred."""
        return "recorded" if self.recorded else "inferred"
