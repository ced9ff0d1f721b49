"""Where everybody stands on a day, with the laws of docs/ENGINE.md checked every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.book.position import OpenItem, Position, Standing, Unapplied
from custledger.core.frozen import replace
from custledger.core.trouble import ensure

if TYPE_CHECKING:
    import datetime as dt

    from custledger.book.activity import Dispute
    from custledger.book.allocation import Allocation, Story
    from custledger.book.book import Book
    from custledger.book.entry import Charge, Credit, Debit

_Place = tuple[str, str]


def stand(book: Book, story: Story, *, as_of: dt.date, today: dt.date, recorded_only: bool = False) -> Standing:
    """The standing at the end of `as_of`: only entries dated by then and allocations in force on that day count.

    With `recorded_only` only what the text itself says is applied. Takes time in proportion to the book.
    Raises `InternalError` where a law does not hold: parts within their amounts, one customer and commodity to an
    allocation, none before its entries, balances equal to the control account.
    """
    charges = {entry.key: entry for entry in book.charges if entry.date <= as_of}
    reducing = {entry.key: entry for entry in book.credits if entry.date <= as_of}
    debits = {entry.key: entry for entry in book.debits if entry.date <= as_of}
    rest = {entry.key: entry.money.minor for group in (charges, reducing, debits) for entry in group.values()}
    ensure(len(rest) == len(charges) + len(reducing) + len(debits), "two entries have one key")
    for allocation in story.allocations:
        if allocation.holds(as_of) and (allocation.state == "recorded" or not recorded_only):
            _check(allocation, reducing, charges, debits)
            rest[allocation.credit] -= allocation.amount
            rest[allocation.charge] -= allocation.amount
    ensure(all(amount >= 0 for amount in rest.values()), "more is allocated than there is")

    items: dict[_Place, list[OpenItem]] = {}
    unapplied: dict[_Place, list[Unapplied]] = {}
    disputed = _disputed(book, story, as_of)
    for charge in charges.values():
        place = (charge.customer, charge.money.commodity)
        if place not in items:
            items[place] = []
        if amount := rest[charge.key]:
            wanted = disputed.get(charge.key, 0)
            items[place].append(OpenItem(charge=charge, amount_open=amount, amount_disputed=min(wanted, amount)))
    for sign, several in ((1, reducing), (-1, debits)):
        for entry in several.values():
            place = (entry.customer, entry.money.commodity)
            if place not in items:
                items[place] = []
            if amount := rest[entry.key]:
                unapplied.setdefault(place, []).append(Unapplied(entry=entry, amount=sign * amount))
    control = _control(book, as_of)
    for place in control:
        items.setdefault(place, [])
    positions = tuple(
        Position(
            customer=place[0],
            commodity=place[1],
            open_items=tuple(sorted(items[place], key=_by_due)),
            unapplied=tuple(sorted(unapplied.get(place, ()), key=lambda each: each.entry.order)),
        )
        for place in sorted(items)
    )
    for position in positions:
        place = (position.customer, position.commodity)
        ensure(
            position.balance == control.get(place, 0),
            f"{place}: open less unapplied is {position.balance}, the postings say {control.get(place, 0)}",
        )
    return Standing(book=book, story=story, as_of=as_of, positions=positions, today=today, recorded_only=recorded_only)


def net_oldest(position: Position) -> Position:
    """The position with unapplied credits set against the oldest open items, for display: the balance stays.

    Oldest by due date, then date, then number. Debits that took nothing back are set against credits first, the
    oldest first; what of credits or debits is left stays unapplied.
    """
    held = [each for each in position.unapplied if each.amount > 0]
    taking = [each for each in position.unapplied if each.amount < 0]
    held, taken = _less(held, -sum(each.amount for each in taking))
    taking = _shrunk(taking, taken)
    held, netted = _less(held, position.amount_open)
    items: list[OpenItem] = []
    for item in position.open_items:
        paid = min(netted, item.amount_open)
        netted -= paid
        if amount := item.amount_open - paid:
            items.append(replace(item, amount_open=amount, amount_disputed=min(item.amount_disputed, amount)))
    unapplied = sorted([*held, *taking], key=lambda each: each.entry.order)
    netted_position = replace(position, open_items=tuple(items), unapplied=tuple(unapplied))
    ensure(netted_position.balance == position.balance, "netting for display changes a balance")
    return netted_position


def _less(held: list[Unapplied], wanted: int) -> tuple[list[Unapplied], int]:
    """Credits less `wanted`, oldest first, and how much was there to take."""
    taken = 0
    kept: list[Unapplied] = []
    for each in held:
        part = min(each.amount, wanted - taken)
        taken += part
        if each.amount > part:
            kept.append(replace(each, amount=each.amount - part))
    return kept, taken


def _shrunk(taking: list[Unapplied], taken: int) -> list[Unapplied]:
    """Debits (below zero) with `taken` of them settled, oldest first."""
    kept: list[Unapplied] = []
    for each in taking:
        part = min(-each.amount, taken)
        taken -= part
        if each.amount + part:
            kept.append(replace(each, amount=each.amount + part))
    return kept


def _by_due(item: OpenItem) -> tuple[object, ...]:
    return (item.charge.date_due, *item.charge.order)


def _check(
    allocation: Allocation, reducing: dict[str, Credit], charges: dict[str, Charge], debits: dict[str, Debit]
) -> None:
    """The laws of one allocation."""
    credit = reducing.get(allocation.credit)
    sink = charges.get(allocation.charge) or debits.get(allocation.charge)
    if credit is None or sink is None:
        ensure(condition=False, why=f"an allocation of {allocation.credit} holds before its entries are there")
        return
    ensure(allocation.amount > 0, "an allocation of nothing")
    if not (
        credit.customer == sink.customer == allocation.customer
        and credit.money.commodity == sink.money.commodity == allocation.commodity
    ):
        ensure(condition=False, why=f"an allocation of {allocation.credit} crosses customers or commodities")
    ensure(credit.date <= allocation.first >= sink.date, "an allocation is older than its entries")


def _disputed(book: Book, story: Story, as_of: dt.date) -> dict[str, int]:
    """How much of each charge is disputed on a day; everything counts as more than any charge.

    A dispute ends for good on the first day on which its charge is settled.
    """
    running = [
        dispute
        for dispute in book.disputes
        if dispute.first <= as_of and (dispute.until is None or as_of < dispute.until)
    ]
    if not running:
        return {}
    over = {dispute.charge for dispute in running}
    amounts = {charge.key: charge.money.minor for charge in book.charges if charge.key in over}
    moves: dict[str, list[tuple[dt.date, int]]] = {key: [] for key in amounts}
    for allocation in story.allocations:
        if allocation.charge in moves:
            moves[allocation.charge].append((allocation.first, -allocation.amount))
            if allocation.until is not None:
                moves[allocation.charge].append((allocation.until, allocation.amount))
    found: dict[str, int] = {}
    for dispute in running:
        if dispute.charge in amounts and not _settled(amounts[dispute.charge], moves[dispute.charge], dispute, as_of):
            amount = 10**120 if dispute.amount is None else dispute.amount
            found[dispute.charge] = found.get(dispute.charge, 0) + amount
    return found


def _settled(amount: int, moves: list[tuple[dt.date, int]], dispute: Dispute, as_of: dt.date) -> bool:
    """Whether the charge was settled on some day between the dispute's first and `as_of`."""
    days = sorted({dispute.first, *(day for day, _ in moves if dispute.first < day <= as_of)})
    return any(amount + sum(change for day, change in moves if day <= on) == 0 for on in days)


def _control(book: Book, as_of: dt.date) -> dict[_Place, int]:
    """The balance of each customer in each commodity by the postings alone."""
    found: dict[_Place, int] = {}
    for posting in book.postings:
        if posting.date <= as_of:
            place = (posting.customer, posting.money.commodity)
            found[place] = found.get(place, 0) + posting.money.minor
    return found
