"""A generated book for the benchmarks: N invoices and N payments over N/50 customers in 24 months.

The same `seed` gives the same bytes. 92 of 100 payments name their invoice in a tag, and of these one in 25 pays half;
the others say nothing and equal one open invoice to the cent. About 200 bytes a transaction. The customers stand in
one YAML file, one document each.

    python benchmarks/generate.py 10000 DIR    DIR/custledger.yaml, customers/, journals/2024-01.journal …, book.journal
    python benchmarks/generate.py 10000 DIR --documents    the invoices in YAML, invoices/2024-01.yaml …

hledger and ledger read `book.journal`, which includes the months. `beancount` gives the same in beancount's language.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import re
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
    """A transaction: its day, its place among the generated, its text, and that of an invoice as a document."""

    day: dt.date
    order: int
    text: str
    document: str = ""


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
        invoice = _invoice(chance, customer, day, number, amount)
        found.append(Entry(day, 2 * place, invoice, _document(customer, day, number, amount)))
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


def _document(customer: str, day: dt.date, number: str, amount: int) -> str:
    return (
        f"number: {number}\ncustomer: {customer}\ndate: {day}\ndue: {day + dt.timedelta(days=30)}\ncurrency: CNY\n"
        f"terms: net 30\nprices: gross\nlines:\n  - text: {day.month}月货款\n    quantity: 1\n"
        f"    price: {amount // 100}.{amount % 100:02d}\n    tax: vat\n"
    )


def _payment(chance: random.Random, customer: str, day: dt.date, place: int, amount: int, number: str) -> str:
    tag = f"  ; invoice:{number}" if number else ""
    return (
        f"{day} * (RC-{place * 7919 % 10**7:07d}) {customer} 客户 | {chance.choice(BANKS)}收款\n"
        f"    assets:bank:checking               {money(amount)}\n"
        f"    assets:receivable:{customer}           {money(-amount)}{tag}\n"
    )


SETTINGS = """\
book: 1
company: {name: 杭州测算贸易有限公司}
currency: CNY
commodities: {CNY: {digits: 2}}
terms: net 30
accounts:
  receivable: [assets:receivable]
  cash: [assets:bank]
  revenue: [revenues]
  tax: [liabilities:vat]
taxes: {vat: {rate: 13%}}
"""


def customer(place: int) -> str:
    """A customer's document."""
    return (
        f"id: {name(place)}\nname: {name(place)} 客户有限公司\naliases: [{name(place)} 客户]\n"
        f"segment: {'ab'[place % 2]}\nowner: {('li.wei', 'chen.jie', 'zhou.min')[place % 3]}\ncontacts:\n"
        f"  - {{name: 王芳, role: 应付会计, email: ap@{name(place)}.example}}\nterms: net 30\nreviewed: 2025-12-01\n"
    )


def book(count: int, folder: Path, *, seed: int = 1, documents: bool = False) -> Path:
    """Write the book into `folder`, files only where they differ; its journal for other programs.

    With `documents` the invoices stand in YAML, and the journals have the payments alone.
    """
    months: dict[str, list[str]] = {}
    invoices: dict[str, list[str]] = {}
    for entry in entries(count, seed):
        if documents and entry.document:
            invoices.setdefault(f"{entry.day:%Y-%m}", []).append(entry.document)
        else:
            months.setdefault(f"{entry.day:%Y-%m}", []).append(entry.text)
    for part in ("customers", "journals", *(["invoices"] if documents else [])):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for month, texts in months.items():
        _put(folder / "journals" / f"{month}.journal", "\n".join(texts))
    for month, texts in invoices.items():
        _put(folder / "invoices" / f"{month}.yaml", "---\n".join(texts))
    people = max(1, count // PER_CUSTOMER)
    _put(folder / "customers" / "customers.yaml", "---\n".join(customer(place) for place in range(people)))
    _put(folder / "custledger.yaml", SETTINGS)
    _put(folder / "book.journal", "".join(f"include journals/{month}.journal\n" for month in sorted(months)))
    return folder / "book.journal"


_LINE = re.compile(r"    (\S+) +CNY (-?[\d,.]+)")


def beancount(journal: Path, target: Path) -> Path:
    """The same transactions in beancount's language, in one file."""

    def account(text: str) -> str:
        return ":".join(part.capitalize() for part in text.replace("revenues", "income").split(":"))

    months = sorted((journal.parent / "journals").glob("*.journal"))
    written: list[str] = []
    names: dict[str, None] = {}
    for month in months:
        for line in month.read_text("utf-8").splitlines():
            found = _LINE.match(line)
            if found:
                names[account(found[1])] = None
                written.append(f"  {account(found[1])}  {found[2].replace(',', '')} CNY")
            else:
                words = line.partition("; ")[0].split(maxsplit=3)
                written.append(f'{words[0]} * "{words[3].strip()}"' if words else "")
    opened = [f"{FIRST} open {each} CNY" for each in names]
    _put(target, "\n".join([*opened, "", *written, ""]))
    return target


def _put(path: Path, text: str) -> None:
    data = text.encode()
    if not path.exists() or path.read_bytes() != data:
        path.write_bytes(data)


def main() -> int:
    """Write the book."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int, help="invoices, and as many payments")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--beancount", action="store_true", help="write book.beancount too")
    parser.add_argument("--documents", action="store_true", help="write the invoices as YAML documents")
    options = parser.parse_args()
    journal = book(options.count, options.folder, seed=options.seed, documents=options.documents)
    if options.beancount:
        beancount(journal, options.folder / "book.beancount")
    return 0


if __name__ == "__main__":
    sys.exit(main())
