"""Lists of records: which columns, in which order, with sums. `customer list`, `invoice list`, `payment list`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from custledger.core.frozen import frozen
from custledger.core.money import Money
from custledger.core.text import listed
from custledger.core.trouble import UsageError
from custledger.document import Cell, Column, Row, Table, word
from custledger.report.result import sums

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from custledger.document import Value


@frozen
class Field:
    """A column of a list: its name in `--columns` and in JSON, and how it looks."""

    name: str
    right: bool = False
    shrink: bool = False
    dash: bool = False
    summed: bool = False
    """A total per currency stands below it."""
    style: Callable[[Any], str] | None = None
    shown: Callable[[Any], Value] | None = None
    """What the page shows of a row, where it is not the plain value."""


def chosen_fields(fields: Sequence[Field], wanted: str | None, default: Iterable[str]) -> tuple[Field, ...]:
    """The fields of `--columns a,b`, else those of `default`. UsageError for unknown ones, with all there are."""
    known = {field.name: field for field in fields}
    names = [name.strip() for name in wanted.split(",")] if wanted else list(default)
    for name in names:
        if name not in known:
            raise UsageError("reports.bad_column", value=name, known=listed(known))
    return tuple(known[name] for name in dict.fromkeys(names))


def ordered(rows: Iterable[Any], fields: Sequence[Field], sort: str | None) -> list[Any]:
    """Rows by one field: amounts and counts with the greatest first (by currency), else rising; ties stay."""
    done = list(rows)
    if sort is None:
        return done
    falling = sort.startswith("-")
    name = sort.removeprefix("-")
    if name not in {field.name for field in fields}:
        raise UsageError("reports.bad_sort", value=name, known=listed(field.name for field in fields))
    done.sort(key=lambda row: _key(getattr(row, name), falling=falling))
    return done


def _key(value: object, *, falling: bool) -> tuple[object, ...]:
    """Nothing last; amounts falling unless told otherwise."""
    if value is None or value == "":
        return (1, "", 0)
    if isinstance(value, Money):
        return (0, value.commodity, value.minor if falling else -value.minor)
    if isinstance(value, dt.date):
        return (0, "", -value.toordinal() if falling else value.toordinal())
    if isinstance(value, int):
        return (0, "", value if falling else -value)
    text = str(value)
    return (0, tuple(-ord(char) for char in text) if falling else text, 0)


def table(rows: Sequence[Any], fields: Sequence[Field]) -> Table:
    """The rows as a table, with totals per currency of what is summed."""
    columns = tuple(
        Column(word(f"reports.column.{field.name}"), right=field.right, shrink=field.shrink, dash=field.dash)
        for field in fields
    )
    drawn = [Row(tuple(_cell(row, field) for field in fields)) for row in rows]
    summed = [field.name for field in fields if field.summed]
    if summed and len(rows) > 1:
        units = sorted(
            {getattr(row, name).commodity for row in rows for name in summed if getattr(row, name) is not None}
        )
        drawn += [_total(rows, fields, unit) for unit in units]
    return Table(columns, tuple(drawn))


def _cell(row: Any, field: Field) -> Cell:  # noqa: ANN401 - any dataclass
    value = field.shown(row) if field.shown is not None else getattr(row, field.name)
    if isinstance(value, tuple) and not isinstance(value, Money):
        value = ", ".join(value)
    return Cell(value, field.style(row) if field.style is not None else "")


def _total(rows: Sequence[Any], fields: Sequence[Field], unit: str) -> Row:
    cells: list[Cell] = []
    for index, field in enumerate(fields):
        if field.summed:
            amounts = [getattr(row, field.name) for row in rows]
            cells.append(Cell(sums((money for money in amounts if money is not None), unit)))
        elif field.name == "currency":
            cells.append(Cell(unit))
        else:
            cells.append(Cell(word("reports.total") if index == 0 else None))
    return Row(tuple(cells), "total")
