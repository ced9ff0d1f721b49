"""Payments that are short for a permitted reason, and the trap beside each: a discount taken a day late."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from benchmarks.matching import texts
from benchmarks.matching.payments import receipt
from benchmarks.matching.world import Named

if TYPE_CHECKING:
    from benchmarks.matching.world import Account, Item, Receipt

DISCOUNT_DAYS = 10


def difference(account: Account, day: dt.date) -> Receipt | None:
    """One invoice named, paid less a discount, a bank's fee, tax withheld, or the odd cents."""
    ways = {
        "discount": account.terms.startswith("2/10"),
        "fee": account.policy.fee > 0,
        "withholding": account.policy.withholding > 0,
        "rounding": account.policy.tolerance > 0,
    }
    reasons = [name for name, permitted in ways.items() if permitted]
    if not reasons:
        return None
    reason = account.rng.choice(reasons)
    if reason == "discount":
        return discounted(account, day)
    items = [item for item in account.payable() if item.meant == item.amount]
    if not items:
        return None
    item = account.rng.choice(items)
    missing = missing_of(account, reason, item)
    return short(account, day, item, missing, reason) if 0 < missing < item.meant else None


def missing_of(account: Account, reason: str, item: Item) -> int:
    """What is missing, in cents; 0 where it cannot be."""
    if reason == "fee":
        return account.rng.choice([fee for fee in (500, 1000, 1500, 2000, 2500, 1250) if fee <= account.policy.fee])
    if reason == "withholding":
        return (item.meant * account.policy.withholding * 2 + 100) // 200
    odd = item.meant % 100
    return odd if odd <= account.policy.tolerance else 0


def discounted(account: Account, day: dt.date) -> Receipt | None:
    """2 % less within ten days by the value date; one in eight takes it too late, which is a short payment."""
    late = account.rng.random() < 0.125  # noqa: PLR2004
    fits = []
    for item in account.payable():
        days = (day - item.date).days
        if item.meant == item.amount and item.terms.startswith("2/10") and (days > DISCOUNT_DAYS) == late:
            fits.append(item)
    if not fits:
        return None
    item = account.rng.choice(fits)
    missing = (item.amount * 2 * 2 + 100) // 200
    if not late:
        return short(account, day, item, missing, "discount")
    made = short(account, day, item, missing, "")
    made.variant = "discount too late"
    made.value_date = max(made.value_date, item.date + dt.timedelta(days=DISCOUNT_DAYS + 1))
    return made


def short(account: Account, day: dt.date, item: Item, missing: int, reason: str) -> Receipt:
    """The invoice named, in full or spelt otherwise, and so much less."""
    rng = account.rng
    spelt = item.number if rng.random() < 0.8 else texts.garbled(rng, item.number)[1]  # noqa: PLR2004
    text = texts.one(rng, account.language, spelt)
    amount = item.meant - missing
    made = receipt(account, day, amount, reason, Named("whole", (item.number,)), text, {item.number: amount})
    made.reason, made.difference = reason, missing if reason else 0
    return made
