"""A customer's account (往来明细): its entries in order, and what settles what on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.book.entry import Charge, Credit
from custledger.core.frozen import field, frozen, mutable

if TYPE_CHECKING:
    import datetime as dt

    from custledger.book.allocation import Allocation
    from custledger.book.entry import Debit, Entry
    from custledger.book.position import Position, Standing


@mutable
class Account:
    """All entries of one customer in one commodity dated up to the standing's day, in order of date."""

    customer: str
    commodity: str
    entries: list[Charge | Credit | Debit] = field(default_factory=list)
    position: Position | None = None

    def before(self, day: dt.date) -> int:
        """The balance at the end of the day before `day`, in minor units."""
        return sum(signed(entry) for entry in self.entries if entry.date < day)

    @property
    def balance(self) -> int:
        """The balance on the standing's day by its entries."""
        return sum(signed(entry) for entry in self.entries)


def signed(entry: Entry) -> int:
    """The entry as the balance counts it: charges and debits up, credits down."""
    return -entry.money.minor if isinstance(entry, Credit) else entry.money.minor


def _order(entry: Entry) -> tuple[object, ...]:
    rank = 0 if isinstance(entry, Charge) else 1 if isinstance(entry, Credit) else 2
    return (entry.date, rank, entry.order)


@frozen
class Accounts:
    """Every account of a standing, and the allocations in force by the entries that they join."""

    by_customer: dict[str, dict[str, Account]]
    by_credit: dict[str, list[Allocation]]
    by_charge: dict[str, list[Allocation]]
    names: dict[str, str]
    """Key to name, of every entry."""

    @classmethod
    def of(cls, standing: Standing) -> Accounts:
        """Read the standing once; a batch of statements then asks per customer."""
        book, day = standing.book, standing.as_of
        accounts: dict[str, dict[str, Account]] = {}
        names: dict[str, str] = {}

        def account(customer: str, unit: str) -> Account:
            return accounts.setdefault(customer, {}).setdefault(unit, Account(customer, unit))

        every: tuple[Charge | Credit | Debit, ...] = (*book.charges, *book.credits, *book.debits)
        for entry in every:
            names[entry.key] = entry.name
            if entry.date <= day:
                account(entry.customer, entry.money.commodity).entries.append(entry)
        for position in standing.positions:
            account(position.customer, position.commodity).position = position
        for units in accounts.values():
            for one in units.values():
                one.entries.sort(key=_order)
        by_credit: dict[str, list[Allocation]] = {}
        by_charge: dict[str, list[Allocation]] = {}
        for allocation in in_force(standing):
            by_credit.setdefault(allocation.credit, []).append(allocation)
            by_charge.setdefault(allocation.charge, []).append(allocation)
        return cls(
            {customer: dict(sorted(accounts[customer].items())) for customer in sorted(accounts)},
            by_credit,
            by_charge,
            names,
        )


def in_force(standing: Standing) -> list[Allocation]:
    """The allocations that the standing counts on its day."""
    return [
        allocation
        for allocation in standing.story.allocations
        if allocation.holds(standing.as_of) and (allocation.state == "recorded" or not standing.recorded_only)
    ]
