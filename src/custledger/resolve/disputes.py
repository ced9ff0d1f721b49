"""Disputes: from the activity log and from `dispute:` tags, each over one charge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.book.activity import Activity, Dispute

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from custledger.book.entry import Charge
    from custledger.core.money import Commodities


def disputes(
    activities: Iterable[Activity], charges: Sequence[Charge], commodities: Commodities
) -> tuple[Dispute, ...]:
    """Every dispute, in order of date, then text.

    One that names several charges is shared out in the order named, instalments by due date, each up to its
    amount. It holds until an entry `closes` it (for a tag: closes the charge's number).
    """
    log = list(activities)
    closed: dict[str, dt.date] = {}
    for entry in log:
        if entry.closes is not None:
            closed[entry.closes] = min(entry.date, closed.get(entry.closes, entry.date))
    found = [dispute for charge in charges for dispute in _tagged(charge, closed)]
    opened = [entry for entry in log if entry.kind == "dispute" and entry.closes is None]
    named = _by_number(charges) if opened else {}
    for entry in opened:
        found += _logged(entry, named, closed, commodities)
    found.sort(key=lambda each: (each.first, each.span, each.charge))
    return tuple(found)


def _by_number(charges: Iterable[Charge]) -> dict[str, list[Charge]]:
    found: dict[str, list[Charge]] = {}
    for charge in charges:
        for number in dict.fromkeys((charge.number, charge.document)):
            if number is not None:
                found.setdefault(number, []).append(charge)
    for several in found.values():
        several.sort(key=lambda each: (each.date_due, each.order))
    return found


def _tagged(charge: Charge, closed: Mapping[str, dt.date]) -> list[Dispute]:
    if "dispute" not in charge.tags:
        return []
    return [
        Dispute(
            charge=charge.key,
            customer=charge.customer,
            first=charge.date,
            until=closed.get(charge.number) if charge.number else None,
            text=charge.tags["dispute"],
            span=charge.span,
        )
    ]


def _logged(
    entry: Activity, named: Mapping[str, list[Charge]], closed: Mapping[str, dt.date], commodities: Commodities
) -> list[Dispute]:
    over = [
        charge
        for number in entry.invoices
        for charge in named.get(number, ())
        if entry.customer in {None, charge.customer}
    ]
    left = entry.amount
    found: list[Dispute] = []
    for charge in {each.key: each for each in over}.values():
        part: int | None = None
        if left is not None:
            money = commodities.money(left, charge.money.commodity)
            part = charge.money.minor if money is None else min(money.minor, charge.money.minor)
            left -= commodities.decimal(charge.money._replace(minor=part))
            if part <= 0:
                continue
        found.append(
            Dispute(
                charge=charge.key,
                customer=charge.customer,
                first=entry.date,
                until=closed.get(entry.id),
                amount=part,
                text=entry.text,
                span=entry.span,
            )
        )
    return found
