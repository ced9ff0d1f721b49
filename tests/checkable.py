"""Small values to check: a book made by hand, without any parser."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from custledger.book.activity import Activity
from custledger.book.allocation import Allocation, Story
from custledger.book.book import Book
from custledger.book.customer import Customer
from custledger.book.entry import Charge, Credit, CreditPart, Debit
from custledger.book.invoice import Invoice, Line, Totals
from custledger.book.settings import Dated, Settings
from custledger.check._rule import Checked
from custledger.check.run import run_checks
from custledger.core.money import Commodities, Money
from custledger.core.span import Span
from custledger.core.trouble import WorldError
from custledger.parse.journal.model import Comment, Journal, Posting, Transaction

TODAY = dt.date(2026, 6, 30)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def cny(units: str) -> Money:
    return Money(int(Decimal(units) * 100), "CNY")


def at(line: int, file: str = "journals/a.journal") -> Span:
    return Span(file, line, 1, line, 10)


def customer(name: str, line: int = 1, **more: Any) -> Customer:
    return Customer(id=name, name=more.pop("name", name.title()), span=at(line, "customers/a.yaml"), **more)


def invoice(number: str, line: int = 1, **more: Any) -> Invoice:
    more = {"customer": "acme", "date": day("2026-01-20"), **more}
    lines = more.pop("lines", (Line(price=Decimal(100)),))
    return Invoice(number=number, lines=lines, span=at(line, "invoices/a.yaml"), **more)


def charge(number: str, amount: str = "100", line: int = 1, **more: Any) -> Charge:
    date = more.pop("date", day("2026-01-20"))
    return Charge(
        **{
            "key": number, "name": number, "number": number, "customer": "acme", "kind": "invoice", "money": cny(amount),
            "date": date, "date_value": date, "date_claim": date, "date_due": day("2026-02-20"), "span": at(line), **more,
        }
    )  # fmt: skip


def credit(code: str, amount: str = "100", invoices: tuple[str, ...] = (), line: int = 5, **more: Any) -> Credit:
    date = more.pop("date", day("2026-02-10"))
    parts = (CreditPart(amount=cny(amount).minor, invoices=invoices, span=at(line)),)
    return Credit(
        **{
            "key": code, "name": code, "code": code, "customer": "acme", "kind": "payment", "money": cny(amount),
            "date": date, "date_value": date, "span": at(line), "parts": parts, **more,
        }
    )  # fmt: skip


def debit(name: str, amount: str, reverses: str | None, line: int = 9, **more: Any) -> Debit:
    date = more.pop("date", day("2026-03-01"))
    return Debit(
        **{
            "key": name, "name": name, "customer": "acme", "kind": "refund", "money": cny(amount), "date": date,
            "date_value": date, "span": at(line), "reverses": reverses, **more,
        }
    )  # fmt: skip


def totals(amount: str) -> Totals:
    money = cny(amount)
    return Totals(net=money, tax=cny("0"), total=money, line_nets=(money,), taxes=())


def allocation(credit_key: str, charge_key: str, amount: str, **more: Any) -> Allocation:
    return Allocation(
        **{
            "credit": credit_key, "charge": charge_key, "customer": "acme", "commodity": "CNY",
            "amount": cny(amount).minor, "rule": "explicit", "state": "recorded", "first": day("2026-02-10"), **more,
        }
    )  # fmt: skip


def checked(**parts: Any) -> Checked:
    """A book of these parts; `files` may be a mapping from name to text."""
    texts = parts.pop("texts", {})
    settings = parts.pop("settings", Settings())
    book = Book(
        label=("book",),
        settings=settings,
        commodities=Commodities(),
        customers={c.id: c for c in parts.get("customers", ())},
        invoices={i.number: i for i in parts.get("invoices", ())},
        totals=parts.pop("totals", {}),
        charges=parts.pop("charges", ()),
        credits=parts.pop("credits", ()),
        debits=parts.pop("debits", ()),
        advances=parts.pop("advances", ()),
        activities=parts.get("activities", ()),
    )

    def read(name: str) -> bytes:
        if name not in texts:
            raise WorldError("files.missing", file=name)
        return texts[name].encode()

    allocations = parts.pop("allocations", ())
    return Checked(
        journal=parts.pop("journal", Journal()),
        settings=settings,
        book=book,
        story=Story(allocations=tuple(allocations)),
        today=parts.pop("today", TODAY),
        read=read,
        files=parts.pop("files", tuple(texts)),
        **parts,
    )


def found(slug: str, **parts: Any) -> list[tuple[str, int, str, dict[str, str]]]:
    """What one check finds: (file, line, variant, arguments)."""
    diagnostics = run_checks(checked(**parts), [slug], strict=True)
    assert all(d.slug == slug for d in diagnostics)
    return [(d.span.file, d.span.line, d.variant, dict(d.args)) for d in diagnostics]


BARE = Settings(bare=True)


def activity(name: str, line: int = 1, **more: object) -> Activity:
    more = {"kind": "note", "date": day("2026-03-01"), **more}
    return Activity(id=name, span=at(line, "activity/a.yaml"), **more)  # type: ignore[arg-type]


def places(rows: list[tuple[str, int, str, dict[str, str]]]) -> list[tuple[int, str]]:
    return [(line, variant) for _, line, variant, _ in rows]


def transaction(*postings: Posting, code: str = "", date: str = "2026-02-10", line: int = 1) -> Transaction:
    span = Span("journals/a.journal", line, 1, line + len(postings), 40)
    return Transaction(index=0, date=day(date), code=code, postings=postings, span=span)


def posting(account: str, line: int = 2, comment: Comment | None = None) -> Posting:
    span = Span("journals/a.journal", line, 5, line, 40)
    return Posting(
        account=account,
        account_written=account,
        amount=None,
        date=day("2026-02-10"),
        comment=comment or Comment(),
        span=span,
        span_account=span,
    )


def plain(value: object, line: int = 3) -> Dated[object]:
    return Dated(((None, value),), at(line, "customers/a.yaml"))
