"""Statements of account (对账单): opening + activity = closing, and closing = the aging total of the same day.

Formulas, in one currency: opening = Σ of the entries dated before the period; activity = the entries dated in it,
each once, at its full amount; closing = opening + Σ debits − Σ credits. An open-item statement has no period: its
opening is zero and its lines are what is open and what is unapplied on the day. charged = Σ charges of the period;
received = Σ payments − Σ refunds and returned payments; credited = Σ other credits − Σ other debits that take back;
opening + charged − received − credited = closing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.book.entry import Charge, Credit
from custledger.core.frozen import field, frozen
from custledger.core.money import Money
from custledger.core.text import listed
from custledger.core.trouble import UsageError, ensure
from custledger.report.account import Account, Accounts
from custledger.report.aging import AgingOptions, aged, scheme_of
from custledger.report.result import Report, Result, envelope, name_of
from custledger.report.statement_lines import StatementLine, activity, open_items
from custledger.report.statement_page import document

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from custledger.book.position import Standing
    from custledger.report.buckets import Bucket, Scheme

LAYOUTS = ("open-item", "balance-forward", "detailed", "itemised")
_RECEIVED = frozenset(["payment"])
_RETURNED = frozenset(["refund", "bounce", "reversal", "payment"])


@frozen(kw_only=True)
class AgingFoot:
    """The aging of the closing balance: Σ amounts + unapplied = closing."""

    basis: str
    net: str
    buckets: tuple[str, ...]
    amounts: tuple[Money, ...]
    unapplied: Money
    headings: tuple[Bucket, ...] = field(metadata={"json": None}, repr=False)
    netted_by_default: bool = field(default=False, metadata={"json": None})


@frozen(kw_only=True)
class Turnover:
    """What the period did: opening + charged − received − credited = closing.

    `tax_invoiced` and `not_tax_invoiced`: of `charged`, with and without a tax invoice (已开票, 未开票).
    """

    charged: Money
    received: Money
    credited: Money
    tax_invoiced: Money
    not_tax_invoiced: Money


@frozen(kw_only=True)
class Statement:
    """One customer in one currency. `from` is null in an open-item statement."""

    layout: str
    customer: str
    name: str
    currency: str
    date_from: dt.date | None = field(metadata={"json": "from"})
    date_to: dt.date = field(metadata={"json": "to"})
    opening: Money
    lines: tuple[StatementLine, ...]
    closing: Money
    period: Turnover | None = field(default=None, metadata={"omit": True})
    aging: AgingFoot


@frozen(kw_only=True)
class Skipped:
    """A customer without a statement: `withheld` (the slugs of its errors say why) or `nothing` to show."""

    customer: str
    name: str
    reason: str
    problems: tuple[str, ...] = ()


@frozen(kw_only=True)
class StatementResult(Result):
    """Statements by customer, then currency; and who has none, and why."""

    statements: tuple[Statement, ...]
    skipped: tuple[Skipped, ...] = ()
    book_id: str = ""
    """Tells this state of the book from every other (`store.identity`); "" where nobody asked."""
    commit: str | None = None
    """The first digits of the git commit that has just these files."""

    @property
    def customers(self) -> tuple[str, ...]:
        """Everybody who gets a document."""
        return tuple(dict.fromkeys(statement.customer for statement in self.statements))

    def columns(self) -> tuple[str, ...]:
        """The headings of the records."""
        return (
            *("customer", "name", "currency", "layout", "from", "to"),
            *("date", "kind", "number", "due", "text", "debit", "credit", "balance"),
        )

    def records(self) -> list[dict[str, object]]:
        """One record a line, the opening balance first."""
        return [record for statement in self.statements for record in _records(statement)]


def _records(statement: Statement) -> list[dict[str, object]]:
    zero = Money(0, statement.currency)
    who: dict[str, object] = {
        "customer": statement.customer,
        "name": statement.name,
        "currency": statement.currency,
        "layout": statement.layout,
        "from": statement.date_from,
        "to": statement.date_to,
    }
    done: list[dict[str, object]] = []
    if statement.date_from is not None:
        done.append({**who, "date": statement.date_from, "kind": "balance-brought-forward", "number": "", "due": None,
                     "text": "", "debit": zero, "credit": zero, "balance": statement.opening})  # fmt: skip
    for line in statement.lines:
        names = ("date", "kind", "number", "due", "text", "debit", "credit", "balance")
        done.append({**who, **{name: getattr(line, name) for name in names}})
    return done


@frozen(kw_only=True)
class StatementOptions:
    """What the command line says. `customers` None: everybody with a balance or activity in the period."""

    customers: tuple[str, ...] | None = None
    layout: str | None = None
    date_from: dt.date | None = None
    """The period's first day; None: the first of the standing's month."""
    aging: AgingOptions = field(default_factory=AgingOptions)
    withheld: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Customers with errors of their own, and the slugs of these."""
    book_id: str = ""
    commit: str | None = None


def build(standing: Standing, options: StatementOptions | None = None) -> StatementResult:
    """The statements up to the standing's day. UsageError for an unknown layout or a period that begins later."""
    options = options or StatementOptions()
    layout = options.layout or ("open-item" if options.date_from is None else "detailed")
    if layout not in LAYOUTS:
        raise UsageError("reports.bad_choice", option="--layout", value=layout, known=listed(LAYOUTS))
    first = options.date_from or standing.as_of.replace(day=1)
    if first > standing.as_of:
        raise UsageError("reports.period_later", first=first, day=standing.as_of)
    scheme, net = scheme_of(standing, options.aging)
    accounts = Accounts.of(standing)
    made = _Maker(standing, accounts, layout, first, scheme, net, by_default=options.aging.net is None)
    statements: list[Statement] = []
    skipped: list[Skipped] = []
    wanted = options.customers if options.customers is not None else sorted({*accounts.by_customer, *options.withheld})
    for customer in wanted:
        name = name_of(standing.book, customer)
        if customer in options.withheld:
            problems = tuple(dict.fromkeys(options.withheld[customer]))
            skipped.append(Skipped(customer=customer, name=name, reason="withheld", problems=problems))
            continue
        found = [made.statement(account) for account in accounts.by_customer.get(customer, {}).values()]
        shown = [one for one in found if options.customers is not None or _says_something(one)]
        if not shown:
            skipped.append(Skipped(customer=customer, name=name, reason="nothing"))
        statements += shown
    return StatementResult(
        **envelope("statement", standing),
        statements=tuple(statements),
        skipped=tuple(skipped),
        book_id=options.book_id,
        commit=options.commit,
    )


def _says_something(statement: Statement) -> bool:
    return bool(statement.lines or statement.closing or statement.opening)


@frozen
class _Maker:
    standing: Standing
    accounts: Accounts
    layout: str
    first: dt.date
    scheme: Scheme
    net: str
    by_default: bool

    def statement(self, account: Account) -> Statement:
        """One statement, its laws ensured (engine.md §2.4)."""
        unit = account.commodity
        foot = self._foot(account)
        closing = account.balance
        ensure(
            sum(amount.minor for amount in foot.amounts) + foot.unapplied.minor == closing,
            f"closing of {account.customer} is not the aging total",
        )
        if self.layout == "open-item":
            opening = 0
            lines = open_items(self.standing, account, self.scheme, self.net)
        else:
            opening = account.before(self.first)
            lines = activity(self.standing, self.accounts, account, self.first, self.layout)
        moved = sum(line.debit.minor - line.credit.minor for line in lines)
        ensure(opening + moved == closing, f"opening + activity of {account.customer} is not the closing")
        period = None if self.layout == "open-item" else self._turnover(account, opening, closing)
        return Statement(
            layout=self.layout,
            customer=account.customer,
            name=name_of(self.standing.book, account.customer),
            currency=unit,
            date_from=None if self.layout == "open-item" else self.first,
            date_to=self.standing.as_of,
            opening=Money(opening, unit),
            lines=lines,
            closing=Money(closing, unit),
            period=period,
            aging=foot,
        )

    def _foot(self, account: Account) -> AgingFoot:
        unit, buckets = account.commodity, self.scheme.buckets(self.standing.as_of)
        amounts, held = [0] * len(buckets), 0
        if account.position is not None:
            amounts, held, _ = aged(self.standing, account.position, self.scheme, self.net)
        return AgingFoot(
            basis=self.scheme.basis,
            net=self.net,
            buckets=tuple(bucket.name for bucket in buckets),
            amounts=tuple(Money(amount, unit) for amount in amounts),
            unapplied=Money(-held, unit),
            headings=buckets,
            netted_by_default=self.by_default and self.net == "oldest",
        )

    def _turnover(self, account: Account, opening: int, closing: int) -> Turnover:
        charged = received = credited = taxed = 0
        for entry in account.entries:
            amount = entry.money.minor
            if entry.date < self.first:
                continue
            if isinstance(entry, Charge):
                charged += amount
                taxed += amount if entry.refs.get("tax_invoice") or entry.refs.get("fapiao") else 0
            elif isinstance(entry, Credit):
                received += amount if entry.kind in _RECEIVED else 0
                credited += 0 if entry.kind in _RECEIVED else amount
            else:
                received -= amount if entry.kind in _RETURNED else 0
                credited -= 0 if entry.kind in _RETURNED else amount
        ensure(opening + charged - received - credited == closing, "the period's turnover is not its activity")
        unit = account.commodity
        return Turnover(
            charged=Money(charged, unit),
            received=Money(received, unit),
            credited=Money(credited, unit),
            tax_invoiced=Money(taxed, unit),
            not_tax_invoiced=Money(charged - taxed, unit),
        )


REPORT = Report("statement", build, document)
