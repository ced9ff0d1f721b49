"""The neutral page model: reports say what to show with it, renderers draw it.

Data stays data: a cell holds money, a date, a number or text; words are catalogue keys. So one page can be
drawn in any format and in any language, and nothing that came from a file is ever taken for markup.
"""

from __future__ import annotations

from datetime import date
from typing import Union

from custledger.core.frozen import field, frozen
from custledger.core.money import Commodities, Money


@frozen
class Word:
    """A catalogue key (`reports.aging.title`) with its arguments; arguments may be data or other words."""

    key: str
    args: tuple[tuple[str, Value], ...] = ()


#: What a cell or a line of text may hold. `str` is data and shown as it is (made safe by the renderer).
Value = Union[str, int, date, Money, Word, None]


def word(key: str, **args: Value) -> Word:
    """A `Word` from keyword arguments."""
    return Word(key, tuple(args.items()))


@frozen
class Cell:
    """A value and how it should look: `style` is one of STYLES; `indent` in steps."""

    value: Value
    style: str = ""
    indent: int = 0


#: What a cell or line may be: the theme gives each a colour, plain text may give it a mark or nothing.
STYLES = ("", "strong", "muted", "good", "warn", "bad", "total", "number")


@frozen
class Column:
    """A column: its heading, on which side its cells stand, and whether it may be cut on a narrow terminal."""

    heading: Value
    right: bool = False
    shrink: bool = False
    """May be shortened (with …) where a terminal is too narrow; never through a pipe."""
    dash: bool = False
    """Zero money is drawn as `-` in plain rows, so that what is there stands out; totals always have their zeros."""


@frozen
class Row:
    """Cells, one a column; `kind` is row, detail, subtotal or total.

    A cell that is nothing but its value may stand as that: a report on everybody has a million of them.
    """

    values: tuple[Cell | Value, ...]
    kind: str = "row"

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The same, each as a cell."""
        return tuple([value if isinstance(value, Cell) else Cell(value) for value in self.values])


@frozen
class Table:
    """Columns and rows. Amounts of several commodities are rows of their own, never added."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: Value = None


@frozen
class Paragraph:
    """A line of text, or several to be kept apart; `style` as a cell's."""

    lines: tuple[Value, ...]
    style: str = ""


@frozen
class Facts:
    """Label and value pairs, aligned: an address block, a summary, a foot."""

    items: tuple[tuple[Value, Cell], ...]
    title: Value = None


@frozen
class Heading:
    """A heading of level 1 (the page), 2 (a section) or 3."""

    text: Value
    level: int = 2


Block = Union[Heading, Paragraph, Facts, Table]


@frozen
class Document:
    """A page. `title` and `definition` stand on top: what it is, as of when, and how its numbers are defined."""

    title: Value
    definition: tuple[Value, ...] = ()
    blocks: tuple[Block, ...] = ()
    commodities: Commodities = field(default_factory=Commodities)
    language: str | None = None
    """A customer's document is in the customer's language; None: the reader's."""
