"""`invoice list`: charges with what of them is open. Formula: open = amount − Σ allocations in force on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.frozen import field, frozen
from custledger.core.money import Money
from custledger.core.text import listed
from custledger.core.trouble import UsageError
from custledger.document import Document, Paragraph, word
from custledger.report.account import in_force
from custledger.report.kinds import kind_word
from custledger.report.listing import Field, chosen_fields, ordered, table
from custledger.report.netting import default, displayed
from custledger.report.result import Report, Result, definition, envelope, name_of, said

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from custledger.book.entry import Charge
    from custledger.book.position import OpenItem, Standing
    from custledger.document import Block, Value

STATES = ("open", "overdue", "paid", "all")


@frozen(kw_only=True)
class InvoiceRow:
    """One charge. `state` is open, partly, overdue (late and not paid), paid or void."""

    number: str
    customer: str
    name: str
    kind: str
    date: dt.date
    due: dt.date
    days_overdue: int
    text: str
    currency: str
    amount: Money
    paid: Money
    open: Money
    disputed: Money
    state: str


FIELDS = (
    Field("number"),
    Field("customer", shrink=True),
    Field("name", shrink=True),
    Field("kind", shown=lambda row: kind_word(row.kind)),
    Field("date"),
    Field("due"),
    Field("days_overdue", right=True, shown=lambda row: row.days_overdue or None),
    Field("text", shrink=True),
    Field("currency"),
    Field("amount", right=True, summed=True),
    Field("paid", right=True, dash=True, summed=True),
    Field("open", right=True, dash=True, summed=True, style=lambda row: "bad" if row.state == "overdue" else ""),
    Field("disputed", right=True, dash=True, summed=True),
    Field("state", shown=lambda row: word(f"reports.state.{row.state}")),
)
DEFAULT = ("number", "customer", "date", "due", "days_overdue", "currency", "amount", "open", "state")


@frozen(kw_only=True)
class InvoicesResult(Result):
    """Rows by date, then text, or as sorted."""

    state: str
    rows: tuple[InvoiceRow, ...]
    fields: tuple[Field, ...] = field(metadata={"json": None}, repr=False)

    def records(self) -> list[dict[str, object]]:
        """The columns shown."""
        return [{one.name: getattr(row, one.name) for one in self.fields} for row in self.rows]

    def columns(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(one.name for one in self.fields)


def build(
    standing: Standing,
    *,
    customers: Sequence[str] | None = None,
    state: str = "open",
    period: tuple[dt.date, dt.date] | None = None,
    sort: str | None = None,
    columns: str | None = None,
) -> InvoicesResult:
    """The charges dated up to the day, of the state and period asked for."""
    if state not in STATES:
        raise UsageError("reports.bad_choice", option="--state", value=state, known=listed(STATES))
    wanted = None if customers is None else frozenset(customers)
    rows = [
        row
        for row in invoice_rows(displayed(standing))
        if (wanted is None or row.customer in wanted)
        and (period is None or period[0] <= row.date <= period[1])
        and _shown(row, state)
    ]
    return InvoicesResult(
        **envelope("invoice-list", standing),
        state=state,
        rows=tuple(ordered(rows, FIELDS, sort)),
        fields=chosen_fields(FIELDS, columns, DEFAULT),
    )


def _shown(row: InvoiceRow, state: str) -> bool:
    if state == "open":
        return bool(row.open)
    if state == "paid":
        return not row.open
    return state == "all" or row.state == "overdue"


def invoice_rows(standing: Standing) -> Iterable[InvoiceRow]:
    """Every charge dated up to the day, as it stands."""
    items = {item.charge.key: item for position in standing.positions for item in position.open_items}
    voided = {a.charge for a in in_force(standing) if a.rule == "void"}
    for charge in standing.book.charges:
        if charge.date <= standing.as_of:
            yield invoice_row(standing, charge, items, voided=charge.key in voided)


def invoice_row(standing: Standing, charge: Charge, items: Mapping[str, OpenItem], *, voided: bool) -> InvoiceRow:
    """One charge as it stands."""
    unit, item = charge.money.commodity, items.get(charge.key)
    open_ = item.amount_open if item is not None else 0
    late = (standing.as_of - charge.date_due).days if open_ else 0
    state = "paid"
    if open_:
        state = "overdue" if late > 0 else "partly" if open_ < charge.money.minor else "open"
    elif voided:
        state = "void"
    return InvoiceRow(
        number=charge.name,
        customer=charge.customer,
        name=name_of(standing.book, charge.customer),
        kind=charge.kind,
        date=charge.date_claim,
        due=charge.date_due,
        days_overdue=max(0, late),
        text=said(charge, standing.book),
        currency=unit,
        amount=charge.money,
        paid=Money(charge.money.minor - open_, unit),
        open=Money(open_, unit),
        disputed=Money(item.amount_disputed if item is not None else 0, unit),
        state=state,
    )


def document(result: InvoicesResult, standing: Standing, *, partly: bool = False) -> Document:
    """The page."""
    blocks: tuple[Block, ...] = (table(result.rows, result.fields),)
    if not result.rows:
        blocks = (Paragraph((word("reports.nothing.rows"),)),)
    return Document(
        title=word("reports.invoices.title"),
        definition=definition(
            standing, word(f"reports.invoices.{result.state}"), *netted_line(standing), partly=partly
        ),
        blocks=blocks,
        commodities=result.commodities,
    )


def netted_line(standing: Standing) -> tuple[Value, ...]:
    """What the heading says where credits are netted because nothing says what they pay."""
    return (word("reports.head.netted"),) if default(standing) == "oldest" else ()


REPORT = Report("invoice-list", build, document)
