"""What reaches beyond one account, and is therefore proposed and never allocated.

- A customer that `pays_for` others names their numbers in a payment: the money is to be re-accounted to them. Never
  by arithmetic alone.
- A payment in one commodity for an invoice in another: only where its text names the invoice, or a `P` rate of that
  very day makes it fit exactly one within `fx_tolerance`.
- A payment in the invoice's commodity at another cost: the exchange difference (`reconcile.exchange`).
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from custledger.book.allocation import Proposal
from custledger.core.frozen import field, mutable
from custledger.core.money import Money, round_half_up
from custledger.reconcile import exchange
from custledger.reconcile.inferring import tagged
from custledger.reconcile.relations import paid_for

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from custledger.book.book import Book
    from custledger.book.entry import Charge, Credit
    from custledger.reconcile.desk import Desk

PAYS_FOR = "pays-for"
BELIEVABLE = Fraction(1, 10)
"""A payment in another commodity that is further than this from what the invoice is worth is not taken to pay it."""


@mutable
class Across:
    """Takes the desks of a book that others may need, and the exchange differences of all, as of the same day.

    Then it says what is proposed between them.
    """

    book: Book
    places: Iterable[tuple[str, str]]
    """The book's accounts: (customer, commodity)."""
    _families: dict[str, tuple[str, ...]] = field(init=False)
    _members: frozenset[str] = field(init=False)
    _desks: dict[tuple[str, str], Desk] = field(default_factory=dict)
    _rates: dict[tuple[dt.date, str, str], Fraction] = field(init=False)
    _found: list[Proposal] = field(default_factory=list)
    _taken: dict[str, int] = field(default_factory=dict)
    """By charge: what earlier proposals would settle."""

    def __post_init__(self) -> None:
        self._families = paid_for(self.book)
        counts = Counter(customer for customer, _ in self.places)
        several = (customer for customer, count in counts.items() if count > 1)
        self._members = frozenset(self._families).union(*self._families.values(), several)
        self._rates = {(p.date, p.commodity, p.currency): Fraction(p.rate) for p in self.book.prices}

    def needs(self, customers: Iterable[str]) -> frozenset[str]:
        """The customers whose desks are needed to say what is proposed for these."""
        found = set(customers)
        families = [{parent, *children} for parent, children in self._families.items()]
        while more := set().union(*(family for family in families if family & found)) - found:
            found |= more
        return frozenset(found)

    def wants(self, customer: str) -> bool:
        """Whether another's desk may need this customer's."""
        return customer in self._members

    def differences(self, desk: Desk) -> list[Proposal]:
        """The exchange differences of a desk at its day; they concern nobody else."""
        return exchange.differences(desk, self.book.commodities)

    def add(self, differences: Iterable[Proposal]) -> None:
        """The exchange differences of one account."""
        self._found += differences

    def keep(self, desk: Desk) -> None:
        """A desk at its day, which another may need (`wants`)."""
        self._desks[desk.customer, desk.commodity] = desk

    def proposals(self) -> list[Proposal]:
        """Everything proposed, in order of customer, commodity and credit. Call it once."""
        found = self._found
        for place in sorted(self._desks):
            desk = self._desks[place]
            for credit in self._free(desk):
                made = self._for_others(desk, credit) or self._converted(desk, credit)
                if made is not None:
                    found.append(made)
                    for key, amount in made.parts:
                        self._taken[key] = self._taken.get(key, 0) + amount
        return sorted(found, key=lambda each: (each.customer, each.commodity))

    def _free(self, desk: Desk) -> Iterator[Credit]:
        """Payments with something unapplied."""
        for key in desk.waiting:
            if desk.credits[key].kind == "payment":
                yield desk.credits[key]

    def _open(self, charge: Charge) -> int:
        """What of a charge neither its own desk nor an earlier proposal settles."""
        desk = self._desks.get((charge.customer, charge.money.commodity))
        if desk is None or charge.key not in desk.charges:
            return 0
        return desk.rest(charge.key) - self._taken.get(charge.key, 0)

    def _named(self, desk: Desk, credit: Credit) -> list[Charge]:
        """The charges of other accounts that a credit names and that are open, by due date."""
        named = [desk.others[key] for key in desk.naming.of(credit).foreign]
        named = [charge for charge in named if self._open(charge) > 0 and not _rejected(credit, charge)]
        return sorted(named, key=lambda charge: (charge.date_due, charge.order))

    # --- money for others

    def _for_others(self, desk: Desk, credit: Credit) -> Proposal | None:
        named = desk.naming.of(credit)
        charges = self._named(desk, credit)
        if not charges or named.stranger or named.short or any(c.customer == desk.customer for c in charges):
            return None
        free = desk.rest(credit.key)
        own = [desk.charges[key] for key in named.whole]
        charges += [charge for charge in own if self._open(charge) > 0 and not _rejected(credit, charge)]
        documents = {charge.document or charge.key for charge in charges}
        if free < sum(self._open(charge) for charge in charges) and len(documents) > 1:
            return None
        parts: list[tuple[Charge, int]] = []
        for charge in charges:
            amount = min(free, self._open(charge))
            free -= amount
            if amount:
                parts.append((charge, amount))
        shown = self.book.commodities.named
        return Proposal(
            credit=credit.key,
            customer=desk.customer,
            commodity=desk.commodity,
            reason=PAYS_FOR,
            parts=tuple((charge.key, amount) for charge, amount in parts),
            computation=" + ".join(f"{c.customer} {c.name} {shown(Money(n, desk.commodity))}" for c, n in parts),
            first=self._since(desk, credit, charges),
        )

    # --- money in another commodity

    def _converted(self, desk: Desk, credit: Credit) -> Proposal | None:
        named = desk.naming.of(credit)
        free = desk.rest(credit.key)
        if free != credit.money.minor or tagged(desk, credit) or named.whole or named.short or named.stranger:
            return None
        charges = self._named(desk, credit) if named.foreign else self._fitting(desk, credit)
        units = {charge.money.commodity for charge in charges}
        if len(units) != 1 or any(c.customer != desk.customer or c.money.commodity == desk.commodity for c in charges):
            return None
        worths = [self._worth(charge, credit) for charge in charges]
        whole = sum((worth for worth in worths if worth is not None), Fraction(0))
        if None in worths or abs(free - whole) > BELIEVABLE * whole:
            return None
        costs = [self._cost(charge, desk.commodity) for charge in charges]
        if any(cost is None for cost in costs):
            if any(charge.cost is not None for charge in charges):
                return None
            # Posted without a cost: nothing can be won or lost, what came in is what they cost.
            costs = [money.minor for money in Money(free, desk.commodity).split([self._open(c) for c in charges])]
        settled = [
            (charge, self._open(charge), Money(cost or 0, desk.commodity))
            for charge, cost in zip(charges, costs, strict=True)
        ]
        return exchange.proposal(
            desk,
            credit,
            settled,
            paid=credit.money,
            first=self._since(desk, credit, charges),
            commodities=self.book.commodities,
        )

    def _fitting(self, desk: Desk, credit: Credit) -> list[Charge]:
        """The one charge in another commodity that a `P` rate of the day makes fit; [] where none or several do."""
        if named_anything(desk, credit) or not desk.policy.fx_tolerance:
            return []
        tolerance = Fraction(desk.policy.fx_tolerance)
        found = []
        for charge in desk.others.values():
            rate = self._rate(charge, credit)
            if rate is None or charge.customer != desk.customer or _rejected(credit, charge):
                continue
            worth = rate * self._open(charge)
            if worth and abs(credit.money.minor - worth) <= tolerance * worth:
                found.append(charge)
        return found if len(found) == 1 else []

    def _rate(self, charge: Charge, credit: Credit) -> Fraction | None:
        """Smallest units of the credit's commodity for one of the charge's, by a `P` of the credit's day."""
        of, to = charge.money.commodity, credit.money.commodity
        rate = self._rates.get((credit.date, of, to))
        return None if rate is None else exchange.minor_rate(rate, self.book.commodities, of, to)

    def _worth(self, charge: Charge, credit: Credit) -> Fraction | None:
        """What is open of a charge in the credit's commodity: by the day's rate, else by its own cost."""
        rate = self._rate(charge, credit)
        if rate is not None:
            return rate * self._open(charge)
        cost = self._cost(charge, credit.money.commodity)
        return None if cost is None else Fraction(cost)

    def _cost(self, charge: Charge, commodity: str) -> int | None:
        """The cost of what is open of a charge: the rest of its cost."""
        desk = self._desks.get((charge.customer, charge.money.commodity))
        if desk is None or charge.cost is None or charge.cost.money.commodity != commodity:
            return None
        whole = exchange.whole_cost(charge, self.book.commodities)
        if self._taken.get(charge.key):
            return round_half_up(whole * self._open(charge) / charge.money.minor)
        return round_half_up(whole - sum(s.due for s in exchange.cost_shares(desk, charge, self.book.commodities)))

    def _since(self, desk: Desk, credit: Credit, charges: Iterable[Charge]) -> dt.date:
        """The day from which all of it has been as it is: the last on which anything about these entries changed."""
        named = desk.naming.of(credit)
        # What is settled by now was once in the way: it counts, too. So does what else a rate could have fitted.
        looked_at = [desk.charges[key] for key in named.whole]
        looked_at += [desk.others[key] for key in named.foreign or desk.others]
        days = [credit.date, _changed(desk, credit.key)]
        for charge in {charge.key: charge for charge in (*charges, *looked_at)}.values():
            theirs = self._desks.get((charge.customer, charge.money.commodity))
            days.append(charge.date if theirs is None else _changed(theirs, charge.key))
        return max(days)


def named_anything(desk: Desk, credit: Credit) -> bool:
    """Whether its text names any charge at all, or an order, or has a number like ours."""
    named = desk.naming.of(credit)
    return named.anything or bool(named.refs)


def _changed(desk: Desk, key: str) -> dt.date:
    """The last day on which an allocation of an entry began or ended; the entry's own where there is none."""
    entry = desk.credits.get(key) or desk.charges[key]
    ended = (told for told in desk.story if key in {told.credit, told.charge})
    days = (told.first if told.until is None else told.until for told in ended)
    return max((entry.date, *(held.first for held in desk.held(key)), *days))


def _rejected(credit: Credit, charge: Charge) -> bool:
    """Whether somebody said that the credit does not pay this charge (`not-invoice:`)."""
    return bool({charge.number, charge.document, charge.name} & set(credit.rejected))
