"""Where everybody stands on one day: open items, unapplied credits, disputes. What reports are made from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, overload

from custledger.core.frozen import frozen

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from custledger.book.allocation import Story
    from custledger.book.book import Book
    from custledger.book.entry import Charge, Credit, Debit


@frozen(kw_only=True)
class OpenItem:
    """A charge not fully settled: `amount_open` and of it `amount_disputed`, in minor units, both >= 0."""

    charge: Charge
    amount_open: int
    amount_disputed: int = 0


@frozen(kw_only=True)
class Unapplied:
    """What of a credit nothing uses: `amount` > 0. What is left of a debit that takes back: `amount` < 0."""

    entry: Credit | Debit
    amount: int


@frozen(kw_only=True)
class Position:
    """One customer in one commodity. Open − unapplied = balance: minor units, checked when it is made."""

    customer: str
    commodity: str
    open_items: tuple[OpenItem, ...] = ()
    """By due date, then date, then number."""
    unapplied: tuple[Unapplied, ...] = ()

    @property
    def amount_open(self) -> int:
        """Σ of what is open: >= 0."""
        return sum(item.amount_open for item in self.open_items)

    @property
    def amount_unapplied(self) -> int:
        """Σ of what nothing uses, as credits count: positive where we hold the customer's money."""
        return sum(item.amount for item in self.unapplied)

    @property
    def amount_disputed(self) -> int:
        """Σ of what of the open items is disputed."""
        return sum(item.amount_disputed for item in self.open_items)

    @property
    def balance(self) -> int:
        """What the customer owes; negative where we owe."""
        return self.amount_open - self.amount_unapplied

    def account(self) -> Account:
        """The same in numbers alone."""
        charges = [item.charge for item in self.open_items]
        return Account(
            customer=self.customer,
            commodity=self.commodity,
            balance=self.balance,
            due=[charge.date_due.toordinal() for charge in charges],
            claim=[charge.date_claim.toordinal() for charge in charges],
            open=[item.amount_open for item in self.open_items],
            unapplied=self.amount_unapplied,
            credits=sum(each.amount > 0 for each in self.unapplied),
            disputed=self.amount_disputed,
            position=lambda: self,
        )


class Account(NamedTuple):
    """A position in numbers, for reports about everybody that name no item: days are ordinals, amounts minor units.

    `due`, `claim` and `open` have one number for each open item, in one order.
    """

    customer: str
    commodity: str
    balance: int
    due: Sequence[int]
    claim: Sequence[int]
    open: Sequence[int]
    unapplied: int
    credits: int
    """How many credits have something that nothing uses."""
    disputed: int
    position: Callable[[], Position]
    """What it is of, with its items."""

    def overdue(self, day: int) -> int:
        """What is open past its due date on a day: overdue begins the day after."""
        return sum([amount for due, amount in zip(self.due, self.open, strict=True) if due < day])


class Accounts(Sequence[Position]):
    """Positions of which only the numbers are at hand: one is made when it is looked at."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        self.accounts = accounts

    @overload
    def __getitem__(self, at: int) -> Position: ...
    @overload
    def __getitem__(self, at: slice) -> Accounts: ...
    def __getitem__(self, at: int | slice) -> Position | Accounts:
        """The position at a place."""
        return Accounts(self.accounts[at]) if isinstance(at, slice) else self.accounts[at].position()

    def __len__(self) -> int:
        """How many there are."""
        return len(self.accounts)


@frozen(kw_only=True)
class Standing:
    """The book as of one day, reconciled: what every report is a pure function of."""

    book: Book
    story: Story
    as_of: dt.date
    positions: Sequence[Position]
    """By customer id, then commodity; everyone with an entry dated up to `as_of`."""
    today: dt.date
    """The day the command runs: only for "future" and "stale" rules, never for amounts."""
    recorded_only: bool = False
    abridged: bool = False
    """Only what is open is there: the book has no entries, and the story is not told (`indexed.asking`)."""

    def accounts(self) -> Sequence[Account]:
        """The positions in numbers."""
        found = self.positions
        return found.accounts if isinstance(found, Accounts) else [position.account() for position in found]
