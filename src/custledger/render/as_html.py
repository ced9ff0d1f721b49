"""HTML: one self-contained page, printable on A4, that loads nothing and runs nothing."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from custledger.document import Facts, Heading, Paragraph
from custledger.render.sheet import Renderer, Sheet
from custledger.render.words import Words

if TYPE_CHECKING:
    from custledger.document import Block, Row, Table

_CSS = """\
@page { size: A4; margin: 18mm 15mm }
:root { color-scheme: light }
body { font: 10.5pt/1.5 "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", system-ui, sans-serif;
  color: #1c1c1c; background: #fff; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5em; margin: 0 0 .3em } h2 { font-size: 1.15em; margin: 1.6em 0 .4em } h3 { font-size: 1em }
.definition { color: #666; margin: 0 0 1.2em } p { margin: .6em 0 }
table { border-collapse: collapse; width: 100%; margin: .6em 0 1.2em; font-variant-numeric: tabular-nums }
caption { text-align: left; font-weight: 600; padding: .3em 0 }
th, td { padding: .25em .6em; text-align: left; vertical-align: top; border-bottom: 1px solid #e6e6e6 }
thead th { color: #666; font-weight: 500; border-bottom: 1px solid #999 }
.right { text-align: right; white-space: nowrap }
tr.detail td { color: #555; border-bottom-color: #f3f3f3 }
tr.subtotal td { font-weight: 600 } tr.total td { font-weight: 600; border-top: 1px solid #999; border-bottom: 0 }
.in1 { padding-left: 1.8em } .in2 { padding-left: 3em } .in3 { padding-left: 4.2em }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15em 1.2em; margin: .6em 0 1.2em } dt { color: #666 }
dd { margin: 0; font-variant-numeric: tabular-nums }
.strong { font-weight: 600 } .muted { color: #777 }
.good { color: #17652f } .warn { color: #8a5a00 } .bad { color: #a01818 }
tr, dl, h2, h3 { break-inside: avoid } h2, h3 { break-after: avoid } thead { display: table-header-group }
@media print { body { margin: 0; max-width: none; padding: 0 } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_TAGS = {"en": "en", "zh": "zh-CN"}
_INDENT_MAX = 3


def draw_html(sheet: Sheet) -> str:
    """The page as HTML."""
    document, words = sheet.document, Words(sheet.catalogue, sheet.document.commodities)
    title = _text(words.line(document.title))
    lines = [
        "<!doctype html>",
        f'<html lang="{_TAGS[sheet.catalogue.language]}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f"<style>\n{_CSS}</style>",
        "</head>",
        "<body>",
        f"<h1>{title}</h1>",
    ]
    if document.definition:
        lines.append(f'<p class="definition">{_lines(document.definition, words)}</p>')
    for block in document.blocks:
        lines += _block(block, words)
    return "\n".join([*lines, "</body>", "</html>", ""])


def _text(text: str) -> str:
    return escape(text, quote=True)


def _lines(values: tuple[object, ...], words: Words) -> str:
    return "<br>\n".join(_text(words.line(value)) for value in values)  # type: ignore[arg-type]


def _class(*names: str) -> str:
    given = " ".join(name for name in names if name)
    return f' class="{given}"' if given else ""


def _block(block: Block, words: Words) -> list[str]:
    if isinstance(block, Heading):
        level = min(3, max(2, block.level))
        return [f"<h{level}>{_text(words.line(block.text))}</h{level}>"]
    if isinstance(block, Paragraph):
        return [f"<p{_class(block.style)}>{_lines(block.lines, words)}</p>"]
    if isinstance(block, Facts):
        lines = [f"<h3>{_text(words.line(block.title))}</h3>"] if block.title is not None else []
        items = [
            f"<dt>{_text(words.line(label))}</dt><dd{_class(cell.style)}>{_text(words.line(cell.value))}</dd>"
            for label, cell in block.items
        ]
        return [*lines, "<dl>", *items, "</dl>"]
    return _table(block, words)


def _table(table: Table, words: Words) -> list[str]:
    lines = ["<table>"]
    if table.title is not None:
        lines.append(f"<caption>{_text(words.line(table.title))}</caption>")
    heads = [
        f'<th scope="col"{_class("right" if column.right else "")}>{_text(words.line(column.heading))}</th>'
        for column in table.columns
    ]
    lines += ["<thead>", f"<tr>{''.join(heads)}</tr>", "</thead>", "<tbody>"]
    sides = words.table(table.rows, table.columns)
    lines += [_row(row, table, texts) for row, *texts in zip(table.rows, *sides, strict=True)]
    return [*lines, "</tbody>", "</table>"]


def _row(row: Row, table: Table, texts: list[str]) -> str:
    cells = []
    for cell, column, text in zip(row.cells, table.columns, texts, strict=True):
        indent = f"in{min(cell.indent, _INDENT_MAX)}" if cell.indent else ""
        classes = _class("right" if column.right else "", cell.style, indent)
        cells.append(f"<td{classes}>{_text(text.strip())}</td>")
    return f"<tr{_class(row.kind if row.kind != 'row' else '')}>{''.join(cells)}</tr>"


RENDERER = Renderer("html", ".html", draw_html)
