"""Debits that take credits back: refunds, bounces, reversals (engine.md §1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.book.allocation import Evidence
from custledger.reconcile.matching import RECORDED, TAKEN, Why

if TYPE_CHECKING:
    from custledger.book.entry import Credit, Debit
    from custledger.reconcile.desk import Desk, Held

REVERSES = "reverses"


class Reversals:
    """The debits of a desk that still look for credits to take back."""

    def __init__(self) -> None:
        self._came: list[Credit] = []
        """Credits that `_named` does not have yet: few accounts have a debit that asks."""
        self._named: dict[str, list[Credit]] = {}
        self._tagged: dict[str, list[Debit]] = {}
        """Debits that name a credit which is not there yet, by its name."""
        self._loose: dict[str, Debit] = {}
        """Debits that name none, or none that is there, and have something left."""
        self._bound: set[str] = set()
        """Debits whose named credit has come."""

    def add_credit(self, credit: Credit) -> None:
        """A credit that debits may name."""
        self._came.append(credit)

    def add_debit(self, debit: Debit) -> None:
        """A debit of today."""
        if debit.reverses is not None:
            self._tagged.setdefault(debit.reverses, []).append(debit)
        self._loose[debit.key] = debit

    @property
    def looking(self) -> bool:
        """Whether any debit looks for a credit."""
        return bool(self._tagged or self._loose)

    def take_back(self, desk: Desk) -> None:
        """Debits take back the credits that they name: those end what they settle, from today."""
        if not self._tagged:
            return
        for credit in self._came:
            for name in dict.fromkeys((credit.code, credit.name)):
                if name is not None:
                    self._named.setdefault(name, []).append(credit)
        self._came = []
        ready = [debit for name, debits in self._tagged.items() if name in self._named for debit in debits]
        for debit in sorted(ready, key=lambda each: each.order):
            name = debit.reverses or ""
            self._loose.pop(debit.key, None)
            self._bound.add(debit.key)
            self._tagged.pop(name, None)
            # Receipt numbers may repeat: what stands in the debit's own transaction is meant first.
            for credit in sorted(
                self._named[name],
                key=lambda each: (not _together(each, debit), each.money != debit.money, each.order),
            ):
                _take(desk, debit, credit)

    def find(self, desk: Desk) -> None:
        """Debits that name nothing take an unapplied credit: of their transaction, of their amount, else the oldest."""
        for debit in sorted(self._loose.values(), key=lambda each: each.order):
            self._find(desk, debit)
            if not desk.rest(debit.key):
                self._loose.pop(debit.key)

    def lost(self, debit: Debit) -> None:
        """What a debit had found was needed elsewhere: it looks again."""
        if debit.key not in self._bound:
            self._loose[debit.key] = debit

    def _find(self, desk: Desk, debit: Debit) -> None:
        wanted = desk.rest(debit.key)
        if not wanted or not len(desk.waiting):
            return
        own = next((key for key in desk.waiting if _together(desk.credits[key], debit)), None)
        if own is not None:
            evidence = Evidence(kind="amount", span=debit.span, text=debit.name)
            desk.hold(own, debit.key, min(desk.rest(own), wanted), Why(REVERSES, TAKEN, (evidence,)))
            wanted = desk.rest(debit.key)
            if not wanted or not len(desk.waiting):
                return
        same = next((key for key in desk.waiting if desk.rest(key) == wanted), None)
        for key in [same] if same else desk.waiting:
            amount = min(desk.rest(key), desk.rest(debit.key))
            if not amount:
                return
            kind = "amount" if same else "order"
            evidence = Evidence(kind=kind, span=debit.span, text=debit.name)
            desk.hold(key, debit.key, amount, Why(REVERSES, TAKEN, (evidence,)))


def _take(desk: Desk, debit: Debit, credit: Credit) -> None:
    """Take a credit back, as far as the debit goes: what is unapplied first, then what it settled, latest first."""
    taken = sum(held.amount for held in desk.held(credit.key) if _is_taken(held, desk))
    amount = min(desk.rest(debit.key, RECORDED), credit.money.minor - taken)
    if amount <= 0:
        return
    last: Held | None = None
    for held in reversed(desk.held(credit.key)):
        if desk.rest(credit.key, RECORDED) >= amount:
            break
        if held.strength == RECORDED and not _is_taken(held, desk):
            desk.release(held)
            last = held
    evidence = Evidence(kind="tag", span=debit.span, text=debit.reverses or "")
    desk.hold(credit.key, debit.key, amount, Why(REVERSES, RECORDED, (evidence,)))
    if last is not None:
        _restore(desk, credit.key, last)


def _together(credit: Credit, debit: Debit) -> bool:
    """Whether they stand in one transaction."""
    return credit.transaction is not None and credit.transaction == debit.transaction


def _is_taken(held: Held, desk: Desk) -> bool:
    return held.strength == RECORDED and held.sink in desk.debits


def _restore(desk: Desk, credit: str, held: Held) -> None:
    """Where a debit takes back less than the credit, the allocation that it cut into goes on with what is left."""
    parts = [part for part, _ in held.parts]
    free = sum(desk.part_rest(credit, part) for part in parts)
    amount = min(free, held.amount, desk.rest(held.sink, RECORDED), desk.rest(credit, RECORDED))
    if amount > 0:
        desk.hold(credit, held.sink, amount, held.why, parts=parts)
