"""`customer show`: one customer's profile, where they stand, what is open, what was last said and done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.frozen import field, frozen
from custledger.core.money import Money
from custledger.core.trouble import UsageError
from custledger.document import Cell, Column, Document, Facts, Paragraph, Row, Table, word
from custledger.report.balance import BalanceTotal
from custledger.report.customers import limit_of
from custledger.report.invoices import FIELDS, InvoiceRow, invoice_rows, netted_line
from custledger.report.listing import chosen_fields, table
from custledger.report.netting import displayed
from custledger.report.payments import FIELDS as PAYMENT_FIELDS
from custledger.report.payments import PaymentRow, payment_rows
from custledger.report.result import Report, Result, definition, envelope, overdue

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from custledger.book.customer import Contact, Customer
    from custledger.book.position import Standing
    from custledger.document import Block, Value

_ACTIVITIES_SHOWN = 5


@frozen(kw_only=True)
class Done:
    """One entry of the activity log."""

    id: str
    kind: str
    date: dt.date
    by: str
    text: str


@frozen(kw_only=True)
class CustomerShown(Result):
    """A profile with everything in it, and the account as of the day."""

    customer: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    status: str
    segment: str
    industry: str
    owner: str
    tags: tuple[str, ...]
    tax_id: str
    address: Mapping[str, str]
    contacts: tuple[Contact, ...]
    terms: str
    limit: Money | None
    since: dt.date | None
    reviewed: dt.date | None
    positions: tuple[BalanceTotal, ...]
    open_items: tuple[InvoiceRow, ...]
    unapplied: tuple[PaymentRow, ...]
    activities: tuple[Done, ...]
    place: str = field(default="")

    def columns(self) -> tuple[str, ...]:
        """The headings of the records."""
        return tuple("customer currency balance open unapplied overdue".split())

    def records(self) -> list[dict[str, object]]:
        """One record a currency."""
        names = self.columns()[1:]
        return [{"customer": self.customer, **{name: getattr(one, name) for name in names}} for one in self.positions]


def build(standing: Standing, customer: str) -> CustomerShown:
    """The customer with the id `customer`. UsageError where there is none."""
    standing = displayed(standing)
    book, day = standing.book, standing.as_of
    profile = book.customers.get(customer)
    if profile is None:
        raise UsageError("reports.no_such_customer", customer=customer)
    terms = profile.terms.on(day) or book.settings.terms.on(day)
    log = [a for a in book.activities if a.customer == customer and a.closes is None and a.date <= day]
    return CustomerShown(
        **envelope("customer", standing),
        customer=profile.id,
        name=profile.name,
        aliases=profile.aliases,
        kind=profile.kind,
        status=profile.status,
        segment=profile.segment,
        industry=profile.industry,
        owner=profile.owner,
        tags=profile.tags,
        tax_id=profile.tax_id,
        address=dict(profile.address),
        contacts=profile.contacts,
        terms=terms.text if terms is not None else "",
        limit=limit_of(standing, profile),
        since=profile.since,
        reviewed=profile.reviewed,
        positions=_positions(standing, customer),
        open_items=tuple(row for row in invoice_rows(standing) if row.customer == customer and row.open),
        unapplied=tuple(row for row in payment_rows(standing) if row.customer == customer and row.unapplied),
        activities=tuple(
            Done(id=a.id, kind=a.kind, date=a.date, by=a.by, text=a.text) for a in log[-_ACTIVITIES_SHOWN:]
        ),
        place=profile.span.place,
    )


def _positions(standing: Standing, customer: str) -> tuple[BalanceTotal, ...]:
    return tuple(
        BalanceTotal(
            currency=position.commodity,
            balance=Money(position.balance, position.commodity),
            open=Money(position.amount_open, position.commodity),
            unapplied=Money(-position.amount_unapplied, position.commodity),
            overdue=overdue(position, standing.as_of),
        )
        for position in standing.positions
        if position.customer == customer
    )


def document(result: CustomerShown, standing: Standing) -> Document:
    """The page."""
    profile = standing.book.customers[result.customer]
    blocks: list[Block] = [_profile(result, profile), _standing(result)]
    if result.open_items:
        fields = chosen_fields(FIELDS, None, ("number", "date", "due", "days_overdue", "currency", "amount", "open"))
        shown = table(result.open_items, fields)
        blocks.append(Table(shown.columns, shown.rows, title=word("reports.customer.open_items")))
    if result.unapplied:
        fields = chosen_fields(PAYMENT_FIELDS, None, ("number", "date", "kind", "currency", "amount", "unapplied"))
        shown = table(result.unapplied, fields)
        blocks.append(Table(shown.columns, shown.rows, title=word("reports.customer.unapplied")))
    if result.activities:
        blocks.append(_log(result))
    return Document(
        title=result.name,
        definition=definition(standing, *netted_line(standing)),
        blocks=tuple(blocks),
        commodities=result.commodities,
    )


def _profile(result: CustomerShown, profile: Customer) -> Facts:
    plain: list[tuple[str, Value]] = [
        ("id", result.customer),
        ("aliases", ", ".join(result.aliases)),
        ("status", result.status if not _bare(result) else ""),
        ("kind", result.kind if not _bare(result) else ""),
        ("segment", result.segment),
        ("industry", result.industry),
        ("owner", result.owner),
        ("tags", ", ".join(result.tags)),
        ("tax_id", result.tax_id),
        ("address", " ".join(part for part in result.address.values() if part)),
        ("terms", result.terms),
        ("limit", result.limit),
        ("since", result.since),
        ("reviewed", result.reviewed),
        ("parent", profile.parent),
        ("pays_for", ", ".join(profile.pays_for)),
        ("note", profile.note),
    ]
    items = [(word(f"reports.customer.{name}"), Cell(value)) for name, value in plain if value]
    for contact in result.contacts:
        texts = (contact.name, contact.role, contact.phone, contact.email)
        items.append((word("reports.customer.contact"), Cell(" · ".join(text for text in texts if text))))
    items.append((word("reports.invoice.place"), Cell(result.place, "muted")))
    return Facts(tuple((label, cell) for label, cell in items if cell.value))


def _bare(result: CustomerShown) -> bool:
    return not isinstance(result.book, str)


def _standing(result: CustomerShown) -> Block:
    if not result.positions:
        return Paragraph((word("reports.customer.no_entries"),))
    fields = ("balance", "open", "unapplied", "overdue")
    items: list[tuple[Value, Cell]] = []
    for one in result.positions:
        for name in fields:
            style = "strong" if name == "balance" else "bad" if name == "overdue" and one.overdue else ""
            items.append((word(f"reports.column.{name}"), Cell(getattr(one, name), style)))
    return Facts(tuple(items))


def _log(result: CustomerShown) -> Table:
    columns = (
        Column(word("reports.column.date")),
        Column(word("reports.column.kind")),
        Column(word("reports.column.by")),
        Column(word("reports.column.text"), shrink=True),
    )
    rows = tuple(Row((Cell(one.date), Cell(one.kind), Cell(one.by), Cell(one.text))) for one in result.activities)
    return Table(columns, rows, title=word("reports.customer.log"))


REPORT = Report("customer", build, document)
