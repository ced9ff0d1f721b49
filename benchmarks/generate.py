"""Generated journals for the benchmarks: N invoices and N payments over N/50 customers in 24 months.

The same `seed` gives the same bytes. 92 of 100 payments name their invoice in a tag, and of these one in 25 pays half;
the others say nothing and equal one open invoice to the cent. About 200 bytes a transaction.

    python benchmarks/generate.py 10000 /tmp/book            24 monthly files and main.journal, which includes them
    python benchmarks/generate.py 10000 /tmp/book --single   one file
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
from pathlib import Path
from typing import NamedTuple

MONTHS = 24
FIRST = dt.date(2024, 1, 1)
LAST = dt.date(2025, 12, 31)
SHARE_TAGGED = 0.92
SHARE_HALF = 0.04
PER_CUSTOMER = 50
WORDS = ("货款", "服务费", "材料款", "设备款", "运费", "parts", "service", "maintenance", "licence")
BANKS = ("工行", "招行", "建行", "中行")


class Entry(NamedTuple):
    """A transaction: its day, its place among the generated, and its text."""

    day: dt.date
    order: int
    text: str


def money(minor: int) -> str:
    """`CNY 1,234.56`."""
    return f"CNY {minor // 100:,}.{minor % 100:02d}" if minor >= 0 else f"CNY -{-minor // 100:,}.{-minor % 100:02d}"


def entries(count: int, seed: int) -> list[Entry]:
    """`count` invoices and `count` payments, by date."""
    chance = random.Random(seed)  # noqa: S311 - a benchmark's data, not a secret
    customers = max(1, count // PER_CUSTOMER)
    days = (LAST - FIRST).days
    found: list[Entry] = []
    for place in range(count):
        customer = name(place % customers)
        day = FIRST + dt.timedelta(days=chance.randrange(days - 60))
        amount = round(chance.lognormvariate(12, 1.2)) + 1000
        number = f"INV-{day.year}-{place:07d}"
        found.append(Entry(day, 2 * place, _invoice(chance, customer, day, number, amount)))
        paid = min(LAST, day + dt.timedelta(days=chance.randrange(5, 75)))
        tagged = chance.random() < SHARE_TAGGED
        amount = amount // 2 if tagged and chance.random() < SHARE_HALF else amount
        found.append(Entry(paid, 2 * place + 1, _payment(chance, customer, paid, place, amount, number * tagged)))
    return sorted(found)


def name(place: int) -> str:
    """A customer's id: four syllables, another for every place."""
    syllables = [one + two for one in "bdfgklmnprst" for two in "aeiou"]
    found = ""
    for _ in range(4):
        place, which = divmod(place, len(syllables))
        found += syllables[which]
    return found


def _invoice(chance: random.Random, customer: str, day: dt.date, number: str, amount: int) -> str:
    due = day + dt.timedelta(days=30)
    tax = amount * 13 // 113
    return (
        f"{day} * ({number}) {customer} 客户 | {day.month}月{chance.choice(WORDS)}  ; due:{due}\n"
        f"    assets:receivable:{customer}            {money(amount)}\n"
        f"    revenues:sales                     {money(tax - amount)}\n"
        f"    liabilities:vat                    {money(-tax)}\n"
    )


def _payment(chance: random.Random, customer: str, day: dt.date, place: int, amount: int, number: str) -> str:
    tag = f"  ; invoice:{number}" if number else ""
    return (
        f"{day} * (RC-{place * 7919 % 10**7:07d}) {customer} 客户 | {chance.choice(BANKS)}收款\n"
        f"    assets:bank:checking               {money(amount)}\n"
        f"    assets:receivable:{customer}           {money(-amount)}{tag}\n"
    )


def write(count: int, folder: Path, *, seed: int = 1, single: bool = False) -> Path:
    """The journal to open; files are written again only where they differ."""
    folder.mkdir(parents=True, exist_ok=True)
    every = entries(count, seed)
    main = folder / "main.journal"
    if single:
        _put(main, "\n".join(entry.text for entry in every))
        return main
    months: dict[str, list[str]] = {}
    for entry in every:
        months.setdefault(f"{entry.day:%Y-%m}", []).append(entry.text)
    for month, texts in months.items():
        _put(folder / f"{month}.journal", "\n".join(texts))
    _put(main, "".join(f"include {month}.journal\n" for month in sorted(months)))
    return main


def _put(path: Path, text: str) -> None:
    data = text.encode()
    if not path.exists() or path.read_bytes() != data:
        path.write_bytes(data)


def main() -> int:
    """Write the files and say which to open."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int, help="invoices, and as many payments")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--single", action="store_true", help="one file instead of one a month")
    options = parser.parse_args()
    print(write(options.count, options.folder, seed=options.seed, single=options.single))
    return 0


if __name__ == "__main__":
    sys.exit(main())
