"""Netting for display (`--net oldest`): unapplied credits shown against the oldest open items.

Nothing is allocated by it: totals stay what they are, only the columns differ, and the heading says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.frozen import frozen, replace
from custledger.reconcile.standing import net_oldest

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from custledger.book.entry import Charge
    from custledger.book.position import Position, Standing

CHOICES = ("none", "oldest")


@frozen
class Shown:
    """An open item as a report shows it: what is left of it after netting, and what of that is disputed."""

    charge: Charge
    amount: int
    disputed: int


def netted(position: Position, net: str, day: Callable[[Charge], dt.date]) -> tuple[tuple[Shown, ...], int]:
    """The items to show, oldest first by `day`, and the unapplied amount left (> 0: we hold the customer's money)."""
    held = position.amount_unapplied
    items = [Shown(item.charge, item.amount_open, item.amount_disputed) for item in position.open_items]
    items.sort(key=lambda item: (day(item.charge), item.charge.order))
    if net != "oldest" or held <= 0:
        return tuple(items), held
    left = []
    for item in items:
        taken = min(held, item.amount)
        held -= taken
        if taken < item.amount:
            amount = item.amount - taken
            left.append(Shown(item.charge, amount, min(item.disputed, amount)))
    return tuple(left), held


def displayed(standing: Standing) -> Standing:
    """The standing as lists and the overview show it: netted where `default` says so, else itself.

    A bare journal whose credits name nothing would otherwise show every invoice as overdue for ever.
    """
    if default(standing) == "none":
        return standing
    return replace(standing, positions=tuple(net_oldest(position) for position in standing.positions))


def default(standing: Standing) -> str:
    """`none`; in a bare journal without any `invoice:` tag dated up to the day, `oldest` (formats.md).

    Where nothing is unapplied there is nothing to net, and nothing to say about it.
    """
    book, day = standing.book, standing.as_of
    if not book.settings.bare or not any(position.unapplied for position in standing.positions):
        return "none"
    entries = (*book.charges, *book.credits, *book.debits)
    tagged = any(entry.date <= day and "invoice" in entry.tags for entry in entries)
    tagged = tagged or any(credit.date <= day and any(p.invoices for p in credit.parts) for credit in book.credits)
    tagged = tagged or any(use.date <= day and use.invoices for use in book.advances)
    return "none" if tagged else "oldest"
