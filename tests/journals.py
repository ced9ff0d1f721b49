"""Journals for tests: sources from dicts, hledger as a second opinion, and generated text."""

from __future__ import annotations

import json
import subprocess
from decimal import Decimal
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from custledger.core.money import EXACT
from custledger.parse.journal.load import load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from custledger.parse.journal.model import Journal, Transaction

Balances = dict[tuple[str, str, str], Decimal]


class DictSource:
    """Files by name, from a dict."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self.files = {name: text.encode() if isinstance(text, str) else text for name, text in files.items()}

    def read(self, name: str) -> bytes:
        return self.files[name]

    def include(self, including: str, pattern: str) -> list[str]:
        folder = including.rpartition("/")[0]
        wanted = f"{folder}/{pattern}" if folder else pattern
        return sorted(name for name in self.files if fnmatch(name, wanted) and name != including)


def read(text: str | bytes, **options: object) -> Journal:
    """One journal of one file, `a.journal`."""
    return load(DictSource({"a.journal": text}), ["a.journal"], **options)


def changes(transactions: tuple[Transaction, ...]) -> Balances:
    """Sums by date, account and commodity; zero ones left out."""
    sums: Balances = {}
    for transaction in transactions:
        for posting in transaction.postings:
            for amount in posting.amounts:
                key = (posting.date.isoformat(), posting.account, amount.commodity)
                sums[key] = EXACT.add(sums.get(key, Decimal(0)), amount.quantity)
    return {key: EXACT.normalize(total) for key, total in sums.items() if total}


def hledger_changes(path: Path) -> Balances | str:
    """The same from hledger, or what it says is wrong."""
    command = ["hledger", "-f", str(path), "print", "-x", "-O", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    if done.returncode:
        return done.stderr
    sums: Balances = {}
    for transaction in json.loads(done.stdout, parse_float=Decimal):
        for posting in transaction["tpostings"]:
            date = posting["pdate"] or transaction["tdate"]
            for amount in posting["pamount"]:
                quantity = amount["aquantity"]
                value = Decimal(int(quantity["decimalMantissa"])).scaleb(-quantity["decimalPlaces"], EXACT)
                key = (date, posting["paccount"], amount["acommodity"])
                sums[key] = EXACT.add(sums.get(key, Decimal(0)), value)
    return {key: EXACT.normalize(total) for key, total in sums.items() if total}


# Generated journals

_ACCOUNTS = ["assets:bank", "assets:bank:icbc", "assets:应收账款:上海 蓝海", "income", "a b", "e"]
_COMMODITIES = ["CNY", "$", "元", '"A 1"', ""]
_NUMBERS = st.sampled_from(
    [
        "0",
        "1",
        "2",
        "3",
        "5",
        "10",
        "100",
        "1.5",
        "0.01",
        "2.005",
        "1,000.00",
        "1 000",
        "1.",
        ".5",
        "1E2",
        "1,5",
        "12,345,678",
        "1.000,50",
        "9" * 40,
    ]
)


@st.composite
def amounts(draw: st.DrawFn) -> str:
    sign = draw(st.sampled_from(["", "", "-", "+", "- "]))
    number = draw(_NUMBERS)
    name = draw(st.sampled_from(_COMMODITIES))
    gap = draw(st.sampled_from(["", " "]))
    shapes = [f"{name}{gap}{sign}{number}", f"{sign}{number}{gap}{name}", f"{sign}{name}{gap}{number}"]
    if number[-1:] in ".5" and gap == "":
        shapes = shapes[:1] + shapes[2:]
    return draw(st.sampled_from(shapes)) if name else f"{sign}{number}"


@st.composite
def postings(draw: st.DrawFn) -> str:
    account = draw(st.sampled_from(_ACCOUNTS))
    account = draw(st.sampled_from(["{}"] * 8 + ["({})", "[{}]"])).format(account)
    status = draw(st.sampled_from(["", "", "", "* ", "! "]))
    text = f"  {status}{account}"
    kind = draw(st.integers(0, 19))
    if kind > 5:
        text += "  " + draw(amounts())
        if kind > 16:
            text += draw(st.sampled_from([" @ ", " @@ "])) + draw(amounts()).replace("-", "")
    if kind in {0, 6}:
        text += "  " + draw(st.sampled_from(["=", "= ", "==", "=* ", "==* "])) + draw(amounts())
    return text + draw(
        st.sampled_from([""] * 6 + ["  ; x", "  ; a:b, c:d", "  ; date:2026-01-03", "  ; [2026-01-02]", "\n  ; > text"])
    )


_DIRECTIVES = [
    "; comment", "# comment", "", "Y2026", "decimal-mark .", "decimal-mark ,", "commodity CNY 1,000.00", "commodity $1.000,0",
    "D 1,000.00 CNY", "D $1.", "alias e = expenses", "alias assets:bank = bank", "alias /^assets:/ = A:", "end aliases",
    "apply account p", "end apply account", "account assets:bank  ; type:C", "payee X", "tag t", "P 2026-01-01 $ CNY 7.10",
    "~ monthly\n  a  1\n  b", "= income\n  (tax)  *0.1", "comment\nany\nend comment", "commodity 元\n  format 元 1,00,000.000",
]  # fmt: skip


@st.composite
def balanced(draw: st.DrawFn) -> str:
    """A transaction that often balances."""
    amount = draw(st.integers(-10_000, 10_000))
    unit = draw(st.sampled_from(["CNY {}", "{} $", "{}", "元{}"]))
    date = draw(st.sampled_from(["2026-01-01", "2026/01/02", "2026.1.3", "1/2", "2026-01-02=2026-01-05"]))
    rest = draw(st.sampled_from([" * (X) pay | note", "", " ! x  ; t:v", " y\n  ; t:v"]))
    accounts = draw(st.lists(st.sampled_from(_ACCOUNTS), min_size=2, max_size=3))
    first = unit.format(f"{amount / 100:.2f}")
    second = draw(st.sampled_from([unit.format(f"{-amount / 100:.2f}"), ""]))
    asserted = draw(st.sampled_from([""] * 5 + [f" = {first}", " = 0", f" ==* {first}"]))
    lines = [f"  {accounts[0]}  {first}{asserted}", f"  {accounts[1]}  {second}".rstrip()]
    return f"{date}{rest}\n" + "\n".join(lines)


@st.composite
def wild(draw: st.DrawFn) -> str:
    """A transaction that may be anything."""
    lines = draw(st.lists(postings(), max_size=4))
    return "\n".join(["2026-01-0" + draw(st.sampled_from("1239")) + " w", *lines])


entries = st.lists(st.one_of(balanced(), balanced(), wild(), st.sampled_from(_DIRECTIVES)), min_size=1, max_size=6)
journals = entries.map(lambda parts: "\n".join(parts) + "\n")
#: Three files' entries, transactions that balance for the most part.
triples = st.lists(
    st.lists(st.one_of(balanced(), balanced(), st.sampled_from(_DIRECTIVES)), min_size=1, max_size=4),
    min_size=3,
    max_size=3,
)

#: For each of three files, what it includes: a.journal is the root.
Includes = [("b c", "", ""), ("b", "c", ""), ("c", "", ""), ("b b", "", "")]


def separated(parts: list[list[str]], layout: tuple[str, ...]) -> dict[str, str]:
    """The parts as files that include each other in the middle."""
    files = {}
    for name, lines, included in zip("abc", parts, layout, strict=True):
        middle = len(lines) // 2
        includes = [f"include {other}.journal" for other in included.split()]
        files[f"{name}.journal"] = "\n".join([*lines[:middle], *includes, *lines[middle:]]) + "\n"
    return files
