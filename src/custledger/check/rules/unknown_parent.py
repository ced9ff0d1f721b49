"""A customer's parent, or one it pays for, is not there.

## What
`parent:` and `pays_for:` name customers by id (an earlier id serves, too). There is no customer of this id, or a
customer names itself.

## Why
A group's total and money that one customer pays for another both follow these names.

## Example
```yaml
id: blueocean-sh
name: Blue Ocean Shanghai
parent: blue-ocean
```
where the parent is `blueocean`.

## Instead
Write the id as the parent's document has it, or enter the parent: `custledger customer add`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.check._rule import Check
from custledger.check._text import Texts
from custledger.core.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem a name."""
    ids = [name for customer in checked.customers for name in (customer.id, *customer.was)]
    known = set(ids)
    texts = Texts(checked.read)
    for customer in checked.customers:
        named = [("parent", customer.parent)] if customer.parent else []
        named += [("pays_for", name) for name in customer.pays_for]
        for key, name in named:
            own = name in (customer.id, *customer.was)
            if name in known and not own:
                continue
            near = [] if own else nearest(name, (i for i in ids if i != customer.id), most=1)
            span = texts.of(customer, key, name)
            variant = "itself" if own else "near" if near else ""
            yield CHECK.at(span, variant, name=name, key=key, own=customer.id, near="".join(near))


CHECK = Check(name="unknown-parent", stage="book", run=run)
