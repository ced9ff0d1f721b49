"""The page of `why` for a customer, or for one cell of its aging."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.text import listed
from custledger.document import Cell, Column, Facts, Paragraph, Row, Table, word
from custledger.report.kinds import kind_word
from custledger.report.reconcile_page import REASONS, next_steps, proposed_table
from custledger.report.result import given_of
from custledger.report.why_names import ALL, CELLS, DISPUTED

if TYPE_CHECKING:
    from custledger.book.position import Standing
    from custledger.core.money import Money
    from custledger.document import Block, Value
    from custledger.report.why_account import AccountStory, CreditRow, CurrencyRow, ItemRow

_CANDIDATES_SHOWN = 3


def account_title(account: AccountStory) -> Value:
    """`Acme (acme)`, or `Acme (acme): 31-60`."""
    who = account.name if account.name == account.customer else f"{account.name} ({account.customer})"
    if account.cell is None:
        return who
    return word("why.title.cell", who=who, cell=cell_word(account.cell))


def cell_word(cell: str) -> Value:
    """What a cell is called."""
    return word(f"why.cell.{cell}") if cell in (*CELLS, "current") else cell


def account_blocks(account: AccountStory, standing: Standing) -> list[Block]:
    """The totals, the items by age, the credits left over, what is proposed, what to do."""
    if not account.totals:
        return [Paragraph((word("reports.customer.no_entries"),))]
    blocks: list[Block] = []
    note = word(f"why.aged.{account.basis}")
    blocks.append(Paragraph((note, word("reports.aging.net.oldest")) if account.net == "oldest" else (note,), "muted"))
    if account.cell is None:
        blocks += [_totals(row) for row in account.totals]
    for row in account.totals:
        items = [item for item in account.items if item.currency == row.currency]
        credits_ = [one for one in account.unapplied if one.currency == row.currency]
        if items:
            blocks.append(_items(account, row, items, credits_))
        if credits_:
            blocks.append(_credits(account, row, credits_))
        if items and credits_ and account.cell is not None:
            blocks.append(Facts(((cell_word(account.cell), Cell(row.shown, "strong")),)))
    if not account.items and not account.unapplied:
        blocks.append(Paragraph((word("reports.nothing.settled" if account.cell is None else "why.empty"),), "good"))
    if account.proposed:
        blocks.append(proposed_table(account.proposed))
    blocks.append(_next(account, standing))
    return blocks


def _totals(row: CurrencyRow) -> Facts:
    items: list[tuple[Value, Cell]] = []
    for name in ("balance", "open", "unapplied", "overdue", "disputed"):
        money: Money = getattr(row, name)
        if money or name in ("balance", "open"):
            style = "strong" if name == "balance" else "bad" if name == "overdue" else ""
            items.append((word(f"reports.column.{name}"), Cell(money, style)))
    return Facts(tuple(items))


def _items(account: AccountStory, row: CurrencyRow, items: list[ItemRow], credits_: list[CreditRow]) -> Table:
    netted = any(item.netted for item in items)
    settled = any(item.settled for item in items)
    columns = [
        Column(word("reports.column.number")),
        Column(word("reports.column.due" if account.basis == "due" else "reports.column.date")),
        Column(word("reports.column.days_overdue"), right=True),
        *([Column(word("reports.column.amount"), right=True)] if settled or netted else []),
        *([Column(word("reports.column.paid"), right=True, dash=True)] if settled else []),
        *([Column(word("why.column.netted"), right=True, dash=True)] if netted else []),
        Column(word("reports.column.disputed" if account.cell == DISPUTED else "reports.column.open"), right=True),
        Column(word("reports.invoice.place")),
    ]
    rows = []
    for item in items:
        shown = item.disputed if account.cell == DISPUTED else item.open
        cells = [
            Cell(item.charge),
            Cell(item.due if account.basis == "due" else item.date),
            Cell(item.days if item.days > 0 else None),
            *([Cell(item.amount)] if settled or netted else []),
            *([Cell(item.settled)] if settled else []),
            *([Cell(item.netted)] if netted else []),
            Cell(shown, "bad" if item.days > 0 and account.basis == "due" else ""),
            Cell(item.place, "muted"),
        ]
        rows.append(Row(tuple(cells)))
    total = row.shown if account.cell not in (None, ALL) else row.open
    empty = (Cell(None) for _ in range(len(columns) - 3))
    label = word("reports.total") if account.cell is None else cell_word("open" if credits_ else account.cell)
    rows.append(Row((Cell(label), *empty, Cell(total), Cell(None)), "total"))
    return Table(tuple(columns), tuple(rows), title=_title("why.title.items", row, account))


def _title(key: str, row: CurrencyRow, account: AccountStory) -> Value:
    """With the currency, where there is one to name."""
    del account
    return word("why.in_currency", what=word(key), currency=row.currency) if row.currency else word(key)


def _credits(account: AccountStory, row: CurrencyRow, credits_: list[CreditRow]) -> Table:
    columns = (
        Column(word("reports.column.credit_number")),
        Column(word("reports.column.kind")),
        Column(word("reports.column.date")),
        Column(word("reports.column.unapplied"), right=True),
        Column(word("reports.column.reason"), shrink=True),
    )
    rows = []
    for one in credits_:
        reason: Value = word(f"reports.reason.{one.reason}") if one.reason in REASONS else one.reason
        if one.reason == "nothing-to-take":
            reason = word("why.open.nothing-to-take")
        rows.append(
            Row(
                (Cell(one.credit), Cell(kind_word(one.kind)), Cell(one.date), Cell(one.unapplied, "warn"), Cell(reason))
            )
        )
        found = ["+".join(keys) for keys in one.candidates[:_CANDIDATES_SHOWN]]
        if found:
            more = ["…"] if len(one.candidates) > _CANDIDATES_SHOWN else []
            text = word("why.could_be", numbers=listed([*found, *more]))
            rows.append(Row((Cell(text, indent=1), *(Cell(None) for _ in columns[1:])), "detail"))
    rows.append(Row((Cell(word("reports.total")), Cell(None), Cell(None), Cell(row.unapplied), Cell(None)), "total"))
    return Table(columns, tuple(rows), title=_title("reports.reconcile.left", row, account))


def _next(account: AccountStory, standing: Standing) -> Facts:
    items: list[tuple[Value, Cell]] = []
    tool = f"custledger{given_of(standing)}"
    credit = next(iter(account.unapplied), None)
    item = max(account.items, key=lambda one: one.days, default=None)
    if credit is not None:
        items.append((f"{tool} why {credit.credit}", Cell(word("why.next.why"))))
    if item is not None:
        items.append((f"{tool} why {item.charge}", Cell(word("why.next.why"))))
    if account.cell is None:
        items += next_steps(standing, account.customer, left=bool(account.unapplied), proposed=bool(account.proposed))
    else:
        items.append((f"{tool} why {account.customer}", Cell(word("why.next.customer"))))
    return Facts(tuple(items), title=word("reports.next.title"))
