"""What the text says about who pays what: each statement is a claim that waits until it can be met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.book.allocation import Evidence
from custledger.book.entry import Credit
from custledger.core.frozen import mutable
from custledger.reconcile.matching import RECORDED, Why

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from custledger.book.entry import AdvanceUse, Charge
    from custledger.reconcile.desk import Desk

VOID, CORRECTS, EXPLICIT = "void", "corrects", "explicit"


@mutable
class Claim:
    """A statement that a credit settles these numbers, in this order, from `since` on."""

    rule: str
    credit: str | None
    """None: some advance of the customer's, chosen when it is used."""
    part: int | None
    """The part of the credit that says so; None: the credit as a whole."""
    numbers: tuple[str, ...]
    since: dt.date
    why: Why
    """What an allocation that meets it rests on."""
    said_by: Credit | AdvanceUse
    place: int = 0
    """Among the claims of what says it."""
    receipt: str | None = None
    accounts: tuple[str, ...] = ()
    left: int = 0
    """What of an advance's use is still to be found."""

    __eq__ = object.__eq__  # each is itself alone
    __hash__ = object.__hash__

    @property
    def order(self) -> tuple[object, ...]:
        """The one tie-break of the claims that come into force on one day."""
        said_by = self.said_by
        if isinstance(said_by, Credit):
            return (self.since, *said_by.order, self.place)
        span = said_by.span
        return (self.since, said_by.date, "", span.file, span.line, span.column, self.place)


def claims_of(credit: Credit) -> list[Claim]:
    """A credit's claims: what it corrects or voids, and what its parts name."""
    found: list[Claim] = []
    if credit.corrects is not None:
        rule = VOID if credit.kind == "void" else CORRECTS
        why = Why(rule, RECORDED, (Evidence("document", credit.span, credit.corrects),))
        found.append(Claim(rule, credit.key, None, (credit.corrects,), credit.date, why, credit, -1))
    for place, part in enumerate(credit.parts):
        if part.invoices:
            why = Why(EXPLICIT, RECORDED, (Evidence("tag", part.span, " ".join(part.invoices)),))
            since = credit.date if part.applied is None else max(credit.date, part.applied)
            found.append(Claim(EXPLICIT, credit.key, place, part.invoices, since, why, credit, place))
    return found


def claim_of_use(use: AdvanceUse) -> Claim:
    """The claim of a transaction that moves an advance."""
    return Claim(
        EXPLICIT,
        None,
        None,
        use.invoices,
        use.date,
        Why(EXPLICIT, RECORDED, (Evidence("tag", use.span, " ".join(use.invoices)),)),
        use,
        receipt=use.receipt,
        accounts=use.accounts,
        left=use.money.minor,
    )


class Claims:
    """The claims in force on a desk, and which of them something new may help."""

    def __init__(self) -> None:
        self._by_number: dict[str, list[Claim]] = {}
        self._by_credit: dict[str, list[Claim]] = {}
        self._uses: list[Claim] = []
        self._came: list[Charge] = []
        """Charges that nothing has asked for: many accounts have no claims."""
        self._numbered: dict[str, list[Charge]] = {}
        self._awake: dict[str, dict[int, Claim]] = {}
        """By rule, what is in force and perhaps to be met: something came that may help."""

    def enter(self, claim: Claim) -> None:
        """A claim comes into force today."""
        for number in claim.numbers if len(claim.numbers) < 2 else dict.fromkeys(claim.numbers):  # noqa: PLR2004
            self._by_number.setdefault(number, []).append(claim)
        if claim.credit is None:
            self._uses.append(claim)
        else:
            self._by_credit.setdefault(claim.credit, []).append(claim)
        self._awake.setdefault(claim.rule, {})[id(claim)] = claim

    def add_charge(self, charge: Charge) -> None:
        """A charge that claims may name: by its number, or by its document's."""
        self._came.append(charge)
        if self._by_number:
            for number in _numbers(charge):
                self._wake(self._by_number.get(number, ()))

    @property
    def _charges(self) -> dict[str, list[Charge]]:
        """By number: those that have it, by due date."""
        if self._came:
            for charge in self._came:
                for number in _numbers(charge):
                    several = self._numbered.setdefault(number, [])
                    several.append(charge)
                    if len(several) > 1:
                        several.sort(key=lambda each: (each.date_due, each.instalment, each.order))
            self._came.clear()
        return self._numbered

    def add_credit(self) -> None:
        """A credit has come in that a waiting use of an advance may take."""
        if self._uses:
            self._wake(claim for claim in self._uses if claim.left)

    def wake_charge(self, charge: Charge) -> None:
        """Something of the charge is open that was not."""
        for number in _numbers(charge):
            self._wake(self._by_number.get(number, ()))

    def wake_credit(self, key: str) -> None:
        """Something of the credit is free that was not."""
        self._wake(self._by_credit.get(key, ()))
        self.add_credit()

    def _wake(self, claims: Iterable[Claim]) -> None:
        for claim in claims:
            self._awake.setdefault(claim.rule, {})[id(claim)] = claim

    def named(self, claim: Claim) -> list[Charge]:
        """The charges that a claim names and that are there, in its order; instalments by due date."""
        numbers = claim.numbers
        if len(numbers) == 1:
            return list(self._charges.get(numbers[0], ()))
        return [charge for number in numbers for charge in self._charges.get(number, ())]

    def knows(self, credit: Credit) -> bool:
        """Whether any charge that a credit names is there."""
        return any(number in self._charges for claim in self._by_credit.get(credit.key, ()) for number in claim.numbers)

    @property
    def awake(self) -> bool:
        """Whether any claim is to be met."""
        return bool(self._awake)

    def waits(self, rule: str) -> bool:
        """Whether a claim of this rule is to be met."""
        return rule in self._awake

    def take(self, rule: str) -> list[Claim]:
        """The awake claims of a rule, in order of the day they came into force, then of their entries."""
        awake = self._awake.pop(rule, None)
        if not awake:
            return []
        found = list(awake.values())
        if len(found) > 1:
            found.sort(key=lambda claim: claim.order)
        return found


def _numbers(charge: Charge) -> tuple[str, ...]:
    """What claims may name a charge by, each once."""
    number, document = charge.number, charge.document
    if document is None or document == number:
        return () if number is None else (number,)
    return (document,) if number is None else (number, document)


def meet(desk: Desk, claim: Claim) -> None:
    """Pay what a claim names, in order, each up to what is open; the rest of the credit stays as it is."""
    for charge in desk.claims.named(claim):
        if claim.credit is None:
            _use_advance(desk, claim, charge.key)
        else:
            _pay(desk, claim, claim.credit, charge.key)


def _pay(desk: Desk, claim: Claim, credit: str, charge: str) -> None:
    free = desk.rest(credit, RECORDED) if claim.part is None else desk.part_rest(credit, claim.part)
    amount = min(free, desk.rest(charge, RECORDED))
    if amount > 0:
        desk.hold(credit, charge, amount, claim.why, parts=None if claim.part is None else (claim.part,))


def _use_advance(desk: Desk, claim: Claim, charge: str) -> None:
    for credit in _advances(desk, claim):
        amount = min(claim.left, desk.rest(credit, RECORDED), desk.rest(charge, RECORDED))
        if amount > 0:
            desk.hold(credit, charge, amount, claim.why)
            claim.left -= amount


def _advances(desk: Desk, claim: Claim) -> list[str]:
    """The credits that a use of an advance may take, oldest first.

    The named receipt's; else those on the account that it debits; else any.
    """
    free = sorted(
        (credit for credit in desk.credits.values() if desk.rest(credit.key, RECORDED)), key=lambda each: each.order
    )
    if claim.receipt is not None:
        named = [credit.key for credit in free if claim.receipt in {credit.code, credit.name}]
        if named or any(claim.receipt in {credit.code, credit.name} for credit in desk.credits.values()):
            return named
    there = [credit.key for credit in free if set(credit.accounts) & set(claim.accounts)]
    return there or [credit.key for credit in free]
