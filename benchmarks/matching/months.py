"""Customers and their months: invoices arrive, receipts are made, the oracle says what can be told, a month closes."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.matching import texts
from benchmarks.matching.differences import difference
from benchmarks.matching.numbering import FIRST, PATTERNS, Series, month
from benchmarks.matching.oracle import TIERS, answer
from benchmarks.matching.payments import MAKERS
from benchmarks.matching.world import MONTHS, SHARES, SIZES, Account, Item, Policy, Receipt

if TYPE_CHECKING:
    from collections.abc import Callable

BATCH = 1_000
"""Receipts of one book; every book has the shares exactly."""
#: Receipts a month by open items.
PACE = {5: 4, 40: 20, 200: 60}
CONFIRMED = dt.timedelta(days=3)
"""When a person books a permitted difference."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A book: its numbering and its customers."""

    pattern: str
    accounts: tuple[Customer, ...]


class Customer(Account):
    """An account that lives: it buys, pays and is closed month by month."""

    series: Series
    sequence: int
    price_list: tuple[int, ...]

    def begin(self, series: Series) -> None:
        """The invoices that are open on the first day."""
        rng = self.rng
        self.series = series
        self.price_list = tuple(rng.randrange(1, 60) * 100_00 for _ in range(rng.randint(6, 14)))
        self.sequence = series.start + rng.randrange(4000)
        for day in sorted(FIRST - dt.timedelta(days=rng.randint(1, 75)) for _ in range(self.size)):
            self.write(day)

    def write(self, day: dt.date, amount: int | None = None) -> Item:
        """A new invoice, dated this day."""
        item = self.draft(day, amount)
        self.items[item.number] = item
        return item

    def twin(self, item: Item, day: dt.date) -> Item | None:
        """An invoice of the same amount whose number ends with the same four digits; None where there can be none."""
        number = self.series.alike(item.number)
        if number is None:
            return None
        self.items[number] = self.draft(day, item.meant, number)
        return self.items[number]

    def draft(self, day: dt.date, amount: int | None = None, number: str = "") -> Item:
        """An invoice that has a number and no place yet."""
        rng = self.rng
        if not number:
            self.sequence, number = self.series.next(rng, self.sequence, day.year)
        amount = amount or self.price()
        refs: dict[str, tuple[str, ...]] = {}
        if rng.random() < 0.3:  # noqa: PLR2004 - of the invoices
            if not self.orders or rng.random() < 0.6:  # noqa: PLR2004 - else the order before is billed on
                self.orders.append(f"PO-{rng.randrange(10**5, 10**6)}")
            refs["po"] = (self.orders[-1],)
        if rng.random() < 0.1:  # noqa: PLR2004
            refs["contract"] = (f"HT-{day.year}-{rng.randrange(1000):03d}",)
        return Item(number, day, day + dt.timedelta(days=30), amount, refs, self.terms, amount, amount)

    def price(self) -> int:
        """What an invoice comes to, in cents."""
        rng = self.rng
        if self.prices == "hundreds":
            return rng.choice(self.price_list) * rng.choice((1, 1, 1, 2, 3, 5))
        if rng.random() < 0.04 and self.items:  # noqa: PLR2004 - the same again: rent, a subscription
            return rng.choice(list(self.items.values())).amount
        return max(50_00, min(int(rng.lognormvariate(12.2, 1.0)), 20_000_000))

    def announce(self, day: dt.date) -> Item | None:
        """An invoice that will be written within twelve days, this month."""
        last = month(day.month - 1)[1]
        ahead = day + dt.timedelta(days=self.rng.randint(2, 12))
        if ahead >= last:
            return None
        item = self.draft(ahead)
        self.coming[item.number] = item
        return item

    def live(self, deck: Deck) -> None:
        """Day by day: what a person booked, new invoices, receipts; then what all of that allows."""
        for index in range(MONTHS):
            first, last = month(index)
            length = (last - first).days
            days = [self.rng.randrange(length) for _ in range(PACE[self.size])]
            for offset in range(length):
                day = first + dt.timedelta(days=offset)
                happened = self._confirm(day) + self._deliver(day) + days.count(offset)
                for _ in range(days.count(offset)):
                    if deck.left:
                        self.pay(day, deck)
                if happened:
                    self.judge(day)
            self.close(last)

    def _deliver(self, day: dt.date) -> int:
        """Invoices of this day: those announced, and a third of what is missing to the usual number."""
        due = [number for number, item in self.coming.items() if item.date == day]
        for number in due:
            self.items[number] = self.coming.pop(number)
            self.items[number].meant = 0
        missing = self.size - sum(1 for item in self.items.values() if item.meant > 0)
        new = sum(1 for _ in range(missing) if self.rng.random() < 0.35)  # noqa: PLR2004 - so that days differ
        for _ in range(new):
            self.write(day)
        for made in self.waiting:
            if made.variant == "in advance" and any(number in made.meant for number in due):
                self.look(made, day)
        return len(due) + new

    def _confirm(self, day: dt.date) -> int:
        """A person books the permitted differences of some days ago."""
        booked = [(number, cents) for date, number, _, cents in self.closes if date == day]
        for number, cents in booked:
            self.items[number].known -= cents
        return len(booked)

    def pay(self, day: dt.date, deck: Deck) -> None:
        """The first kind of the deck that is possible."""
        made = deck.draw(self, day)
        if made is None:
            return
        made.code = f"R{len(self.receipts) + 1:05d}"
        self.look(made, day)
        self.receipts.append(made)
        self.waiting.append(made)
        for number, cents in made.meant.items():
            if number in self.items:
                self.items[number].meant -= cents + made.difference

    def judge(self, day: dt.date) -> None:
        """What the evidence of the day allows, rule by rule over all receipts that wait."""
        for tier in TIERS:
            for each in list(self.waiting):
                found = answer(tier, each, self, day)
                if found is None:
                    continue
                if found == each.meant:
                    self._settle(each, day)
                else:
                    each.misleading = True
        for each in self.waiting:
            for number in each.meant:
                if number in self.items:
                    self.items[number].unclear = True

    def _settle(self, made: Receipt, day: dt.date) -> None:
        made.decidable = day
        self.waiting.remove(made)
        for number, cents in made.meant.items():
            self.items[number].known -= cents
        if made.difference:
            last = month(day.month - 1)[1]
            (number,) = made.meant
            self.closes.append((min(day + CONFIRMED, last), number, made.reason, made.difference))

    def close(self, day: dt.date) -> None:
        """The month's last day: a person says what everything was for, and sends back what is left over."""
        for made in self.receipts:
            if made.closed is None:
                made.closed = day
                over = made.amount - sum(made.meant.values())
                if over:
                    self.refunds.append((day, made.code, over))
        for made in self.waiting:
            if made.difference:
                (number,) = made.meant
                self.closes.append((day, number, made.reason, made.difference))
        self.waiting.clear()
        for item in self.items.values():
            item.known, item.unclear = item.meant, False


class Deck:
    """Kinds in their shares, shuffled; a kind that is not possible today is put off."""

    def __init__(self, rng: random.Random, count: int) -> None:
        hundreds, rest = divmod(count, 100)
        whole = [kind for kind, share in SHARES.items() for _ in range(share)]
        self.left = whole * hundreds + rng.sample(whole, rest)
        rng.shuffle(self.left)

    def draw(self, account: Customer, day: dt.date) -> Receipt | None:
        """A receipt of the first kind that is possible."""
        tried: set[str] = set()
        for place, kind in enumerate(self.left):
            if kind in tried:
                continue
            tried.add(kind)
            maker: Callable[[Customer, dt.date], Receipt | None] = difference if kind == "difference" else MAKERS[kind]
            made = maker(account, day)
            if made is not None:
                del self.left[place]
                made.kind = kind
                return made
        return None


def batch(seed: int, index: int, count: int = BATCH) -> Batch:
    """One book of `count` receipts; the same seed and index give the same book."""
    rng = random.Random(f"{seed}/{index}")  # noqa: S311 - a benchmark, not a secret
    pattern = PATTERNS[index % len(PATTERNS)]
    series, deck = Series(pattern), Deck(rng, count)
    accounts: list[Customer] = []
    quota = {size: count * share // 100 for size, share in SIZES.items()}
    while deck.left:
        size = max(quota, key=lambda each: (quota[each] / (PACE[each] * MONTHS), -each))
        account = customer(rng, f"c{len(accounts) + 1:03d}", size)
        account.begin(series)
        account.live(deck)
        quota[size] -= max(1, len(account.receipts))
        accounts.append(account)
    return Batch(pattern, tuple(accounts))


def customer(rng: random.Random, name: str, size: int) -> Customer:
    """A customer: how many items, how priced, which language, what their profile permits."""
    own = random.Random(rng.random())  # noqa: S311
    language = own.choice(("zh", "zh", "en"))
    terms = "2/10 net 30" if own.random() < 0.3 else "net 30"  # noqa: PLR2004
    kind = "" if terms != "net 30" else own.choice(("", "", "fee", "withholding", "rounding"))
    policy = Policy(
        fee=30_00 if kind == "fee" else 0,
        tolerance=1_00 if kind == "rounding" else 0,
        withholding=10 if kind == "withholding" else 0,
    )
    return Customer(
        id=name,
        name=texts.payee(own, language),
        size=size,
        prices="hundreds" if own.random() < 0.3 else "cents",  # noqa: PLR2004
        language=language,
        terms=terms,
        policy=policy,
        rng=own,
    )
