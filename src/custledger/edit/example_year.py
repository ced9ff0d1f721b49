"""The firm of the example book: its customers, its goods, and the invoices of its year."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from decimal import Decimal
from typing import TYPE_CHECKING

from custledger.book.arithmetic import totals
from custledger.book.customer import Contact, Customer
from custledger.book.invoice import Invoice, Line
from custledger.book.settings import Dated
from custledger.core.frozen import field, mutable, replace
from custledger.core.money import Commodities, Money
from custledger.core.terms import parse_terms
from custledger.core.trouble import ensure

if TYPE_CHECKING:
    from collections.abc import Callable

    from custledger.book.settings import Settings
    from custledger.edit.journal_entry import NewEntry
    from custledger.edit.new_book import NewBook
    from custledger.edit.yaml_text import Value

MONTHS = 12
COMMODITIES = Commodities()

OWNERS = ("li.wei", "j.harris")

#: Each customer's terms and segment.
_CUSTOMERS = {
    "blueocean": ("net 30", "vip"),
    "redhill": ("net 30", "standard"),
    "sunrise": ("2/10 net 30", "vip"),
    "kestrel": ("net 60", "vip"),
    "nordlicht": ("net 45", "export"),
    "marlow": ("net 30", "standard"),
    "oakridge": ("net 30", "standard"),
    "pinestreet": ("net 15", "standard"),
    "quayside": ("net 30", "project"),
}

#: What is sold, and at what price.
_GOODS = tuple(
    (item, Decimal(price))
    for item, price in (
        ("BRG-6204", "8.50"), ("BRG-6308", "31.80"), ("SEAL-40", "5.75"), ("PUMP-2", "486.00"),
        ("VALVE-25", "31.40"), ("BELT-A", "11.90"), ("CHAIN-08", "9.60"),
    )
)  # fmt: skip

#: Who gets an invoice in which months (0 is the first), and on which day.
_PLAN = (
    ("blueocean", range(12), 4), ("redhill", range(12), 7), ("sunrise", range(0, 12, 2), 9),
    ("kestrel", range(12), 12), ("nordlicht", range(1, 12, 3), 15), ("marlow", range(12), 18),
    ("oakridge", range(1, 12, 3), 20), ("pinestreet", (0, 1), 22), ("quayside", (5, 6, 7), 25),
)  # fmt: skip


@mutable
class Year:
    """The year as it is told: documents and entries collect here."""

    book: NewBook
    say: Callable[..., str]
    first: dt.date
    other: str
    settings: Settings
    customers: dict[str, Customer]
    invoices: list[Invoice] = field(default_factory=list)
    entries: list[NewEntry] = field(default_factory=list)
    log: list[dict[str, Value]] = field(default_factory=list)

    def day(self, month: int, day: int) -> dt.date:
        """A day of the n-th month; one past its end is its last."""
        year, index = divmod(self.first.month - 1 + month, 12)
        year += self.first.year
        return dt.date(year, index + 1, min(day, monthrange(year, index + 1)[1]))

    @property
    def last(self) -> dt.date:
        """The year's last day."""
        return self.day(MONTHS - 1, 31)

    def currency(self, customer: str) -> str:
        """The currency that a customer is invoiced in."""
        return self.other if customer == "nordlicht" else self.book.currency

    def total(self, invoice: Invoice) -> Money:
        """What an invoice comes to."""
        currency = self.currency(invoice.customer)
        return totals(invoice, self.settings, self.customers[invoice.customer], currency, commodities=COMMODITIES).total

    def of(self, customer: str) -> list[Invoice]:
        """A customer's invoices, oldest first."""
        return [one for one in self.invoices if one.customer == customer and one.kind == "invoice"]


def customers_of(book: NewBook, first: dt.date, other: str) -> dict[str, Customer]:
    """The customers by id; the one abroad is invoiced in `other`."""
    found = {}
    for number, (id_, (terms_text, segment)) in enumerate(_CUSTOMERS.items()):
        terms = parse_terms(terms_text)
        ensure(terms is not None, f"terms of the example: {terms_text}")
        foreign = id_ == "nordlicht"
        contact = Contact(
            book.say(f"example.contact.{id_}"), "", f"accounts@{id_}.example", "", ("statement", "reminder")
        )
        found[id_] = Customer(
            id=id_,
            name=book.say(f"example.name.{id_}"),
            aliases=(book.say(f"example.alias.{id_}"),),
            status="on-hold" if id_ == "pinestreet" else "active",
            segment=segment,
            owner=OWNERS[number % 2],
            currency=Dated(((None, other),)) if foreign else Dated(),
            language="en" if foreign else "",
            contacts=(contact,),
            address={
                "country": "DE" if foreign else book.say("example.country"),
                "city": book.say(f"example.city.{id_}"),
            },
            terms=Dated(((None, terms),)) if terms else Dated(),
            credit_limit=Dated(((None, Decimal(200_000 if segment == "vip" else 60_000)),)),
            since=first - dt.timedelta(days=200 + 97 * number),
        )
    return found


def add_invoices(year: Year, tax: str) -> None:
    """About sixty, in order of date; numbers count by year."""
    dates = sorted((year.day(month, day), id_, month) for id_, months, day in _PLAN for month in months)
    counts: dict[int, int] = {}
    for date, id_, month in dates:
        counts[date.year] = counts.get(date.year, 0) + 1
        customer = year.customers[id_]
        terms = customer.terms.on(date)
        year.invoices.append(
            Invoice(
                number=f"INV-{date.year}-{counts[date.year]:04}",
                customer=id_,
                date=date,
                due=terms.due(date) if terms else date,
                currency=year.currency(id_),
                terms=terms,
                salesperson=customer.owner,
                refs={"po": (f"PO-{4000 + 37 * len(year.invoices)}",)} if id_ in {"kestrel", "quayside"} else {},
                lines=_lines(year, id_, month, "zero" if id_ == "nordlicht" else tax),
            )
        )


def _lines(year: Year, id_: str, month: int, tax: str) -> tuple[Line, ...]:
    seed = list(_CUSTOMERS).index(id_) * 5 + month * 3
    lines = []
    for number in range(1 + seed % 3):
        item, price = _GOODS[(seed + 2 * number) % len(_GOODS)]
        text, unit = (year.say(f"example.goods.{item.lower()}"), year.say(f"example.unit.{item.lower()}"))
        quantity = 2 + seed % 5 if price > 100 else 40 + 10 * ((seed + number) % 13)  # noqa: PLR2004 - dear things
        share = Decimal("0.05") if quantity >= 150 else Decimal(0)  # noqa: PLR2004 - many
        lines.append(
            Line(item=item, text=text, unit=unit, quantity=Decimal(quantity), price=price, discount=share, tax=tax)
        )
    if seed % 4 == 0:
        lines.append(Line(text=year.say("example.freight"), price=Decimal(120), tax=tax))
    return tuple(lines)


def add_credit_note(year: Year, tax: str) -> None:
    """Goods returned to us: it corrects an invoice of Oakridge's."""
    invoice = year.of("oakridge")[1]
    first = invoice.lines[0]
    quantity = min(Decimal(10), first.quantity)
    line = replace(first, text=year.say("example.returned"), quantity=quantity, tax=tax)
    date = invoice.date + dt.timedelta(days=9)
    year.invoices.append(
        Invoice(
            kind="credit-note",
            number=f"CN-{date.year}-0001",
            customer="oakridge",
            corrects=invoice.number,
            date=date,
            currency=invoice.currency,
            lines=(line,),
        )
    )
