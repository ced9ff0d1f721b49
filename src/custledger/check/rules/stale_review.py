"""A customer's profile has not been confirmed for over a year.

## What
`reviewed:` is the day on which somebody last confirmed a profile. For a customer who is `active` or `on-hold` it
lies more than a year before today. Profiles without `reviewed:` and those of prospects and closed customers are
left alone.

## Why
Names, tax numbers, bank accounts and the people to write to go stale. A reminder to an address of two years ago
reaches nobody.

## Example
```yaml
id: blueocean
name: 上海蓝海贸易有限公司
status: active
reviewed: 2024-01-10
```

## Instead
Ask the customer, correct what changed, and write today's date at `reviewed:`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.check._rule import Check
from custledger.check._text import Texts
from custledger.core.diagnostic import Severity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic

_LIVE = ("active", "on-hold")


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem a customer."""
    limit = _year_before(checked.today)
    texts = Texts(checked.read)
    for customer in checked.customers:
        if customer.reviewed and customer.reviewed < limit and customer.status in _LIVE:
            span = texts.of(customer, "reviewed", customer.reviewed.isoformat())
            yield CHECK.at(span, name=customer.id, reviewed=customer.reviewed)


def _year_before(day: dt.date) -> dt.date:
    """The same day a year before; of 29 February the 28th."""
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year - 1) if day.year > 1 else day


CHECK = Check(name="stale-review", stage="book", severity=Severity.WARNING, run=run)
