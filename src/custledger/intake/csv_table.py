"""CSV, TSV and the like: the standard library's reader in its strict mode, with every problem at its line."""

from __future__ import annotations

import codecs
import csv
import io
from functools import partial
from typing import TYPE_CHECKING

from custledger.core.diagnostic import Diagnostic, problem
from custledger.core.span import Span
from custledger.core.text import listed
from custledger.intake.table import Row, Table, find_headings, headings_of, needed_headings

if TYPE_CHECKING:
    from collections.abc import Callable

    from custledger.book.import_map import ImportMap


def decoded(file: str, data: bytes, encodings: tuple[str, ...]) -> str | Diagnostic:
    """The text in the first of the declared encodings that fits the whole file; a byte order mark is no text."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and "utf-16" not in encodings:
        return problem("import-table", Span(file, 1), variant="encoding", encodings=listed(encodings), line=1)
    bad = 0
    for encoding in encodings:
        try:
            return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
        except UnicodeDecodeError as error:
            bad = max(bad, data.count(b"\n", 0, error.start) + 1)
    return problem("import-table", Span(file, bad), variant="encoding", encodings=listed(encodings), line=bad)


def read_csv(file: str, data: bytes, map_: ImportMap) -> tuple[Table | None, list[Diagnostic]]:
    """The table of a text file; rows that are wider or narrower than the headings are reported, all of them."""
    text = decoded(file, data, map_.encodings)
    if isinstance(text, Diagnostic):
        return None, [text]
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return None, [problem("import-table", Span(file, line), variant="nul", line=line)]
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=map_.delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            rows.append(Row(line, tuple(cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        wide = "field larger" in str(error)
        return None, [problem("import-table", Span(file, line), variant="long-cell" if wide else "quote", line=line)]
    places = partial(_place, file, text.splitlines(), map_.delimiter)
    return checked_table(file, rows, map_, places, text)


def checked_table(
    file: str, rows: list[Row], map_: ImportMap, places: Callable[[int, int], Span], text: str | None
) -> tuple[Table | None, list[Diagnostic]]:
    """The table below its headings, empty rows left out; and every row that has not their number of cells."""
    top = find_headings(rows, map_)
    if top is None:
        return None, [problem("import-heading", Span(file), variant="none", headings=needed_headings(map_))]
    headings = headings_of(top)
    found: list[Diagnostic] = []
    kept: list[Row] = []
    for row in rows:
        cells = row.cells
        if row.line <= top.line or not any(cell.strip() if isinstance(cell, str) else True for cell in cells):
            continue
        if len(cells) < len(headings) or any(cells[len(headings) :]):
            span = Span(file, row.line)
            found.append(problem("import-table", span, variant="width", cells=len(cells), headings=len(headings)))
            continue
        kept.append(row)
    return Table(file, headings, tuple(kept), top.line, places, text), found


def _place(file: str, lines: list[str], delimiter: str, line: int, column: int) -> Span:
    """Where cell `column` (from 0) of the row that begins on `line` stands; the whole line where it goes on below."""
    if not 0 < line <= len(lines):
        return Span(file, line)
    text, start, quoted, seen = lines[line - 1], 0, False, 0
    for at, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        elif char == delimiter and not quoted:
            if seen == column:
                return Span(file, line, start + 1, line, max(at, start + 1) + 1)
            seen, start = seen + 1, at + 1
    if seen == column and not quoted:
        return Span(file, line, start + 1, line, max(len(text), start + 1) + 1)
    return Span(file, line, 1, line, len(text) + 1)
