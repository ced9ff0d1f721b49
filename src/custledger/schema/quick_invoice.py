"""Invoices and credit notes straight from their text (see `quick_text`)."""

from __future__ import annotations

from typing import Any, NamedTuple

from custledger.book.invoice import Invoice, Line
from custledger.core.span import Span
from custledger.parse.yaml.nodes import Mapping
from custledger.parse.yaml.one_line import scalar
from custledger.parse.yaml.one_line import value as value_of
from custledger.schema.lower_invoice import CREDIT_NOTE
from custledger.schema.quick import INVOICE, LINE, record
from custledger.schema.quick_places import Places
from custledger.schema.quick_record import KNOWN_MAX, Record
from custledger.schema.quick_text import LineReader
from custledger.schema.values import Fault

_KEEP = frozenset(["kind", "customer", "date", "due", "currency", "terms", "prices", "salesperson"])
#: Their problems are found by looking at several values and places at once.
_PRECISE = frozenset(["instalments", "void"])
_LINE = record(LINE, "price")

_Known = tuple[str, Any, int, bool]
"""A key of a line of an invoice, its value, the column of its tax (else 0), and whether it is an item's first.

For an item all on one line of text: no key, and its values with the columns where that of its tax begins and ends.
"""


class _Shelf(NamedTuple):
    """Lines of items that are known, for one indentation: that of the `-`, and of what stands below it."""

    dash: str
    blank: str
    known: dict[str, _Known]


class InvoiceReader(LineReader):
    """Documents of one file after the other."""

    def __init__(self) -> None:
        super().__init__(INVOICE, _KEEP, _PRECISE | {"lines"})
        self._record = Record(LINE, ("price",))
        self._shelves: dict[str, _Shelf] = {}
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
        indent, dash, _ = lines[first].partition("- ") if first < last else ("", "", "")
        if not dash or indent.strip(" "):
            raise Fault("list")
        shelf = self._shelves.get(indent) or self._shelf(indent)
        known, column = shelf.known, len(indent) + 3
        made: list[Line] = []
        item: dict[str, Any] = {}
        start, tax = first, None
        for at in range(first, last):
            line = lines[at]
            key, value, tax_column, begins = known.get(line) or self._item_line(line, shelf)
            if begins:
                if item:
                    made.append(self._item(item, start, at, column, lines, tax))
                item, start, tax = {}, at, None
                if not key:
                    made.append(self._flow_line(value, at, column, line))
                    continue
            item[key] = value
            if tax_column:
                number = self._line + at
                tax = Span(self._file, number, tax_column, number, len(line) + 1)
        if item:
            made.append(self._item(item, start, last, column, lines, tax))
        return tuple(made)

    def _shelf(self, indent: str) -> _Shelf:
        self._shelves[indent] = shelf = _Shelf(f"{indent}- ", f"{indent}  ", {})
        return shelf

    def _item(
        self, item: dict[str, Any], start: int, end: int, column: int, lines: list[str], tax: Span | None
    ) -> Line:
        """The line with these values, from text line `start` to before `end` of the document."""
        if len(item) != end - start or "price" not in item:  # a key twice, or keys below an item that is on one line
            raise Fault("text")
        last = end - 1
        span = Span(self._file, self._line + start, column, self._line + last, len(lines[last]) + 1)
        return Line(**item, span=span, span_tax=tax)

    def _flow_line(self, found: tuple[dict[str, Any], int, int], at: int, column: int, line: str) -> Line:
        """The line that stands on one line of text."""
        number, (values, begin, end) = self._line + at, found
        span = Span(self._file, number, column, number, len(line) + 1)
        tax = Span(self._file, number, begin, number, end) if end else None
        return Line(**values, span=span, span_tax=tax)

    def _item_line(self, line: str, shelf: _Shelf) -> _Known:
        """What a text line of an item says that was not seen before. Raises Fault."""
        begins = line.startswith(shelf.dash)
        if not begins and not line.startswith(shelf.blank):
            raise Fault("text")
        width = len(shelf.dash)
        key, _, text = line[width:].partition(": ")
        read = self._record.scalars.get(key)
        said = None if read is None else scalar(text)
        if read is None or said is None:
            if begins and line.startswith("{", width):
                return "", self._in_flow(line[width:], width + 1), 0, True
            raise Fault("text")
        if len(shelf.known) >= KNOWN_MAX:
            shelf.known.clear()
        shelf.known[line] = found = key, read(said), width + 6 if key == "tax" else 0, begins
        return found

    def _in_flow(self, text: str, column: int) -> tuple[dict[str, Any], int, int]:
        """The values of an item on one line of text, and the columns where that of its tax begins and ends."""
        values = self._record.in_flow(text)
        if values is not None:
            if "tax" not in values:
                return values, 0, 0
            begin = 6 if text.startswith("{tax: ") else text.index(", tax: ") + 7
            end = text.find(", ", begin)
            return values, column + begin, column + (len(text) - 1 if end < 0 else end)
        node = value_of(text, column)
        if not isinstance(node, Mapping):
            raise Fault("text")
        tax = node.get("tax")
        return _LINE(node), *((0, 0) if tax is None else (tax.span.column, tax.span.end_column))
