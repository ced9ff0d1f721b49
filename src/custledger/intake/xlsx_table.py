"""XLSX sheets, read by python-calamine (the extra `xlsx`) after the guard has seen every part."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import TYPE_CHECKING

from custledger.core.diagnostic import Diagnostic, problem
from custledger.core.span import Span
from custledger.core.text import listed
from custledger.core.trouble import UsageError
from custledger.intake.csv_table import checked_table
from custledger.intake.table import Broken, Cell, Number, Row, Table
from custledger.intake.xlsx_guard import Workbook, scan

if TYPE_CHECKING:
    from custledger.book.import_map import ImportMap

DIGITS_EXACT = 15
"""Significant digits that a spreadsheet keeps of a number: what was longer has lost its end."""


def read_xlsx(file: str, data: bytes, map_: ImportMap) -> tuple[Table | None, list[Diagnostic]]:
    """The table of the sheet that the map names, else of the first one."""
    try:
        import python_calamine
    except ImportError:
        raise UsageError("intake.extra_missing", file=file) from None

    scanned = scan(data)
    if isinstance(scanned, str):
        return None, [problem("import-table", Span(file), variant=f"xlsx-{scanned}")]
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(data))
        names = workbook.sheet_names
        if map_.sheet is not None and map_.sheet not in names:
            return None, [problem("import-table", Span(file), variant="sheet", sheet=map_.sheet, sheets=listed(names))]
        name = map_.sheet if map_.sheet is not None else names[0]
        cells = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, IndexError, OSError, ValueError):
        return None, [problem("import-table", Span(file), variant="xlsx-zip")]
    broken = _broken(scanned, name)
    rows = [
        Row(line, tuple(_cell(value, broken.get((line, column))) for column, value in enumerate(row)))
        for line, row in enumerate(cells, 1)
    ]
    return checked_table(file, rows, map_, lambda line, column: Span(file, line, column + 1), None)


def _broken(scanned: Workbook, sheet: str) -> dict[tuple[int, int], str]:
    """The sheet's broken cells; those of every sheet where the workbook does not say which part is whose."""
    part = dict(scanned.sheets).get(sheet, "")
    if part in scanned.broken or part.startswith("xl/worksheets/"):
        return scanned.broken.get(part, {})
    return {place: text for cells in scanned.broken.values() for place, text in cells.items()}


def _cell(value: object, broken: str | None) -> Cell:
    """A cell's content: text stays text, a number keeps the digits that a spreadsheet keeps, a day is a date."""
    if broken is not None:
        return Broken(broken)
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, (int, float)):
        # Not money yet: the text of the number as a spreadsheet shows it, exact up to 15 significant digits.
        digits = format(Decimal(format(value, f".{DIGITS_EXACT}g")), "f")
        whole = digits.lstrip("-").replace(".", "").strip("0")
        return Number(digits, len(whole) < DIGITS_EXACT and abs(value) < 10**DIGITS_EXACT)
    return Broken(str(value))
