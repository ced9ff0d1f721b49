"""Accounts in which the tags say everything: each credit is used up, on its own day, by charges that are there.

Nothing ever waits in such an account, so no tier that infers is ever asked about it, and nothing is ever released:
its story can be told without a desk, in one pass. It is what the desk would tell.
"""

from __future__ import annotations

from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from custledger.book.allocation import Allocation, Evidence
from custledger.core.trouble import ensure
from custledger.reconcile.claims import EXPLICIT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custledger.book.entry import Charge, Credit
    from custledger.reconcile.engine import Account

_DAY = attrgetter("date")
_ORDER = attrgetter("order")


def straight(account: Account, customer: str, commodity: str) -> list[Allocation] | None:
    """The story of such an account, in order of first day, then of the entries; None where it is none."""
    if account.debits or account.uses or not _tagged(account.credits):
        return None
    named = _by_number(account.charges)
    credits_ = _in_order(account.credits)
    if named is None or credits_ is None:
        return None
    rests = {charge.key: charge.money.minor for charge in account.charges}
    told: list[Allocation] = []
    for credit in credits_:
        day, total, paid = credit.date, 0, []
        for part in credit.parts:
            left = part.amount
            if left <= 0 or (part.applied is not None and part.applied > day):
                return None
            total += left
            evidence = (Evidence("tag", part.span, " ".join(part.invoices)),)
            for number in part.invoices:
                charge = named.get(number)
                if charge is None or charge.date > day:
                    return None
                key = charge.key
                rest = rests[key]
                amount = min(rest, left)
                if amount:
                    rests[key] = rest - amount
                    left -= amount
                    paid.append(charge)
                    told.append(
                        Allocation(
                            credit.key, key, customer, commodity, amount, EXPLICIT, "recorded", day, None, evidence
                        )
                    )
                if not left:
                    break
            else:
                return None
        ensure(total == credit.money.minor, "a credit is the sum of its parts")
        if len(paid) > 1:
            told[-len(paid) :] = _by_charge(told[-len(paid) :], paid)
    return told


def _tagged(credits_: Iterable[Credit]) -> bool:
    """Whether tags name what all of every credit pays."""
    for credit in credits_:
        if credit.corrects is not None:
            return False
        for part in credit.parts:
            if not part.invoices:
                return False
    return True


def _by_number(charges: Iterable[Charge]) -> dict[str, Charge | None] | None:
    """The charges by what tags may name them by, None behind what names several; None where any has a cost."""
    named: dict[str, Charge | None] = {}
    for charge in charges:
        if charge.cost is not None:
            return None
        number, document = charge.number, charge.document
        if number is not None:
            named[number] = None if number in named else charge
        if document is not None and document != number:
            named[document] = None if document in named else charge
    return named


def _in_order(credits_: Iterable[Credit]) -> list[Credit] | None:
    """The credits by day, those of a day in their order; None where two have the same."""
    found = sorted(credits_, key=_DAY)
    start = 0
    for place in range(1, len(found) + 1):
        if place < len(found) and found[place].date == found[start].date:
            continue
        if place > start + 1:
            several = sorted(found[start:place], key=_ORDER)
            orders = [credit.order for credit in several]
            if any(left == right for left, right in pairwise(orders)):
                return None
            found[start:place] = several
        start = place
    return found


def _by_charge(told: list[Allocation], paid: list[Charge]) -> list[Allocation]:
    """What one credit settles, in order of the charges (one for each), then of the amounts."""
    pairs = sorted(zip(told, paid, strict=True), key=lambda pair: (pair[1].order, pair[0].amount))
    return [each for each, _ in pairs]
