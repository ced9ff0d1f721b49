"""Values to text: the one place where money, dates and words of a page become characters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

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

    def cells(self, row: Row, columns: Sequence[Column]) -> list[str]:
        """The texts of a row; see `texts`."""
        return self.texts((row,), columns)[0]

    def texts(self, rows: Sequence[Row], columns: Sequence[Column]) -> list[list[str]]:
        """The texts of rows, with their indentation.

        Money stands without its commodity, grouped; zero as `-` where the column says so.
        """
        dashes = [column.dash for column in columns]
        never = [False] * len(dashes)
        writers = Writers(self.commodities, grouped=True)
        done = []
        for row in rows:
            texts = []
            for value, dash in zip(row.values, dashes if row.kind in _PLAIN else never, strict=True):
                # Nearly every cell is one of these two.
                if type(value) is Money:
                    minor, commodity = value
                    text = writers[commodity](minor) if minor or not dash else "-"
                elif type(value) is str:
                    text = visible(value)
                elif isinstance(value, Cell):
                    text = "  " * value.indent + self._cell(value.value, writers, dash=dash)
                else:
                    text = self.line(value)
                texts.append(text)
            done.append(texts)
        return done

    def _cell(self, value: Value, writers: Writers, *, dash: bool) -> str:
        if isinstance(value, Money):
            return writers[value.commodity](value.minor) if value.minor or not dash else "-"
        return self.line(value)


_PLAIN = frozenset(("row", "detail"))
"""Kinds of rows that have dashes."""
