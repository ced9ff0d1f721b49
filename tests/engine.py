"""Books for tests of the engine: texts in, numbers out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from unittest import mock

from custledger.book.allocation import Story
from custledger.book.book import Book
from custledger.book.customer import Customer
from custledger.book.position import Standing
from custledger.book.settings import Matching, Settings
from custledger.core.diagnostic import Diagnostic
from custledger.parse.journal.load import load
from custledger.parse.journal.model import Transaction
from custledger.reconcile.engine import matchers, reconcile
from custledger.reconcile.standing import stand
from custledger.resolve.book import resolve
from journals import DictSource

PLAIN = ("corrects", "explicit", "oldest-first")
"""What the text says, and the one policy: the tiers that need neither arithmetic nor a reading of texts."""

ACCOUNTS = {
    "receivable": ("assets:receivable", "liabilities:advances"),
    "cash": ("assets:bank",),
    "revenue": ("income",),
    "tax": ("liabilities:vat",),
    "discount": ("expenses:discounts",),
    "bad_debt": ("expenses:bad debt",),
    "allowance": ("assets:allowance",),
    "withholding": ("assets:withholding",),
    "fx": ("expenses:fx",),
    "fee": ("expenses:bank charges",),
    "payable": ("liabilities:payable",),
    "unidentified": ("liabilities:unidentified",),
}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@dataclass(frozen=True)
class Read:
    """A book that was read, its problems, and answers about it. Amounts are minor units."""

    book: Book
    diagnostics: tuple[Diagnostic, ...]
    transactions: tuple[Transaction, ...]
    tiers: tuple[str, ...] | None = PLAIN
    """The tiers that decide; None: all there are."""

    def told(self) -> Story:
        """The story as these tiers tell it."""
        chosen = tuple(m for m in matchers() if self.tiers is None or m.name in self.tiers)
        with mock.patch("custledger.reconcile.engine.matchers", return_value=chosen):
            return reconcile(self.book)

    @property
    def slugs(self) -> list[str]:
        return [".".join(filter(None, (d.slug, d.variant))) for d in self.diagnostics]

    def story(self) -> list[tuple]:
        """(credit, charge, amount, rule, first, until) by name, in the story's order."""
        names = {e.key: e.name for e in (*self.book.charges, *self.book.credits, *self.book.debits)}
        return [
            (names[a.credit], names[a.charge], a.amount, a.rule, str(a.first), str(a.until) if a.until else None)
            for a in self.told().allocations
        ]

    def on(self, as_of: str, *, recorded_only: bool = False) -> Standing:
        when = day(as_of)
        return stand(self.book, self.told(), as_of=when, today=when, recorded_only=recorded_only)

    def balance(self, as_of: str, customer: str = "acme") -> tuple[int, int, int]:
        """(open, unapplied as credits count, balance) of a customer's one commodity."""
        found = [p for p in self.on(as_of).positions if p.customer == customer]
        assert len(found) <= 1
        return (found[0].amount_open, found[0].amount_unapplied, found[0].balance) if found else (0, 0, 0)

    def open(self, as_of: str) -> dict[str, int]:
        return {i.charge.name: i.amount_open for p in self.on(as_of).positions for i in p.open_items}

    def unapplied(self, as_of: str) -> dict[str, int]:
        return {u.entry.name: u.amount for p in self.on(as_of).positions for u in p.unapplied}

    def kinds(self) -> list[tuple[str, str, str, int]]:
        """(class, name, kind, amount) of every entry, in order."""
        return [
            (type(entry).__name__, entry.name, entry.kind, entry.money.minor)
            for group in (self.book.charges, self.book.credits, self.book.debits)
            for entry in group
        ]


def read(
    *texts: str,
    bare: bool = True,
    fifo: bool = False,
    customers: tuple[str | Customer, ...] = (),
    invoices: tuple = (),
    activities: tuple = (),
    receivable: tuple[str, ...] = (),
    settings: Settings | None = None,
    tiers: tuple[str, ...] | None = PLAIN,
) -> Read:
    """A book of these journals (`0.journal` …); bare, or with the accounts above and these customers."""
    files = {f"{place}.journal": text for place, text in enumerate(texts)}
    journal = load(DictSource(files), list(files), separate=bare)
    assert not journal.diagnostics, journal.diagnostics
    matching = Matching(fifo=True) if fifo else Matching()
    settings = settings or Settings(bare=bare, accounts={} if bare else ACCOUNTS, matching=matching)
    profiles = [Customer(id=c, name=c.title()) if isinstance(c, str) else c for c in customers]
    resolved = resolve(
        journal=journal,
        settings=settings,
        customers=profiles,
        invoices=invoices,
        activities=activities,
        label=("book",),
        receivable=receivable,
    )
    return Read(resolved.book, resolved.diagnostics, resolved.transactions, tiers)


def book(*texts: str, customers: tuple[str | Customer, ...] = ("acme", "bolt"), **options) -> Read:
    return read(*texts, bare=False, customers=customers, **options)


# Entries by hand, each a journal text. Amounts in whole units.


def sale(number: str, date: str, amount: int, customer="acme", tags="", commodity="CNY") -> str:
    return f"{date} ({number}) x\n    assets:receivable:{customer}  {commodity} {amount}{'  ; ' + tags if tags else ''}\n    income\n"


def paid(code: str, date: str, *parts: tuple[int, str] | int, customer="acme", account="assets:receivable") -> str:
    lines = [f"{date} ({code}) x", "    assets:bank"]
    for part in parts:
        amount, tags = part if isinstance(part, tuple) else (part, "")
        lines.append(f"    {account}:{customer}  CNY {-amount}{'  ; ' + tags if tags else ''}")
    return "\n".join(lines) + "\n"


def back(code: str, date: str, amount: int, reverses: str | None = None) -> str:
    tag = f"  ; reverses:{reverses}" if reverses else ""
    return f"{date} ({code}) x\n    assets:receivable:acme  CNY {amount}{tag}\n    assets:bank\n"


ADVANCES = (
    paid("R0", "2026-01-01", 500),
    paid("R1", "2026-01-02", 300, account="liabilities:advances"),
    paid("R2", "2026-01-03", 300, account="liabilities:advances"),
    sale("A", "2026-01-10", 400),
)


def move(amount: int, tags: str, date: str = "2026-01-15") -> str:
    return (
        f"{date} x\n    liabilities:advances:acme  CNY {amount}\n    assets:receivable:acme  CNY {-amount}  ; {tags}\n"
    )
