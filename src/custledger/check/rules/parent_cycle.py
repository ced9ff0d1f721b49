"""Customers are each other's parents.

## What
Following `parent:` from customer to customer leads back to where it began.

## Why
A group has one head. In a circle nobody's total can be told.

## Example
```yaml
id: east
name: East Trading
parent: west
---
id: west
name: West Trading
parent: east
```

## Instead
Take `parent:` away from the one that heads the group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.check._rule import Check
from custledger.check._text import Texts
from custledger.core.diagnostic import Related

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.book.customer import Customer
    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem a circle, at the customer of it that comes first; nobody is its own parent (`invalid-value`)."""
    texts = Texts(checked.read)
    by_id: dict[str, Customer] = {}
    for customer in checked.customers:
        for name in (customer.id, *customer.was):
            by_id.setdefault(name, customer)
    done: set[str] = set()
    for start in checked.customers:
        path: list[Customer] = []
        here: Customer | None = start
        while here is not None and here.id not in done:
            done.add(here.id)
            path.append(here)
            here = by_id.get(here.parent or "")
        ids = [customer.id for customer in path]
        if here is None or here.id not in ids or here.parent in (here.id, *here.was):
            continue
        circle = path[ids.index(here.id) :]
        spans = [texts.of(customer, "parent") for customer in circle]
        names = " → ".join([customer.id for customer in circle] + [circle[0].id])
        yield CHECK.at(spans[0], related=[Related(span, "parent") for span in spans[1:]], circle=names)


CHECK = Check(name="parent-cycle", stage="book", run=run)
