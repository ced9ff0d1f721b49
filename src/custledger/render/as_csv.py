"""CSV (RFC 4180), from the typed result: one record a row, no totals, so that a spreadsheet's own sums are right."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from custledger.core.money import Money, Writers
from custledger.core.text import visible
from custledger.render.serialise import commodities_of, plain, shape
from custledger.render.sheet import Renderer

if TYPE_CHECKING:
    from custledger.core.money import Commodities
    from custledger.render.sheet import Sheet

#: What makes a spreadsheet take a cell for a formula, also as full-width twins (study/reliability: output injection).
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def guarded(text: str) -> str:
    """Text from a file as a cell that no spreadsheet calculates: `'` before what would start a formula."""
    shown = visible(text)
    if text[:1].isalnum():
        return shown
    return f"'{shown}" if text.lstrip(" \u3000").startswith(_FORMULA) or text.startswith(_FORMULA) else shown


def draw_csv(sheet: Sheet) -> str:
    """The result's `records()`, or its `rows` where it has no such method; headings are the JSON keys."""
    result: Any = sheet.result
    records: Sequence[Any] = result.records() if hasattr(result, "records") else getattr(result, "rows", ())
    heading: Sequence[str] = result.columns() if hasattr(result, "columns") else ()
    flat = _Flat(commodities_of(result))
    done = [flat.of(record) for record in records]
    names = dict.fromkeys(heading)
    for record in done:
        names.update(dict.fromkeys(record))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([record.get(name, "") for name in names] for record in done)
    return out.getvalue()


class _Flat:
    """Records to cells; lists are joined with `; `, tables within a record are left out."""

    def __init__(self, commodities: Commodities) -> None:
        self._commodities = commodities
        self._writers = Writers(commodities, grouped=False)

    def of(self, record: object) -> dict[str, str]:
        """The cells of one record, by heading."""
        done: dict[str, str] = {}
        for name, value in record.items() if isinstance(record, Mapping) else _values(record):
            if isinstance(value, Money):
                minor, commodity = value
                done[name] = self._writers[commodity](minor)
            elif isinstance(value, str):
                done[name] = guarded(value)
            elif isinstance(value, (tuple, list)):
                if all(isinstance(item, str) for item in value):
                    done[name] = guarded("; ".join(value))
            elif not isinstance(value, Mapping):
                written = plain(value, self._commodities)
                done[name] = "" if written is None else str(written)
        return done


def _values(record: Any) -> list[tuple[str, object]]:  # noqa: ANN401 - any dataclass
    return [(name, getattr(record, attribute)) for attribute, name, _ in shape(record.__class__)]


RENDERER = Renderer("csv", ".csv", draw_csv, data=True)
