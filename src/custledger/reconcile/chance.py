"""Whether an amount alone can prove what was paid, or chance explains it as well.

With amounts to the cent a few readings (one invoice, the balance, a month) hit an arbitrary payment almost never;
with prices in whole hundreds they do all the time. As for sets (`reconcile.search`):

    λ = readings × g ÷ sum of the open amounts

but one odd amount among round ones must not hide that they are round. So the readings are counted at every power of ten
that divides the payment, only with the charges that it divides too, and the largest λ counts. Where it is above
`coincidence`, a reading is taken only where no other set of the searched family has the same amount; never on a charge
that arose after the payment, or of which a later payment left so much; never on a month or a balance that it became by
a later payment; and never while other money waits that may have been for it: one of two payments paid it, and so round
an amount does not say which.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from custledger.reconcile.inferring import open_rests
from custledger.reconcile.matchers.combination import groups
from custledger.reconcile.search import search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custledger.book.entry import Credit
    from custledger.reconcile.desk import Desk

_TEN = 10
_ROUNDER = 100
"""How much rounder a rest must be than its charge to be no chance: 1,000 of 1,400 may be, 100 of 586.96 is not."""


def coincidence(amounts: Sequence[int], target: int, readings: int) -> Fraction:
    """λ: how many of so many readings hit `target` (minor units > 0) by chance, given the open amounts."""
    if not amounts:
        return Fraction(0)
    worst, grain, fits = 0, 1, list(amounts)
    while fits and target % grain == 0:
        worst = max(worst, len(fits) * grain)
        grain *= _TEN
        fits = [amount for amount in fits if amount % grain == 0]
    return Fraction(readings * worst, len(amounts) * sum(amounts))


def rivals(desk: Desk, credit: Credit, charges: Sequence[str], readings: int) -> list[tuple[str, ...]] | None:
    """Other sets that have the credit's amount, where chance is not excluded: a few of them; [] where none matters.

    None: it cannot be told, because a charge, or what is open of it, is younger than the credit, other money waits that
    may have been for these, or the search did not come to its end. Where chance is excluded, it cannot be told of a
    younger charge alone, and only where its amount is no rarity.
    """
    items = open_rests(desk, credit)
    keys, amounts = list(items), list(items.values())
    target = credit.money.minor
    if len(charges) == 1 and _comes_again(desk, credit, charges[0]):
        return None
    if coincidence(amounts, target, readings) <= desk.policy.coincidence:
        return []
    if any(_younger(desk, credit, key) for key in charges) or _became(desk, credit, charges):
        return None
    if contested(desk, credit, charges):
        return None
    together = groups(desk, items)
    outcome = search(amounts, target, set_size=desk.policy.set_size, groups=together)
    found = [tuple(keys[place] for place in one) for one in outcome.sets]
    others = [one for one in found if set(one) != set(charges)]
    return others if others or outcome.complete else None


def _younger(desk: Desk, credit: Credit, key: str) -> bool:
    """Whether a charge came after the credit, or a later payment left so much of it open."""
    if desk.charges[key].date > credit.date:
        return True
    return not _left_over(desk, credit, key) and any(
        desk.credits[held.credit].date > credit.date for held in desk.held(key)
    )


def _comes_again(desk: Desk, credit: Credit, key: str) -> bool:
    """Whether a charge is younger than the credit, and its amount one that this customer is charged again and again."""
    charge = desk.charges[key]
    return charge.date > credit.date and any(
        other.money == charge.money for other in desk.charges.values() if other.key != key
    )


def _became(desk: Desk, credit: Credit, charges: Sequence[str]) -> bool:
    """Whether several charges are what is left since a later payment settled others that stood open beside them."""
    return len(charges) > 1 and any(
        desk.credits[held.credit].date > credit.date
        for key, charge in desk.charges.items()
        if charge.date <= credit.date and key not in charges
        for held in desk.held(key)
    )


def _left_over(desk: Desk, credit: Credit, key: str) -> bool:
    """Whether an odd payment made a charge as round as the credit, 586.96 less 486.96: that was left for this one."""
    return _grain(desk.charges[key].money.minor) * _ROUNDER <= _grain(credit.money.minor)


def contested(desk: Desk, credit: Credit, charges: Sequence[str]) -> bool:
    """Whether another payment waits that names what is open, or names nothing and is enough for one of the charges.

    Payments of one day stand beside each other in the bank's list, and each is looked at as if it were alone: of two
    equal ones the first takes the charge, on that day; later neither does. What an odd payment left is for no greater
    one. Of what one names, nobody knows how much is open still.
    """
    least = min(desk.rest(key) for key in charges)
    left_over = len(charges) == 1 and _left_over(desk, credit, charges[0])
    for key in desk.waiting:
        other = desk.credits[key]
        if key == credit.key or other.kind != "payment":
            continue
        named = desk.naming.of(other)
        if named.anything:
            if any(desk.rest(each) > 0 for each in (*named.whole, *named.short)):
                return True
            continue
        equal = other.money == credit.money
        apart = other.date != credit.date or (equal and credit.date != desk.today)
        if apart and desk.rest(key) == other.money.minor >= least and (equal or not left_over):
            return True
    return False


def _grain(amount: int) -> int:
    """The largest power of ten that divides an amount (minor units > 0)."""
    grain = 1
    while amount % (grain * _TEN) == 0:
        grain *= _TEN
    return grain
