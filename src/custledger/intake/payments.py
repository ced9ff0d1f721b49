"""Payments from rows, each with an identity of its own, so that a second import adds nothing."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from custledger.core.frozen import frozen, replace
from custledger.core.ids import valid_number
from custledger.core.span import Span
from custledger.intake.invoices import fits

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Container
    from decimal import Decimal

    from custledger.book.settings import Settings
    from custledger.core.money import Commodity
    from custledger.intake.parties import Parties
    from custledger.intake.reading import Reading
    from custledger.intake.table import Row

_ACCOUNT = re.compile(r"[^\W_][^:;()\[\]|,\"]*(?::[^\s:;()\[\]|,\"][^:;()\[\]|,\"]*)*")
IDENTITY_DIGITS = 16
"""Hexadecimal digits of a payment's identity: 64 bits, no two rows of anybody's book will share it."""


@frozen(kw_only=True)
class Receipt:
    """A payment to be written: `amount` > 0 units of `currency`, of it `fee` kept by the bank."""

    identity: str
    """The tag `import:`: made from the row's content and how many equal rows stood before it."""
    date: dt.date
    value_date: dt.date | None = None
    customer: str
    amount: Decimal
    fee: Decimal | None = None
    currency: str
    invoices: tuple[str, ...] = ()
    number: str = ""
    method: str = ""
    bankref: str = ""
    payer: str = ""
    account: str = ""
    """Where the money went, where the table says it; else the map or the book does."""
    text: str = ""
    """What the payer wrote: from outside, never read for tags."""
    span: Span = Span("")


@frozen
class Payments:
    """What a table of payments gives: those to write, and how many the book has already."""

    new: tuple[Receipt, ...]
    known: int


def read_payments(reading: Reading, parties: Parties, settings: Settings, known: Container[str]) -> Payments:
    """The payments of a table that the book does not have; `known` are the identities that it has."""
    seen: dict[str, int] = {}
    new: list[Receipt] = []
    there = 0
    for row in reading.rows():
        receipt = _receipt(reading, parties, settings, row)
        if receipt is None:
            continue
        content = _content(receipt, reading.text(row, "customer_id") or reading.text(row, "customer"))
        seen[content] = seen.get(content, 0) + 1
        digest = sha256(f"{content}\n{seen[content]}".encode()).hexdigest()[:IDENTITY_DIGITS]
        if digest in known:
            there += 1
        else:
            new.append(replace(receipt, identity=digest))
    return Payments(tuple(new), there)


def _content(receipt: Receipt, customer: str) -> str:
    """The row's content, one field a line: nothing of the book, so that it stays the same while the book grows."""
    fields = (
        receipt.date.isoformat(), customer, f"{receipt.amount.normalize():f}", receipt.currency,
        " ".join(receipt.invoices), receipt.number, receipt.method, receipt.bankref, receipt.text,
    )  # fmt: skip
    return "\n".join(fields)


def _receipt(reading: Reading, parties: Parties, settings: Settings, row: Row) -> Receipt | None:
    before = len(reading.diagnostics)
    date = reading.date(row, "date", required=True)
    value_date = reading.date(row, "value_date")
    customer = parties.resolve(reading, row)
    amount = reading.amount(row, "amount", required=True)
    fee = reading.amount(row, "fee")
    currency = reading.text(row, "currency") or (settings.currency.on(date) if date else None) or ""
    commodity = settings.commodities.get(currency)
    if amount is not None:
        _positive(reading, row, "amount", amount, commodity)
    if fee:
        _positive(reading, row, "fee", fee, commodity)
    numbers = _numbers(reading, row)
    number = reading.number(row, "number")
    texts = {name: reading.text(row, name) for name in ("method", "bankref", "payer", "text")}
    account = reading.text(row, "account")
    if account and not _ACCOUNT.fullmatch(account):
        reading.problem(row, "account", "account", text=account)
    if len(reading.diagnostics) > before or date is None or customer is None or amount is None:
        return None
    return Receipt(
        identity="",
        date=date,
        value_date=value_date if value_date != date else None,
        customer=customer,
        amount=amount,
        fee=fee or None,
        currency=currency,
        invoices=numbers,
        number=number,
        account=account,
        **texts,
        span=reading.table.places(row.line, 0),
    )


def _positive(reading: Reading, row: Row, name: str, amount: Decimal, commodity: Commodity) -> None:
    if amount <= 0:
        reading.problem(row, name, "not-positive", text=f"{amount:f}")
    fits(reading, row, name, amount, commodity)


def _numbers(reading: Reading, row: Row) -> tuple[str, ...]:
    """The invoices that a row says it pays: one, or several apart by blanks, commas or semicolons."""
    text = reading.text(row, "invoices")
    for mark in ",;、，；":
        text = text.replace(mark, " ")
    numbers = tuple(text.split())
    for number in numbers:
        if not valid_number(number):
            reading.problem(row, "invoices", "number", text=number)
    return numbers
