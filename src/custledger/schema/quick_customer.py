"""Customers straight from their text (see `quick_text`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.span import Span
from custledger.schema.lower_customer import customer_of
from custledger.schema.quick import CUSTOMER, REQUIRED
from custledger.schema.quick_places import Places
from custledger.schema.quick_text import LineReader

if TYPE_CHECKING:
    from custledger.book.customer import Customer

_KEEP = frozenset(
    "kind status segment industry tags owner language currency terms prices matching credit reviewed since".split()
)


class CustomerReader(LineReader):
    """Documents of one file after the other."""

    def __init__(self) -> None:
        super().__init__(CUSTOMER, _KEEP)

    def read(self, file: str, line: int, text: str) -> Customer | None:
        """The document that `text` is, whose first line is `line` of `file`; None where it needs the precise reader."""
        lines = text.split("\n")
        values = self.values(lines)
        if values is None or any(name not in values for name in REQUIRED["customer"]):
            return None
        own = values["id"]
        if values.get("parent") == own or own in values.get("was", ()) or own in values.get("pays_for", ()):
            return None
        last = len(lines) - 1
        span = Span(file, line, 1, line + last, len(lines[last]) + 1)
        return customer_of(values, span, Places(file, line, text))
