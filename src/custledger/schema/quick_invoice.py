"""Invoices and credit notes straight from their text (see `quick_text`)."""

from __future__ import annotations

from typing import Any

from custledger.book.invoice import Invoice, Line
from custledger.core.span import Span
from custledger.parse.yaml.nodes import Mapping
from custledger.parse.yaml.one_line import scalar
from custledger.parse.yaml.one_line import value as value_of
from custledger.schema.lower_invoice import CREDIT_NOTE
from custledger.schema.quick import INVOICE, LINE, record
from custledger.schema.quick_text import KNOWN_MAX, LineReader, Places, scalars
from custledger.schema.values import Fault

_KEEP = frozenset(["kind", "customer", "date", "due", "currency", "terms", "prices", "salesperson"])
#: Their problems are found by looking at several values and places at once.
_PRECISE = frozenset(["instalments", "void"])
_LINE = record(LINE, "price")
_SCALARS = scalars(LINE)

_Known = tuple[str, Any, int, bool]
"""A key of a line of an invoice, its value, the column of its tax (else 0), and whether it is an item's first.

For an item all on one line of text: no key, and its values with the columns where that of its tax begins and ends.
"""


class InvoiceReader(LineReader):
    """Documents of one file after the other."""

    def __init__(self) -> None:
        super().__init__(INVOICE, _KEEP, _PRECISE | {"lines"})
        self._items: dict[int, dict[str, _Known]] = {}
        self._file, self._line = "", 0

    def read(self, file: str, line: int, text: str) -> Invoice | None:
        """The document that `text` is, whose first line is `line` of `file`; None where it needs the precise reader."""
        self._file, self._line = file, line
        lines = text.split("\n")
        values = self.values(lines)
        if values is None or not ("number" in values and "date" in values and "lines" in values):
            return None
        if values.get("kind") == CREDIT_NOTE:
            if "due" in values or "terms" in values or not ("corrects" in values or "customer" in values):
                return None
            values.setdefault("customer", "")
        elif "corrects" in values or "customer" not in values:
            return None
        if "expect" in values:
            values["expect_total"] = values.pop("expect").get("total")
        last = len(lines) - 1
        span = Span(file, line, 1, line + last, len(lines[last]) + 1)
        return Invoice(**values, span=span, spans=Places(file, line, text))

    def section(self, key: str, lines: list[str], first: int, last: int) -> Any:  # noqa: ANN401
        """The lines of the invoice, or any other section."""
        if key in _PRECISE:
            raise Fault("text")
        if key != "lines":
            return super().section(key, lines, first, last)
        indent = 0 if first == last else len(lines[first]) - len(lines[first].lstrip(" "))
        if first == last or lines[first][indent : indent + 1] != "-":
            raise Fault("list")
        known = self._items.setdefault(indent, {})
        made: list[Line] = []
        item: dict[str, Any] = {}
        start, tax = first, None
        for at in range(first, last):
            line = lines[at]
            key, value, column, begins = known.get(line) or self._item_line(line, indent, known)
            if begins:
                if item:
                    made.append(self._made(item, start, at, indent, lines, tax))
                item, start, tax = {}, at, None
                if not key:
                    made.append(self._flow_line(value, at, indent, line))
                    continue
            item[key] = value
            if column:
                number = self._line + at
                tax = Span(self._file, number, column, number, len(line) + 1)
        if item:
            made.append(self._made(item, start, last, indent, lines, tax))
        return tuple(made)

    def _made(
        self, item: dict[str, Any], start: int, end: int, indent: int, lines: list[str], tax: Span | None
    ) -> Line:
        """The line with these values, from text line `start` to before `end` of the document."""
        if len(item) != end - start or "price" not in item:  # a key twice, or keys below an item that is on one line
            raise Fault("text")
        last = end - 1
        span = Span(self._file, self._line + start, indent + 3, self._line + last, len(lines[last]) + 1)
        return Line(**item, span=span, span_tax=tax)

    def _flow_line(self, found: tuple[dict[str, Any], int, int], at: int, indent: int, line: str) -> Line:
        """The line that stands on one line of text."""
        number, (values, begin, end) = self._line + at, found
        span = Span(self._file, number, indent + 3, number, len(line) + 1)
        return Line(**values, span=span, span_tax=Span(self._file, number, begin, number, end) if end else None)

    def _item_line(self, line: str, indent: int, known: dict[str, _Known]) -> _Known:
        """What a text line of an item says that was not seen before. Raises Fault."""
        before, text = line[: indent + 2], line[indent + 2 :]
        begins = before == f"{' ' * indent}- "
        if not begins and before.strip(" "):
            raise Fault("text")
        found: _Known
        if begins and text[:1] == "{":
            node = value_of(text, indent + 3)
            if not isinstance(node, Mapping):
                raise Fault("text")
            tax = node.get("tax")
            columns = (0, 0) if tax is None else (tax.span.column, tax.span.end_column)
            found = "", (_LINE(node), *columns), 0, True
        else:
            key, separator, text = text.partition(": ")
            read = _SCALARS.get(key)
            said = scalar(text) if separator else None
            if said is None or read is None:
                raise Fault("text")
            found = key, read(said), indent + 8 if key == "tax" else 0, begins
        if len(known) >= KNOWN_MAX:
            known.clear()
        known[line] = found
        return found
