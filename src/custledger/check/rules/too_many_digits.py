"""A receivable or a document has more digits than its currency.

## What
Amounts on receivable accounts and in documents have at most the digits of their commodity: two for CNY, none for
JPY. So have amounts in the activity log (in the currency of the invoices they name, else in the customer's), credit
limits, and `tolerance` and `bank_fee` under `matching`. The settings decide (`commodities: {CNY: {digits: 2}}`), else
the journal's `commodity` directive, else ISO 4217. Numbers longer than any amount of money are refused everywhere.

## Why
Nobody can pay half a cent. Rounding it in silence would lose or make money.

## Example
```journal
2026-02-10 (RCPT-0007) Blue Ocean
    assets:bank                    CNY 1,000.005
    assets:receivable:blueocean
```

## Instead
Write the amount that was paid. If the currency does have more digits, declare it:
`commodities: {CNY: {digits: 3}}`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.check._known import Numbers
from custledger.check._rule import Check

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from custledger.book.activity import Activity
    from custledger.book.customer import Customer
    from custledger.book.settings import Settings
    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic
    from custledger.core.span import Span


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem an amount; those of entries are looked at while the journal is read."""
    profiles = {customer.id: customer for customer in checked.customers}
    yield from _matching(checked, checked.settings, None)
    for customer in checked.customers:
        yield from _matching(checked, customer, customer)
        for since, limit in customer.credit_limit.versions:
            place = customer.spans.get("credit.limit", customer.span)
            yield from _beyond(checked, limit, [_currency(checked, customer, since)], place)
    entries = [entry for entry in checked.activities if entry.amount is not None]
    numbers = Numbers(checked) if entries else None
    for entry in entries:
        if entry.amount is not None and numbers is not None:
            units = _named(numbers, entry) or [_currency(checked, profiles.get(entry.customer or ""), entry.date)]
            yield from _beyond(checked, entry.amount, units, entry.spans.get("amount", entry.span))


def _matching(checked: Checked, of: Settings | Customer, customer: Customer | None) -> Iterator[Diagnostic]:
    unit = _currency(checked, customer, None)
    for key, amount in (("tolerance", of.matching.tolerance), ("bank_fee", of.matching.bank_fee)):
        if amount is not None:
            yield from _beyond(checked, amount, [unit], of.spans.get(f"matching.{key}", of.span))


def _named(numbers: Numbers, entry: Activity) -> list[str | None]:
    return [charge.money.commodity for number in entry.invoices for charge in numbers.charges(number)]


def _currency(checked: Checked, customer: Customer | None, day: dt.date | None) -> str | None:
    """The customer's currency of a day (None: today), else the book's."""
    day = day or checked.today
    return (customer.currency.on(day) if customer is not None else None) or checked.settings.currency.on(day)


def _beyond(checked: Checked, amount: Decimal, units: Iterable[str | None], place: Span) -> Iterator[Diagnostic]:
    """The problem of an amount that one of the commodities cannot have."""
    commodities = checked.book.commodities
    for unit in dict.fromkeys(units):
        if unit is not None and commodities.money(amount, unit) is None:
            commodity = commodities.get(unit)
            yield CHECK.at(place, amount=f"{unit} {amount:f}", commodity=commodity.name, digits=commodity.digits)
            return


CHECK = Check(name="too-many-digits", stage="book", run=run)
