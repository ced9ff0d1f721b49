"""What documents that gave no value name and nobody has: customers and taxes. Rules look at the rest of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.book.customer import Customer
from custledger.core.diagnostic import problem
from custledger.core.nearest import nearest
from custledger.resolve.customers import Directory

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic
    from custledger.schema.damaged import Damaged


def missing(checked: Checked, told: Collection[str]) -> Iterator[Diagnostic]:
    """One problem a customer who is nobody (those `told` of already left out), and one a tax that is not known."""
    directory = Directory(bare=False)
    directory.add(checked.customers)
    damaged = [one for one in checked.damaged if one.kind == "customer" and one.name]
    directory.add(Customer(id=one.name, name=one.name, was=tuple(was.text for was in one.was)) for one in damaged)
    for one in checked.damaged:
        for reference in one.named("customer", "parent", "pays_for"):
            if reference.text not in told:
                directory.by_id(reference.text, reference.span)
    yield from directory.diagnostics
    for one in checked.damaged:
        yield from _taxes(checked, one)


def _taxes(checked: Checked, one: Damaged) -> Iterator[Diagnostic]:
    taxes = checked.settings.taxes
    for reference in one.named("tax"):
        name = reference.text
        if name not in taxes:
            near = "".join(nearest(name, taxes, most=1))
            variant = "tax-near" if near else "tax"
        elif one.date is not None and taxes[name].rate.on(one.date) is None:
            near, variant = "", "tax-not-yet"
        else:
            continue
        day = one.date.isoformat() if one.date else ""
        yield problem(
            "invalid-value", reference.span, variant=variant, key="tax", tax=name, near=near, date=day, number=one.name
        )
