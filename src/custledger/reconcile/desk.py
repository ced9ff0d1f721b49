"""One customer's account in one commodity on one day: what is open, what is unapplied, what holds what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from custledger.book.allocation import Allocation
from custledger.core.trouble import ensure
from custledger.reconcile.claims import Claims
from custledger.reconcile.matching import RECORDED
from custledger.reconcile.naming import Naming
from custledger.reconcile.pool import Pool
from custledger.reconcile.reversals import Reversals

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from custledger.book.allocation import Proposal
    from custledger.book.entry import Charge, Credit, Debit
    from custledger.reconcile.matching import Why
    from custledger.reconcile.policy import Policy


@dataclass(slots=True)
class Held:
    """An allocation in force. `sink` is a charge, or a debit that takes the credit back."""

    seq: int
    credit: str
    sink: str
    amount: int
    first: dt.date
    why: Why
    parts: tuple[tuple[int, int], ...] = ()
    """(part of the credit, amount) that a recorded one uses."""

    @property
    def strength(self) -> int:
        """0 where it is recorded, else its tier's rank."""
        return self.why.strength

    @property
    def decision(self) -> int:
        """What it is released together with."""
        return self.why.decision or -self.seq


@dataclass(slots=True)
class _Account:
    """What one entry has in use, by strength, and the allocations that use it."""

    amount: int
    used: dict[int, int] = field(default_factory=dict)
    held: dict[int, Held] = field(default_factory=dict)

    def rest(self, strength: int | None = None) -> int:
        """What is left beside everything of at least that strength (None: beside everything)."""
        return self.amount - sum(n for s, n in self.used.items() if strength is None or s <= strength)


class Desk:
    """The state that the engine moves forward in time.

    Every allocation has a strength: recorded ones 0, what was inferred its tier's rank. A match sees what is
    left beside everything at least as strong, and releases weaker ones that are then too much, from that day.
    So what the text says never depends on what was inferred.
    """

    def __init__(self, customer: str, commodity: str, policy: Policy, prefixes: Sequence[str] = ()) -> None:
        self.customer = customer
        self.commodity = commodity
        self.policy = policy
        self.today: dt.date
        self.charges: dict[str, Charge] = {}
        self.credits: dict[str, Credit] = {}
        self.debits: dict[str, Debit] = {}
        self.others: dict[str, Charge] = {}
        """Charges of other accounts that texts may name here; nothing of this desk ever settles them."""
        self.open = Pool()
        """Charges with something open, by due date, then date, then number."""
        self.waiting = Pool()
        """Credits with something unapplied, oldest first."""
        self.loose = Pool()
        """Credits with something that nothing recorded uses, oldest first."""
        self.naming = Naming(prefixes)
        self.proposals: dict[int, Proposal] = {}
        """By decision: what a match needs beside the text."""
        self.searched: dict[str, tuple[tuple[str, int], ...]] = {}
        """By credit: the state in which no set was found for it."""
        self.story: list[Allocation] = []
        """What has ended."""
        self.claims = Claims()
        self.reversals = Reversals()
        self._accounts: dict[str, _Account] = {}
        self._parts: dict[str, list[int]] = {}
        self._seq = 0

    # --- what there is

    def add_charge(self, charge: Charge) -> None:
        """A charge that arises today."""
        self.charges[charge.key] = charge
        self._accounts[charge.key] = _Account(charge.money.minor)
        self._file(charge.key)
        self.claims.add_charge(charge)
        self.naming.add(charge)

    def add_other(self, charge: Charge) -> None:
        """A charge of another account that texts may name."""
        self.others[charge.key] = charge
        self.naming.add_other(charge)

    def add_credit(self, credit: Credit) -> None:
        """A credit that comes in today."""
        ensure(sum(part.amount for part in credit.parts) == credit.money.minor, "a credit is the sum of its parts")
        self.credits[credit.key] = credit
        self._accounts[credit.key] = _Account(credit.money.minor)
        self._parts[credit.key] = [part.amount for part in credit.parts]
        self._file(credit.key)
        self.claims.add_credit()
        self.reversals.add_credit(credit)

    def add_debit(self, debit: Debit) -> None:
        """A debit that takes back credits."""
        self.debits[debit.key] = debit
        self._accounts[debit.key] = _Account(debit.money.minor)
        self.reversals.add_debit(debit)

    def rest(self, key: str, strength: int | None = None) -> int:
        """What of an entry nothing at least that strong uses; None: nothing at all uses."""
        return self._accounts[key].rest(strength)

    def part_rest(self, credit: str, part: int) -> int:
        """What of a credit's part nothing recorded uses."""
        return self._parts[credit][part]

    def held(self, key: str) -> list[Held]:
        """The allocations in force on an entry, oldest first."""
        return list(self._accounts[key].held.values())

    # --- changing it

    def decide(self) -> int:
        """A number for a decision: allocations of one decision are released together."""
        self._seq += 1
        return self._seq

    def hold(self, credit: str, sink: str, amount: int, why: Why, *, parts: Iterable[int] | None = None) -> None:
        """`amount` of a credit settles a charge (or is taken back by a debit) from today on.

        A recorded one uses the given `parts` of the credit, in that order (None: untagged ones first, then
        tagged ones from the last). Weaker allocations that are then too much are released.
        """
        strength = why.strength
        ensure(0 < amount <= min(self.rest(credit, strength), self.rest(sink, strength)), "a match beyond what is left")
        self._seq += 1
        used = self._use_parts(credit, amount, parts) if strength == RECORDED else ()
        made = Held(self._seq, credit, sink, amount, self.today, why, used)
        for key in (credit, sink):
            account = self._accounts[key]
            account.held[made.seq] = made
            account.used[strength] = account.used.get(strength, 0) + amount
        for key in (credit, sink):
            self._squeeze(key, strength)
            self._file(key)

    def release(self, held: Held) -> None:
        """An allocation ends today: it does not hold on this day any more."""
        for key in (held.credit, held.sink):
            account = self._accounts[key]
            del account.held[held.seq]
            account.used[held.strength] -= held.amount
            self._file(key)
        self.proposals.pop(held.decision, None)
        for part, amount in held.parts:
            self._parts[held.credit][part] += amount
        if held.sink in self.debits:
            self.reversals.lost(self.debits[held.sink])
        elif held.strength == RECORDED:
            self.claims.wake_charge(self.charges[held.sink])
        if held.strength == RECORDED:
            self.claims.wake_credit(held.credit)
        if held.first < self.today:
            self.story.append(self._told(held, self.today))

    def close(self) -> None:
        """The story ends: what is in force stays so."""
        for key in self.credits:
            self.story += [self._told(held, None) for held in self.held(key)]

    # --- inside

    def _told(self, held: Held, until: dt.date | None) -> Allocation:
        return Allocation(
            credit=held.credit,
            charge=held.sink,
            customer=self.customer,
            commodity=self.commodity,
            amount=held.amount,
            rule=held.why.rule,
            state="recorded" if held.strength == RECORDED else "inferred",
            first=held.first,
            until=until,
            evidence=held.why.evidence,
            alternatives=held.why.alternatives,
        )

    def _squeeze(self, key: str, strength: int) -> None:
        """Release weaker allocations, the weakest and latest first, until what holds an entry fits into it."""
        account = self._accounts[key]
        while account.rest() < 0:
            weakest = max(account.held.values(), key=lambda held: (held.strength, held.first, held.seq))
            ensure(weakest.strength > strength, "an allocation that nothing weaker makes room for")
            others = [*self.held(weakest.credit), *self.held(weakest.sink)]
            together = {held.seq: held for held in others if held.decision == weakest.decision}
            for held in together.values():
                self.release(held)

    def _use_parts(self, credit: str, amount: int, parts: Iterable[int] | None) -> tuple[tuple[int, int], ...]:
        rests, entry = self._parts[credit], self.credits[credit]
        if parts is None:
            tagged = [place for place, part in enumerate(entry.parts) if part.invoices]
            parts = [place for place in range(len(rests)) if not entry.parts[place].invoices] + tagged[::-1]
        used: list[tuple[int, int]] = []
        for place in parts:
            taken = min(rests[place], amount)
            if taken:
                rests[place] -= taken
                amount -= taken
                used.append((place, taken))
        ensure(amount == 0, "a recorded match beyond the parts of its credit")
        return tuple(used)

    def _file(self, key: str) -> None:
        """Keep the pools right after a change."""
        account = self._accounts[key]
        if key in self.charges:
            charge = self.charges[key]
            self.open.keep(key, (charge.date_due, *charge.order), wanted=account.rest() > 0)
        elif key in self.credits:
            order = self.credits[key].order
            self.waiting.keep(key, order, wanted=account.rest() > 0)
            self.loose.keep(key, order, wanted=account.rest(RECORDED) > 0)
