"""Rows read by a map: fields as text, dates and amounts; every cell that cannot be read is reported."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from custledger.book.import_map import FIELDS
from custledger.core.diagnostic import Diagnostic
from custledger.core.ids import suggest_id, valid_id, valid_number
from custledger.core.patterns import parse_amount, parse_date, strip_marks
from custledger.core.span import Span
from custledger.core.text import listed, visible
from custledger.intake.table import Broken, Cell, Number, Row, Table, folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custledger.book.import_map import ImportMap

TEXT_MAX = 2_000
"""Characters of one cell: more is no name, number or note."""

#: Fields that name something: a number cell there may have lost its leading zeros or its end.
_NAMES = frozenset(
    "number customer customer_id id tax_id po contract delivery tax_invoice corrects bankref invoices item postcode "
    "bank_account phone".split()
)


class Reading:
    """One table under one map. Collects its diagnostics; what could not be read is None."""

    def __init__(self, table: Table, map_: ImportMap) -> None:
        self.table, self.map = table, map_
        self.diagnostics: list[Diagnostic] = []
        by_heading: dict[str, list[int]] = {}
        for index, heading in enumerate(table.headings):
            by_heading.setdefault(folded(heading), []).append(index)
        self._by_heading = by_heading
        self._index: dict[str, int] = {}
        for name, spellings in map_.columns.items():
            self._column(name, spellings)
        self._skip = self._tests(map_.skip)
        self._only = self._tests(map_.only)
        self.skipped = 0

    def _column(self, name: str, spellings: tuple[str, ...]) -> None:
        at = next((found for text in spellings if (found := self._by_heading.get(folded(text)))), [])
        if len(at) == 1:
            self._index[name] = at[0]
        elif at:
            self._heading("twice", names=listed(self.table.headings[i] for i in at))
        elif self._needed(name):
            self._heading("missing", names=listed(spellings))

    def _needed(self, name: str) -> bool:
        if name in self.map.constants:
            return False
        groups = [group for group in FIELDS[self.map.kind].required if name in group]
        return any(not any(self._there(other) for other in group) for group in groups)

    def _there(self, name: str) -> bool:
        spellings = self.map.columns.get(name, ())
        return name in self.map.constants or any(folded(text) in self._by_heading for text in spellings)

    def _heading(self, variant: str, **args: object) -> None:
        span = Span(self.table.file, self.table.line)
        self.diagnostics.append(Diagnostic("import-heading", span, _args(args), variant))

    def _tests(self, declared: Mapping[str, tuple[str, ...]]) -> list[tuple[int, frozenset[str]]]:
        tests = []
        for heading, texts in declared.items():
            at = self._by_heading.get(folded(heading), [])
            if len(at) == 1:
                tests.append((at[0], frozenset(folded(text) for text in texts)))
            else:
                self._heading("twice" if at else "missing", names=heading)
        return tests

    def rows(self) -> list[Row]:
        """The rows that the map does not leave out."""
        kept = []
        for row in self.table.rows:
            texts = {index: folded(as_text(row.cells[index])) for index, _ in (*self._skip, *self._only)}
            out = any(texts[index] in values for index, values in self._skip)
            if out or any(texts[index] not in values for index, values in self._only):
                self.skipped += 1
            else:
                kept.append(row)
        return kept

    # fields -------------------------------------------------------------------------------------------------------

    def has(self, name: str) -> bool:
        """Whether the table or the map's constants give the field."""
        return name in self._index or name in self.map.constants

    def problem(self, row: Row, field: str, variant: str, /, slug: str = "import-cell", **args: object) -> None:
        """Report a cell (or where the field has none, the row)."""
        index = self._index.get(field, 0)
        heading = self.table.headings[index] if field in self._index else field
        span = self.table.places(row.line, index)
        self.diagnostics.append(Diagnostic(slug, span, _args({"column": heading, **args}), variant))

    def _raw(self, row: Row, name: str) -> Cell:
        index = self._index.get(name)
        return "" if index is None else row.cells[index]

    def text(self, row: Row, name: str, *, required: bool = False) -> str:
        """The field as one line of text, its map of values applied; "" where it is empty or was reported."""
        cell = self._raw(row, name)
        if isinstance(cell, str):
            found = cell if cell.isascii() and cell.isalnum() else " ".join(cell.split())
            found = strip_marks(found, self.map.strip) if self.map.strip else found
        elif isinstance(cell, Broken):
            self.problem(row, name, "broken", text=cell.text)
            return ""
        elif isinstance(cell, Number):
            if name in _NAMES and not (cell.exact and "." not in cell.text):
                self.problem(row, name, "digits-lost", text=cell.text)
                return ""
            found = cell.text
        else:
            found = cell.isoformat()
        if not found:
            found = self.map.constants.get(name, "")
            if not found and required:
                self.problem(row, name, "empty")
            return found
        if len(found) > TEXT_MAX or visible(found) != found:
            self.problem(row, name, "characters", text=visible(found[:40]))
            return ""
        return self._meaning(row, name, found)

    def _meaning(self, row: Row, name: str, found: str) -> str:
        values = self.map.values.get(name)
        if values is None:
            return found
        if found in values:
            return values[found]
        if "*" in values:
            return found if values["*"] == "*" else values["*"]
        self.problem(row, name, "value", text=found, values=listed(values))
        return ""

    def date(self, row: Row, name: str, *, required: bool = False) -> dt.date | None:
        """The field as a day, by the declared patterns; a date cell is one already."""
        cell = self._raw(row, name)
        if isinstance(cell, dt.date):
            return cell
        text = self.text(row, name, required=required)
        if not text:
            return None
        found = parse_date(text, self.map.dates if name in self._index and cell else ("Y-M-D",))
        if found is None:
            self.problem(row, name, "date", text=text, pattern=" / ".join(self.map.dates))
        return found

    def amount(self, row: Row, name: str, *, required: bool = False) -> Decimal | None:
        """The field as an exact number, by the declared marks."""
        cell = self._raw(row, name)
        if isinstance(cell, Number):
            if not cell.exact:
                self.problem(row, name, "digits-lost", text=cell.text)
                return None
            return Decimal(cell.text)
        if isinstance(cell, dt.date):
            self.problem(row, name, "amount", text=cell.isoformat(), mark=self.map.decimal_mark)
            return None
        text = self.text(row, name, required=required)
        if not text:
            return None
        written = name in self._index and bool(cell)
        mark, group = (self.map.decimal_mark, self.map.group_mark) if written else (".", "")
        found = parse_amount(text, mark, group, self.map.strip)
        if found is None:
            self.problem(row, name, "amount", text=text, mark=self.map.decimal_mark)
        return found

    def number(self, row: Row, name: str, *, required: bool = False) -> str:
        """The field as a document's number: as written, leading zeros and all."""
        text = self.text(row, name, required=required)
        if text and not valid_number(text):
            self.problem(row, name, "number", text=text)
            return ""
        return text

    def make_id(self, row: Row, name: str, text: str) -> str | None:
        """The id that the map makes of `text`."""
        rule = self.map.id_from
        made = suggest_id(text) if rule == "slug" else text.lower() if rule == "lower" else text
        if made is None or not valid_id(made):
            self.problem(row, name, "id", text=text)
            return None
        return made


def _args(args: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, str(value)) for name, value in args.items()))


def as_text(cell: Cell) -> str:
    """A cell as text to compare."""
    if isinstance(cell, str):
        return cell
    return cell.isoformat() if isinstance(cell, dt.date) else cell.text
