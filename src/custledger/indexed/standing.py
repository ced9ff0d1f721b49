"""From the accounts of the index to where everybody stands: numbers first, entries where they are looked at."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from custledger.book.entry import Charge, Credit
from custledger.book.plain import numbered
from custledger.book.position import Account, OpenItem, Position, Unapplied
from custledger.core.money import Money
from custledger.core.span import Span
from custledger.store.index_accounts import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custledger.store.index_accounts import Held


def accounts(held: Iterable[Held], as_of: dt.date) -> list[Account]:
    """Accounts as reports add them up on a day."""
    day = as_of.toordinal()
    done = []
    for each in held:
        due, claim, opened, unapplied, credits_ = numbers(each, day)
        # Of disputed items the text is asked: nothing of these is disputed.
        made = partial(position, each, day)
        balance = sum(opened) - unapplied
        done.append(Account(each.customer, each.unit, balance, due, claim, opened, unapplied, credits_, 0, made))
    return done


def position(held: Held, as_of: int) -> Position:
    """An account with its items, named where the names were read."""
    customer, unit = held.customer, held.unit
    items: list[OpenItem] = []
    unapplied: list[Unapplied] = []
    day = dt.date.fromordinal
    for each in held.stretches(as_of):
        money = Money(abs(each.amount), unit)
        if each.charge:
            number, file, line = numbered(each)
            span = Span(file, line)
            name = number or span.place
            charge = Charge(
                key=name, name=name, customer=customer, kind="invoice", money=money, date=day(each.day), span=span,
                date_value=day(each.day), date_due=day(each.due), date_claim=day(each.claim), number=number or None,
            )  # fmt: skip
            items.append(OpenItem(charge=charge, amount_open=each.amount))
        else:
            credit = Credit(
                key=each.name, name=each.name, customer=customer, kind="payment", money=money, date=day(each.day),
                date_value=day(each.day), parts=(),
            )  # fmt: skip
            unapplied.append(Unapplied(entry=credit, amount=each.amount))
    return Position(customer=customer, commodity=unit, open_items=tuple(items), unapplied=tuple(unapplied))
