"""Values to text: the one place where money, dates and words of a page become characters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from custledger.core.money import Money
from custledger.core.text import visible
from custledger.document import Word

if TYPE_CHECKING:
    from custledger.core.money import Commodities
    from custledger.document import Column, Row, Value
    from custledger.i18n.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
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

    def cell(self, value: Value, *, dash: bool = False) -> str:
        """`value` in a column: money without its commodity, grouped; zero as `-` where the column says so."""
        if isinstance(value, Money):
            return "-" if dash and not value else self.commodities.grouped(value)
        return self.line(value)

    def cells(self, row: Row, columns: tuple[Column, ...]) -> list[str]:
        """The texts of a row, with their indentation."""
        plain = row.kind in ("row", "detail")
        return [
            "  " * cell.indent + self.cell(cell.value, dash=column.dash and plain)
            for cell, column in zip(row.cells, columns, strict=True)
        ]
