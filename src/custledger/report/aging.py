"""Aging (账龄): how old what is open is.

Formula: for every charge open on the day, its open amount goes into the bucket of its age (`buckets`); unapplied
credits stand in a column of their own, negative; Σ buckets + unapplied = total = the customer's balance. Disputed
items stay in their buckets; `disputed` is what of them is disputed.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from custledger.core.frozen import field, frozen
from custledger.core.money import Money, exact_minor
from custledger.core.text import listed
from custledger.core.trouble import UsageError, ensure
from custledger.report import netting
from custledger.report.aging_page import document
from custledger.report.buckets import BASES, PRESETS, Bucket, Scheme, parse_edges, places
from custledger.report.groups import BY, group_of
from custledger.report.result import Report, Result, accounts, currencies_of, envelope, name_of, sums

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from custledger.book.position import Account, Position, Standing

SORTS = ("customer", "name", "total", "oldest")


@frozen(kw_only=True)
class AgingItem:
    """One open item of a row: `--detail`. `days` is as of − the basis date."""

    charge: str
    date: dt.date
    due: dt.date
    days: int
    bucket: str
    open: Money
    disputed: Money


@frozen(kw_only=True)
class AgingRow:
    """One customer in one currency; `amounts` in the order of the buckets, `unapplied` negative."""

    group: str | None = field(default=None, metadata={"omit": True})
    customer: str
    name: str
    currency: str
    amounts: tuple[Money, ...]
    unapplied: Money
    disputed: Money
    total: Money
    items: tuple[AgingItem, ...] | None = field(default=None, metadata={"omit": True})


@frozen(kw_only=True)
class AgingTotal:
    """The sums of one currency, of one group or of all."""

    group: str | None = field(default=None, metadata={"omit": True})
    currency: str
    amounts: tuple[Money, ...]
    unapplied: Money
    disputed: Money
    total: Money


@frozen(kw_only=True)
class AgingResult(Result):
    """Rows by customer, then currency (by group before that where one is asked for)."""

    basis: str
    net: str
    by_month: bool = field(default=False, metadata={"json": None})
    group_by: str | None = field(default=None, metadata={"omit": True})
    buckets: tuple[str, ...]
    rows: tuple[AgingRow, ...]
    groups: tuple[AgingTotal, ...] | None = field(default=None, metadata={"omit": True})
    totals: tuple[AgingTotal, ...]
    headings: tuple[Bucket, ...] = field(metadata={"json": None}, repr=False)
    partly: bool = field(default=False, metadata={"json": None})
    netted_by_default: bool = field(default=False, metadata={"json": None})

    @property
    def detailed(self) -> bool:
        """Whether the items are listed."""
        return any(row.items is not None for row in self.rows)

    def records(self) -> list[dict[str, object]]:
        """One record a row, a column a bucket; with `--detail` one an item, and one for what is unapplied."""
        return [record for row in self.rows for record in _records(row, self.buckets)]

    def columns(self) -> tuple[str, ...]:
        """The headings of the records, in order: there also when no row is."""
        return tuple(dict.fromkeys(("customer", "name", "currency", *self.buckets, "unapplied", "disputed", "total")))


def _records(row: AgingRow, buckets: tuple[str, ...]) -> list[dict[str, object]]:
    group = {} if row.group is None else {"group": row.group}
    who = {"customer": row.customer, "name": row.name, "currency": row.currency, **group}
    if row.items is None:
        amounts = dict(zip(buckets, row.amounts, strict=True))
        return [{**who, **amounts, "unapplied": row.unapplied, "disputed": row.disputed, "total": row.total}]
    zero = Money(0, row.currency)
    done: list[dict[str, object]] = []
    for item in row.items:
        placed = {name: item.open if name == item.bucket else zero for name in buckets}
        facts = {"charge": item.charge, "date": item.date, "due": item.due, "days": item.days}
        done.append({**who, **placed, "unapplied": zero, "disputed": item.disputed, "total": item.open, **facts})
    if row.unapplied:
        empty = dict.fromkeys(buckets, zero)
        done.append({**who, **empty, "unapplied": row.unapplied, "disputed": zero, "total": row.unapplied})
    return done


@frozen(kw_only=True)
class AgingOptions:
    """What the command line says; None where it leaves it to the book."""

    customers: tuple[str, ...] | None = None
    basis: str | None = None
    edges: tuple[str, ...] | None = None
    preset: str | None = None
    months: int | None = None
    """By calendar month, this many; 0: three."""
    net: str | None = None
    group_by: str | None = None
    detail: bool = False
    zero: bool = False
    overdue: bool = False
    least: Decimal | None = None
    sort: str = "customer"


def scheme_of(standing: Standing, options: AgingOptions) -> tuple[Scheme, str]:
    """The buckets and the netting asked for: options, else preset, else the book's rule. UsageError for nonsense."""
    rule = standing.book.settings.aging
    basis, edges, net = rule.basis, rule.edges, netting.default(standing)
    if options.preset is not None:
        if options.preset not in PRESETS:
            raise UsageError("reports.bad_choice", option="--preset", value=options.preset, known=listed(PRESETS))
        basis, edges, net = PRESETS[options.preset]
    basis, edges, net = options.basis or basis, options.edges or edges, options.net or net
    for option, value, known in (("--by", basis, BASES), ("--net", net, netting.CHOICES)):
        if value not in known:
            raise UsageError("reports.bad_choice", option=option, value=value, known=listed(known))
    if options.months is not None:
        if options.edges or options.preset:
            raise UsageError("reports.months_and_edges")
        months = options.months
        if not 0 < months <= 120:  # noqa: PLR2004 - ten years of columns
            raise UsageError("reports.bad_months", value=months)
        return Scheme(basis, (), months), net
    return Scheme(basis, parse_edges(edges)), net


def build(standing: Standing, options: AgingOptions | None = None) -> AgingResult:
    """The aging as of the standing's day; its sums are ensured to be the balances."""
    options = options or AgingOptions()
    scheme, net = scheme_of(standing, options)
    for option, value, known in (("--group-by", options.group_by, BY), ("--sort", options.sort, SORTS)):
        if value is not None and value not in known:
            raise UsageError("reports.bad_choice", option=option, value=value, known=listed(known))
    ageing = _Ageing(standing, options, scheme, net)
    rows = [row for account in accounts(standing, options.customers) if (row := ageing.row(account)) is not None]
    buckets = ageing.places.buckets
    rows.sort(key=_order(options.sort))
    totals = tuple(_total([row for row in rows if row.currency == unit], unit, None) for unit in currencies_of(rows))
    return AgingResult(
        **envelope("aging", standing),
        basis=scheme.basis,
        net=net,
        by_month=bool(scheme.months),
        group_by=options.group_by,
        buckets=tuple(bucket.name for bucket in buckets),
        rows=tuple(rows),
        groups=_groups(rows) if options.group_by else None,
        totals=totals,
        headings=buckets,
        partly=options.customers is not None or options.overdue or options.least is not None,
        netted_by_default=net == "oldest" and options.net is None and options.preset is None,
    )


def aged(
    standing: Standing, position: Position, scheme: Scheme, net: str
) -> tuple[list[int], int, tuple[AgingItem, ...]]:
    """A position by age: an amount a bucket, the unapplied left (> 0: we hold money), and the items, oldest first."""
    unit, as_of = position.commodity, standing.as_of
    found = places(scheme, as_of)
    shown, held = netting.netted(position, net, scheme.day)
    amounts = [0] * len(found.buckets)
    items = []
    for item in shown:
        day = scheme.day(item.charge)
        index = found[day.toordinal()]
        amounts[index] += item.amount
        items.append(
            AgingItem(
                charge=item.charge.name,
                date=item.charge.date_claim,
                due=item.charge.date_due,
                days=(as_of - day).days,
                bucket=found.buckets[index].name,
                open=Money(item.amount, unit),
                disputed=Money(item.disputed, unit),
            )
        )
    return amounts, held, tuple(items)


class _Ageing:
    """Accounts to rows, one by one."""

    def __init__(self, standing: Standing, options: AgingOptions, scheme: Scheme, net: str) -> None:
        self.standing = standing
        self.options = options
        self.scheme = scheme
        self.net = net
        self.places = places(scheme, standing.as_of)
        self._empty = [0] * len(self.places.buckets)
        self._by_due = scheme.basis == "due"
        self._zeros: dict[str, Money] = {}
        self._today = standing.as_of.toordinal()
        self._filters = options.overdue or options.least is not None

    def row(self, account: Account) -> AgingRow | None:
        """The row of an account; None where it is not to be shown. Its sum is ensured to be the balance."""
        customer, unit, balance, due, claim, opened, held, _, disputed, position = account
        options = self.options
        items = None
        if options.detail or (held > 0 and self.net == "oldest"):
            amounts, held, items = aged(self.standing, position(), self.scheme, self.net)
            disputed = sum(item.disputed.minor for item in items)
        else:
            places, amounts = self.places, self._empty.copy()
            for day, amount in zip(due if self._by_due else claim, opened, strict=True):
                amounts[places[day]] += amount
        total = sum(amounts) - held
        if total != balance:
            ensure(condition=False, why=f"aging of {customer} is not the balance")
        if self._filters and not self._passes(account, total):
            return None
        if not (held or options.zero or any(amounts)):
            return None
        zero = self._zeros.get(unit)
        if zero is None:
            zero = self._zeros[unit] = Money(0, unit)
        book, by = self.standing.book, options.group_by
        return AgingRow(
            group=None if by is None else group_of(book, customer, by),
            customer=customer,
            name=name_of(book, customer),
            currency=unit,
            amounts=tuple([Money(amount, unit) if amount else zero for amount in amounts]),
            unapplied=Money(-held, unit) if held else zero,
            disputed=Money(disputed, unit) if disputed else zero,
            total=Money(total, unit) if total else zero,
            items=items if options.detail else None,
        )

    def _passes(self, account: Account, total: int) -> bool:
        """Whether `--overdue` and `--min` let it through."""
        options = self.options
        if options.overdue and not any(day < self._today for day in account.due):
            return False
        if options.least is None:
            return True
        digits = self.standing.book.commodities.get(account.commodity).digits
        least = exact_minor(options.least, digits)
        if least is None:
            raise UsageError("reports.bad_least", value=options.least, currency=account.commodity)
        return total >= least


def _order(sort: str) -> Callable[[AgingRow], Any]:
    """The key of `--sort`; rows have groups all of them or none."""
    if sort == "name":
        return attrgetter("group", "name", "customer", "currency")
    if sort == "total":
        return lambda row: (row.group, row.currency, -row.total.minor, row.customer)
    if sort == "oldest":
        return lambda row: (row.group, row.currency, [-amount.minor for amount in reversed(row.amounts)], row.customer)
    return attrgetter("group", "customer", "currency")


def _total(rows: Sequence[AgingRow], unit: str, group: str | None) -> AgingTotal:
    amounts = tuple(sums(column, unit) for column in zip(*(row.amounts for row in rows), strict=True))
    unapplied = sums((row.unapplied for row in rows), unit)
    total = sums((row.total for row in rows), unit)
    ensure(sums(amounts, unit) + unapplied == total, "Σ buckets + unapplied is not the total")
    return AgingTotal(
        group=group,
        currency=unit,
        amounts=amounts,
        unapplied=unapplied,
        disputed=sums((row.disputed for row in rows), unit),
        total=total,
    )


def _groups(rows: Sequence[AgingRow]) -> tuple[AgingTotal, ...]:
    keys = sorted({(row.group or "", row.currency) for row in rows})
    return tuple(
        _total([row for row in rows if (row.group or "", row.currency) == key], key[1], key[0]) for key in keys
    )


REPORT = Report("aging", build, document)
