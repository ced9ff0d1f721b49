"""A table from outside: headings and rows with their places, whatever file it came from."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Union

from custledger.book.import_map import FIELDS
from custledger.core.diagnostic import Diagnostic, problem
from custledger.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from custledger.book.import_map import ImportMap

PREAMBLE_MAX = 100
"""Headings are looked for in so many rows."""


class Number(NamedTuple):
    """A cell that holds a number, not text: what stood before it as text (leading zeros) is lost."""

    text: str
    exact: bool
    """Whether the text has every digit that the cell's writer may have typed."""


class Broken(NamedTuple):
    """A cell whose content is a formula's error, or a formula that was never computed."""

    text: str


Cell = Union[str, Number, dt.date, Broken]


class Row(NamedTuple):
    """One row: the line of the file (or the sheet's row) that it begins on, and its cells."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """Headings and rows. `places` gives a cell's place in the file (line, column from 0)."""

    file: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int
    """Where the headings stand."""
    places: Callable[[int, int], Span]
    text: str | None = None
    """The file as text, for excerpts; None where it has no lines."""


def folded(heading: str) -> str:
    """A heading as it is compared: without blanks at its ends, full-width marks as plain ones, no capitals."""
    return " ".join(unicodedata.normalize("NFKC", heading).casefold().split())


def read_table(file: str, data: bytes, map_: ImportMap) -> tuple[Table | None, list[Diagnostic]]:
    """The table in `data`, by the file's ending; problems of the file as a whole, or of its rows' width.

    Never raises for what is in the file. Raises `UsageError` where the extra that reads XLSX is not installed.
    """
    from custledger.intake.csv_table import read_csv
    from custledger.intake.xlsx_table import read_xlsx

    if not data.strip():
        return None, [problem("import-table", Span(file), variant="empty")]
    lower = file.lower()
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return None, [problem("import-table", Span(file), variant="old-excel")]
    if lower.endswith((".xlsx", ".xlsm")) or data.startswith(b"PK\x03\x04"):
        return read_xlsx(file, data, map_)
    if data.lstrip()[:15].lower().startswith((b"<!doctype", b"<html")):
        return None, [problem("import-table", Span(file), variant="web-page")]
    return read_csv(file, data, map_)


def find_headings(rows: Iterable[Row], map_: ImportMap) -> Row | None:
    """The row with the headings: the first that is not empty, or with `preamble` the first that has all we need.

    Needed is one heading of each group of fields that every row must have; a report's title has not all of them.
    """
    spelt = {name: {folded(text) for text in texts} for name, texts in map_.columns.items()}
    groups = [[spelt[name] for name in group if name in spelt] for group in FIELDS[map_.kind].required
              if not any(name in map_.constants for name in group)]  # fmt: skip
    for seen, row in enumerate(rows):
        if not any(row.cells):
            continue
        if not map_.preamble:
            return row
        if seen >= PREAMBLE_MAX:
            break
        here = {folded(cell) for cell in row.cells if isinstance(cell, str)}
        if all(any(texts & here for texts in group) for group in groups):
            return row
    return None


def needed_headings(map_: ImportMap) -> str:
    """The first spelling of each column that every row must have, for messages."""
    fields = [name for group in FIELDS[map_.kind].required for name in group if name in map_.columns]
    return ", ".join(map_.columns[name][0] for name in fields)


def headings_of(row: Row) -> tuple[str, ...]:
    """The texts of a row of headings, blanks at the end left out."""
    texts = [cell.strip() if isinstance(cell, str) else "" for cell in row.cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)
