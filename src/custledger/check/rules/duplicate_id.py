"""Two documents have one id.

## What
An id names one customer, or one entry of the activity log, and no other. Earlier ids (`was:`) count too, and so
do ids that differ only in capitals or in how an accent is encoded.

## Why
Everything else in the book refers to customers by id. With two of one id nobody can say whose invoice it is.

## Example
```yaml
id: blueocean
name: 上海蓝海贸易有限公司
---
id: blueocean
name: Blue Ocean Shipping Ltd
```

## Instead
Give the newer one an id of its own. Where both are one customer, keep one document, and let it name the other id
under `was:`.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from custledger.check._rule import Check
from custledger.check._text import Texts
from custledger.core.diagnostic import Related

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic
    from custledger.core.span import Span


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem a repetition, at the later place."""
    texts = Texts(checked.read)
    seen: dict[str, tuple[str, Span]] = {}
    for customer in checked.customers:
        names = {_fold(name): name for name in (*reversed(customer.was), customer.id)}
        for key, name in reversed(names.items()):
            span = texts.of(customer, "id" if name == customer.id else "was", name)
            if key in seen:
                other, first = seen[key]
                variant = "" if other == name else "alike"
                yield CHECK.at(span, variant, related=[Related(first, "first-defined")], name=name, other=other)
            else:
                seen[key] = (name, span)
    logged: dict[str, Span] = {}
    for activity in checked.activities:
        span = texts.of(activity, "id", activity.id)
        if activity.id in logged:
            related = [Related(logged[activity.id], "first-defined")]
            yield CHECK.at(span, "activity", related=related, name=activity.id)
        else:
            logged[activity.id] = span


CHECK = Check(name="duplicate-id", stage="book", run=run)
