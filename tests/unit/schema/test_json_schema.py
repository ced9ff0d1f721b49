"""What a schema accepts and refuses, by a small validator of the keywords that we use."""

import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from custledger.cli.commands import schema as command
from custledger.core.registry import discover
from custledger.parse.yaml.compose import compose
from custledger.parse.yaml.nodes import Scalar, Sequence
from custledger.schema.dataclass_schema import schema_of_dataclass
from custledger.schema.documents import lower_activities, lower_customers, lower_invoices, lower_settings
from custledger.schema.json_schema import NAMES, schema_of
from documents import BAD, GOOD

KINDS = {
    "string": str, "number": (int, float), "integer": int, "boolean": bool, "null": type(None), "array": list, "object": dict,
}  # fmt: skip
NOT_CHECKED = {"$schema", "$defs", "title", "description", "examples", "format", "then", "if", "else"}


def seen_as(node):
    """A node as an editor sees it: YAML 1.2's core schema."""
    if isinstance(node, Sequence):
        return [seen_as(item) for item in node.items]
    if not isinstance(node, Scalar):
        return {key.text: seen_as(value) for key, value in node.items}
    if not node.plain:
        return node.text
    if node.text in {"", "~", "null"}:
        return None
    if node.text in {"true", "false"}:
        return node.text == "true"
    if re.fullmatch(r"[-+]?[0-9]+", node.text):
        return int(node.text)
    return (
        float(node.text)
        if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", node.text)
        else node.text
    )


def is_kind(value, kind):
    return isinstance(value, KINDS[kind]) and (kind in {"boolean", "null"} or not isinstance(value, bool))


def valid(schema, value, root):
    if schema is True or schema is False:
        return schema
    if "$ref" in schema:
        return valid(root["$defs"][schema["$ref"].rsplit("/", 1)[1]], value, root)
    for keyword, rule in schema.items():
        if keyword not in NOT_CHECKED and not CHECKS[keyword](rule, value, root, schema):
            return False
    if "if" in schema:
        branch = "then" if valid(schema["if"], value, root) else "else"
        return valid(schema.get(branch, True), value, root)
    return True


def properties(rule, value, root, schema):
    if not isinstance(value, dict):
        return True
    free = schema.get("additionalProperties", True)
    for key, item in value.items():
        if key in rule:
            if not valid(rule[key], item, root):
                return False
        elif not any(re.search(pattern, key) for pattern in schema.get("patternProperties", {})) and not valid(
            free, item, root
        ):
            return False
    return True


def additional(rule, value, root, schema):
    return "properties" in schema or properties({}, value, root, schema)


CHECKS = {
    "type": lambda rule, value, *_: any(is_kind(value, kind) for kind in ([rule] if isinstance(rule, str) else rule)),
    "enum": lambda rule, value, *_: any(value == item and type(value) is type(item) for item in rule),
    "const": lambda rule, value, *_: value == rule,
    "properties": properties,
    "patternProperties": lambda *_: True,
    "additionalProperties": additional,
    "propertyNames": lambda rule, value, root, _: (
        not isinstance(value, dict) or all(valid(rule, key, root) for key in value)
    ),
    "required": lambda rule, value, *_: not isinstance(value, dict) or set(rule) <= value.keys(),
    "items": lambda rule, value, root, schema: (
        not isinstance(value, list)
        or all(valid(rule, item, root) for item in value[len(schema.get("prefixItems", ())) :])
    ),
    "prefixItems": lambda rule, value, root, _: (
        not isinstance(value, list) or all(valid(part, item, root) for part, item in zip(rule, value, strict=False))
    ),
    "minItems": lambda rule, value, *_: not isinstance(value, list) or len(value) >= rule,
    "pattern": lambda rule, value, *_: not isinstance(value, str) or re.search(rule, value) is not None,
    "minLength": lambda rule, value, *_: not isinstance(value, str) or len(value) >= rule,
    "maxLength": lambda rule, value, *_: not isinstance(value, str) or len(value) <= rule,
    "minimum": lambda rule, value, *_: not is_kind(value, "number") or value >= rule,
    "maximum": lambda rule, value, *_: not is_kind(value, "number") or value <= rule,
    "exclusiveMinimum": lambda rule, value, *_: not is_kind(value, "number") or value > rule,
    "anyOf": lambda rule, value, root, _: any(valid(part, value, root) for part in rule),
    "oneOf": lambda rule, value, root, _: sum(valid(part, value, root) for part in rule) == 1,
    "allOf": lambda rule, value, root, _: all(valid(part, value, root) for part in rule),
}

LOWER = {
    "settings": lambda file: lower_settings(file)[1],
    "customer": lambda file: lower_customers([file])[1],
    "invoice": lambda file: lower_invoices([file])[1],
    "activity": lambda file: lower_activities([file])[1],
}


def read(text):
    file = compose("a.yaml", (text + "\n").encode())
    assert not file.diagnostics
    return file


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in GOOD.items() for text in texts])
def test_what_we_accept_the_schema_accepts(name, text):
    file, schema = read(text), schema_of(name)
    assert LOWER[name](file) == []
    assert schema is not None
    assert all(valid(schema, seen_as(node), schema) for node in file.documents)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in BAD.items() for text in texts])
def test_what_the_schema_refuses_we_refuse(name, text):
    file, schema = read(text), schema_of(name)
    assert schema is not None
    assert not all(valid(schema, seen_as(node), schema) for node in file.documents)
    assert LOWER[name](file) != []


@pytest.mark.parametrize("folder", ["customers", "invoices", "activity"])
def test_the_schemas_accept_the_books_of_the_repository(folder):
    root = Path(__file__).parents[3]
    name = {"customers": "customer", "invoices": "invoice", "activity": "activity"}[folder]
    schema = schema_of(name)
    found = sorted(path for book in ("ledgers", "examples") for path in (root / book).glob(f"**/{folder}/**/*.yaml"))
    if not found:
        pytest.skip("there is no book in the repository")
    for path in found:
        for node in read(path.read_text("utf-8")).documents[:50]:
            assert valid(schema, seen_as(node), schema), (path, node.span)


def test_schemas_are_closed_and_hold_no_python():
    for name in NAMES:
        text = json.dumps(schema_of(name))
        assert "Decimal" not in text
        assert '"default"' not in text
        references = set(re.findall(r'"#/\$defs/([^"]+)"', text))
        assert references <= schema_of(name).get("$defs", {}).keys()
    assert schema_of("invoices") is None


@dataclass
class Inner:
    text: str | None


@dataclass
class Outer:
    report: str
    pairs: "tuple[tuple[str, int], ...]"
    inner: "Inner | None" = field(default=None, metadata={"json": "within", "omit": True})
    hidden: "object" = field(default=None, metadata={"json": None})


def test_a_dataclass():
    schema = schema_of_dataclass(Outer, "outer")
    assert schema["required"] == ["custledger", "report", "pairs"]
    assert list(schema["properties"]) == ["custledger", "report", "pairs", "within"]
    good = {"custledger": 1, "report": "outer", "pairs": [["a", 1]], "within": {"text": None}}
    assert valid(schema, good, schema)
    assert not valid(schema, {**good, "within": {}}, schema)
    assert not valid(schema, {**good, "pairs": [1]}, schema)


def test_every_report_has_a_schema():
    reports = command._reports()
    for name in discover("custledger.report", "REPORT"):
        assert f"report-{name}" in reports
    for name, result in reports.items():
        made = command._report(name.removeprefix("report-"), result)
        assert made["$schema"].endswith("2020-12/schema")
        assert made["properties"]["report"] == {"const": name.removeprefix("report-")}
    assert "pydantic" in sys.modules
