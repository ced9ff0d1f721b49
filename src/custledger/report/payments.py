"""`payment list`: payments and other credits, with what nothing uses yet. Formula: applied − unapplied = amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.frozen import field, frozen
from custledger.core.money import Money
from custledger.core.text import listed
from custledger.core.trouble import UsageError
from custledger.document import Document, Paragraph, word
from custledger.report.invoices import netted_line
from custledger.report.kinds import kind_word
from custledger.report.listing import Field, chosen_fields, ordered, table
from custledger.report.netting import displayed
from custledger.report.result import Report, Result, definition, envelope, name_of, said

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from custledger.book.position import Standing
    from custledger.document import Block

STATES = ("all", "unapplied", "applied")


@frozen(kw_only=True)
class PaymentRow:
    """One credit; `amount` and `applied` without sign, `unapplied` negative as everywhere."""

    number: str
    customer: str
    name: str
    kind: str
    date: dt.date
    text: str
    method: str
    currency: str
    amount: Money
    applied: Money
    unapplied: Money


FIELDS = (
    Field("number"),
    Field("customer", shrink=True),
    Field("name", shrink=True),
    Field("kind", shown=lambda row: kind_word(row.kind)),
    Field("date"),
    Field("text", shrink=True),
    Field("method"),
    Field("currency"),
    Field("amount", right=True, summed=True),
    Field("applied", right=True, dash=True, summed=True),
    Field("unapplied", right=True, dash=True, summed=True, style=lambda row: "warn" if row.unapplied else ""),
)
DEFAULT = ("number", "customer", "date", "kind", "text", "currency", "amount", "unapplied")


@frozen(kw_only=True)
class PaymentsResult(Result):
    """Rows by date, then text, or as sorted."""

    state: str
    rows: tuple[PaymentRow, ...]
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
    state: str = "all",
    kinds: Sequence[str] | None = None,
    period: tuple[dt.date, dt.date] | None = None,
    sort: str | None = None,
    columns: str | None = None,
) -> PaymentsResult:
    """The credits dated up to the day, of the state, kinds and period asked for."""
    if state not in STATES:
        raise UsageError("reports.bad_choice", option="--state", value=state, known=listed(STATES))
    wanted = None if customers is None else frozenset(customers)
    rows = [
        row
        for row in payment_rows(displayed(standing))
        if (wanted is None or row.customer in wanted)
        and (kinds is None or row.kind in kinds)
        and (period is None or period[0] <= row.date <= period[1])
        and (state == "all" or bool(row.unapplied) == (state == "unapplied"))
    ]
    return PaymentsResult(
        **envelope("payment-list", standing),
        state=state,
        rows=tuple(ordered(rows, FIELDS, sort)),
        fields=chosen_fields(FIELDS, columns, DEFAULT),
    )


def payment_rows(standing: Standing) -> Iterable[PaymentRow]:
    """Every credit dated up to the day, as it stands."""
    left = {one.entry.key: one.amount for position in standing.positions for one in position.unapplied}
    for credit in standing.book.credits:
        if credit.date <= standing.as_of:
            unit, rest = credit.money.commodity, left.get(credit.key, 0)
            yield PaymentRow(
                number=credit.name,
                customer=credit.customer,
                name=name_of(standing.book, credit.customer),
                kind=credit.kind,
                date=credit.date,
                text=said(credit, standing.book),
                method=credit.tags.get("method", ""),
                currency=unit,
                amount=credit.money,
                applied=Money(credit.money.minor - rest, unit),
                unapplied=Money(-rest, unit),
            )


def document(result: PaymentsResult, standing: Standing, *, partly: bool = False) -> Document:
    """The page."""
    blocks: tuple[Block, ...] = (table(result.rows, result.fields),)
    if not result.rows:
        blocks = (Paragraph((word("reports.nothing.rows"),)),)
    return Document(
        title=word("reports.payments.title"),
        definition=definition(standing, word("reports.payments.definition"), *netted_line(standing), partly=partly),
        blocks=blocks,
        commodities=result.commodities,
    )


REPORT = Report("payment-list", build, document)
