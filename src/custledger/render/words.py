"""Values to text: the one place where money, dates and words of a page become characters."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from custledger.core.frozen import frozen
from custledger.core.money import Money, Writers
from custledger.core.text import visible
from custledger.document import Cell, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custledger.core.money import Commodities
    from custledger.document import Column, Row, Value
    from custledger.i18n.catalogue import Catalogue


@frozen
class Words:
    """Says values in one language. Everything it returns is safe to show: nothing invisible, one line."""

    catalogue: Catalogue
    commodities: Commodities

    def line(self, value: Value) -> str:
        """`value` in running text: money with its commodity."""
        if isinstance(value, Word):
            return self.catalogue.text(value.key, **{name: self.line(arg) for name, arg in value.args})
        if isinstance(value, Money):
            return visible(self.commodities.named(value))
        if isinstance(value, date):
            return value.isoformat()
        return "" if value is None else visible(str(value))

    def table(self, rows: Sequence[Row], columns: Sequence[Column]) -> list[list[str]]:
        """The texts of rows, with their indentation: a list for each column.

        Money stands without its commodity, grouped; zero as `-` where the column says so.
        """
        writers = Writers(self.commodities, grouped=True)
        done: list[list[str]] = [[] for _ in columns]
        for plain, run in groupby(rows, lambda row: row.kind in _PLAIN):
            sides = zip(*(row.values for row in run), strict=True)
            for texts, column, values in zip(done, columns, sides, strict=True):
                texts.extend(self._side(values, writers, dash=column.dash and plain))
        return done

    def _side(self, values: Sequence[Any], writers: Writers, *, dash: bool) -> Sequence[str]:
        """The texts of a column; nearly every one has values of one kind."""
        kinds = set(map(type, values))
        if kinds == {Money}:
            if dash:
                return [writers[commodity](minor) if minor else "-" for minor, commodity in values]
            return [writers[commodity](minor) for minor, commodity in values]
        if kinds == {str} and "".join(values).isprintable():
            return values
        return [self._cell(value, writers, dash=dash) for value in values]

    def _cell(self, given: Cell | Value, writers: Writers, *, dash: bool) -> str:
        indent, value = (given.indent, given.value) if isinstance(given, Cell) else (0, given)
        if isinstance(value, Money):
            text = writers[value.commodity](value.minor) if value.minor or not dash else "-"
        else:
            text = self.line(value)
        return "  " * indent + text if indent else text


_PLAIN = frozenset(("row", "detail"))
"""Kinds of rows that have dashes."""
