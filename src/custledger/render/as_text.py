"""Text for people: on a terminal with calm colours and fitted columns; through a pipe one row a line, nothing cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.money import Money
from custledger.core.text import pad, width
from custledger.core.text import widths as text_widths
from custledger.document import Cell, Facts, Heading, Paragraph, Row, Table
from custledger.render.fit import cut, fit, wrap
from custledger.render.sheet import Renderer, Sheet
from custledger.render.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from custledger.document import Block, Column, Value

#: SGR codes of the styles of `document.STYLES`. No background, no bright colours: it must read on light and dark.
_SGR = {"strong": "1", "total": "1", "muted": "2", "good": "32", "warn": "33", "bad": "31"}
_GAP = "  "
_VALUE_MIN = 20
"""Columns that a value needs beside its label; with fewer it stands below."""


class _Pen:
    """Colours text where there is colour, and leaves it alone elsewhere."""

    def __init__(self, *, colour: bool) -> None:
        self.colour = colour

    def __call__(self, text: str, style: str) -> str:
        code = _SGR.get(style) if self.colour else None
        return f"\x1b[{code}m{text}\x1b[0m" if code and text.strip() else text


def draw_text(sheet: Sheet) -> str:
    """The page as text; see the module."""
    words = Words(sheet.catalogue, sheet.document.commodities)
    pen = _Pen(colour=sheet.colour)
    room = sheet.width
    lines: list[str] = []
    title = words.line(sheet.document.title)
    if title:
        lines += [pen(text, "strong") for text in _folded(title, room)]
    for value in sheet.document.definition:
        lines += [pen(text, "muted") for text in _folded(words.line(value), room)]
    tight = False
    for block in sheet.document.blocks:
        part = _block(block, words, pen, room)
        if part:
            lines += ["", *part] if lines and not tight else part
        tight = isinstance(block, Heading) and block.level > 2  # noqa: PLR2004 - a small heading belongs to what follows
    return "\n".join([*map(str.rstrip, lines), ""])


def _folded(text: str, room: int | None) -> list[str]:
    return [text] if room is None else wrap(text, room)


def _block(block: Block, words: Words, pen: _Pen, room: int | None) -> list[str]:
    if isinstance(block, Heading):
        return [pen(text, "strong") for text in _folded(words.line(block.text), room)]
    if isinstance(block, Paragraph):
        return [pen(text, block.style) for value in block.lines for text in _folded(words.line(value), room)]
    if isinstance(block, Facts):
        return _facts(block, words, pen, room)
    return _table(block, words, pen, room)


def _facts(facts: Facts, words: Words, pen: _Pen, room: int | None) -> list[str]:
    lines = [pen(words.line(facts.title), "strong")] if facts.title is not None else []
    labels = ["  " * cell.indent + words.line(label) for label, cell in facts.items]
    column = max((width(label) for label in labels), default=0)
    amounts = max((width(words.line(c.value)) for _, c in facts.items if isinstance(c.value, Money)), default=0)
    for label, (_, cell) in zip(labels, facts.items, strict=True):
        value = words.line(cell.value)
        if isinstance(cell.value, Money):
            value = pad(value, amounts, right=True)
        space = None if room is None else room - column - len(_GAP)
        if space is not None and space < _VALUE_MIN:
            lines += [pen(text, "muted") for text in _folded(label, room)]
            lines += [_GAP + pen(text, cell.style) for text in _folded(value.strip(), (room or 0) - len(_GAP))]
            continue
        first, *rest = _folded(value, space)
        lines.append(pen(pad(label, column), "muted") + _GAP + pen(first, cell.style))
        lines += [" " * (column + len(_GAP)) + pen(text, cell.style) for text in rest]
    return lines


def _table(table: Table, words: Words, pen: _Pen, room: int | None) -> list[str]:
    lines = [pen(words.line(table.title), "strong")] if table.title is not None else []
    columns = table.columns
    heads = [words.line(column.heading) for column in columns]
    sides = words.table(table.rows, columns)
    body = list(zip(*sides, strict=True))
    spilling = {at: i for at, texts in enumerate(body) if (i := _spill(texts, columns)) is not None}
    for at, i in spilling.items():
        sides[i][at] = ""
    sizes = [text_widths(side) for side in sides]
    natural = [max(width(head), max(side, default=0)) for head, side in zip(heads, sizes, strict=True)]
    gaps = len(_GAP) * (len(heads) - 1)
    widths = natural
    if room is not None:
        fitted = fit(natural, [column.shrink for column in columns], room - gaps)
        if fitted is None:
            return lines + _stacked(table, heads, body, pen, room)
        widths = fitted
    if any(heads):
        lines.append(pen(_line(heads, columns, widths), "muted"))
    parts: Iterable[Sequence[str]] = zip(*map(_side, sides, sizes, columns, widths), strict=True)
    if pen.colour:
        parts = [_styled(row, texts, each, pen) for row, texts, each in zip(table.rows, body, parts, strict=True)]
    drawn = list(map(_GAP.join, parts))
    spare = None if room is None else room - sum(widths) - gaps
    for at in spilling:
        drawn[at] = _row(table.rows[at], body[at], columns, widths, pen, room=spare)
    if room is not None:
        first = next((at for at, row in enumerate(table.rows) if row.kind == "total"), None)
        if first is not None:
            drawn.insert(first, pen("─" * (sum(widths) + gaps), "muted"))
    return lines + drawn


def _side(texts: Sequence[str], sizes: Sequence[int], column: Column, space: int) -> Iterable[str]:
    """A column: its texts cut and filled to `space`."""
    if max(sizes, default=0) > space:
        texts = [cut(text, space) for text in texts]
        sizes = text_widths(texts)
    # Filling counts characters, of which one may take two columns, or none.
    spaces = [space - size + len(text) for text, size in zip(texts, sizes, strict=True)]
    return map(str.rjust if column.right else str.ljust, texts, spaces)


def _styled(row: Row, texts: Sequence[str], parts: Sequence[str], pen: _Pen) -> list[str]:
    """The parts of a line in their colours."""
    return [pen(part, _style(row, value, text)) for value, text, part in zip(row.values, texts, parts, strict=True)]


def _row(
    row: Row,
    texts: Sequence[str],
    columns: Sequence[Column],
    widths: Sequence[int],
    pen: _Pen,
    gap: str = _GAP,
    room: int | None = 0,
) -> str:
    """One line. `room`: columns that the terminal has to the right of the table; None: no end, as through a pipe."""
    parts = []
    spill = _spill(texts, columns)
    for i, (value, text, column, space) in enumerate(zip(row.values, texts, columns, widths, strict=True)):
        if i == spill:
            rest = sum(widths[i:]) + len(gap) * (len(widths) - i - 1)
            parts.append(pen(text if room is None else cut(text, rest + room), _style(row, value, text)))
            break
        parts.append(pen(pad(cut(text, space), space, right=column.right), _style(row, value, text)))
    return gap.join(parts).rstrip()


def _spill(texts: Sequence[str], columns: Sequence[Column]) -> int | None:
    """Which cell may run over the columns behind it, which are empty in its row: a note below a line."""
    if not texts or texts[-1].strip():
        return None
    found = next((i for i in range(len(texts) - 2, -1, -1) if texts[i].strip()), None)
    return None if found is None or columns[found].right else found


def _style(row: Row, value: Cell | Value, text: str) -> str:
    if isinstance(value, Cell) and value.style:
        return value.style
    if row.kind in ("total", "subtotal"):
        return "strong"
    return "muted" if row.kind == "detail" or text == "-" else ""


def _line(texts: Sequence[str], columns: Sequence[Column], widths: Sequence[int], gap: str = _GAP) -> str:
    parts = [pad(cut(text, w), w, right=column.right) for text, column, w in zip(texts, columns, widths, strict=True)]
    return gap.join(parts).rstrip()


def _stacked(table: Table, heads: Sequence[str], body: Sequence[Sequence[str]], pen: _Pen, room: int) -> list[str]:
    """A table too wide for the terminal: names on a line, the amounts below them; else a line for each amount."""
    right = [i for i, column in enumerate(table.columns) if column.right]
    left = [i for i, column in enumerate(table.columns) if not column.right]
    widths = [max(width(heads[i]), *(width(texts[i]) for texts in body)) for i in right]
    gap = next((gap for gap in (_GAP, " ") if right and sum(widths) + len(gap) * len(widths) <= room), None)
    if gap is None:
        return _records(table, heads, body, pen, room)
    total = sum(widths) + len(gap) * len(widths)
    lead = " " * min(room - total, 8)
    columns = [table.columns[i] for i in right]
    lines = [pen(lead + gap + _line([heads[i] for i in right], columns, widths, gap), "muted")] if any(heads) else []
    ruled = False
    for row, texts in zip(table.rows, body, strict=True):
        if row.kind == "total" and not ruled:
            lines.append(pen("─" * (len(lead) + total), "muted"))
            ruled = True
        name = _GAP.join(filter(None, (texts[i].rstrip() for i in left)))
        amounts = [texts[i] for i in right]
        part = Row(tuple(row.values[i] for i in right), row.kind)
        blank = next((i for i, text in enumerate(amounts) if text), len(amounts))
        before = len(lead) + len(gap) + sum(widths[:blank]) + len(gap) * blank
        style = _style(row, row.values[0], "")
        if 0 < blank < len(amounts) and width(name) < before:
            # The name fits into the empty columns before the first amount: one line does.
            rest = Row(part.values[blank:], part.kind)
            drawn = _row(rest, amounts[blank:], columns[blank:], widths[blank:], pen, gap)
            lines.append(pen(pad(name, before), style) + drawn)
            continue
        lines += [pen(text, style) for text in wrap(name, room)]
        if any(amounts):
            lines.append(lead + gap + _row(part, amounts, columns, widths, pen, gap))
    return lines


def _records(table: Table, heads: Sequence[str], body: Sequence[Sequence[str]], pen: _Pen, room: int) -> list[str]:
    """Each row as a few lines, label and amount; what is zero in a column of dashes is left out."""
    lines: list[str] = []
    label = min(max(map(width, heads), default=0), room // 2)
    right = [i for i, column in enumerate(table.columns) if column.right]
    amount = max((width(texts[i]) for texts in body for i in right), default=0)
    for row, texts in zip(table.rows, body, strict=True):
        name = _GAP.join(filter(None, (texts[i].rstrip() for i in range(len(texts)) if i not in right)))
        lines += [pen(text, "muted" if row.kind == "detail" else "strong") for text in wrap(name, room)]
        cells = row.cells
        for i in right:
            value = cells[i].value
            if value is None or (table.columns[i].dash and isinstance(value, Money) and not value):
                continue
            style = cells[i].style or ("muted" if row.kind == "detail" else "")
            head = pen(pad(cut(heads[i], label), label), "muted")
            lines.append(f"  {head}  {pen(pad(texts[i], amount, right=True), style)}")
    return lines


RENDERER = Renderer("text", ".txt", draw_text)
