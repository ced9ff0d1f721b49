"""CSV: strict, and every problem at its line."""

import pytest

from custledger.intake.table import read_table
from import_tables import a_map, keys

MAP = a_map("import: customers\ncolumns: {name: Name, email: Email}\n")


def table(text, map_=MAP, file="t.csv"):
    return read_table(file, text if isinstance(text, bytes) else text.encode(), map_)


def test_rows_with_their_lines():
    found, problems = table('Name,Email\n"A\nB",x@y.example\n\n,\nC, z \n')
    assert problems == []
    assert found.headings == ("Name", "Email")
    assert [(row.line, row.cells) for row in found.rows] == [(2, ("A\nB", "x@y.example")), (6, ("C", " z "))]


def test_byte_order_mark_and_carriage_returns():
    found, problems = table("\ufeffName,Email\r\nA,b\r\n")
    assert (problems, found.headings, found.rows[0].cells) == ([], ("Name", "Email"), ("A", "b"))


@pytest.mark.parametrize(
    ("data", "key", "line"),
    [
        (b"", "empty", 0),
        (b"\n \n", "empty", 0),
        (b"<!DOCTYPE html><html>", "web-page", 0),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old-excel", 0),
        (b"Name,Email\nA,\0\n", "nul", 2),
        (b'Name,Email\nA,b\n"C,d\nE,f\n', "quote", 3),
        (b'Name,Email\n"A"x,b\n', "quote", 2),
        (b"Name,Email\nA,b\n\xff\xfe,c\n", "encoding", 3),
        ("\ufeffName,Email\nA,b\n".encode("utf-16"), "encoding", 1),
        (b"Name,Email\nA,b\nB\nC,d,e\n", "width", 3),
        (b"Name,Email\nA," + b"x" * 140_000 + b"\n", "long-cell", 2),
        (b"PK\x03\x04 not a workbook", "xlsx-zip", 0),
    ],
)
def test_files_that_are_no_table(data, key, line):
    _, problems = table(data)
    assert keys(problems)[0] == (f"import-table.{key}", line)


def test_every_row_of_another_width_is_reported():
    _, problems = table("Name,Email\nA\nB,c\nD,e,f\nG,h,,\n")
    assert keys(problems) == [("import-table.width", 2), ("import-table.width", 4)]


def test_encodings_in_the_declared_order():
    map_ = a_map("import: customers\nencoding: [utf-8, gb18030]\ncolumns: {name: 客户名称}\n")
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        found, problems = table("客户名称\n上海蓝海湾\n".encode(encoding), map_)
        assert (problems, found.rows[0].cells) == ([], ("上海蓝海湾",))
    _, problems = table("客户名称\n上海\n".encode("gb18030"), MAP)
    assert keys(problems) == [("import-table.encoding", 1)]


def test_headings_below_a_preamble_are_found_by_their_words():
    text = "客户档案表\n导出日期：2026-01-05\n\n客户编码,客户名称,联系人\n001,蓝海湾,王芳\n"
    map_ = a_map("import: customers\npreamble: true\ncolumns: {id: 客户编码, name: [名称, 客户名称]}\n")
    found, problems = table(text, map_)
    assert (problems, found.line, [row.line for row in found.rows]) == ([], 4, [5])
    _, problems = table("a,b\n1,2\n", map_)
    assert keys(problems) == [("import-heading.none", 0)]


def test_a_cell_has_its_place():
    found, _ = table('Name,Email\n"A, B",x\n')
    assert found.places(2, 0)[1:] == (2, 1, 2, 7)
    assert found.places(2, 1)[1:] == (2, 8, 2, 9)
    assert found.places(9, 1).line == 9
