"""Other programs' rules of matching, re-implemented from their sources and documentation, on one small interface.

Each gets what is open for the customer on the day, as a careful bookkeeper's book has it: the mistakes that it made
before are not held against it. Of a receipt that is paid in advance it is asked again on the day of the invoice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Answer = dict[str, int]


class Open(NamedTuple):
    """An open invoice: number, references and open cents. Lists are in order of due date, then date, then number."""

    number: str
    amount: int


class Question(NamedTuple):
    """A receipt as a program sees it: its amount in cents and everything that is written on it."""

    amount: int
    text: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """A rule with the name that the table gives it, and where it comes from."""

    name: str
    source: str
    rule: Callable[[Question, Sequence[Open]], Answer]


def greedy(amount: int, items: Sequence[Open]) -> Answer:
    """In the order given, each up to what is open, until the money is used up."""
    answer: Answer = {}
    for item in items:
        if amount <= 0:
            break
        answer[item.number] = min(amount, item.amount)
        amount -= item.amount
    return answer


def fifo(question: Question, items: Sequence[Open]) -> Answer:
    """The oldest due first."""
    return greedy(question.amount, items)


def by_due_date(question: Question, items: Sequence[Open]) -> Answer:
    """One exact amount wins, else greedy accumulation by due date (OCA account_reconcile_model_oca)."""
    exact = [item for item in items if item.amount == question.amount]
    return {exact[0].number: question.amount} if len(exact) == 1 else greedy(question.amount, items)


def with_token(question: Question, items: Sequence[Open]) -> Answer:
    """The same among lines with a token of the text; without a token nothing is applied automatically."""
    tokens = {digits for word in question.text.split() if len(digits := re.sub(r"\D", "", word)) > 3}  # noqa: PLR2004
    found = [item for item in items if re.sub(r"\D", "", item.number) in tokens]
    return by_due_date(question, found) if found else {}


def first_substring(question: Question, items: Sequence[Open]) -> Answer:
    """The first invoice whose number is part of the text (Invoice Ninja)."""
    for item in items:
        if item.number.casefold() in question.text.casefold():
            return {item.number: min(question.amount, item.amount)}
    return {}


def groups(question: Question, items: Sequence[Open]) -> Answer:
    """The invoice named, else the smallest group of one to five with this sum, the oldest; else whole ones by age."""
    named = [item for item in items if item.number in question.text]
    if len(named) == 1:
        return {named[0].number: min(question.amount, named[0].amount)}
    for size in range(1, 6):
        found = next(islice(_groups(question.amount, items, size), 1), None)
        if found is not None:
            return {item.number: item.amount for item in found}
    left, answer = question.amount, {}
    for item in items:
        if item.amount <= left:
            answer[item.number] = item.amount
            left -= item.amount
    return answer


def ranks(question: Question, items: Sequence[Open]) -> Answer:
    """The highest rank: number in the text, amount, party (ERPNext's bank reconciliation); the older where they tie."""
    best, rank = None, 0
    for item in items:
        points = 2 * (item.number in question.text) + (item.amount == question.amount)
        if points > rank:
            best, rank = item, points
    return {best.number: min(question.amount, best.amount)} if best else {}


def _groups(amount: int, items: Sequence[Open], size: int) -> Iterator[tuple[Open, ...]]:
    """Groups of exactly `size` with this sum: pairs by a look-up, larger ones by what stands before the pair."""
    if size == 1:
        yield from ((item,) for item in items if item.amount == amount)
        return
    pairs = _pairs(items)
    for head, total in _heads(items, size - 2):
        start = head[-1] + 1 if head else 0
        for low, high in pairs.get(amount - total, ()):
            if low >= start:
                yield (*(items[place] for place in head), items[low], items[high])


def _pairs(items: Sequence[Open]) -> dict[int, list[tuple[int, int]]]:
    global _LAST  # noqa: PLW0603 - one receipt asks for the same pairs four times
    if _LAST[0] is not items:
        found: dict[int, list[tuple[int, int]]] = {}
        for low, first in enumerate(items):
            for high in range(low + 1, len(items)):
                found.setdefault(first.amount + items[high].amount, []).append((low, high))
        _LAST = (items, found)
    return _LAST[1]


_LAST: tuple[Sequence[Open], dict[int, list[tuple[int, int]]]] = ((), {})
HEADS_MAX = 30_000
"""Groups of five among two hundred would be a million beginnings; behind this many the search stops."""


def _heads(items: Sequence[Open], size: int) -> Iterator[tuple[tuple[int, ...], int]]:
    stack: list[tuple[tuple[int, ...], int]] = [((), 0)]
    count = 0
    while stack:
        head, total = stack.pop()
        if len(head) == size:
            count += 1
            if count > HEADS_MAX:
                return
            yield head, total
            continue
        start = head[-1] + 1 if head else 0
        later = range(start, len(items) - 2 - (size - len(head) - 1) + 1)
        stack.extend(((*head, place), total + items[place].amount) for place in reversed(later))


BASELINES = (
    Baseline("oldest first", "ERPNext Payment Reconciliation", fifo),
    Baseline("greedy by due date", "Odoo/OCA `account_reconcile_model_oca`", by_due_date),
    Baseline("greedy, only with a number", "the same, what it validates by itself", with_token),
    Baseline("first substring", "Invoice Ninja", first_substring),
    Baseline("groups of 1 to 5", "Stripe bank transfers", groups),
    Baseline("number and amount ranks", "ERPNext bank reconciliation", ranks),
)
