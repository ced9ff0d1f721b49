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
    for named in _customers(checked, texts):
        names = {_fold(name): (name, span) for name, span in reversed(named)}
        for key, (name, span) in reversed(names.items()):
            if key in seen:
                other, first = seen[key]
                variant = "" if other == name else "alike"
                yield CHECK.at(span, variant, related=[Related(first, "first-defined")], name=name, other=other)
            else:
                seen[key] = (name, span)
    logged: dict[str, Span] = {}
    entries = [(texts.of(activity, "id", activity.id), activity.id) for activity in checked.activities]
    entries += [(one.span_name, one.name) for one in checked.damaged if one.kind == "activity" and one.name]
    for span, name in sorted(entries):
        if name in logged:
            related = [Related(logged[name], "first-defined")]
            yield CHECK.at(span, "activity", related=related, name=name)
        else:
            logged[name] = span


def _customers(checked: Checked, texts: Texts) -> list[list[tuple[str, Span]]]:
    """The id and the earlier ids of each customer with their places, in the order of the text."""
    found = [
        (
            customer.span,
            [
                (customer.id, texts.of(customer, "id", customer.id)),
                *((name, texts.of(customer, "was", name)) for name in customer.was),
            ],
        )
        for customer in checked.customers
    ]
    for one in checked.damaged:
        if one.kind == "customer":
            own = [(one.name, one.span_name)] if one.name else []
            found.append((one.span, [*own, *((was.text, was.span) for was in one.was)]))
    return [names for _, names in sorted(found, key=lambda each: each[0])]


CHECK = Check(name="duplicate-id", stage="book", run=run)
