"""The lines of a statement, in each layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.book.entry import Charge, Credit
from custledger.core.frozen import field, frozen
from custledger.core.money import Money
from custledger.report.netting import netted
from custledger.report.result import said

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from decimal import Decimal

    from custledger.book.allocation import Allocation
    from custledger.book.book import Book
    from custledger.book.entry import Debit
    from custledger.book.position import Standing
    from custledger.report.account import Account, Accounts
    from custledger.report.buckets import Scheme


@frozen(kw_only=True)
class Settled:
    """What a payment settles (or a refund takes back): the other entry's number and how much of it."""

    number: str
    amount: Money


@frozen(kw_only=True)
class ItemLine:
    """A line of an invoice; `net` after discount, before tax (with gross prices, too)."""

    item: str
    text: str
    quantity: Decimal
    unit: str
    price: Decimal
    discount: Decimal
    tax: str | None
    net: Money | None


@frozen(kw_only=True)
class StatementLine:
    """One entry. In an open-item statement debit or credit is what is open of it, `original` its full amount."""

    date: dt.date
    kind: str
    number: str
    due: dt.date | None
    text: str
    debit: Money
    credit: Money
    balance: Money
    settles: tuple[Settled, ...] = ()
    unapplied: Money | None = field(default=None, metadata={"omit": True})
    """Of a credit of the period: what nothing uses on the closing day, negative as everywhere."""
    original: Money | None = field(default=None, metadata={"omit": True})
    days_overdue: int | None = field(default=None, metadata={"omit": True})
    disputed: Money | None = field(default=None, metadata={"omit": True})
    refs: Mapping[str, tuple[str, ...]] | None = field(default=None, metadata={"omit": True})
    items: tuple[ItemLine, ...] | None = field(default=None, metadata={"omit": True})


def activity(
    standing: Standing, accounts: Accounts, account: Account, first: dt.date, layout: str
) -> tuple[StatementLine, ...]:
    """The entries dated from `first` on, each once at its full amount, with the balance after each."""
    unit = account.commodity
    balance = account.before(first)
    left = {} if account.position is None else {u.entry.key: u.amount for u in account.position.unapplied}
    lines = []
    told: list[str] = []
    for entry in account.entries:
        if entry.date < first:
            continue
        credit = isinstance(entry, Credit)
        amount = entry.money.minor
        balance += -amount if credit else amount
        detailed = layout != "balance-forward"
        lines.append(
            StatementLine(
                date=entry.date,
                kind=entry.kind,
                number=entry.name,
                due=entry.date_due if isinstance(entry, Charge) else None,
                text=said(entry, standing.book),
                debit=Money(0 if credit else amount, unit),
                credit=Money(amount if credit else 0, unit),
                balance=Money(balance, unit),
                settles=_settles(entry, accounts) if detailed else (),
                unapplied=Money(-left[entry.key], unit) if detailed and entry.key in left else None,
                refs=_refs(entry) if layout == "itemised" else None,
                items=_items(standing.book, entry, told) if layout == "itemised" else None,
            )
        )
    return tuple(lines)


def _settles(entry: Charge | Credit | Debit, accounts: Accounts) -> tuple[Settled, ...]:
    if isinstance(entry, Charge):
        return ()
    if isinstance(entry, Credit):
        found = [(a, a.charge) for a in accounts.by_credit.get(entry.key, ())]
    else:
        found = [(a, a.credit) for a in accounts.by_charge.get(entry.key, ())]
    return tuple(_settled(allocation, other, accounts) for allocation, other in found)


def _settled(allocation: Allocation, other: str, accounts: Accounts) -> Settled:
    return Settled(number=accounts.names.get(other, other), amount=Money(allocation.amount, allocation.commodity))


def _refs(entry: Charge | Credit | Debit) -> Mapping[str, tuple[str, ...]] | None:
    refs = getattr(entry, "refs", None)
    return dict(sorted(refs.items())) if refs else None


def _items(book: Book, entry: Charge | Credit | Debit, told: list[str]) -> tuple[ItemLine, ...] | None:
    """The lines of the document that `entry` is (the first part of); None for other entries and further parts."""
    number = entry.document if isinstance(entry, Charge) else entry.code if isinstance(entry, Credit) else None
    if number is None or number in told or number not in book.invoices:
        return None
    told.append(number)
    totals = book.totals.get(number)
    return tuple(
        ItemLine(
            item=line.item,
            text=line.text,
            quantity=line.quantity,
            unit=line.unit,
            price=line.price,
            discount=line.discount,
            tax=line.tax,
            net=totals.line_nets[index] if totals is not None else None,
        )
        for index, line in enumerate(book.invoices[number].lines)
    )


def open_items(standing: Standing, account: Account, scheme: Scheme, net: str) -> tuple[StatementLine, ...]:
    """What is open on the day, oldest first, then what is unapplied; netted for display where `net` says so."""
    if account.position is None:
        return ()
    unit, as_of = account.commodity, standing.as_of
    shown, held = netted(account.position, net, scheme.day)
    lines: list[StatementLine] = []
    balance = 0
    for item in shown:
        balance += item.amount
        charge = item.charge
        lines.append(
            StatementLine(
                date=charge.date_claim,
                kind=charge.kind,
                number=charge.name,
                due=charge.date_due,
                text=said(charge, standing.book),
                debit=Money(item.amount, unit),
                credit=Money(0, unit),
                balance=Money(balance, unit),
                original=charge.money,
                days_overdue=max(0, (as_of - charge.date_due).days),
                disputed=Money(item.disputed, unit) if item.disputed else None,
            )
        )
    rest: list[tuple[str, str, dt.date, str, int, Money | None]]
    if net == "oldest" and account.position.amount_unapplied > 0:
        rest = [("", "unapplied", as_of, "", held, None)] if held else []
    else:
        rest = [
            (
                one.entry.name,
                one.entry.kind,
                one.entry.date,
                said(one.entry, standing.book),
                one.amount,
                one.entry.money,
            )
            for one in account.position.unapplied
        ]
    for number, kind, day, text, amount, original in rest:
        balance -= amount
        lines.append(
            StatementLine(
                date=day,
                kind=kind,
                number=number,
                due=None,
                text=text,
                debit=Money(max(0, -amount), unit),
                credit=Money(max(0, amount), unit),
                balance=Money(balance, unit),
                original=original,
            )
        )
    return tuple(lines)
