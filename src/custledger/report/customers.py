"""`customer list`: profiles with what they owe, a row per customer and currency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.frozen import field, frozen
from custledger.core.money import Money, exact_minor
from custledger.document import Document, Paragraph, word
from custledger.report.invoices import netted_line
from custledger.report.listing import Field, chosen_fields, ordered, table
from custledger.report.netting import displayed
from custledger.report.result import Report, Result, definition, envelope

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from custledger.book.customer import Customer
    from custledger.book.position import Account, Standing
    from custledger.document import Block


@frozen(kw_only=True)
class CustomerRow:
    """A profile and its account in one currency; amounts are None where there is no entry and no currency."""

    customer: str
    name: str
    kind: str
    status: str
    segment: str
    industry: str
    owner: str
    region: str
    tags: tuple[str, ...]
    terms: str
    limit: Money | None
    currency: str
    balance: Money | None
    open: Money | None
    unapplied: Money | None
    overdue: Money | None


FIELDS = (
    Field("customer"),
    Field("name", shrink=True),
    Field("kind"),
    Field("status"),
    Field("segment"),
    Field("industry"),
    Field("owner"),
    Field("region"),
    Field("tags", shrink=True),
    Field("terms"),
    Field("limit", right=True),
    Field("currency"),
    Field("balance", right=True, summed=True),
    Field("open", right=True, summed=True),
    Field("unapplied", right=True, dash=True, summed=True),
    Field("overdue", right=True, dash=True, summed=True, style=lambda row: "bad" if row.overdue else ""),
)
DEFAULT = ("customer", "name", "segment", "owner", "status", "currency", "balance", "overdue")
DEFAULT_BARE = ("customer", "currency", "balance", "overdue")


@frozen(kw_only=True)
class CustomersResult(Result):
    """Rows by customer, then currency, or as sorted."""

    rows: tuple[CustomerRow, ...]
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
    sort: str | None = None,
    columns: str | None = None,
) -> CustomersResult:
    """Every customer's row, those without entries too."""
    standing = displayed(standing)
    book = standing.book
    by_customer: dict[str, list[Account]] = {}
    for account in standing.accounts():
        by_customer.setdefault(account.customer, []).append(account)
    wanted: Iterable[str] = customers if customers is not None else sorted(book.customers)
    rows = [row for id_ in wanted for row in _rows(standing, book.customers[id_], by_customer.get(id_, []))]
    fields = chosen_fields(FIELDS, columns, DEFAULT_BARE if book.settings.bare else DEFAULT)
    return CustomersResult(
        **envelope("customer-list", standing), rows=tuple(ordered(rows, FIELDS, sort)), fields=fields
    )


def _rows(standing: Standing, profile: Customer, accounts: Sequence[Account]) -> Iterable[CustomerRow]:
    currency = profile.currency.on(standing.as_of) or standing.book.settings.currency.on(standing.as_of) or ""
    if not accounts:
        zero = Money(0, currency) if currency else None
        yield _row(standing, profile, currency, (zero, zero, zero, zero))
    today = standing.as_of.toordinal()
    for account in accounts:
        unit = account.commodity
        amounts = (
            Money(account.balance, unit),
            Money(sum(account.open), unit),
            Money(-account.unapplied, unit),
            Money(account.overdue(today), unit),
        )
        yield _row(standing, profile, unit, amounts)


def _row(standing: Standing, profile: Customer, currency: str, amounts: tuple[Money | None, ...]) -> CustomerRow:
    day = standing.as_of
    terms = profile.terms.on(day) or standing.book.settings.terms.on(day)
    balance, open_, unapplied, late = amounts
    return CustomerRow(
        customer=profile.id,
        name=profile.name,
        kind=profile.kind,
        status=profile.status,
        segment=profile.segment,
        industry=profile.industry,
        owner=profile.owner,
        region=profile.address.get("region", ""),
        tags=profile.tags,
        terms=terms.text if terms is not None else "",
        limit=limit_of(standing, profile),
        currency=currency,
        balance=balance,
        open=open_,
        unapplied=unapplied,
        overdue=late,
    )


def limit_of(standing: Standing, profile: Customer) -> Money | None:
    """The credit limit valid on the day, in the customer's currency; None where there is none."""
    limit = profile.credit_limit.on(standing.as_of)
    currency = profile.currency.on(standing.as_of) or standing.book.settings.currency.on(standing.as_of)
    if limit is None or currency is None:
        return None
    minor = exact_minor(limit, standing.book.commodities.get(currency).digits)
    return None if minor is None else Money(minor, currency)


def document(result: CustomersResult, standing: Standing, *, partly: bool = False) -> Document:
    """The page."""
    blocks: tuple[Block, ...] = (table(result.rows, result.fields),)
    if not result.rows:
        bare = standing.book.settings.bare
        why = (
            "reports.nothing.rows" if partly else "reports.nothing.receivable" if bare else "reports.nothing.customers"
        )
        blocks = (Paragraph((word(why),)),)
    return Document(
        title=word("reports.customers.title"),
        definition=definition(standing, *netted_line(standing), partly=partly),
        blocks=blocks,
        commodities=result.commodities,
    )


REPORT = Report("customer-list", build, document)
