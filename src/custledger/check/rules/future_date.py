"""An entry is dated after today.

## What
An invoice, a receivable posting or an entry of the activity log bears a date later than the day on which the
command runs, in the book's time zone.

## Why
Reports as of today leave it out, so that what you entered seems to be missing. Mostly the year or the month is
mistyped.

## Example
```journal
2062-02-10 (RCPT-0007) Blue Ocean
    assets:bank                    CNY 11,300.00
    assets:receivable:blueocean
```

## Instead
Correct the date. If the entry is meant for a later day, leave it: the warning goes away on that day, and
`--as-of` shows the book as it will stand then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.check._places import transaction_of
from custledger.check._rule import Check
from custledger.check._text import Texts
from custledger.core.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.book.entry import Entry
    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem a document, transaction and log entry."""
    texts = Texts(checked.read)
    for invoice in checked.invoices:
        if invoice.date > checked.today:
            span = texts.of(invoice, "date", invoice.date.isoformat())
            yield CHECK.at(span, name=invoice.number, date=invoice.date, today=checked.today)
    told: set[int] = set()
    entries: list[Entry] = [*checked.book.charges, *checked.book.credits, *checked.book.debits]
    for entry in entries:
        transaction = transaction_of(checked.journal, entry)
        if entry.date <= checked.today or transaction is None or transaction.index in told:
            continue
        told.add(transaction.index)
        own = entry.date == transaction.date
        span = texts.first_word(transaction.span) if own else entry.span
        yield CHECK.at(span, name=entry.name, date=entry.date, today=checked.today)
    for activity in checked.activities:
        if activity.date > checked.today:
            span = texts.of(activity, "date", activity.date.isoformat())
            yield CHECK.at(span, name=activity.id, date=activity.date, today=checked.today)


CHECK = Check(name="future-date", stage="book", severity=Severity.WARNING, run=run)
