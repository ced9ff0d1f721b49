"""One customer's account in one commodity on one day: what is open, what is unapplied, what holds what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custledger.book.allocation import Allocation
from custledger.core.frozen import mutable
from custledger.core.trouble import ensure
from custledger.reconcile.claims import Claims
from custledger.reconcile.matching import NAMED, RECORDED
from custledger.reconcile.naming import Naming
from custledger.reconcile.pool import Pool
from custledger.reconcile.reversals import Reversals

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from custledger.book.allocation import Proposal
    from custledger.book.entry import Charge, Credit, Debit
    from custledger.reconcile.matching import Why
    from custledger.reconcile.policy import Policy


@mutable
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


class _Account:
    """What one entry has in use, by strength, and the allocations that use it."""

    __slots__ = ("_order", "entry", "free", "held", "unrecorded", "used")

    def __init__(self, entry: Charge | Credit | Debit) -> None:
        self.entry = entry
        self.free = self.unrecorded = entry.money.minor
        """What is left beside everything, and beside what is recorded."""
        self.used: dict[int, int] = {}
        """By strength, what is inferred."""
        self.held: dict[int, Held] = {}
        self._order: tuple[dt.date, str, str, int, int] | None = None

    @property
    def order(self) -> tuple[dt.date, str, str, int, int]:
        """The entry's, made once."""
        if self._order is None:
            self._order = self.entry.order
        return self._order

    def use(self, strength: int, amount: int) -> None:
        """So much more is in use; below zero: less."""
        self.free -= amount
        if strength == RECORDED:
            self.unrecorded -= amount
        else:
            self.used[strength] = self.used.get(strength, 0) + amount

    def rest(self, strength: int | None = None) -> int:
        """What is left beside everything of at least that strength (None: beside everything)."""
        if strength is None:
            return self.free
        if strength == RECORDED or not self.used:
            return self.unrecorded
        return self.unrecorded - sum([amount for used, amount in self.used.items() if used <= strength])


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
        self._open, self._waiting, self._loose = Pool(), Pool(), Pool()
        self._rests: dict[str, int] | None = None
        """`rests`; None where they are to be put in order again. A change makes new ones."""
        self._charges_changed: dict[str, _Account] = {}
        self._credits_changed: dict[str, _Account] = {}
        """What the pools do not know yet: most of what comes is settled on its day, before anybody looks at them."""
        self.naming = Naming(prefixes)
        self.proposals: dict[int, Proposal] = {}
        """By decision: what a match needs beside the text."""
        self.searched: dict[str, Mapping[str, int]] = {}
        """By credit: what was open when no set was found for it."""
        self.remembered: dict[object, Any] = {}
        """What was found out about `rests`; forgotten when anything else is open."""
        self.story: list[Allocation] = []
        """What has ended."""
        self.releases = 0
        """How often an allocation was ended."""
        self.claims = Claims()
        self.reversals = Reversals()
        self._accounts: dict[str, _Account] = {}
        self._parts: dict[str, list[int]] = {}
        self._seq = 0

    # --- what there is

    def add_charge(self, charge: Charge) -> None:
        """A charge that arises today."""
        self.charges[charge.key] = charge
        self._accounts[charge.key] = self._charges_changed[charge.key] = _Account(charge)
        self.claims.add_charge(charge)
        self.naming.add(charge)

    def add_other(self, charge: Charge) -> None:
        """A charge of another account that texts may name."""
        self.others[charge.key] = charge
        self.naming.add_other(charge)

    def add_credit(self, credit: Credit) -> None:
        """A credit that comes in today."""
        parts = [part.amount for part in credit.parts]
        ensure(sum(parts) == credit.money.minor, "a credit is the sum of its parts")
        self.credits[credit.key] = credit
        self._parts[credit.key] = parts
        self._accounts[credit.key] = self._credits_changed[credit.key] = _Account(credit)
        self.claims.add_credit()
        self.reversals.add_credit(credit)

    def add_debit(self, debit: Debit) -> None:
        """A debit that takes back credits."""
        self.debits[debit.key] = debit
        self._accounts[debit.key] = _Account(debit)
        self.reversals.add_debit(debit)

    @property
    def open(self) -> Pool:
        """Charges with something open, by due date, then date, then number."""
        if self._charges_changed:
            self._file_charges()
        return self._open

    @property
    def rests(self) -> Mapping[str, int]:
        """The same with what is open of each: how it is now, whatever changes afterwards."""
        if self._charges_changed:
            self._file_charges()
        if self._rests is None:
            accounts = self._accounts
            self._rests = {key: accounts[key].free for key in self._open}
        return self._rests

    @property
    def waiting(self) -> Pool:
        """Credits with something unapplied, oldest first."""
        if self._credits_changed:
            self._file_credits()
        return self._waiting

    @property
    def loose(self) -> Pool:
        """Credits with something that nothing as strong as NAMED uses, oldest first."""
        if self._credits_changed:
            self._file_credits()
        return self._loose

    def rest(self, key: str, strength: int | None = None) -> int:
        """What of an entry nothing at least that strong uses; None: nothing at all uses."""
        account = self._accounts[key]
        return account.free if strength is None else account.rest(strength)

    def part_rest(self, credit: str, part: int) -> int:
        """What of a credit's part nothing recorded uses."""
        return self._parts[credit][part]

    def order(self, key: str) -> tuple[dt.date, str, str, int, int]:
        """An entry's order."""
        return self._accounts[key].order

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
        giving, taking = self._accounts[credit], self._accounts[sink]
        fits = 0 < amount <= giving.rest(strength) and amount <= taking.rest(strength)
        ensure(fits, "a match beyond what is left")
        self._seq = seq = self._seq + 1
        used = self._use_parts(credit, amount, parts) if strength == RECORDED else ()
        giving.held[seq] = taking.held[seq] = Held(seq, credit, sink, amount, self.today, why, used)
        giving.use(strength, amount)
        taking.use(strength, amount)
        self._credits_changed[credit] = giving
        if sink in self.charges:
            self._charges_changed[sink] = taking
        if giving.free < 0:
            self._squeeze(credit, strength)
        if taking.free < 0:
            self._squeeze(sink, strength)

    def release(self, held: Held) -> None:
        """An allocation ends today: it does not hold on this day any more."""
        self.releases += 1
        for key in (held.credit, held.sink):
            account = self._accounts[key]
            del account.held[held.seq]
            account.use(held.strength, -held.amount)
        self._credits_changed[held.credit] = self._accounts[held.credit]
        if held.sink in self.charges:
            self._charges_changed[held.sink] = self._accounts[held.sink]
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
            self.story += [self._told(held, None) for held in self._accounts[key].held.values()]

    @property
    def idle(self) -> bool:
        """Whether no credit has anything that a tier could match: nobody needs to be asked."""
        if self._credits_changed:
            self._file_credits()
        if self._waiting.keys:
            return False
        loose = self._loose.keys
        return not loose or loose <= self.naming.quiet

    @property
    def settled(self) -> bool:
        """Whether no credit is waiting, nor would give up what it has for a number in its text."""
        if self._credits_changed:
            self._file_credits()
        return not self._waiting.keys and not self._loose.keys

    def told(self) -> list[Allocation]:
        """The story, in order of first day, then of the entries."""
        accounts = self._accounts

        def order(each: Allocation) -> tuple[object, ...]:
            entries = (accounts[each.credit].order, accounts[each.charge].order)
            return (*entries, each.rule, each.amount)

        days: dict[dt.date, list[Allocation]] = {}
        for each in self.story:
            days.setdefault(each.first, []).append(each)
        for several in days.values():
            if len(several) > 1:
                several.sort(key=order)
        return [each for day in sorted(days) for each in days[day]]

    # --- inside

    def _told(self, held: Held, until: dt.date | None) -> Allocation:
        why = held.why
        return Allocation(
            held.credit,
            held.sink,
            self.customer,
            self.commodity,
            held.amount,
            why.rule,
            "recorded" if why.strength == RECORDED else "inferred",
            held.first,
            until,
            why.evidence,
            why.alternatives,
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
        if len(rests) == 1:
            ensure(amount <= rests[0], "a recorded match beyond its credit")
            rests[0] -= amount
            return ((0, amount),)
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

    def _file_charges(self) -> None:
        pool, rests = self._open, None if self._rests is None else dict(self._rests)
        for key, account in self._charges_changed.items():
            if account.free <= 0:
                pool.drop(key)
                if rests is not None:
                    rests.pop(key, None)
            elif key in pool.keys:
                if rests is not None:
                    rests[key] = account.free
            else:
                charge = self.charges[key]
                pool.put(key, (charge.date_due, *account.order))
                rests = None
        self._charges_changed.clear()
        self._rests = rests
        self.remembered.clear()

    def _file_credits(self) -> None:
        waiting, loose = self._waiting, self._loose
        for key, account in self._credits_changed.items():
            unnamed = account.rest(NAMED)
            if unnamed <= 0:
                if key in loose.keys:
                    waiting.drop(key)
                    loose.drop(key)
                continue
            if key not in loose.keys:
                loose.put(key, account.order)
            if account.free <= 0:
                waiting.drop(key)
            elif key not in waiting.keys:
                waiting.put(key, account.order)
        self._credits_changed.clear()
