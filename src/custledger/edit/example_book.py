"""A year of a small trading firm's life: the book that `init --example` makes.

Twelve whole months that end before `today`, told by rule and not by chance: the same day, language and currency give
the same bytes. Each customer stands for one way of paying, so that every report has something to show.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass, field, replace
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING

from custledger.book.arithmetic import totals
from custledger.book.customer import Contact, Customer
from custledger.book.invoice import Invoice, Line
from custledger.book.settings import Dated, Settings, Tax
from custledger.core.money import Commodities, Money, rounded
from custledger.core.terms import parse_terms
from custledger.core.trouble import ensure
from custledger.edit.book_journal import book_journal_text
from custledger.edit.document_values import customer_value, invoice_value
from custledger.edit.example_words import EXAMPLE_WORDS
from custledger.edit.heading import heading
from custledger.edit.journal_entry import NewEntry, NewPosting, entry_text, styled
from custledger.edit.new_book import ACCOUNTS_FILE, NewBook, accounts_text, new_book, settings_text, words_of
from custledger.edit.yaml_text import Plain, Value, document, flow

if TYPE_CHECKING:
    from custledger.edit.example_words import ExampleWords

MONTHS = 12
BANK, CASH, RECEIVABLE, ADVANCES = "assets:bank", "assets:cash", "assets:receivable", "liabilities:advances"
_COMMODITIES = Commodities()

#: Who gets an invoice in which months (0 is the first), and on which day.
_PLAN = (
    ("blueocean", range(12), 4), ("redhill", range(12), 7), ("sunrise", range(0, 12, 2), 9),
    ("kestrel", range(12), 12), ("nordlicht", range(1, 12, 3), 15), ("marlow", range(12), 18),
    ("oakridge", range(1, 12, 3), 20), ("pinestreet", (0, 1), 22), ("quayside", (5, 6, 7), 25),
)  # fmt: skip


@dataclass(slots=True)
class _Year:
    """The year as it is told: documents and entries collect here."""

    book: NewBook
    words: ExampleWords
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
        return totals(
            invoice, self.settings, self.customers[invoice.customer], currency, commodities=_COMMODITIES
        ).total

    def of(self, customer: str) -> list[Invoice]:
        """A customer's invoices, oldest first."""
        return [one for one in self.invoices if one.customer == customer and one.kind == "invoice"]


def example_book(book: NewBook, today: dt.date) -> dict[str, str]:
    """The files of the example, by name."""
    words = EXAMPLE_WORDS[book.language]
    first = (today.replace(day=1) - dt.timedelta(days=360)).replace(day=1)
    book = replace(book, name=book.name or words.company, numbering_from=first)
    other = "EUR" if book.currency != "EUR" else "USD"
    book = replace(book, other_currencies=(other,))
    tax = words_of(book.language).tax
    rate = Decimal("0.13") if book.language == "zh" else Decimal("0.2")
    taxes = {name: Tax(name, Dated(((None, value),))) for name, value in ((tax, rate), ("zero", Decimal(0)))}
    year = _Year(book, words, first, other, Settings(taxes=taxes), _customers(words, first, other))
    _invoices(year, tax)
    _credit_note(year, tax)
    _payments(year)
    _activities(year)
    return _files(year)


def _customers(words: ExampleWords, first: dt.date, other: str) -> dict[str, Customer]:
    found = {}
    for number, (id_, person) in enumerate(words.customers.items()):
        terms = parse_terms(person.terms)
        ensure(terms is not None, f"terms of the example: {person.terms}")
        email = f"accounts@{id_}.example"
        foreign = id_ == "nordlicht"
        found[id_] = Customer(
            id=id_,
            name=person.name,
            aliases=(person.alias,),
            status="on-hold" if id_ == "pinestreet" else "active",
            segment=person.segment,
            owner=words.owners[number % 2],
            currency=Dated(((None, other),)) if foreign else Dated(),
            language="en" if foreign else "",
            contacts=(Contact(person.contact, "", email, "", ("statement", "reminder")),),
            address={"country": "DE" if foreign else words.country, "city": person.city},
            terms=Dated(((None, terms),)) if terms else Dated(),
            credit_limit=Dated(((None, Decimal(200_000 if person.segment == "vip" else 60_000)),)),
            since=first - dt.timedelta(days=200 + 97 * number),
        )
    return found


def _invoices(year: _Year, tax: str) -> None:
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


def _lines(year: _Year, id_: str, month: int, tax: str) -> tuple[Line, ...]:
    seed = list(year.words.customers).index(id_) * 5 + month * 3
    lines = []
    for number in range(1 + seed % 3):
        item, text, unit, price = year.words.goods[(seed + 2 * number) % len(year.words.goods)]
        quantity = 2 + seed % 5 if price > 100 else 40 + 10 * ((seed + number) % 13)  # noqa: PLR2004 - dear things
        share = Decimal("0.05") if quantity >= 150 else Decimal(0)  # noqa: PLR2004 - many
        lines.append(
            Line(item=item, text=text, unit=unit, quantity=Decimal(quantity), price=price, discount=share, tax=tax)
        )
    if seed % 4 == 0:
        lines.append(Line(text=year.words.freight, price=Decimal(120), tax=tax))
    return tuple(lines)


def _credit_note(year: _Year, tax: str) -> None:
    """Goods returned to us: it corrects an invoice of Oakridge's."""
    invoice = year.of("oakridge")[1]
    first = invoice.lines[0]
    quantity = min(Decimal(10), first.quantity)
    line = replace(first, text=year.words.returned, quantity=quantity, tax=tax)
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


# payments -------------------------------------------------------------------------------------------------------------


def _pay(  # noqa: PLR0913 - a receipt has that many sides
    year: _Year,
    id_: str,
    date: dt.date,
    parts: list[tuple[int, str]],
    *,
    note: str,
    text: str = "",
    discount: int = 0,
    account: str = BANK,
    receivable: str = RECEIVABLE,
) -> None:
    """One receipt: `parts` are minor units and the number that each pays ("" for none); nothing after the year."""
    if date > year.last:
        return
    currency = year.currency(id_)

    def posting(name: str, minor: int, *tags: tuple[str, str]) -> NewPosting:
        return NewPosting(account=name, amount=styled(Money(minor, currency), _COMMODITIES, {}), tags=tags)

    whole = sum(minor for minor, _ in parts)
    postings = [posting(account, whole)]
    below = f"{receivable}:{id_}"
    if discount:
        postings.append(posting("expenses:discounts", discount))
    postings += [posting(below, -minor, *((("invoice", number),) if number else ())) for minor, number in parts]
    if discount:
        postings.append(posting(below, -discount, ("invoice", parts[0][1]), ("kind", "discount")))
    method = "cash" if account == CASH else "wire"
    year.entries.append(
        NewEntry(
            date=date,
            payee=year.customers[id_].name,
            note=note,
            tags=(("method", method),),
            outside=(text,) if text else (),
            postings=tuple(postings),
        )
    )


def _payments(year: _Year) -> None:
    words = year.words
    for number, invoice in enumerate(year.of("blueocean")):  # always on time, always names the invoice
        late = invoice.date + dt.timedelta(days=26 + number % 4)
        _pay(year, "blueocean", late, [(year.total(invoice).minor, invoice.number)], note=words.wire)
    for number, invoice in enumerate(year.of("redhill")):  # late, and says what for in words only
        late = invoice.date + dt.timedelta(days=38 + 5 * (number % 6))
        text = words.remittance.format(numbers=invoice.number)
        _pay(year, "redhill", late, [(year.total(invoice).minor, "")], note=words.wire, text=text)
    for invoice in year.of("sunrise"):  # takes the cash discount
        whole = year.total(invoice).minor
        off = rounded(Decimal(whole) * Decimal("0.02"), 0, where="discount")
        early = invoice.date + dt.timedelta(days=8)
        _pay(year, "sunrise", early, [(whole - off, invoice.number)], note=words.discount, discount=off)
    kestrel = year.of("kestrel")
    for pair in zip(kestrel[::2], kestrel[1::2], strict=True):  # two at a time, after sixty days
        text = words.remittance.format(numbers=", ".join(one.number for one in pair))
        parts = [(sum(year.total(one).minor for one in pair), "")]
        _pay(year, "kestrel", pair[1].date + dt.timedelta(days=57), parts, note=words.wire, text=text)
    for invoice in year.of("nordlicht"):  # another currency
        late = invoice.date + dt.timedelta(days=44)
        _pay(year, "nordlicht", late, [(year.total(invoice).minor, invoice.number)], note=words.wire)
    hundred = 100 * 10 ** _COMMODITIES.get(year.book.currency).digits
    for month, invoice in enumerate(year.of("marlow")):  # round sums on account, for the oldest first
        most = year.total(invoice).minor * 9 // 10
        rounded_down = max(hundred, most - most % hundred)
        _pay(year, "marlow", year.day(month + 1, 28), [(rounded_down, "")], note=words.on_account, account=CASH)
    _particular_payments(year)


def _particular_payments(year: _Year) -> None:
    """What happens once: a part payment, a deposit and its use, a write-off."""
    words = year.words
    oakridge = year.of("oakridge")
    credited = year.total(next(one for one in year.invoices if one.kind == "credit-note")).minor
    first, second, third = (year.total(one).minor for one in oakridge[:3])
    _pay(year, "oakridge", year.day(2, 24), [(first, oakridge[0].number)], note=words.wire)
    _pay(year, "oakridge", year.day(5, 24), [(second - credited, oakridge[1].number)], note=words.wire)
    _pay(year, "oakridge", year.day(8, 20), [(third // 2, oakridge[2].number)], note=words.short_payment)
    quayside = year.of("quayside")
    deposit = year.total(quayside[0]).minor
    _pay(year, "quayside", year.day(4, 11), [(deposit, "")], note=words.deposit, receivable=ADVANCES)
    _moved(
        year, "quayside", quayside[0].date + dt.timedelta(days=1), words.use_of_deposit,
        f"{ADVANCES}:quayside", deposit, quayside[0].number,
    )  # fmt: skip
    _pay(year, "quayside", year.day(8, 3), [(year.total(quayside[1]).minor, quayside[1].number)], note=words.wire)
    lost = year.of("pinestreet")[0]
    amount = year.total(lost).minor
    _moved(year, "pinestreet", year.day(9, 30), words.write_off, "expenses:bad debt", amount, lost.number)


def _moved(year: _Year, id_: str, date: dt.date, note: str, account: str, minor: int, invoice: str) -> None:
    """A charge settled without money: from `account`."""
    currency = year.currency(id_)
    amount = styled(Money(minor, currency), _COMMODITIES, {})
    credit = styled(Money(-minor, currency), _COMMODITIES, {})
    postings = (
        NewPosting(account=account, amount=amount),
        NewPosting(account=f"{RECEIVABLE}:{id_}", amount=credit, tags=(("invoice", invoice),)),
    )
    year.entries.append(NewEntry(date=date, payee=year.customers[id_].name, note=note, postings=postings))


def _activities(year: _Year) -> None:
    """Calls, a promise kept, a dispute closed and one that is open."""
    by = year.words.owners[1]
    oakridge, pine, redhill = year.of("oakridge"), year.of("pinestreet"), year.of("redhill")

    def say(kind: str, date: dt.date, customer: str, invoice: Invoice, text: str, **more: Value) -> str:
        entry: dict[str, Value] = {"kind": kind, "date": date, "customer": customer, "by": by}
        entry |= {"invoices": [invoice.number], **more, "text": text}
        id_ = f"{date.isoformat()}-{sha256(flow(entry).encode()).hexdigest()[:6]}"
        year.log.append({"id": id_, **entry})
        return id_

    def close(id_: str, date: dt.date, outcome: str, text: str) -> None:
        entry: dict[str, Value] = {"closes": id_, "date": date, "outcome": outcome, "by": by, "text": text}
        made = f"{date.isoformat()}-{sha256(flow(entry).encode()).hexdigest()[:6]}"
        year.log.append({"id": made, **entry})

    words = year.words
    say("call", year.day(2, 10), "pinestreet", pine[0], words.call)
    made = say("promise", year.day(3, 12), "redhill", redhill[1], words.promise, until=year.day(3, 31))
    close(made, year.day(3, 31), "kept", words.wire)
    made = say("dispute", year.day(2, 2), "oakridge", oakridge[0], words.dispute)
    close(made, year.day(2, 16), "settled", words.dispute_over)
    say("dispute", year.day(8, 2), "oakridge", oakridge[2], words.dispute)


# files ----------------------------------------------------------------------------------------------------------------


def _files(year: _Year) -> dict[str, str]:
    files = new_book(year.book, _COMMODITIES)
    files |= _journals(year)
    roots = sorted(name for name in files if name.startswith("journals/") and name.endswith(".journal"))
    files["book.journal"] = book_journal_text(roots, ".")
    files["custledger.yaml"] = settings_text(year.book, _COMMODITIES)
    files[ACCOUNTS_FILE] = accounts_text(year.book, _COMMODITIES)
    for id_, customer in year.customers.items():
        name = f"customers/{id_}.yaml"
        value = customer_value(customer)
        if id_ == "marlow":
            value["matching"] = {"fifo": Plain("true")}
        files[name] = heading("customer", name) + document(value | {"reviewed": year.last})
    for month in range(MONTHS):
        first = year.day(month, 1)
        name = f"invoices/{first:%Y-%m}.yaml"
        found = sorted(
            (one for one in year.invoices if (one.date.year, one.date.month) == (first.year, first.month)),
            key=lambda one: (one.date, one.number),
        )
        files[name] = heading("invoice", name) + "---\n".join(document(invoice_value(one)) for one in found)
    log = sorted(year.log, key=lambda entry: (str(entry["date"]), str(entry["id"])))
    name = f"activity/{year.first:%Y}-{year.last:%Y}.yaml"
    files[name] = heading("activity", name) + "".join(f"- {flow(entry)}\n" for entry in log)
    return dict(sorted(files.items()))


def _journals(year: _Year) -> dict[str, str]:
    """The entries by month, receipts numbered in order of date by year; the bank's opening balance before them."""
    amount = 50_000 * 10 ** _COMMODITIES.get(year.book.currency).digits
    opening = NewEntry(
        date=year.first,
        payee=year.words.opening,
        postings=(
            NewPosting(account=BANK, amount=styled(Money(amount, year.book.currency), _COMMODITIES, {})),
            NewPosting(account="equity:opening", amount=None),
        ),
    )
    counts: dict[int, int] = {}
    texts: dict[str, list[str]] = {f"journals/{year.first:%Y-%m}.journal": [entry_text(opening, ".")]}
    for entry in sorted(year.entries, key=lambda one: (one.date, one.payee)):
        code = ""
        if entry.tags:
            counts[entry.date.year] = counts.get(entry.date.year, 0) + 1
            code = f"RCPT-{entry.date.year}-{counts[entry.date.year]:05}"
        name = f"journals/{entry.date:%Y-%m}.journal"
        texts.setdefault(name, []).append(entry_text(replace(entry, code=code), "."))
    return {name: "\n".join(found) for name, found in texts.items()}
