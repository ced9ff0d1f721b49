"""The story of a customer's account, or of one cell of the aging: what it is made of, item by item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.book.entry import Credit
from custledger.core.frozen import frozen
from custledger.core.money import Money
from custledger.report.account import in_force
from custledger.report.netting import netted
from custledger.report.reconcile import ProposedRow, proposed_rows, standing_leftovers
from custledger.report.result import name_of
from custledger.report.why_names import ALL, DISPUTED, OPEN, OVERDUE, UNAPPLIED

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from custledger.book.allocation import Allocation
    from custledger.book.position import Position, Standing
    from custledger.reconcile.leftovers import Leftovers
    from custledger.report.buckets import Scheme
    from custledger.report.netting import Shown


@frozen(kw_only=True)
class ItemRow:
    """An open item: `amount` what it came to, `settled` what has been paid of it, `netted` for display only."""

    charge: str
    kind: str
    date: dt.date
    due: dt.date
    days: int
    """Since the day from which it ages; below 1 it is not late."""
    bucket: str
    currency: str
    amount: Money
    settled: Money
    settled_by: tuple[str, ...]
    netted: Money
    open: Money
    disputed: Money
    place: str


@frozen(kw_only=True)
class CreditRow:
    """A credit (or a debit that took back more than there was) with something left."""

    credit: str
    kind: str
    date: dt.date
    currency: str
    amount: Money
    unapplied: Money
    """Below zero where we hold the customer's money."""
    reason: str
    candidates: tuple[tuple[str, ...], ...]
    place: str


@frozen(kw_only=True)
class CurrencyRow:
    """The account in one currency: open + unapplied = balance; `shown` is the sum of the rows that are shown."""

    currency: str
    balance: Money
    open: Money
    unapplied: Money
    overdue: Money
    disputed: Money
    buckets: tuple[Money, ...]
    shown: Money


@frozen(kw_only=True)
class AccountStory:
    """A customer, or one cell of its aging (`cell`: the bucket, or overdue, open, unapplied, disputed, total)."""

    customer: str
    name: str
    cell: str | None
    basis: str
    net: str
    buckets: tuple[str, ...]
    totals: tuple[CurrencyRow, ...]
    items: tuple[ItemRow, ...]
    unapplied: tuple[CreditRow, ...]
    proposed: tuple[ProposedRow, ...]
    place: str

    def records(self) -> list[dict[str, object]]:
        """One record an item and a credit, in the columns of a receipt's story."""
        done: list[dict[str, object]] = [
            {"entry": item.charge, "charge": item.charge, "currency": item.currency, "amount": item.open}
            for item in self.items
        ]
        done += [
            {"entry": row.credit, "credit": row.credit, "currency": row.currency, "amount": row.unapplied}
            for row in self.unapplied
        ]
        return done


def account_story(standing: Standing, customer: str, cell: str | None, scheme: Scheme, net: str) -> AccountStory:
    """Everything that is open and everything left over; with `cell` what makes that cell up."""
    book = standing.book
    positions = [position for position in standing.positions if position.customer == customer]
    why = standing_leftovers(standing, [customer])
    held_by: dict[str, list[Allocation]] = {}
    for a in in_force(standing):
        if a.customer == customer:
            held_by.setdefault(a.charge, []).append(a)
    names = {credit.key: credit.name for credit in book.credits if credit.customer == customer}
    items: list[ItemRow] = []
    unapplied: list[CreditRow] = []
    totals: list[CurrencyRow] = []
    for position in positions:
        shown, held = netted(position, net, scheme.day)
        rows = [_item(standing, one, position, scheme, held_by.get(one.charge.key, []), names) for one in shown]
        wanted = [row for row in rows if _belongs(row, cell, standing.as_of)]
        credits_ = (
            _credits(standing, position, why) if cell in (None, UNAPPLIED, ALL) and (net == "none" or held) else []
        )
        items += wanted
        unapplied += credits_
        totals.append(_total(standing, position, rows, wanted, credits_, cell, held, scheme))
    profile = book.customers.get(customer)
    return AccountStory(
        customer=customer,
        name=name_of(book, customer),
        cell=cell,
        basis=scheme.basis,
        net=net,
        buckets=tuple(bucket.name for bucket in scheme.buckets(standing.as_of)),
        totals=tuple(totals),
        items=tuple(items),
        unapplied=tuple(unapplied),
        proposed=proposed_rows(standing, why, frozenset([customer])) if cell is None else (),
        place=profile.span.place if profile is not None else "",
    )


def _belongs(row: ItemRow, cell: str | None, as_of: dt.date) -> bool:
    if cell in (None, ALL, OPEN):
        return True
    if cell == UNAPPLIED:
        return False
    if cell == OVERDUE:
        return row.due < as_of
    return bool(row.disputed) if cell == DISPUTED else row.bucket == cell


def _item(
    standing: Standing,
    one: Shown,
    position: Position,
    scheme: Scheme,
    held: list[Allocation],
    names: Mapping[str, str],
) -> ItemRow:
    charge, unit, day = one.charge, position.commodity, standing.as_of
    left = next(item.amount_open for item in position.open_items if item.charge.key == charge.key)
    return ItemRow(
        charge=charge.name,
        kind=charge.kind,
        date=charge.date_claim,
        due=charge.date_due,
        days=(day - scheme.day(charge)).days,
        bucket=scheme.buckets(day)[scheme.place(charge, day)].name,
        currency=unit,
        amount=charge.money,
        settled=Money(sum(a.amount for a in held), unit),
        settled_by=tuple(dict.fromkeys(names[a.credit] for a in held)),
        netted=Money(left - one.amount, unit),
        open=Money(one.amount, unit),
        disputed=Money(one.disputed, unit),
        place=charge.span.place,
    )


def _credits(standing: Standing, position: Position, why: Leftovers) -> list[CreditRow]:
    names = {e.key: e.name for e in (*standing.book.charges, *standing.book.credits)}
    rows = []
    for one in position.unapplied:
        left = why.left.get(one.entry.key)
        is_credit = isinstance(one.entry, Credit)
        rows.append(
            CreditRow(
                credit=one.entry.name,
                kind=one.entry.kind,
                date=one.entry.date,
                currency=position.commodity,
                amount=one.entry.money,
                unapplied=Money(-one.amount, position.commodity),
                reason=left.reason if left is not None else "not-recorded" if is_credit else "nothing-to-take",
                candidates=tuple(tuple(names[key] for key in keys) for keys in left.candidates) if left else (),
                place=one.entry.span.place,
            )
        )
    return rows


def _total(
    standing: Standing,
    position: Position,
    rows: list[ItemRow],
    wanted: list[ItemRow],
    credits_: list[CreditRow],
    cell: str | None,
    held: int,
    scheme: Scheme,
) -> CurrencyRow:
    unit = position.commodity

    def money(minor: int) -> Money:
        return Money(minor, unit)

    names = [bucket.name for bucket in scheme.buckets(standing.as_of)]
    buckets = tuple(money(sum(row.open.minor for row in rows if row.bucket == name)) for name in names)
    parts = [row.disputed.minor if cell == DISPUTED else row.open.minor for row in wanted]
    total = sum(parts) - (held if credits_ else 0)
    return CurrencyRow(
        currency=unit,
        balance=money(position.balance),
        open=money(sum(row.open.minor for row in rows)),
        unapplied=money(-held),
        overdue=money(sum(row.open.minor for row in rows if row.due < standing.as_of)),
        disputed=money(sum(row.disputed.minor for row in rows)),
        buckets=buckets,
        shown=money(total),
    )
