"""What the evidence allows, by brute force over the generator's own knowledge. The engine is never asked.

The rules, in this order; a receipt is *decidable* from the day on which they give exactly what the customer meant.

1. Its text names open invoices. In full: their open amounts sum to the receipt, or it is more (all are paid, the rest
   is left), or it is less and one invoice is named. By last digits, or by an order with several invoices: only where
   the amounts sum exactly, or, among the order's invoices, by rules 2 to 4. A number that is none of theirs: nothing.
2. Nothing is named, and the amount equals one open invoice: that one, unless two others together, or one of the sets
   of rule 3, have the same amount.
3. It equals everything open, everything overdue, or one month's invoices (two invoices at least): that set, where
   these readings agree on one.
4. It equals exactly one set of a family that is too small for chance: every set of up to k invoices, all but at most
   two, all of one month or order; k is the largest of 5, 4, 3, 2 for which
   sets in the family × g ÷ range of their sums ≤ 1/10,000, where g is the greatest common divisor of the amounts.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from math import comb, gcd
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from benchmarks.matching.world import Account, Item, Receipt

Answer = dict[str, int]
LIMIT = 10_000
SET_SIZE = 5
TIERS = ("named", "exact", "reading", "set")


def answer(tier: str, receipt: Receipt, account: Account, today: dt.date) -> Answer | None:
    """What one rule says a receipt pays, given what is known to be open today; None: it says nothing."""
    if receipt.named.by != "nothing":
        return of_named(receipt, account.items, today) if tier == "named" else None
    items = account.open()
    if tier == "exact":
        return of_amount(receipt.amount, items, today)
    if tier == "reading":
        return of_reading(receipt.amount, items, today)
    return of_set(receipt.amount, items) if tier == "set" else None


def of_named(receipt: Receipt, everything: dict[str, Item], today: dt.date) -> Answer | None:
    """Rule 1."""
    named = receipt.named
    items = [item for item in _named(receipt, everything) if item.known > 0]
    total = sum(item.known for item in items)
    if named.by == "stranger" or not items:
        return None
    if total == receipt.amount:
        return {item.number: item.known for item in items}
    if named.by == "ref" and len(items) > 1:
        amount = receipt.amount
        return of_amount(amount, items, today) or of_reading(amount, items, today) or of_set(amount, items)
    if named.by == "short":
        return None
    if total < receipt.amount:
        return {item.number: item.known for item in items}
    mentioned = len(_named(receipt, everything))
    return {items[0].number: receipt.amount} if mentioned == 1 else of_less(receipt, items)


def of_less(receipt: Receipt, items: Sequence[Item]) -> Answer | None:
    """Several are named and the money is short: decided only by a permitted reason, which goes to the last due."""
    if receipt.difference and sum(item.known for item in items) - receipt.amount == receipt.difference:
        return dict(receipt.meant)
    return None


def _named(receipt: Receipt, everything: dict[str, Item]) -> list[Item]:
    named = receipt.named
    if named.ref:
        return [item for item in everything.values() if any(named.ref in values for values in item.refs.values())]
    if named.between:
        first, last = named.between
        return [item for item in everything.values() if first <= item.number <= last]
    return [everything[number] for number in named.numbers if number in everything]


def of_amount(amount: int, items: Sequence[Item], today: dt.date) -> Answer | None:
    """Rule 2."""
    equal = [item for item in items if item.known == amount]
    if len(equal) != 1 or pair(amount, items) or readings(amount, items, today):
        return None
    return {equal[0].number: amount}


def pair(amount: int, items: Sequence[Item]) -> bool:
    """Whether two invoices together have this amount."""
    there = Counter(item.known for item in items)
    return any(there[amount - one] > (2 * one == amount) for one in there)


def of_reading(amount: int, items: Sequence[Item], today: dt.date) -> Answer | None:
    """Rule 3."""
    found = readings(amount, items, today)
    if len(found) != 1 or any(item.known == amount for item in items):
        return None
    (numbers,) = found
    return {item.number: item.known for item in items if item.number in numbers}


def readings(amount: int, items: Sequence[Item], today: dt.date) -> set[frozenset[str]]:
    """The sets that people pay from a statement and that have this amount."""
    sets = [list(items), [item for item in items if item.due < today], *months(items)]
    return {
        frozenset(item.number for item in several)
        for several in sets
        if len(several) > 1 and sum(item.known for item in several) == amount
    }


def months(items: Iterable[Item]) -> list[list[Item]]:
    """Invoices by the month of their date."""
    found: dict[tuple[int, int], list[Item]] = {}
    for item in items:
        found.setdefault((item.date.year, item.date.month), []).append(item)
    return list(found.values())


def orders(items: Iterable[Item]) -> list[list[Item]]:
    """Invoices by order, contract and delivery."""
    found: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        for name, values in item.refs.items():
            for value in values:
                found.setdefault((name, value), []).append(item)
    return list(found.values())


def of_set(amount: int, items: Sequence[Item]) -> Answer | None:
    """Rule 4; what rules 2 and 3 refuse is not decided here either, because those sets are of the family too."""
    found = family(amount, items)
    if found is None or len(found) != 1 or len(next(iter(found))) == 1:
        return None
    (places,) = found
    return {items[place].number: items[place].known for place in places}


def family(amount: int, items: Sequence[Item]) -> set[frozenset[int]] | None:
    """The sets of the family (indices) with this amount; None where every family is too large for chance."""
    count = len(items)
    if count < 2:  # noqa: PLR2004 - a set is two at least
        return None
    known = [item.known for item in items]
    place = {item.number: index for index, item in enumerate(items)}
    groups = {frozenset(place[item.number] for item in group) for group in (*months(items), *orders(items))}
    for size in range(min(SET_SIZE, count), 1, -1):
        if coincidence(known, size, groups) <= 1:
            return _sums(amount, known, size, groups)
    return None


def coincidence(known: Sequence[int], size: int, groups: set[frozenset[int]]) -> float:
    """λ × 10,000: sets that hit an arbitrary sum by chance, in ten-thousandths."""
    count = len(known)
    sizes = {*range(1, size + 1), *range(max(1, count - 2), count + 1)}
    extra = sum(1 for group in groups if len(group) not in sizes)
    sets = sum(comb(count, each) for each in sizes) + extra
    return LIMIT * sets * gcd(*known) / (sum(known) - min(known))


def _sums(amount: int, known: Sequence[int], size: int, groups: set[frozenset[int]]) -> set[frozenset[int]]:
    everything = range(len(known))
    total = sum(known)
    found = {group for group in groups if sum(known[i] for i in group) == amount}
    for each in range(1, size + 1):
        found |= {frozenset(one) for one in combinations(everything, each) if sum(known[i] for i in one) == amount}
    for left in range(min(3, len(known))):
        for out in combinations(everything, left):
            if total - sum(known[i] for i in out) == amount:
                found.add(frozenset(everything) - frozenset(out))
    return found
