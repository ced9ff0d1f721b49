"""How many credits a second the engine decides, with nothing read: the book's values are made directly.

Three books: every credit tagged with its invoice; every credit's text naming it; the mix of the matching benchmark.
Rates are credits per second of processor time, of one core. Writes a section of docs/PERFORMANCE.md; `make bench` runs
it; `--count` sets how many credits, `--runs` how often, `--dry` only prints.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import random
import statistics
import sys
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from benchmarks.generate import FIRST, PER_CUSTOMER, name  # noqa: E402 - found beside this file
from benchmarks.page import machine, put  # noqa: E402

from custledger.book.book import Book  # noqa: E402
from custledger.book.customer import Customer  # noqa: E402
from custledger.book.entry import Charge, Credit, CreditPart, Text  # noqa: E402
from custledger.book.settings import Settings  # noqa: E402
from custledger.core.money import Commodities, Money  # noqa: E402
from custledger.core.span import Span  # noqa: E402
from custledger.reconcile.engine import reconcile  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

DAYS = 670


def book(count: int, seed: int, *, tagged: bool, per_customer: int = PER_CUSTOMER) -> Book:
    """`count` invoices and as many payments of one each, by tag or by a number in the text."""
    chance = random.Random(seed)  # noqa: S311 - a benchmark's data, not a secret
    customers = max(1, count // per_customer)
    charges: list[Charge] = []
    credits_: list[Credit] = []
    for place in range(count):
        customer = name(place % customers)
        day = FIRST + dt.timedelta(days=chance.randrange(DAYS))
        charges.append(_charge(place, customer, day, Money(chance.randrange(1000, 10**7), "CNY")))
        credits_.append(_credit(charges[-1], day + dt.timedelta(days=chance.randrange(5, 75)), tagged=tagged))
    return Book(
        label=("benchmark",),
        settings=Settings(),
        commodities=Commodities(),
        customers={name(place): Customer(id=name(place), name=name(place)) for place in range(customers)},
        charges=tuple(sorted(charges, key=lambda entry: (entry.date, entry.key))),
        credits=tuple(sorted(credits_, key=lambda entry: (entry.date, entry.key))),
    )


def _charge(place: int, customer: str, day: dt.date, money: Money) -> Charge:
    number = f"INV-{day.year}-{place:07d}"
    return Charge(
        key=f"c:{place}",
        name=number,
        customer=customer,
        kind="invoice",
        money=money,
        date=day,
        date_value=day,
        span=Span("c", place + 1, 1, place + 1, 40),
        number=number,
        date_due=day + dt.timedelta(days=30),
        date_claim=day,
    )


def _credit(charge: Charge, day: dt.date, *, tagged: bool) -> Credit:
    span = Span("p", charge.span.line, 1, charge.span.line, 40)
    code = f"RC-{charge.span.line * 7919 % 10**7:07d}"
    note = "货款" if tagged else f"货款 {charge.name}"
    return Credit(
        key=f"p:{charge.key}",
        name=code,
        customer=charge.customer,
        kind="payment",
        money=charge.money,
        date=day,
        date_value=day,
        span=span,
        code=code,
        parts=(CreditPart(amount=charge.money.minor, invoices=(charge.name,) if tagged else (), span=span),),
        texts=(Text("code", code, span), Text("note", note, span)),
    )


def mix(count: int, seed: int) -> list[Book]:
    """The months of the matching benchmark, with every kind of difficulty in its share."""
    from benchmarks.matching.books import values
    from benchmarks.matching.months import BATCH, batch

    return [values(batch(seed, index)) for index in range(max(1, count // BATCH))]


def rate(books: list[Book]) -> float:
    """Credits per second of processor time."""
    gc.collect()
    start = time.process_time()
    told = [len(reconcile(made).allocations) for made in books]
    seconds = time.process_time() - start
    if not all(told):
        raise SystemExit("the engine allocated nothing: this would measure nothing")
    return sum(len(made.credits) for made in books) / seconds


def memory(books: list[Book]) -> float:
    """MB that the engine takes beside the books, at its peak; measured apart, because measuring is slow."""
    tracemalloc.start()
    for made in books:
        reconcile(made)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def kinds(count: int, seed: int) -> dict[str, Callable[[], list[Book]]]:
    """What is measured, by what the table calls it."""
    long_ago = 10 * PER_CUSTOMER
    return {
        "explicit: a tag names the invoice": lambda: [book(count, seed, tagged=True)],
        "by reference: a number in the text": lambda: [book(count // 5, seed, tagged=False)],
        "explicit, ten times the history a customer": lambda: [book(count, seed, tagged=True, per_customer=long_ago)],
        "by reference, ten times the history": lambda: [book(count // 5, seed, tagged=False, per_customer=long_ago)],
        "the mix of the matching benchmark": lambda: mix(count // 20, seed),
    }


def table(count: int, runs: int, seed: int) -> str:
    """Median rates with their range, and memory, as a Markdown table."""
    lines = [
        f"`make bench` on {machine()}, {runs} runs; credits per second of one core, least and most in brackets; memory",
        "is what the engine takes beside the book, its answer included.",
        "",
        "| credits | how many | a second | | MB | kB a credit |",
        "| --- | ---: | ---: | :--- | ---: | ---: |",
    ]
    for name_, make in kinds(count, seed).items():
        books = make()
        credits_ = sum(len(made.credits) for made in books)
        rates = [rate(books) for _ in range(runs)]
        taken = memory(books)
        middle = statistics.median(rates)
        lines.append(
            f"| {name_} | {credits_:,} | {middle:,.0f} | ({min(rates):,.0f}–{max(rates):,.0f}) "
            f"| {taken:.0f} | {taken * 1000 / credits_:.2f} |"
        )
    return "\n".join(lines)


def main(words: list[str] | None = None) -> int:
    """Measure, print, and write the section."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dry", action="store_true", help="print only")
    options = parser.parse_args(words)
    gc.disable()
    found = table(options.count, options.runs, options.seed)
    print(found)
    if not options.dry:
        put("engine", "The engine alone", found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
