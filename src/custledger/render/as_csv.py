"""CSV (RFC 4180), from the typed result: one record a row, no totals, so that a spreadsheet's own sums are right."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from custledger.core.money import Money
from custledger.core.text import visible
from custledger.render.serialise import commodities_of, plain
from custledger.render.sheet import Renderer

if TYPE_CHECKING:
    from custledger.render.sheet import Sheet

#: What makes a spreadsheet take a cell for a formula, also as full-width twins (study/reliability: output injection).
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def guarded(text: str) -> str:
    """Text from a file as a cell that no spreadsheet calculates: `'` before what would start a formula."""
    shown = visible(text)
    return f"'{shown}" if text.lstrip(" \u3000").startswith(_FORMULA) or text.startswith(_FORMULA) else shown


def draw_csv(sheet: Sheet) -> str:
    """The result's `records()`, or its `rows` where it has no such method; headings are the JSON keys."""
    result: Any = sheet.result
    records: Sequence[Any] = result.records() if hasattr(result, "records") else getattr(result, "rows", ())
    commodities = commodities_of(result)
    heading: Sequence[str] = result.columns() if hasattr(result, "columns") else ()
    done = [_flat(record, commodities) for record in records]
    names = list(dict.fromkeys([*heading, *(name for record in done for name in record)]))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([record.get(name, "") for name in names] for record in done)
    return out.getvalue()


def _flat(record: object, commodities: Any) -> dict[str, str]:  # noqa: ANN401
    """One record as cells; lists are joined with `; `, tables within a record are left out."""
    source = record if isinstance(record, Mapping) else None
    done: dict[str, str] = {}
    texts: dict[str, object] = dict(source) if source is not None else _values(record)
    for name, value in texts.items():
        if isinstance(value, str):
            done[name] = guarded(value)
        elif isinstance(value, (tuple, list)) and not isinstance(value, Money):
            if all(isinstance(item, str) for item in value):
                done[name] = guarded("; ".join(value))
        elif not isinstance(value, Mapping):
            written = plain(value, commodities)
            done[name] = "" if written is None else str(written)
    return done


def _values(record: object) -> dict[str, object]:
    from dataclasses import fields

    return {
        field.metadata.get("json", field.name): getattr(record, field.name)
        for field in fields(record)  # type: ignore[arg-type]
        if field.metadata.get("json", field.name) is not None
    }


RENDERER = Renderer("csv", ".csv", draw_csv, data=True)
