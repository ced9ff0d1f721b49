"""JSON Schemas (2020-12) of the documents, for editors and for programs that write books.

They accept what we accept as an editor sees it: it resolves `8.50` and `no` before it looks, so money is a number or
a text with a pattern, and other text may look like a number or boolean. What only we can tell (whether an invoice's
shares come to 100%) they leave open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import core_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAMES = ("settings", "customer", "invoice", "activity", "import-map")
"""What there is a schema of; a report's is made from its result (`dataclass_schema`)."""


def schema_of(name: str) -> dict[str, Any] | None:
    """The schema of one kind of document, or None where there is no such kind.

    `activity` is the schema of a whole document, a list; the others are of one document of a file.
    """
    found = _made(name)
    if found is None:
        return None
    definitions = found.pop("$defs", {})
    for schema in [found, *definitions.values()]:
        _open_up(schema)
    head = {"$schema": DIALECT, "title": f"custledger {name}"}
    found.pop("title", None)
    return {**head, **found, **({"$defs": definitions} if definitions else {})}


def _made(name: str) -> dict[str, Any] | None:
    if name == "settings":
        from custledger.schema.settings_model import SettingsShape

        return _generated(SettingsShape)
    if name == "customer":
        from custledger.schema.customer_model import CustomerShape

        return _generated(CustomerShape)
    if name == "invoice":
        from custledger.schema.invoice_model import InvoiceShape

        return _generated(InvoiceShape)
    if name == "activity":
        from custledger.schema.activity_model import ActivityShape

        entry = _generated(ActivityShape)
        definitions = {**entry.pop("$defs", {}), "Entry": entry}
        return {"type": "array", "items": {"$ref": "#/$defs/Entry"}, "$defs": definitions}
    return _import_map() if name == "import-map" else None


class _Generator(GenerateJsonSchema):
    """Without defaults (they are Python values) and without a title made up from each key."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: object) -> bool:
        del schema
        return False


def _generated(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(schema_generator=_Generator)


def _import_map() -> dict[str, Any]:
    """A map of any kind: each kind's schema, told apart by the word behind `import:`."""
    from custledger.book.import_map import KINDS
    from custledger.schema.import_map import import_map_model

    definitions: dict[str, Any] = {}
    for kind in KINDS:
        made = _generated(import_map_model(kind))
        definitions.update(made.pop("$defs", {}))
        made["properties"]["import"] = {"const": kind}
        definitions[f"{kind}-map"] = made
    return {"oneOf": [{"$ref": f"#/$defs/{kind}-map"} for kind in KINDS], "$defs": definitions}


def _open_up(schema: Any) -> None:  # noqa: ANN401 - JSON
    """In every mapping: keys of the user's own, and nothing behind a key that may be left out."""
    if isinstance(schema, list):
        for part in schema:
            _open_up(part)
    if not isinstance(schema, dict):
        return
    properties = schema.get("properties")
    if isinstance(properties, dict):
        required = schema.get("required", ())
        for name, inner in properties.items():
            _open_up(inner)
            if name not in required and schema.get("additionalProperties") is False:
                properties[name] = _or_nothing(inner)
        if schema.get("additionalProperties") is False:
            schema["patternProperties"] = {"^x-": {}}
    for name, part in schema.items():
        if name not in {"properties", "patternProperties"}:
            _open_up(part)


def _or_nothing(schema: dict[str, Any]) -> dict[str, Any]:
    kinds = [part for part in schema.get("anyOf", [schema]) if part != {"type": "null"}]
    return {"anyOf": [*kinds, {"type": "null"}]}
