"""What of a workbook the native reader may see: it is looked at as XML text first.

python-calamine asks for memory for the rectangle between the first and the last cell: one far cell in a file of
5 kB is 550 GB and aborts the process. It also gives nothing for a formula's error. So every part is scanned for
cell references, dimensions and errors before it sees a byte.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field

PARTS_MAX = 10_000
UNPACKED_MAX = 300_000_000
SMALL = 1_000_000
RATIO_MAX = 200
"""How much smaller than its content a part of over a megabyte may be packed: Excel's own stay below 30."""
ROWS_MAX = 1_048_576
AREA_MAX = 20_000_000

_CELL = re.compile(rb"<(?:\w+:)?(c|row|dimension|mergeCell)(\s[^<>]*)>")
_REF = re.compile(rb"""\s(?:r|ref)\s*=\s*["']([^"']*)["']""")
_ERROR = re.compile(rb"""\st\s*=\s*["']e["']""")
_PLACE = re.compile(rb"([A-Z]{1,3})([0-9]{1,7})")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)[\s>]")


@dataclass(frozen=True)
class Workbook:
    """What the scan found: per part the cells (row, column from 0) that hold an error or an uncomputed formula."""

    broken: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    sheets: tuple[tuple[str, str], ...] = ()
    """Sheet names in order with their parts."""


def scan(data: bytes) -> Workbook | str:
    """The scan of a whole file, or why it must not be read: zip, bomb, far-cell, xml."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _scan(archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return "zip"
    except Exception as error:  # noqa: BLE001 -- zlib.error and its kin have no common base
        del error
        return "zip"


def _scan(archive: zipfile.ZipFile) -> Workbook | str:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > PARTS_MAX or len({name.casefold() for name in names}) != len(names):
        return "zip"
    if sum(entry.file_size for entry in entries) > UNPACKED_MAX:
        return "bomb"
    book = Workbook({}, ())
    parts: dict[str, bytes] = {}
    for entry in entries:
        if entry.file_size > SMALL and entry.file_size > RATIO_MAX * max(1, entry.compress_size):
            return "bomb"
        with archive.open(entry) as stream:
            content = stream.read(entry.file_size + 1)
        if not entry.filename.endswith((".xml", ".rels")) and content.lstrip()[:5] != b"<?xml":
            continue
        if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            return "xml"
        why, broken = _cells(content)
        if why:
            return why
        if broken:
            book.broken[entry.filename] = broken
        if entry.filename in {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"}:
            parts[entry.filename] = content
    return Workbook(book.broken, _sheets(parts))


def _cells(content: bytes) -> tuple[str, dict[tuple[int, int], str]]:
    """Why a part must not be read ("" where it may), and its broken cells."""
    broken: dict[tuple[int, int], str] = {}
    rows = columns = 0
    first_row = first_column = ROWS_MAX
    for match in _CELL.finditer(content):
        kind, attributes = match[1], match[2]
        reference = _REF.search(attributes)
        if b"&" in attributes:
            return "xml", {}
        if reference is None:
            continue
        if kind == b"row":
            row, column = int(reference[1]) if reference[1].isdigit() else ROWS_MAX + 1, 0
        else:
            place = _PLACE.fullmatch(reference[1].rpartition(b":")[2].replace(b"$", b""))
            if place is None:
                return "far-cell", {}
            row, column = int(place[2]), _column(place[1])
            if kind == b"c" and not attributes.endswith(b"/"):
                _note_broken(content, match.end(), attributes, (row, column), broken)
        rows, columns = max(rows, row), max(columns, column + 1)
        if kind in {b"c", b"row"}:
            first_row, first_column = min(first_row, row), min(first_column, column)
    if rows > ROWS_MAX or rows * columns > AREA_MAX:
        return "far-cell", {}
    return "", broken


def _note_broken(
    content: bytes, at: int, attributes: bytes, place: tuple[int, int], broken: dict[tuple[int, int], str]
) -> None:
    if _ERROR.search(attributes):
        inner = content[at : at + 200]
        value = re.search(rb"<(?:\w+:)?v>([^<]*)<", inner)
        broken[place] = value[1].decode("utf-8", "replace") if value else "#"
    elif content[at : at + 1] == b"<" and _FORMULA.match(content, at):
        inner = content[at : content.find(b"</c", at)]
        if not _VALUE.search(inner):
            broken[place] = "="


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _sheets(parts: dict[str, bytes]) -> tuple[tuple[str, str], ...]:
    """Sheet names with the parts they are in, as the workbook and its relationships say."""
    from html import unescape

    targets: dict[str, str] = {}
    for tag in re.findall(rb"<(?:\w+:)?Relationship\s([^<>]*)>", parts.get("xl/_rels/workbook.xml.rels", b"")):
        pairs = dict(re.findall(r"""(\w+)\s*=\s*["']([^"']*)["']""", tag.decode("utf-8", "replace")))
        target = unescape(pairs.get("Target", ""))
        targets[pairs.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    found = []
    for tag in re.findall(rb"<(?:\w+:)?sheet\s([^<>]*)>", parts.get("xl/workbook.xml", b"")):
        pairs = dict(re.findall(r"""([\w:]+)\s*=\s*["']([^"']*)["']""", tag.decode("utf-8", "replace")))
        relation = next((pairs[key] for key in sorted(pairs) if key.endswith(":id")), "")
        found.append((unescape(pairs.get("name", "")), targets.get(relation, "")))
    return tuple(found)
