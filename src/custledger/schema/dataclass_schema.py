"""JSON Schema of a typed result: of what the serialiser makes of a dataclass (cli.md §3)."""

from __future__ import annotations

import ast
import inspect
import sys
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from custledger.core.trouble import ensure
from custledger.schema.json_schema import DIALECT

if TYPE_CHECKING:
    from collections.abc import Mapping

_MONEY = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
_DATE = {"type": "string", "format": "date"}

#: What a name in an annotation becomes. Dataclasses are looked up where the annotation stands.
_KNOWN: dict[str, dict[str, Any]] = {
    "str": {"type": "string"},
    "int": {"type": "integer"},
    "bool": {"type": "boolean"},
    "None": {"type": "null"},
    "Money": _MONEY,
    "Decimal": _MONEY,
    "date": _DATE,
    "object": {},
    "Any": {},
}
_LISTS = frozenset(["tuple", "list", "Sequence", "Iterable"])
_MAPPINGS = frozenset(["dict", "Mapping"])


def schema_of_dataclass(cls: type, name: str, others: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The schema of the JSON document of a result of class `cls`; `name` is the report's.

    `others` are classes that annotations may name where their module imports them for type checkers only.

    Follows the serialiser's rules: fields in order, a field's metadata `{"json": NAME}` renames it, `{"json": None}`
    leaves it out, `{"omit": True}` leaves it out where it is None; money and decimals are strings, dates ISO strings.
    """
    definitions: dict[str, Any] = {}
    body = _object(cls, definitions, others or {})
    properties = {"custledger": {"const": 1}, **body["properties"]}
    if "report" in properties:
        properties["report"] = {"const": name}
    return {
        "$schema": DIALECT,
        "title": f"custledger report-{name}",
        "type": "object",
        "properties": properties,
        "required": ["custledger", *body["required"]],
        **({"$defs": definitions} if definitions else {}),
    }


def _object(cls: type, definitions: dict[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    ensure(is_dataclass(cls), f"{cls.__name__} is no dataclass")
    properties: dict[str, Any] = {}
    required = []
    owners = {name: base for base in reversed(cls.__mro__) for name in inspect.get_annotations(base)}
    for field in fields(cls):
        name = field.metadata.get("json", field.name)
        if name is None:
            continue
        space = {**others, **vars(sys.modules[owners[field.name].__module__])}
        text = field.type if isinstance(field.type, str) else getattr(field.type, "__name__", str(field.type))
        properties[name] = _kind(ast.parse(text, mode="eval").body, space, definitions)
        if not field.metadata.get("omit"):
            required.append(name)
    return {"type": "object", "properties": properties, "required": required}


def _kind(node: ast.expr, space: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of one annotation, as written."""
    if isinstance(node, ast.BinOp):
        sides = [_kind(side, space, definitions) for side in (node.left, node.right)]
        return {"anyOf": [part for side in sides for part in side.get("anyOf", [side])]}
    if isinstance(node, ast.Subscript):
        return _container(node, space, definitions)
    if isinstance(node, ast.Constant):
        return _KNOWN["None"] if node.value is None else {}
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    if name in _KNOWN:
        return dict(_KNOWN[name])
    cls = space.get(name)
    ensure(isinstance(cls, type) and is_dataclass(cls), f"no JSON Schema of {ast.unparse(node)}")
    if name not in definitions:
        definitions[name] = {}  # a place for it, should it hold itself
        definitions[name] = _object(cls, definitions, space)  # type: ignore[arg-type]
    return {"$ref": f"#/$defs/{name}"}


def _container(node: ast.Subscript, space: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    outer = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
    inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    kinds = [_kind(part, space, definitions) for part in inner if not _is_dots(part)]
    if outer in _MAPPINGS:
        return {"type": "object", "additionalProperties": kinds[-1]}
    ensure(outer in _LISTS, f"no JSON Schema of {ast.unparse(node)}")
    if outer == "tuple" and not any(map(_is_dots, inner)):
        return {"type": "array", "prefixItems": kinds, "items": False}
    return {"type": "array", "items": kinds[0]}


def _is_dots(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...


def _row(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [key for key in properties if key != "customer"]}


_TEXT: dict[str, Any] = {"type": "string"}
_LIST: dict[str, Any] = {"type": "array"}
_NUMBER: dict[str, Any] = {"type": ["integer", "null"]}
_PLACE: dict[str, dict[str, Any]] = {
    "file": _TEXT,
    "line": _NUMBER,
    "column": _NUMBER,
    "end_line": _NUMBER,
    "end_column": _NUMBER,
}
_RELATED = {**_LIST, "items": _row(message=_TEXT, **_PLACE)}
_DIAGNOSTIC = _row(
    slug=_TEXT,
    severity={"enum": ["error", "warning"]},
    message=_TEXT,
    **_PLACE,
    hint=_TEXT,
    related=_RELATED,
    customer=_TEXT,
)
_COUNT = {"type": "integer", "minimum": 0}

#: Documents that come from no dataclass: of `check`, and of every command that ends in exit 3, 4 or 70.
OTHERS: dict[str, dict[str, Any]] = {
    "check": _row(
        custledger={"const": 1},
        report={"const": "check"},
        book={"anyOf": [_TEXT, {**_LIST, "items": _TEXT}]},
        as_of=_DATE,
        ok={"type": "boolean"},
        summary=_row(errors=_COUNT, warnings=_COUNT),
        diagnostics={**_LIST, "items": _DIAGNOSTIC},
    ),
    "error": {
        "type": "object",
        "properties": {
            "custledger": {"const": 1},
            "report": {"const": "error"},
            "exit": {"type": "integer"},
            "diagnostics": {
                **_LIST,
                "items": {**_DIAGNOSTIC, "required": ["slug", "severity", "message"]},
            },
        },
        "required": ["custledger", "report", "exit", "diagnostics"],
    },
}
