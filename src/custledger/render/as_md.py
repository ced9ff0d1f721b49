"""Markdown: pipe tables (GitHub's dialect), aligned for people who read the source; everything escaped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custledger.core.text import pad, width
from custledger.document import Facts, Heading, Paragraph
from custledger.render.sheet import Renderer, Sheet
from custledger.render.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custledger.document import Block, Column, Row, Table

#: Characters that mean something anywhere in a line. CommonMark lets each be escaped with a backslash.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|&~$^]")
#: What means something at the start of a line only: headings, lists, quotes, rules.
_LEADING = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))")
_ROW_MIN = 3


def escape(text: str) -> str:
    """`text` as Markdown shows it letter for letter, in a cell or within a line."""
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)


def _start(text: str) -> str:
    found = _LEADING.match(text)
    if found is None:
        return text
    lead, mark = found[1], found[2]
    end = found.end()
    return f"{lead}{mark}\\{text[end:]}" if mark.isdigit() else f"{lead}\\{mark}{text[end:]}"


def draw_markdown(sheet: Sheet) -> str:
    """The page as Markdown."""
    words = Words(sheet.catalogue, sheet.document.commodities)
    parts = [f"# {escape(words.line(sheet.document.title))}"] if sheet.document.title is not None else []
    if sheet.document.definition:
        parts.append(_lines([words.line(value) for value in sheet.document.definition], "*"))
    parts += [_block(block, words) for block in sheet.document.blocks]
    return "\n\n".join(part for part in parts if part) + "\n"


def _lines(texts: Sequence[str], mark: str = "") -> str:
    """Lines kept apart with hard breaks."""
    done = [f"{mark}{escape(text)}{mark}" if mark else _start(escape(text)) for text in texts if text]
    return "\\\n".join(done)


def _block(block: Block, words: Words) -> str:
    if isinstance(block, Heading):
        return f"{'#' * max(2, block.level)} {escape(words.line(block.text))}"
    if isinstance(block, Paragraph):
        return _lines([words.line(value) for value in block.lines], "**" if block.style == "strong" else "")
    if isinstance(block, Facts):
        title = [f"**{escape(words.line(block.title))}**", ""] if block.title is not None else []
        items = [
            f"- {escape(words.line(label))}: {escape(words.line(cell.value))}".rstrip() for label, cell in block.items
        ]
        return "\n".join(title + items)
    return _table(block, words)


def _table(table: Table, words: Words) -> str:
    heads = [escape(words.line(column.heading)) for column in table.columns]
    sides = words.table(table.rows, table.columns)
    body = [_cells(row, texts) for row, *texts in zip(table.rows, *sides, strict=True)]
    widths = [max(_ROW_MIN, *map(width, texts)) for texts in zip(heads, *body, strict=True)]
    rule = [_rule(column, space) for column, space in zip(table.columns, widths, strict=True)]
    lines = [_row(heads, table.columns, widths), "| " + " | ".join(rule) + " |"]
    lines += [_row(texts, table.columns, widths) for texts in body]
    title = [f"**{escape(words.line(table.title))}**", ""] if table.title is not None else []
    return "\n".join(title + lines)


def _cells(row: Row, texts: Sequence[str]) -> list[str]:
    written = []
    for cell, text in zip(row.cells, texts, strict=True):
        indent = "&emsp;" * cell.indent
        done = escape(text.strip())
        bold = row.kind in ("total", "subtotal") and done
        written.append(indent + (f"**{done}**" if bold else done))
    return written


def _rule(column: Column, space: int) -> str:
    return "-" * (space - 1) + ":" if column.right else "-" * space


def _row(texts: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> str:
    cells = [pad(text, w, right=column.right) for text, column, w in zip(texts, columns, widths, strict=True)]
    return "| " + " | ".join(cells) + " |"


RENDERER = Renderer("md", ".md", draw_markdown)
