"""`custledger schema`: the JSON Schema of a document or of a report's JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument
from custledger.core.text import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

_REPORT = "report-"


def run(
    context: Context,
    name: Annotated[str | None, argument(metavar="[NAME]", help="help.schema.name", show_default=False)] = None,
) -> None:
    """Print one schema, or the names of all."""
    from custledger.core.nearest import nearest
    from custledger.core.trouble import UsageError
    from custledger.schema.json_schema import NAMES, schema_of

    reports = _reports()
    if name is None:
        context.print("".join(f"{known}\n" for known in (*NAMES, *reports)))
        return
    found = (
        schema_of(name) if name in NAMES else reports.get(name) and _report(name.removeprefix(_REPORT), reports[name])
    )
    if found is None:
        near = nearest(name, [*NAMES, *reports], most=1)
        raise UsageError("schema.unknown_near" if near else "schema.unknown", name=name, near=listed(near))
    context.print(json.dumps(found, ensure_ascii=False, indent=2) + "\n")


def _reports() -> Mapping[str, Any]:
    """`report-NAME` → the class of the report's result, or the schema where there is none."""
    import sys

    from custledger.core.registry import discover
    from custledger.schema.dataclass_schema import OTHERS

    found: dict[str, Any] = {f"{_REPORT}{name}": schema for name, schema in OTHERS.items()}
    for name, report in discover("custledger.report", "REPORT").items():
        module = sys.modules[report.build.__module__]
        found[f"{_REPORT}{name}"] = getattr(module, report.build.__annotations__["return"])
    return dict(sorted(found.items()))


def _report(name: str, result: Any) -> dict[str, Any]:  # noqa: ANN401 - a class or a schema
    from custledger.book import customer
    from custledger.schema.dataclass_schema import schema_of_dataclass
    from custledger.schema.json_schema import DIALECT

    if isinstance(result, dict):
        return {"$schema": DIALECT, "title": f"custledger {_REPORT}{name}", **result}
    return schema_of_dataclass(result, name, vars(customer))


COMMAND = Command("schema", run, section="exchange")
