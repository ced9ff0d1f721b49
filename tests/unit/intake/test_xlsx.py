"""Workbooks: what a spreadsheet does to values, and what must never reach the native reader."""

import datetime as dt
import io
import sys
import zipfile

import pytest

from custledger.core.trouble import UsageError
from custledger.intake.parties import Parties
from custledger.intake.payments import read_payments
from custledger.intake.reading import Reading
from custledger.intake.table import Broken, Number, read_table
from custledger.intake.xlsx_guard import scan
from import_tables import SETTINGS, a_map, keys

xlsxwriter = pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")

MAP = a_map("import: payments\ncolumns: {date: Date, customer: Customer, amount: Amount, bankref: Reference}\n")


def workbook(*rows, sheet="Sheet1", formats=True, extra=None):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet(sheet)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                page.write_datetime(at, column, value, day)
            elif isinstance(value, str) and value.startswith("="):
                page.write_formula(at, column, value, None, "#DIV/0!")
            elif isinstance(value, str):
                page.write_string(at, column, value)
            else:
                page.write(at, column, value)
    if extra:
        extra(page)
    book.close()
    return buffer.getvalue()


HEAD = ["Date", "Customer", "Amount", "Reference"]


def test_values_as_a_spreadsheet_keeps_them():
    data = workbook(HEAD, [dt.date(2026, 2, 3), "007", 0.1 + 0.2, 42], ["2026-02-04", "A", -5, 6222020200112233445])
    table, problems = read_table("t.xlsx", data, MAP)
    assert problems == []
    assert table.rows[0].cells == (dt.date(2026, 2, 3), "007", Number("0.3", True), Number("42", True))
    assert table.rows[1].cells[2:] == (Number("-5", True), Number("6222020200112230000", False))
    assert [row.line for row in table.rows] == [2, 3]


def test_cells_that_lost_something_are_reported_at_their_place():
    data = workbook(
        HEAD,
        [dt.date(2026, 2, 3), "A", "=1/0", "x"],
        [dt.date(2026, 2, 3), "A", 10, 6222020200112233445],
        [dt.date(2026, 2, 3), "A", 123456789012345678, "x"],
        [46000, "A", 10, "x"],
        [dt.date(2026, 2, 3), "A", dt.date(2026, 2, 3), "x"],
    )
    table, _ = read_table("t.xlsx", data, MAP)
    assert table.rows[0].cells[2] == Broken("#DIV/0!")
    reading = Reading(table, MAP)
    read_payments(reading, Parties([], create=True), SETTINGS, frozenset())
    assert keys(reading.diagnostics) == [
        ("import-cell.broken", 2),
        ("import-cell.digits-lost", 3),
        ("import-cell.digits-lost", 4),
        ("import-cell.date", 5),
        ("import-cell.amount", 6),
    ]
    assert reading.diagnostics[0].span.column == 3


def test_a_formula_that_was_never_computed_is_no_empty_cell():
    data = workbook(HEAD, [dt.date(2026, 2, 3), "A", 5, "x"])
    archive = zipfile.ZipFile(io.BytesIO(data))
    sheet = archive.read("xl/worksheets/sheet1.xml").replace(b"<v>5</v>", b"<f>2+3</f>")
    table, _ = read_table("t.xlsx", repacked(archive, {"xl/worksheets/sheet1.xml": sheet}), MAP)
    assert table.rows[0].cells[2] == Broken("=")


def repacked(archive, parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name in archive.namelist():
            made.writestr(name, parts.get(name, archive.read(name)))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b'r="D2"', b'r="XFD1048576"', "far-cell"),
        (b'r="D2"', b"r='XFD1048576'", "far-cell"),
        (b'r="D2"', b'r="&#88;FD1048576"', "xml"),
        (b'<row r="2"', b'<row r="99999999"', "far-cell"),
        (b'ref="A1:D2"', b'ref="A1:XFD1048576"', "far-cell"),
        (b'r="D2"', b'r="nonsense"', "far-cell"),
        (b"<sheetData>", b"<!DOCTYPE x><sheetData>", "xml"),
    ],
)
def test_hostile_workbooks_are_refused_before_they_are_opened(old, new, why):
    archive = zipfile.ZipFile(io.BytesIO(workbook(HEAD, ["2026-02-03", "A", 5, "x"])))
    content = archive.read("xl/worksheets/sheet1.xml")
    assert old in content
    data = repacked(archive, {"xl/worksheets/sheet1.xml": content.replace(old, new)})
    assert scan(data) == why
    _, problems = read_table("t.xlsx", data, MAP)
    assert keys(problems) == [(f"import-table.xlsx-{why}", 0)]


def test_bombs_and_torn_files_are_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/worksheets/sheet1.xml", b"<x>" + b" " * 50_000_000)
    assert scan(buffer.getvalue()) == "bomb"
    data = workbook(HEAD)
    assert scan(data[: len(data) // 2]) == "zip"
    assert scan(b"PK\x03\x04") == "zip"
    _, problems = read_table("t.xlsx", data[:-40], MAP)
    assert keys(problems) == [("import-table.xlsx-zip", 0)]


def test_sheets_by_name():
    map_ = a_map("import: customers\nsheet: 客户\ncolumns: {name: Name}\n")
    table, problems = read_table("t.xlsx", workbook(["Name"], ["A"], sheet="客户"), map_)
    assert (problems, table.rows[0].cells) == ([], ("A",))
    _, problems = read_table("t.xlsx", workbook(["Name"], ["A"]), map_)
    assert keys(problems) == [("import-table.sheet", 0)]


def test_the_missing_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(UsageError, match="extra_missing"):
        read_table("t.xlsx", workbook(HEAD), MAP)
