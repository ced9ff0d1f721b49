"""The overview: where the book is, how it stands, what to do next. What `custledger` alone prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.frozen import field, frozen
from custledger.core.money import Money
from custledger.document import Cell, Column, Document, Facts, Row, Table, word
from custledger.report.balance import BalanceTotal
from custledger.report.netting import default, displayed
from custledger.report.result import Report, Result, Who, currencies_of, given, label, limits, name_of, sums

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from custledger.book.book import Book
    from custledger.book.position import Account, Standing
    from custledger.document import Block, Value

_LATE_SHOWN = 3


@frozen(kw_only=True)
class Late:
    """One of those who owe most that is overdue."""

    customer: str
    name: str
    currency: str
    overdue: Money
    days: int
    """Of the oldest overdue item."""


@frozen(kw_only=True)
class Overview(Result):
    """Counts and sums as of the day. Without a standing (the book has errors) only what the text itself says."""

    customers: int
    customers_owing: int
    open_items: int
    overdue_items: int
    unmatched: int
    """Credits with something unapplied."""
    disputed_items: int
    future: int
    """Entries dated after the day: not counted in anything else."""
    withheld: tuple[str, ...]
    """Customers with errors of their own: not counted in open items and sums."""
    errors: int
    warnings: int
    totals: tuple[BalanceTotal, ...]
    late: tuple[Late, ...]
    next: tuple[str, ...]
    """Keys of what to do next, most urgent first."""
    net: str = "none"
    """`oldest`: credits name nothing (a bare journal), so they are netted oldest first."""
    readable: bool = field(default=True, metadata={"json": None})
    given: str = field(default="", metadata={"json": None})
    """What says which book is meant, for the commands of `next`."""

    def columns(self) -> tuple[str, ...]:
        """The headings of the CSV, also where nothing is owed."""
        return ("currency", "balance", "open", "unapplied", "overdue")

    def records(self) -> tuple[BalanceTotal, ...]:
        """The CSV's records: one a currency."""
        return self.totals


def build(
    book: Book,
    standing: Standing | None,
    *,
    as_of: dt.date,
    errors: int = 0,
    warnings: int = 0,
    future: int | None = None,
) -> Overview:
    """The overview of `book`; `standing` is None where it has errors that stop reports.

    `future`: how many entries are dated after the day, for an abridged standing, which has some but not in its book.
    """
    net = default(standing) if standing is not None else "none"
    accounts = _shown(displayed(standing)) if standing is not None else []
    rows = [_figures(account, as_of.toordinal()) for account in accounts]
    late = _overdue_items(accounts, as_of.toordinal())
    unmatched = sum(account.credits for account in accounts)
    entries = (*book.charges, *book.credits, *book.debits)
    if future is None:
        future = sum(1 for entry in entries if entry.date > as_of)
    return Overview(
        report="overview",
        book=label(book),
        as_of=as_of,
        commodities=book.commodities,
        customers=len(book.customers),
        customers_owing=len({account.customer for account in accounts if account.balance > 0}),
        open_items=sum(len(account.open) for account in accounts),
        overdue_items=late,
        unmatched=unmatched,
        disputed_items=_disputed_items(accounts),
        future=future,
        withheld=tuple(sorted(book.withheld)) if standing is not None else (),
        errors=errors,
        warnings=warnings,
        totals=tuple(_total(rows, unit) for unit in currencies_of(rows)),
        late=_latest(standing, accounts) if standing is not None else (),
        next=_next(
            book,
            errors=errors,
            unmatched=unmatched,
            late=late,
            entries=bool(entries) or (standing is not None and standing.abridged),
        ),
        net="none" if standing is None else net,
        readable=standing is not None,
        given=given(book),
    )


def _shown(standing: Standing) -> Sequence[Account]:
    """Without the customers that errors of their own withhold: nothing is shown of them."""
    held = standing.book.withheld
    return [account for account in standing.accounts() if account.customer not in held]


def _figures(account: Account, today: int) -> BalanceTotal:
    unit = account.commodity
    return BalanceTotal(
        currency=unit,
        balance=Money(account.balance, unit),
        open=Money(sum(account.open), unit),
        unapplied=Money(-account.unapplied, unit),
        overdue=Money(account.overdue(today), unit),
    )


def _overdue_items(accounts: Iterable[Account], today: int) -> int:
    return sum([due < today for account in accounts for due in account.due])


def _disputed_items(accounts: Iterable[Account]) -> int:
    several = (account.position().open_items for account in accounts if account.disputed)
    return sum(1 for items in several for item in items if item.amount_disputed)


def _total(rows: list[BalanceTotal], unit: str) -> BalanceTotal:
    figures = {name: sums((getattr(row, name) for row in rows), unit) for name in _FIGURES}
    return BalanceTotal(currency=unit, **figures)


_FIGURES = ("balance", "open", "unapplied", "overdue")


def _latest(standing: Standing, accounts: Iterable[Account]) -> tuple[Late, ...]:
    """Those with most overdue, by currency; the oldest item breaks no tie, the id does."""
    found = []
    today = standing.as_of.toordinal()
    for account in accounts:
        oldest = min(account.due, default=today)
        if oldest < today:
            found.append(
                Late(
                    customer=account.customer,
                    name=name_of(standing.book, account.customer),
                    currency=account.commodity,
                    overdue=Money(account.overdue(today), account.commodity),
                    days=today - oldest,
                )
            )
    found.sort(key=lambda one: (one.currency, -one.overdue.minor, one.customer))
    kept: dict[str, int] = {}
    done = []
    for one in found:
        kept[one.currency] = kept.get(one.currency, 0) + 1
        if kept[one.currency] <= _LATE_SHOWN:
            done.append(one)
    return tuple(done)


def _next(book: Book, *, errors: int, unmatched: int, late: int, entries: bool) -> tuple[str, ...]:
    if errors:
        return ("check",)
    if book.settings.bare and not entries:
        return ("receivable",)
    if book.revision is not None and not entries:
        return ("check",)
    if not book.customers and not entries:
        return ("customer_add", "import")
    if not entries:
        return ("invoice_new", "import")
    found = []
    if unmatched:
        found.append("reconcile")
    if late:
        found.append("aging")
    return (*found, "statement")


def document(result: Overview, standing: Standing | None, company: str = "") -> Document:
    """The page; `standing` as for `build`."""
    where = result.book if isinstance(result.book, str) else ", ".join(result.book)
    items: list[tuple[Value, Cell]] = [(word("reports.overview.book"), Cell(where, "strong"))]
    if result.readable:
        counts = word("reports.overview.customers_of", owing=result.customers_owing, all=result.customers)
        items.append((word("reports.overview.customers"), Cell(counts)))
        late = word("reports.overview.open_of", open=result.open_items, overdue=result.overdue_items)
        items.append((word("reports.overview.open_items"), Cell(late, "warn" if result.overdue_items else "")))
        items.append((word("reports.overview.unmatched"), Cell(result.unmatched, "warn" if result.unmatched else "")))
        if result.disputed_items:
            items.append((word("reports.overview.disputed"), Cell(result.disputed_items, "warn")))
        if result.future:
            items.append((word("reports.overview.future"), Cell(result.future)))
    if result.withheld:
        items.append((word("reports.overview.withheld"), Cell(", ".join(result.withheld), "bad")))
    items.append((word("reports.overview.problems"), _problems(result)))
    blocks: list[Block] = [Facts(tuple(items))]
    if result.totals:
        blocks.append(_totals(result))
    if result.late:
        blocks.append(_late(result))
    steps = [
        (word(f"reports.next.{name}.command", files=result.given), Cell(word(f"reports.next.{name}"), "muted"))
        for name in result.next
    ]
    blocks.append(Facts(tuple(steps), title=word("reports.next.title")))
    return Document(
        title=company or word("reports.overview.title"),
        definition=(
            word("reports.overview.as_of", date=result.as_of),
            *((word("reports.head.netted"),) if result.net == "oldest" else ()),
            *(limits(standing) if standing is not None else ()),
        ),
        blocks=tuple(blocks),
        commodities=result.commodities,
    )


def _problems(result: Overview) -> Cell:
    if not result.errors and not result.warnings:
        return Cell(word("reports.overview.no_problems"), "good")
    text = word("reports.overview.counted", errors=result.errors, warnings=result.warnings)
    return Cell(text, "bad" if result.errors else "warn")


def _totals(result: Overview) -> Table:
    several = len(result.totals) > 1 or bool(result.totals[0].currency)
    columns = (
        *((Column(word("reports.column.currency")),) if several else ()),
        *(Column(word(f"reports.column.{name}"), right=True, dash=name != "balance") for name in _FIGURES),
    )
    rows = [
        Row(
            (
                *((Cell(total.currency),) if several else ()),
                *(
                    Cell(getattr(total, name), "bad" if name == "overdue" and total.overdue else "")
                    for name in _FIGURES
                ),
            )
        )
        for total in result.totals
    ]
    return Table(columns, tuple(rows))


def _late(result: Overview) -> Table:
    who = Who.of(result.late)
    columns = (
        *who.columns,
        Column(word("reports.column.overdue"), right=True),
        Column(word("reports.column.days_overdue"), right=True),
    )
    rows = [
        Row((*who.cells(one.customer, one.name, one.currency), Cell(one.overdue, "bad"), Cell(one.days)))
        for one in result.late
    ]
    return Table(columns, tuple(rows), title=word("reports.overview.late"))


REPORT = Report("overview", build, document)
