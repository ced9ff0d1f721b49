"""Realised exchange differences (已实现汇兑损益): what a receivable abroad was posted at, and what came in for it.

A receivable is settled in its own commodity, and at its own cost: the payment of an invoice of USD 1,000.00 posted at
CNY 7,100.00 is a credit of USD 1,000.00 at CNY 7,100.00, whatever the bank gave for it; the difference is a loss or a
gain. So an item that is settled has nothing left, neither in its own commodity nor at cost.

Part payments share the cost in smallest units, each rounded half up; the one that settles the item takes the rest.
Everything here is proposed: it needs postings that the text does not have.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from custledger.book.allocation import Proposal
from custledger.core.frozen import frozen
from custledger.core.money import Money, round_half_up

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from custledger.book.entry import Charge, Credit
    from custledger.core.money import Commodities
    from custledger.reconcile.desk import Desk, Held

REASON = "fx"
_RATE_DIGITS = 8


@frozen
class CostShare:
    """What an allocation takes of its charge's cost; minor units of the cost's commodity."""

    held: Held
    own: Fraction | None
    """What the credit was posted at, of this part; None where it has no cost in that commodity."""
    due: Fraction
    """What it must be, for nothing to be left at cost."""

    @property
    def differs(self) -> bool:
        """Whether another cost must be written."""
        return self.own is not None and round_half_up(self.own) != round_half_up(self.due)


def minor_rate(rate: Fraction, commodities: Commodities, of: str, to: str) -> Fraction:
    """A rate in units as a rate in smallest units."""
    return rate * Fraction(10) ** (commodities.get(to).digits - commodities.get(of).digits)


def whole_cost(charge: Charge, commodities: Commodities) -> Fraction:
    """A charge's cost exactly, in minor units of the cost's commodity; 0 without one."""
    if charge.cost is None:
        return Fraction(0)
    rate = minor_rate(charge.cost.rate, commodities, charge.money.commodity, charge.cost.money.commodity)
    return rate * charge.money.minor


def cost_shares(desk: Desk, charge: Charge, commodities: Commodities) -> list[CostShare]:
    """How the allocations in force on a charge share its cost, in order of their first day.

    A credit that was posted at the charge's rate, to within a smallest unit, keeps its cost. Of the others the last
    takes what is left where the charge is settled.
    """
    if charge.cost is None:
        return []
    whole, amount = whole_cost(charge, commodities), charge.money.minor
    held = sorted(desk.held(charge.key), key=lambda each: (each.first, desk.credits[each.credit].order, each.seq))
    unit = charge.cost.money.commodity
    found = [CostShare(h, _own(desk, h, unit, commodities), whole * h.amount / amount) for h in held]
    settled = sum(each.amount for each in held) == amount
    kept = [each.own is None or abs(each.own - each.due) < 1 for each in found]
    if settled and all(kept):
        left = whole - sum(_carried(each) for each in found)
        inexact = [place for place, each in enumerate(found) if each.own is not None and each.own != each.due]
        if abs(left) >= 1 and inexact:
            kept[inexact[-1]] = False
    loose = [place for place, keeps in enumerate(kept) if not keeps]
    for place, keeps in enumerate(kept):
        if keeps:
            found[place] = CostShare(found[place].held, found[place].own, _carried(found[place]))
        elif not settled or place != loose[-1]:
            found[place] = CostShare(found[place].held, found[place].own, Fraction(round_half_up(found[place].due)))
    if settled and loose:
        last = found[loose[-1]]
        others = sum(each.due for place, each in enumerate(found) if place != loose[-1])
        found[loose[-1]] = CostShare(last.held, last.own, whole - others)
    return found


def differences(desk: Desk, commodities: Commodities) -> list[Proposal]:
    """What is proposed for the payments whose own cost differs from that of what they settle, by credit."""
    by_credit: dict[str, list[CostShare]] = {}
    for charge in desk.charges.values():
        for share in cost_shares(desk, charge, commodities):
            if share.differs and desk.credits[share.held.credit].kind == "payment":
                by_credit.setdefault(share.held.credit, []).append(share)
    credits_ = sorted((desk.credits[key] for key in by_credit), key=lambda credit: credit.order)
    return [_proposal(desk, credit, by_credit[credit.key], commodities) for credit in credits_]


def _carried(share: CostShare) -> Fraction:
    """What a share that stays as it is takes of the cost."""
    return share.due if share.own is None else share.own


def _own(desk: Desk, held: Held, unit: str, commodities: Commodities) -> Fraction | None:
    """What an allocation's part of the credit was posted at, where that is in `unit`."""
    credit = desk.credits[held.credit]
    used = held.parts or tuple((place, desk.part_rest(credit.key, place)) for place in range(len(credit.parts)))
    whole = sum(amount for _, amount in used)
    costs = [credit.parts[place].cost for place, amount in used if amount]
    if not whole or any(cost is None or cost.money.commodity != unit for cost in costs):
        return None
    rates = ((cost.rate, amount) for place, amount in used if (cost := credit.parts[place].cost) is not None)
    rate = sum((rate * amount for rate, amount in rates), Fraction(0)) / whole
    return minor_rate(rate, commodities, desk.commodity, unit) * held.amount


def _proposal(desk: Desk, credit: Credit, shares: list[CostShare], commodities: Commodities) -> Proposal:
    shares.sort(key=lambda each: (desk.charges[each.held.sink].date_due, desk.charges[each.held.sink].order))
    unit = _unit(desk, shares)
    amounts: dict[str, int] = {}
    costs: dict[str, int] = {}
    for each in shares:
        amounts[each.held.sink] = amounts.get(each.held.sink, 0) + each.held.amount
        costs[each.held.sink] = costs.get(each.held.sink, 0) + round_half_up(each.due)
    paid = round_half_up(sum((each.own or Fraction(0) for each in shares), Fraction(0)))
    charges = [desk.charges[key] for key in amounts]
    return proposal(
        desk,
        credit,
        tuple((charge, amounts[charge.key], Money(costs[charge.key], unit)) for charge in charges),
        paid=Money(paid, unit),
        first=max(each.held.first for each in shares),
        commodities=commodities,
    )


def _unit(desk: Desk, shares: Sequence[CostShare]) -> str:
    cost = desk.charges[shares[0].held.sink].cost
    return cost.money.commodity if cost is not None else ""


def proposal(
    desk: Desk,
    credit: Credit,
    settled: Sequence[tuple[Charge, int, Money]],
    *,
    paid: Money,
    first: dt.date,
    commodities: Commodities,
) -> Proposal:
    """What settles these charges, each with minor units of its commodity and their cost, by what was `paid`."""
    costs = tuple(cost for _, _, cost in settled)
    difference = Money(sum(cost.minor for cost in costs), paid.commodity) - paid
    return Proposal(
        credit=credit.key,
        customer=desk.customer,
        commodity=desk.commodity,
        reason=REASON,
        parts=tuple((charge.key, amount) for charge, amount, _ in settled),
        computation=_computation(settled, paid, commodities),
        first=first,
        costs=costs,
        difference=difference,
    )


def _computation(settled: Iterable[tuple[Charge, int, Money]], paid: Money, commodities: Commodities) -> str:
    """`INV-9 USD 1,000.00 @ 7.1 = CNY 7,100.00; - CNY 7,050.00`."""
    shown = []
    for charge, amount, cost in settled:
        text = f"{charge.name} {commodities.named(Money(amount, charge.money.commodity))}"
        if charge.cost is not None:
            text += f" @ {rate_text(charge.cost.rate)} = {commodities.named(cost)}"
        shown.append(text)
    return f"{' + '.join(shown)}; - {commodities.named(paid)}"


def rate_text(rate: Fraction) -> str:
    """A rate in digits: exactly where 8 places are enough, else rounded and marked `~`."""
    scaled = rate * 10**_RATE_DIGITS
    digits = f"{round_half_up(scaled):0{_RATE_DIGITS + 1}d}"
    text = f"{digits[:-_RATE_DIGITS]}.{digits[-_RATE_DIGITS:]}".rstrip("0").rstrip(".")
    return text if scaled.denominator == 1 else f"~{text}"
