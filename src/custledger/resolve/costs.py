"""What entries were posted at in another commodity: `@` and `@@`."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from custledger.book.entry import Cost
from custledger.core.money import Commodities, Money, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custledger.parse.journal.model import Amount, Posting


def cost_of_amount(posting: Posting, amount: Amount, commodities: Commodities) -> Cost | None:
    """The cost of a posting's one amount; None without one, or where it is nothing or turns the amount's sign."""
    written = posting.cost
    if written is None or len(posting.amounts) != 1 or not amount.quantity:
        return None
    units = abs(Fraction(amount.quantity))
    price = Fraction(written.amount.quantity)
    rate = abs(price) / units if written.total else price
    if rate <= 0:
        return None
    commodity = commodities.canonical(written.amount.commodity)
    digits = commodities.get(commodity).digits
    return Cost(Money(rounded(rate * units, digits, where="cost of a posting"), commodity), rate)


def cost_of_parts(costs: Sequence[Cost | None], amounts: Sequence[int]) -> Cost | None:
    """The cost of an entry from those of its postings, and their amounts (minor units, of one sign).

    None where one has none, or where they are in several commodities.
    """
    known = [cost for cost in costs if cost is not None]
    if not known or len(known) < len(costs) or len({cost.money.commodity for cost in known}) > 1:
        return None
    whole = sum(abs(amount) for amount in amounts)
    rate = sum((cost.rate * abs(amount) for cost, amount in zip(known, amounts, strict=True)), Fraction(0)) / whole
    return Cost(Money(sum(cost.money.minor for cost in known), known[0].money.commodity), rate)


def shared_cost(cost: Cost | None, amounts: Sequence[int]) -> list[Cost | None]:
    """A document's cost shared over its instalments, the remainder on the last."""
    if cost is None or not amounts:
        return [None] * len(amounts)
    return [Cost(money, cost.rate) for money in cost.money.split(amounts)]
