"""A year of a small trading firm's life: the book that `init --example` makes.

Twelve whole months that end before `today`, told by rule and not by chance: the same day, language and currency give
the same bytes. Each customer stands for one way of paying, so that every report has something to show.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING

from custledger.book.settings import Dated, Settings, Tax
from custledger.core.frozen import replace
from custledger.core.money import Money, rounded
from custledger.edit.book_journal import book_journal_text
from custledger.edit.document_values import customer_value, invoice_value
from custledger.edit.example_year import COMMODITIES, MONTHS, OWNERS, Year, add_credit_note, add_invoices, customers_of
from custledger.edit.heading import heading
from custledger.edit.journal_entry import NewEntry, NewPosting, entry_text, styled
from custledger.edit.new_book import ACCOUNTS_FILE, LOCAL, NewBook, accounts_text, new_book, settings_text
from custledger.edit.yaml_text import Plain, Value, document, flow

if TYPE_CHECKING:
    from custledger.book.invoice import Invoice

BANK, CASH, RECEIVABLE, ADVANCES = "assets:bank", "assets:cash", "assets:receivable", "liabilities:advances"


def example_book(book: NewBook, today: dt.date) -> dict[str, str]:
    """The files of the example, by name."""
    first = (today.replace(day=1) - dt.timedelta(days=360)).replace(day=1)
    book = replace(book, name=book.name or book.say("example.company"), numbering_from=first)
    other = "EUR" if book.currency != "EUR" else "USD"
    book = replace(book, other_currencies=(other,))
    tax, rate = LOCAL[book.language].tax, Decimal(LOCAL[book.language].rate).scaleb(-2)
    taxes = {name: Tax(name, Dated(((None, value),))) for name, value in ((tax, rate), ("zero", Decimal(0)))}
    year = Year(book, book.say, first, other, Settings(taxes=taxes), customers_of(book, first, other))
    add_invoices(year, tax)
    add_credit_note(year, tax)
    _payments(year)
    _activities(year)
    return _files(year)


# payments -------------------------------------------------------------------------------------------------------------


def _pay(  # noqa: PLR0913 - a receipt has that many sides
    year: Year,
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
        return NewPosting(account=name, amount=styled(Money(minor, currency), COMMODITIES, {}), tags=tags)

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


def _payments(year: Year) -> None:
    say = year.say
    for number, invoice in enumerate(year.of("blueocean")):  # always on time, always names the invoice
        late = invoice.date + dt.timedelta(days=26 + number % 4)
        _pay(year, "blueocean", late, [(year.total(invoice).minor, invoice.number)], note=say("example.wire"))
    for number, invoice in enumerate(year.of("redhill")):  # late, and says what for in words only
        late = invoice.date + dt.timedelta(days=38 + 5 * (number % 6))
        text = say("example.remittance", numbers=invoice.number)
        _pay(year, "redhill", late, [(year.total(invoice).minor, "")], note=say("example.wire"), text=text)
    for invoice in year.of("sunrise"):  # takes the cash discount
        whole = year.total(invoice).minor
        off = rounded(Decimal(whole) * Decimal("0.02"), 0, where="discount")
        early = invoice.date + dt.timedelta(days=8)
        _pay(year, "sunrise", early, [(whole - off, invoice.number)], note=say("example.discount"), discount=off)
    kestrel = year.of("kestrel")
    for pair in zip(kestrel[::2], kestrel[1::2], strict=True):  # two at a time, after sixty days
        text = say("example.remittance", numbers=", ".join(one.number for one in pair))
        parts = [(sum(year.total(one).minor for one in pair), "")]
        _pay(year, "kestrel", pair[1].date + dt.timedelta(days=57), parts, note=say("example.wire"), text=text)
    unit = 10 ** COMMODITIES.get(year.book.currency).digits
    _pay(year, "kestrel", year.day(10, 5), [(750 * unit, "")], note=say("example.on_account"))  # nothing says for what
    for invoice in year.of("nordlicht"):  # another currency
        late = invoice.date + dt.timedelta(days=44)
        _pay(year, "nordlicht", late, [(year.total(invoice).minor, invoice.number)], note=say("example.wire"))
    hundred = 100 * unit
    for month, invoice in enumerate(year.of("marlow")):  # round sums on account, for the oldest first
        most = year.total(invoice).minor * 9 // 10
        rounded_down = max(hundred, most - most % hundred)
        _pay(
            year, "marlow", year.day(month + 1, 28), [(rounded_down, "")], note=say("example.on_account"), account=CASH
        )
    _particular_payments(year)


def _particular_payments(year: Year) -> None:
    """What happens once: a part payment, a deposit and its use, a write-off."""
    say = year.say
    oakridge = year.of("oakridge")
    credited = year.total(next(one for one in year.invoices if one.kind == "credit-note")).minor
    first, second, third = (year.total(one).minor for one in oakridge[:3])
    _pay(year, "oakridge", year.day(2, 24), [(first, oakridge[0].number)], note=say("example.wire"))
    _pay(year, "oakridge", year.day(5, 24), [(second - credited, oakridge[1].number)], note=say("example.wire"))
    _pay(year, "oakridge", year.day(8, 20), [(third // 2, oakridge[2].number)], note=say("example.short_payment"))
    quayside = year.of("quayside")
    deposit = year.total(quayside[0]).minor
    _pay(year, "quayside", year.day(4, 11), [(deposit, "")], note=say("example.deposit"), receivable=ADVANCES)
    _moved(
        year, "quayside", quayside[0].date + dt.timedelta(days=1), say("example.use_of_deposit"),
        f"{ADVANCES}:quayside", deposit, quayside[0].number,
    )  # fmt: skip
    _pay(
        year,
        "quayside",
        year.day(8, 3),
        [(year.total(quayside[1]).minor, quayside[1].number)],
        note=say("example.wire"),
    )
    lost = year.of("pinestreet")[0]
    amount = year.total(lost).minor
    _moved(year, "pinestreet", year.day(9, 30), say("example.write_off"), "expenses:bad debt", amount, lost.number)


def _moved(year: Year, id_: str, date: dt.date, note: str, account: str, minor: int, invoice: str) -> None:
    """A charge settled without money: from `account`."""
    currency = year.currency(id_)
    amount = styled(Money(minor, currency), COMMODITIES, {})
    credit = styled(Money(-minor, currency), COMMODITIES, {})
    postings = (
        NewPosting(account=account, amount=amount),
        NewPosting(account=f"{RECEIVABLE}:{id_}", amount=credit, tags=(("invoice", invoice),)),
    )
    year.entries.append(NewEntry(date=date, payee=year.customers[id_].name, note=note, postings=postings))


def _activities(year: Year) -> None:
    """Calls, a promise kept, a dispute closed and one that is open."""
    by = OWNERS[1]
    oakridge, pine, redhill = year.of("oakridge"), year.of("pinestreet"), year.of("redhill")

    say = year.say

    def tell(kind: str, date: dt.date, customer: str, invoice: Invoice, text: str, **more: Value) -> str:
        entry: dict[str, Value] = {"kind": kind, "date": date, "customer": customer, "by": by}
        entry |= {"invoices": [invoice.number], **more, "text": text}
        id_ = f"{date.isoformat()}-{sha256(flow(entry).encode()).hexdigest()[:6]}"
        year.log.append({"id": id_, **entry})
        return id_

    def close(id_: str, date: dt.date, outcome: str, text: str) -> None:
        entry: dict[str, Value] = {"closes": id_, "date": date, "outcome": outcome, "by": by, "text": text}
        made = f"{date.isoformat()}-{sha256(flow(entry).encode()).hexdigest()[:6]}"
        year.log.append({"id": made, **entry})

    tell("call", year.day(2, 10), "pinestreet", pine[0], say("example.call"))
    made = tell("promise", year.day(3, 12), "redhill", redhill[1], say("example.promise"), until=year.day(3, 31))
    close(made, year.day(3, 31), "kept", say("example.wire"))
    made = tell("dispute", year.day(2, 2), "oakridge", oakridge[0], say("example.dispute"))
    close(made, year.day(2, 16), "settled", say("example.dispute_over"))
    tell("dispute", year.day(8, 2), "oakridge", oakridge[2], say("example.dispute"))


# files ----------------------------------------------------------------------------------------------------------------


def _files(year: Year) -> dict[str, str]:
    files = new_book(year.book, COMMODITIES)
    files |= _journals(year)
    roots = sorted(name for name in files if name.startswith("journals/") and name.endswith(".journal"))
    files["book.journal"] = book_journal_text(roots, ".")
    files["custledger.yaml"] = settings_text(year.book, COMMODITIES)
    files[ACCOUNTS_FILE] = accounts_text(year.book, COMMODITIES)
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


def _journals(year: Year) -> dict[str, str]:
    """The entries by month, receipts numbered in order of date by year; the bank's opening balance before them."""
    amount = 50_000 * 10 ** COMMODITIES.get(year.book.currency).digits
    opening = NewEntry(
        date=year.first,
        payee=year.say("example.opening"),
        postings=(
            NewPosting(account=BANK, amount=styled(Money(amount, year.book.currency), COMMODITIES, {})),
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
