"""Balances (应收余额): what each customer owes, what of it is open, held, overdue.

Definition: open = Σ of what of the charges dated up to the day is not settled on that day; unapplied = −Σ of what
of the credits nothing uses, + Σ left of debits that take back; balance = open + unapplied = Σ of the customer's
receivable postings; overdue = what of open was due before the day.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from custledger.core.frozen import field, frozen
from custledger.core.money import Money
from custledger.core.text import listed
from custledger.core.trouble import UsageError, ensure
from custledger.document import Cell, Column, Document, Paragraph, Row, Table, word
from custledger.report.netting import default
from custledger.report.result import (
    Report,
    Result,
    Who,
    accounts,
    currencies_of,
    definition,
    envelope,
    in_currency,
    name_of,
    sums,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from custledger.book.position import Account, Standing
    from custledger.document import Block

#: `--sort`: by id unless told; amounts with the greatest first.
SORTS = ("customer", "name", "balance", "open", "overdue")
FIGURES = ("balance", "open", "unapplied", "overdue")


@frozen(kw_only=True)
class BalanceRow:
    """One customer in one currency. `unapplied` is negative where we hold their money."""

    customer: str
    name: str
    currency: str
    balance: Money
    open: Money
    unapplied: Money
    overdue: Money


@frozen(kw_only=True)
class BalanceTotal:
    """The sums of one currency."""

    currency: str
    balance: Money
    open: Money
    unapplied: Money
    overdue: Money


@frozen(kw_only=True)
class AccountRow:
    """A receivable account's balance in one currency: Σ of these = Σ of the customers."""

    account: str
    currency: str
    balance: Money


@frozen(kw_only=True)
class BalanceResult(Result):
    """Rows by customer, then currency; totals by currency."""

    rows: tuple[BalanceRow, ...]
    totals: tuple[BalanceTotal, ...]
    accounts: tuple[AccountRow, ...] | None = field(default=None, metadata={"omit": True})


def build(
    standing: Standing,
    *,
    customers: Sequence[str] | None = None,
    by_account: bool = False,
    zero: bool = False,
    sort: str = "customer",
    held: Mapping[tuple[str, str], int] | None = None,
) -> BalanceResult:
    """The balances; Σ customers = Σ receivable postings is ensured where the postings are there.

    `held`: what the receivable accounts come to, for an abridged standing: minor units by account and commodity.
    """
    if sort not in SORTS:
        raise UsageError("reports.bad_sort", value=sort, known=listed(SORTS))
    shown = [
        account
        for account in accounts(standing, customers)
        if zero or account.balance or account.unapplied or any(account.open)
    ]
    rows = [_row(standing, account) for account in shown]
    totals = tuple(_total(rows, unit) for unit in currencies_of(rows))
    if not standing.abridged:
        held = _held(standing, customers)
    control_accounts = [] if held is None else _accounts(held)
    for unit in [] if held is None else currencies_of([*rows, *control_accounts]):
        balance = sums((row.balance for row in rows), unit)
        control = sums((row.balance for row in control_accounts), unit)
        ensure(balance == control, f"Σ customers {balance} is not Σ accounts {control}")
    ensure(all(t.open + t.unapplied == t.balance for t in totals), "open + unapplied is not the balance")
    return BalanceResult(
        **envelope("balance", standing),
        rows=tuple(sorted(rows, key=_order(sort))),
        totals=totals,
        accounts=tuple(row for row in control_accounts if zero or row.balance) if by_account else None,
    )


def _row(standing: Standing, account: Account) -> BalanceRow:
    unit, opened, today = account.commodity, sum(account.open), standing.as_of.toordinal()
    return BalanceRow(
        customer=account.customer,
        name=name_of(standing.book, account.customer),
        currency=unit,
        balance=Money(account.balance, unit),
        open=Money(opened, unit),
        unapplied=Money(-account.unapplied, unit),
        overdue=Money(account.overdue(today), unit),
    )


def _order(sort: str) -> Callable[[BalanceRow], Any]:
    if sort == "name":
        return attrgetter("name", "customer", "currency")
    if sort == "customer":
        return attrgetter("customer", "currency")
    amount = attrgetter(f"{sort}.minor")
    return lambda row: (row.currency, -amount(row), row.customer)


def _total(rows: Sequence[BalanceRow], unit: str) -> BalanceTotal:
    figures = {name: sums(map(attrgetter(name), rows), unit) for name in FIGURES}
    return BalanceTotal(currency=unit, **figures)


def _accounts(held: Mapping[tuple[str, str], int]) -> list[AccountRow]:
    return [
        AccountRow(account=account, currency=unit, balance=Money(held[account, unit], unit))
        for account, unit in sorted(held)
    ]


def _held(standing: Standing, customers: Sequence[str] | None) -> dict[tuple[str, str], int]:
    """The control accounts, from the postings and not from the entries: the sum of each receivable account's."""
    wanted = None if customers is None else frozenset(customers)
    held: dict[tuple[str, str], int] = {}
    for posting in standing.book.postings:
        if posting.date <= standing.as_of and (wanted is None or posting.customer in wanted):
            key = (posting.account, posting.money.commodity)
            held[key] = held.get(key, 0) + posting.money.minor
    return held


def document(result: BalanceResult, standing: Standing, *, partly: bool = False) -> Document:
    """The page."""
    blocks: list[Block] = [_table(result)] if result.rows else [nothing(standing)]
    if result.accounts:
        blocks.append(_by_account(result.accounts))
    return Document(
        title=word("reports.balance.title"),
        definition=definition(
            standing,
            word("reports.balance.definition"),
            *((word("reports.balance.untagged"),) if default(standing) == "oldest" else ()),
            *in_currency(row.currency for row in result.rows),
            partly=partly,
        ),
        blocks=tuple(blocks),
        commodities=result.commodities,
    )


def nothing(standing: Standing) -> Paragraph:
    """What a page says that has no rows."""
    book = standing.book
    if book.partial or book.charges or book.credits or book.debits:
        said = word("reports.nothing.open")
    else:
        said = word("reports.nothing.receivable" if book.settings.bare else "reports.nothing.book")
    return Paragraph((said,))


def _table(result: BalanceResult) -> Table:
    who = Who.of(result.rows)
    heads = tuple(
        Column(word(f"reports.column.{name}"), right=True, dash=name in ("unapplied", "overdue")) for name in FIGURES
    )
    rows = [
        Row(
            (
                *who.values(row.customer, row.name, row.currency),
                row.balance,
                row.open,
                row.unapplied,
                Cell(row.overdue, "bad") if row.overdue.minor else row.overdue,
            )
        )
        for row in result.rows
    ]
    rows += [
        Row(
            (
                *who.cells(word("reports.total"), None, total.currency),
                *(Cell(getattr(total, name)) for name in FIGURES),
            ),
            "total",
        )
        for total in result.totals
    ]
    return Table((*who.columns, *heads), tuple(rows))


def _by_account(accounts: Sequence[AccountRow]) -> Table:
    several = len({row.currency for row in accounts}) > 1
    currency = (Column(word("reports.column.currency")),) if several else ()
    columns = (
        Column(word("reports.column.account"), shrink=True),
        *currency,
        Column(word("reports.column.balance"), right=True),
    )
    rows = [
        Row((Cell(row.account), *((Cell(row.currency),) if several else ()), Cell(row.balance))) for row in accounts
    ]
    for unit in currencies_of(accounts):
        total = sums((row.balance for row in accounts), unit)
        cells = (Cell(word("reports.total")), *((Cell(unit),) if several else ()), Cell(total))
        rows.append(Row(cells, "total"))
    return Table(columns, tuple(rows), title=word("reports.balance.by_account"))


REPORT = Report("balance", build, document)
