"""Whom a row means: by id, name, alias or earlier id; and the customers that an import would add."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.text import listed
from custledger.intake.table import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custledger.book.customer import Customer
    from custledger.intake.reading import Reading
    from custledger.intake.table import Row


class Parties:
    """The customers there are, and (with `create`) those that rows name and the book does not have."""

    def __init__(self, customers: Iterable[Customer], *, create: bool = False) -> None:
        self.create = create
        self.new: dict[str, str] = {}
        """Id to name, in order of first appearance."""
        self._by_name: dict[str, set[str]] = {}
        self._names: dict[str, str] = {}
        self._answers: dict[tuple[str, str], str | None] = {}
        self._ids: dict[str, str] = {}
        for customer in customers:
            self._names[customer.id] = customer.name
            for id_ in (customer.id, *customer.was):
                self._ids[id_] = customer.id
            for name in (customer.name, *customer.aliases):
                self._by_name.setdefault(folded(name), set()).add(customer.id)

    def resolve(self, reading: Reading, row: Row) -> str | None:
        """The id of the customer that a row names; None where that was reported (once for each name)."""
        code = reading.text(row, "customer_id")
        name = reading.text(row, "customer")
        if not code and not name:
            reading.problem(row, "customer" if reading.has("customer") else "customer_id", "empty")
            return None
        if (code, name) not in self._answers:
            self._answers[code, name] = self._ask(reading, row, code, name)
        return self._answers[code, name]

    def _ask(self, reading: Reading, row: Row, code: str, name: str) -> str | None:
        column = "customer_id" if code else "customer"
        known = self._known(reading, row, column, code, name)
        if known is not None:
            return known or None
        made = reading.make_id(row, column, code or name)
        if made is None:
            return None
        if made in self.new and (code or folded(self.new[made]) == folded(name)):
            return made
        other = self.new.get(made) or self._names.get(self._ids.get(made, ""))
        if other is not None:
            reading.problem(row, column, "collision", slug="import-customer", name=name or code, id=made, other=other)
            return None
        if not self.create:
            variant = "unknown-payer" if reading.map.kind == "payments" else "unknown"
            reading.problem(row, column, variant, slug="import-customer", name=name or code, id=made)
            return None
        self.new[made] = name or code
        return made

    def _known(self, reading: Reading, row: Row, column: str, code: str, name: str) -> str | None:
        """The id of a customer there is; "" where several are meant and that was reported; None for none."""
        for text in (code, name) if code else (name,):
            if self._ids.get(text) or self._ids.get(text.lower()):
                return self._ids.get(text) or self._ids[text.lower()]
            named = sorted(self._by_name.get(folded(text), ()))
            if len(named) == 1:
                return named[0]
            if named:
                reading.problem(row, column, "several", slug="import-customer", name=text, ids=listed(named))
                return ""
        return None
