"""How many YAML documents a second are read: bytes to frozen values, with every check, one core, nothing kept.

Invoices of 18 lines with Chinese notes in 24 monthly files, in block style and as the program itself writes them, and
customers in one file. The precise reader (the specification, to which whatever the quick one does not cover goes)
reads the same files in the same rounds. Writes a section of docs/PERFORMANCE.md; `make bench` runs it; `--count` sets
how many invoices, `--runs` how often, `--dry` only prints.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import random
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from benchmarks.generate import FIRST, PER_CUSTOMER, name  # noqa: E402 - found beside this file
from benchmarks.page import machine, put  # noqa: E402

from custledger.parse.yaml.compose import compose  # noqa: E402
from custledger.schema.documents import (  # noqa: E402
    lower_customers,
    lower_invoices,
    read_customers,
    read_invoices,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Files = list[tuple[str, bytes]]
    Made = tuple["Goods", int, int]
    Rest = tuple[int, str, int, str]
    Read = Callable[[Files], tuple[Sequence[object], Sequence[object]]]

CUSTOMERS = 10_000
GOODS = ("深沟球轴承", "三相异步电机", "电力电缆", "接近开关", "变频器", "液压泵", "减速机", "不锈钢法兰")
PEOPLE = ("li.wei", "chen.jie", "zhou.min", "wang.fang")
NOTES = ("请按合同付款，货到验收", "发票随货，质保十二个月", "月底前付清，逾期按约计息", "分批交货，按签收数量结算")


class Goods(NamedTuple):
    """An article: its code, name, unit and tax."""

    code: str
    text: str
    unit: str
    tax: str


def goods(chance: random.Random) -> list[Goods]:
    """300 articles."""
    return [
        Goods(f"{chance.choice('ABCDE')}{chance.choice('RSTU')}G-{n:04d}", f"{GOODS[n % 8]} {n}", "套", "vat13")
        for n in range(300)
    ]


def invoices(count: int, seed: int, *, flow: bool = False) -> Files:
    """`count` invoices in 24 monthly files; with `flow` each line of an invoice on one line of text."""
    chance = random.Random(seed)  # noqa: S311 - a benchmark's data, not a secret
    articles, customers = goods(chance), max(1, count // PER_CUSTOMER)
    months: dict[str, list[str]] = {}
    for place in range(count):
        day = FIRST + dt.timedelta(days=chance.randrange(730))
        made = (chance.choice(articles), chance.randrange(1, 400), chance.randrange(100, 500_000))
        rest = (chance.randrange(2_000, 90_000), chance.choice(PEOPLE), chance.randrange(10**6), chance.choice(NOTES))
        text = _invoice(place, name(place % customers), day, made, rest, flow=flow)
        months.setdefault(f"invoices/{day:%Y-%m}.yaml", []).append(text)
    return [(month, "---\n".join(texts).encode()) for month, texts in sorted(months.items())]


def _invoice(place: int, customer: str, day: dt.date, made: Made, rest: Rest, *, flow: bool) -> str:
    article, quantity, price = made
    freight, person, order, note = rest
    first = [("item", article.code), ("text", article.text), ("quantity", quantity), ("price", f"{price / 100:.2f}")]
    first.append(("tax", article.tax))
    second = [("text", "运费"), ("price", f"{freight / 100:.2f}"), ("tax", "vat6")]
    if flow:
        lines = "".join("  - {" + ", ".join(f"{key}: {text}" for key, text in one) + "}\n" for one in (first, second))
        refs = f"refs: {{po: PO-{order:06d}}}\n"
    else:
        lines = "".join(
            "".join(f"  {' ' if at else '-'} {key}: {text}\n" for at, (key, text) in enumerate(one))
            for one in (first, second)
        )
        refs = f"refs:\n  po: PO-{order:06d}\n"
    return (
        f"number: INV-{day.year}-{place:07d}\ncustomer: {customer}\ndate: {day}\ndue: {day + dt.timedelta(days=30)}\n"
        f"currency: CNY\nsalesperson: {person}\n{refs}lines:\n{lines}note: {note}，合同 HT-{order % 900:03d}\n"
    )


def customers(count: int, seed: int) -> Files:
    """`count` profiles in one file."""
    chance = random.Random(seed)  # noqa: S311 - a benchmark's data, not a secret
    texts = [
        f"id: {name(place)}\nname: {chance.choice('东南西北')}{chance.choice(GOODS)}有限公司 {place}\n"
        f"aliases: [{name(place)}]\nsegment: wholesale\ntax_id: 9133{place:014d}\nowner: {chance.choice(PEOPLE)}\n"
        "currency: CNY\ncontacts:\n"
        f'  - {{name: 王芳, role: 应付会计, email: "ap@c{place}.example", phone: "+86 21 5555 {place % 10000:04d}"}}\n'
        f'address: {{country: CN, city: 上海, street: 海棠路 {place % 400} 号, postcode: "200120"}}\n'
        f'bank_accounts:\n  - {{bank: 工商银行, account: "6222 0000 {place:08d}"}}\n'
        f"terms: net {30 + place % 3 * 15}\ncredit: {{limit: {place % 40 + 1}0000.00}}\n"
        f"reviewed: 2026-01-{place % 28 + 1:02d}\nsince: 2023-04-01\n"
        for place in range(count)
    ]
    return [("customers/all.yaml", "---\n".join(texts).encode())]


def precise(lower: Callable[..., tuple[Sequence[object], list[object]]]) -> Read:
    """The way over nodes, for everything."""

    def read(files: Files) -> tuple[Sequence[object], Sequence[object]]:
        composed = [compose(path, data) for path, data in files]
        values, found = lower(composed)
        return values, [*(problem for file in composed for problem in file.diagnostics), *found]

    return read


def seconds(read: Read, files: Files, count: int) -> float:
    """Seconds of processor time."""
    gc.collect()
    start = time.process_time()
    values, problems = read(files)
    taken = time.process_time() - start
    if len(values) != count or problems:
        raise SystemExit(f"{len(values)} documents of {count}, problems: {problems[:3]}")
    return taken


def table(count: int, runs: int, seed: int) -> str:
    """Median rates with their range as a Markdown table."""
    block, flow, profiles = invoices(count, seed), invoices(count, seed, flow=True), customers(CUSTOMERS, seed)
    kinds: list[tuple[str, Files, int, Read]] = [
        ("invoices, block style", block, count, read_invoices),
        ("invoices, a line each on one line", flow, count, read_invoices),
        ("customers", profiles, CUSTOMERS, read_customers),
        ("invoices, block style, by the precise reader", block, count, precise(lower_invoices)),
        ("customers, by the precise reader", profiles, CUSTOMERS, precise(lower_customers)),
    ]
    taken: dict[str, list[float]] = {kind: [] for kind, *_ in kinds}
    for _ in range(runs):
        for kind, files, documents, read in kinds:
            taken[kind].append(seconds(read, files, documents))
    lines = [
        f"`make bench` on {machine()}, {runs} rounds; documents a second of one core's processor time, from bytes to",
        "values with every check, least and most in brackets. 18 lines an invoice, 24 monthly files; customers in one.",
        "",
        "| documents | how many | bytes each | a second | | MB a second |",
        "| --- | ---: | ---: | ---: | :--- | ---: |",
    ]
    for kind, files, documents, _ in kinds:
        size = sum(len(data) for _, data in files)
        rates = [documents / each for each in taken[kind]]
        middle = statistics.median(rates)
        lines.append(
            f"| {kind} | {documents:,} | {size // documents} | {middle:,.0f} | ({min(rates):,.0f}–{max(rates):,.0f}) "
            f"| {middle * size / documents / 1e6:.1f} |"
        )
    return "\n".join(lines)


def main(words: list[str] | None = None) -> int:
    """Measure, print, and write the section."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dry", action="store_true", help="print only")
    options = parser.parse_args(words)
    gc.disable()
    found = table(options.count, options.runs, options.seed)
    print(found)
    if not options.dry:
        put("documents", "YAML documents", found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
