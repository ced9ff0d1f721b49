"""From understood texts to a `Book`: charges, credits and debits, whose they are, and what does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from custledger.book.book import Book, Price
from custledger.core.frozen import field, frozen, replace
from custledger.core.trouble import ensure
from custledger.resolve.assemble import Assembly
from custledger.resolve.carry import carry_forwards
from custledger.resolve.commodities import commodities_of
from custledger.resolve.customers import Directory
from custledger.resolve.disputes import disputes
from custledger.resolve.documents import papers, terms_of
from custledger.resolve.entries import charges_named
from custledger.resolve.roles import Receivables, Roles
from custledger.resolve.rows import Reader, Row

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from custledger.book.activity import Activity
    from custledger.book.customer import Customer
    from custledger.book.entry import Credit, Entry
    from custledger.book.invoice import Invoice
    from custledger.book.settings import Settings
    from custledger.core.diagnostic import Diagnostic
    from custledger.core.money import Commodities
    from custledger.core.terms import Terms
    from custledger.parse.journal.model import Journal, Transaction


@frozen(kw_only=True)
class Resolved:
    """A book, what is wrong with it, and the transactions of documents that post themselves (for `print`)."""

    book: Book
    diagnostics: tuple[Diagnostic, ...] = ()
    transactions: tuple[Transaction, ...] = field(default=())


def resolve(
    *,
    journal: Journal,
    settings: Settings,
    customers: Iterable[Customer] = (),
    invoices: Iterable[Invoice] = (),
    activities: Iterable[Activity] = (),
    label: Sequence[str] = (),
    receivable: Sequence[str] = (),
    repeated: frozenset[str] = frozenset(),
) -> Resolved:
    """The book that these texts make.

    `receivable` names the receivable accounts of a bare journal. `repeated` are codes that receipts elsewhere have
    too, where the texts are only a part of the book.
    Never fails for what the text does: everything is a diagnostic, and the book is whole enough to be checked.
    """
    commodities = commodities_of(settings.commodities, journal.commodities)
    settings = replace(settings, commodities=commodities)
    roles = Roles(settings.accounts, journal.accounts)
    receivables = Receivables(tuple(receivable) or settings.accounts.get("receivable", ()))
    directory = Directory(bare=settings.bare)
    directory.add(customers)
    reader = Reader(receivables, roles, directory, commodities)
    rows = _rows(reader, journal)
    documents, diagnostics = papers(invoices, settings, directory, charges_named(rows.values()))
    carried, halves = carry_forwards(rows, journal.transactions, roles)

    def terms_on(customer: str, day: dt.date) -> Terms | None:
        return terms_of(directory.profiles.get(customer), settings, day)

    assembly = Assembly(
        journal=journal,
        settings=settings,
        directory=directory,
        receivables=receivables,
        papers=documents,
        terms_on=terms_on,
    )
    assembly.read({place: found for place, found in rows.items() if place not in halves})
    log = tuple(_activity(entry, directory) for entry in activities)
    _check_families(directory)
    charges = _ordered(assembly.entries.charges)
    book = Book(
        label=tuple(label),
        settings=settings,
        commodities=commodities,
        customers=dict(sorted(directory.profiles.items())),
        invoices={number: paper.invoice for number, paper in documents.items()},
        totals={number: paper.totals for number, paper in documents.items()},
        activities=tuple(sorted(log, key=lambda entry: (entry.date, entry.span, entry.id))),
        disputes=disputes(log, charges, commodities),
        charges=charges,
        credits=_told_apart(_ordered(assembly.entries.credits), repeated),
        debits=_ordered(assembly.entries.debits),
        advances=tuple(sorted(assembly.entries.advances, key=lambda use: (use.date, use.span))),
        postings=tuple(sorted(assembly.postings, key=lambda each: (each.date, each.span, each.money))),
        prices=_prices(journal, commodities),
        carry_forwards=carried,
        withheld=frozenset(assembly.withheld),
    )
    everything = [*diagnostics, *reader.diagnostics, *assembly.diagnostics, *directory.diagnostics]
    return Resolved(
        book=book,
        diagnostics=tuple(sorted(everything, key=lambda each: each.order)),
        transactions=tuple(assembly.transactions),
    )


def _rows(reader: Reader, journal: Journal) -> dict[int, tuple[Row, ...]]:
    """The receivable rows of each transaction that has any."""
    rows: dict[int, tuple[Row, ...]] = {}
    for place, transaction in enumerate(journal.transactions):
        ensure(transaction.index == place, "transactions are numbered in order")
        found = reader.rows(transaction)
        if found:
            rows[place] = found
    return rows


E = TypeVar("E", bound="Entry")


def _ordered(entries: Iterable[E]) -> tuple[E, ...]:
    """In order of date, then text."""
    return tuple(sorted(entries, key=lambda entry: (entry.date, entry.span, entry.key)))


def _told_apart(credits_: tuple[Credit, ...], repeated: frozenset[str]) -> tuple[Credit, ...]:
    """Receipt numbers may repeat: what several transactions have gets its place, `RCPT-7@journals/a.journal:12`."""
    where: dict[str, set[int | None]] = {}
    for credit in credits_:
        if credit.code is not None:
            where.setdefault(credit.code, set()).add(credit.transaction)
    several = repeated.union(code for code, transactions in where.items() if len(transactions) > 1)
    if not several.intersection(where):
        return credits_
    return tuple(
        replace(credit, name=f"{credit.name}@{credit.span.place}")
        if credit.code in several and credit.name == credit.code
        else credit
        for credit in credits_
    )


def _activity(entry: Activity, directory: Directory) -> Activity:
    """The entry with its customer's present id."""
    if entry.customer is None:
        return entry
    return replace(entry, customer=directory.by_id(entry.customer, entry.spans.get("customer", entry.span)))


def _check_families(directory: Directory) -> None:
    """Report parents and children who are nobody."""
    for customer in list(directory.profiles.values()):
        named = [("parent", customer.parent)] if customer.parent else []
        for key, other in (*named, *(("pays_for", name) for name in customer.pays_for)):
            directory.by_id(other, customer.spans.get(key, customer.span))


def _prices(journal: Journal, commodities: Commodities) -> tuple[Price, ...]:
    found = [
        Price(
            date=price.date,
            commodity=commodities.canonical(price.commodity),
            rate=price.price.quantity,
            currency=commodities.canonical(price.price.commodity),
            place=price.span.place,
        )
        for price in journal.prices
    ]
    return tuple(sorted(found, key=lambda price: price.date))
