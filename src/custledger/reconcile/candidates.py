"""What a credit that is left could settle, each with the reason why it was not taken.

Those that the tiers found come first (`leftovers`), then the open charges nearest to its amount: a person who knows
more than the text says finds what was meant among them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.frozen import field, frozen
from custledger.core.money import Money
from custledger.reconcile.inferring import rejected
from custledger.reconcile.ladder import late_discount, ratio, searched
from custledger.reconcile.matchers import combination

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custledger.book.allocation import Left
    from custledger.book.entry import Credit
    from custledger.reconcile.desk import Desk
    from custledger.reconcile.ladder import Fact

NEAR_MAX = 5


@frozen
class Candidate:
    """Charges (keys) that a credit could settle, and why it does not.

    `why` is ambiguous, chance, alone, not-proved, taken, too-little, repeated, differs, stranger, digits-only, settled
    or rest; of a near charge more, less, same or discount-late. `facts` are what it rests on.
    """

    charges: tuple[str, ...]
    why: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


def candidates(desk: Desk, credit: Credit, left: Left, *, near: int = NEAR_MAX) -> tuple[Candidate, ...]:
    """The candidates of a credit with something unapplied, in the state of its desk; up to `near` nearest charges."""
    found = [_candidate(desk, credit, left, keys) for keys in left.candidates]
    shown = {key for one in found for key in one.charges if len(one.charges) == 1}
    rest = desk.rest(credit.key)
    open_ = sorted(
        (key for key in desk.open if key not in shown and not rejected(desk, credit, key)),
        key=lambda key: (abs(desk.rest(key) - rest), desk.charges[key].date_due, desk.charges[key].order),
    )
    return (*found, *(_near(desk, credit, key) for key in open_[:near]))


def amount_open(desk: Desk, keys: Sequence[str]) -> int:
    """What is open of a candidate: of its charges, less the credits (notes) that are part of it."""
    return sum(-desk.rest(key) if key in desk.credits else desk.rest(key) for key in keys)


def _candidate(desk: Desk, credit: Credit, left: Left, keys: tuple[str, ...]) -> Candidate:
    difference = Money(amount_open(desk, keys) - desk.rest(credit.key), desk.commodity)
    if left.reason == "ambiguous":
        return Candidate(keys, "ambiguous", {"count": len(left.candidates) - 1})
    if left.reason == "coincidence":
        return _chance(desk, credit, keys)
    if left.reason in {"not-proved", "taken"}:
        return Candidate(keys, left.reason)
    if left.reason == "text-short":
        return Candidate(keys, "too-little", {"difference": difference})
    if left.reason == "text-repeated":
        return Candidate(keys, "repeated", {"by": _settled_by(desk, keys)})
    if left.reason == "text-unknown":
        return Candidate(keys, "stranger")
    if left.reason == "text-differs":
        return Candidate(keys, "digits-only", {"difference": difference})
    if left.reason == "text-settled":
        return Candidate(keys, "settled", {"by": _settled_by(desk, keys)})
    return Candidate(keys, "rest" if left.reason == "overpaid" else "differs", {"difference": difference})


def _chance(desk: Desk, credit: Credit, keys: tuple[str, ...]) -> Candidate:
    outcome = searched(desk, credit, combination.parts(desk, credit))
    chance = combination.coincidence(desk, credit, outcome)
    if len(keys) == 1 or chance <= desk.policy.coincidence:
        return Candidate(keys, "alone")
    return Candidate(
        keys,
        "chance",
        {"chance": ratio(chance), "limit": ratio(desk.policy.coincidence)},
    )


def _settled_by(desk: Desk, keys: Sequence[str]) -> str:
    names = (desk.credits[held.credit].name for key in keys if key in desk.charges for held in desk.held(key))
    return ", ".join(dict.fromkeys(names))


def _near(desk: Desk, credit: Credit, key: str) -> Candidate:
    """An open charge of another amount; where that is a discount taken too late, this is said."""
    difference = desk.rest(key) - desk.rest(credit.key)
    money = Money(abs(difference), desk.commodity)
    late = late_discount(desk, credit, [key], difference) if difference > 0 else None
    if late is not None:
        return Candidate((key,), "discount-late", {"difference": money, "terms": late[0], "day": late[1]})
    if difference == 0:
        return Candidate((key,), "same")
    return Candidate((key,), "more" if difference > 0 else "less", {"difference": money})
