"""Import maps: how a table from another system is read (docs/IMPORT.md)."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainValidator, WithJsonSchema, create_model

from custledger.book.import_map import FIELDS, ID_RULES, KINDS, ImportMap
from custledger.core.diagnostic import Diagnostic, problem
from custledger.core.span import Span
from custledger.parse.yaml.nodes import Mapping as Mapped
from custledger.parse.yaml.nodes import Scalar
from custledger.schema.fields import Account, Flag, Shape, Text, Words, choice, fault
from custledger.schema.reading import read

if TYPE_CHECKING:
    from custledger.parse.yaml.nodes import Node, YamlFile

#: What an encoding of text may be called; those that only transform bytes are none.
_NO_TEXT = frozenset(
    "base64 bz2 hex quopri rot13 uu zlib idna punycode unicode_escape raw_unicode_escape undefined".split()
)
_INTO = re.compile(r"(?:invoices|customers|journals)/(?:[^/{}\\]|\{year\}|\{month\})+\.(?:yaml|journal)")


def _listed(value: object) -> object:
    return value if isinstance(value, list) or value is None else [value]


def _cell(value: object) -> str:
    """A cell's text, which may be empty."""
    if isinstance(value, str):
        return value
    raise fault("text")


def _encoding(value: object) -> str:
    text = value if isinstance(value, str) else ""
    name = text.lower().replace("-", "_")
    try:
        known = codecs.lookup(name)
    except (LookupError, ValueError):
        raise fault("encoding", value=text) from None
    if known.name.replace("-", "_") in _NO_TEXT or name in _NO_TEXT:
        raise fault("encoding", value=text)
    return "utf-8" if known.name == "utf-8-sig" else known.name


def _delimiter(value: object) -> str:
    text = {"tab": "\t"}.get(str(value), value)
    if not isinstance(text, str) or len(text) != 1 or text in '"\r\n ' or text.isalnum():
        raise fault("delimiter", value=str(value))
    return text


def _pattern(value: object) -> str:
    from custledger.core.patterns import date_pattern

    if not isinstance(value, str) or date_pattern(value) is None:
        raise fault("date-pattern", value=str(value))
    return value


def _one_order(patterns: list[str]) -> list[str]:
    """Several patterns must put day and month in one order: else a text could mean two days."""
    from custledger.core.patterns import order_of

    orders = {order_of(pattern) for pattern in patterns}
    if not patterns or {"DMY", "MDY"} <= orders or {"YMD", "YDM"} <= orders:
        raise fault("date-orders")
    return patterns


def _into(value: object) -> str:
    if not isinstance(value, str) or not _INTO.fullmatch(value) or ".." in value:
        raise fault("into", value=str(value))
    return value


def _schema(**parts: object) -> WithJsonSchema:
    return WithJsonSchema(dict(parts))


Cell = Annotated[str, PlainValidator(_cell), _schema(type=["string", "number", "boolean"])]
Listed = Annotated[list[Cell], BeforeValidator(_listed)]
Headings = Annotated[list[Words], BeforeValidator(_listed)]
Encoding = Annotated[str, PlainValidator(_encoding), _schema(type="string", examples=["utf-8", "gb18030"])]
Pattern = Annotated[str, PlainValidator(_pattern), _schema(type="string", examples=["Y-M-D", "D/M/Y", "Y年M月D日"])]
Delimiter = Annotated[str, PlainValidator(_delimiter), _schema(type="string", examples=[",", ";", "tab"])]
Into = Annotated[str, PlainValidator(_into), _schema(type="string", pattern=_INTO.pattern)]


class AccountsShape(Shape):
    """Accounts of what is written."""

    cash: Account | None = None
    fee: Account | None = None
    receivable: Account | None = None
    tax: Account | None = None


def _fields(kind: str, of: Any) -> Any:  # noqa: ANN401 - models made at run time
    names: dict[str, Any] = dict.fromkeys(sorted(FIELDS[kind].all), (of | None, None))
    return create_model(f"{kind.title()}Columns", __base__=Shape, **names)


@lru_cache(maxsize=len(KINDS))
def _shape(kind: str) -> Any:  # noqa: ANN401 - a model made at run time
    columns, constants, values = (_fields(kind, of) for of in (Headings, Words, dict[Cell, Cell]))
    fields: dict[str, Any] = {
        "import": (choice(*KINDS), ...),
        "about": (Text, ""),
        "encoding": (Annotated[list[Encoding], BeforeValidator(_listed)], ["utf-8"]),
        "delimiter": (Delimiter, ","),
        "sheet": (Words | None, None),
        "preamble": (Flag, False),
        "columns": (columns, ...),
        "constants": (constants, constants()),
        "dates": (Annotated[list[Pattern], BeforeValidator(_listed), AfterValidator(_one_order)], ["Y-M-D"]),
        "decimal_mark": (choice(".", ","), "."),
        "group_mark": (choice(".", ",", " ", "'", "’", "\u00a0", "\u202f") | None, None),
        "strip": (Annotated[list[Words], BeforeValidator(_listed)], []),
        "values": (values, values()),
        "skip": (dict[Words, Listed], {}),
        "only": (dict[Words, Listed], {}),
        "rows": (choice("documents", "lines"), "documents"),
        "continued": (Flag, False),
        "id": (choice(*ID_RULES), "slug"),
        "into": (Into | None, None),
        "accounts": (AccountsShape, AccountsShape()),
    }
    return create_model(f"{kind.title()}Map", __base__=Shape, **fields)


def import_map_model(kind: str) -> Any:  # noqa: ANN401 - a model made at run time
    """The shape of a map of this kind: for reading and for its JSON Schema."""
    return _shape(kind)


def lower_import_map(file: YamlFile) -> tuple[ImportMap | None, list[Diagnostic]]:
    """The map in a file, or its problems: those of its text, of its shape, and fields that must have a column."""
    if file.diagnostics:
        return None, list(file.diagnostics)
    if len(file.documents) != 1:
        return None, [problem("import-map", Span(file.file), variant="documents", count=len(file.documents))]
    node = file.documents[0]
    kind = _kind(node)
    shape, found = read(_shape(kind or KINDS[0]), node)
    if shape is None:
        return None, found
    values = shape.model_dump(exclude_none=True)
    map_ = ImportMap(
        kind=values["import"],
        about=values["about"],
        encodings=tuple(values["encoding"]),
        delimiter=values["delimiter"],
        sheet=values.get("sheet"),
        preamble=values["preamble"],
        columns={name: tuple(names) for name, names in values["columns"].items()},
        constants=values["constants"],
        dates=tuple(values["dates"]),
        decimal_mark=values["decimal_mark"],
        group_mark=values.get("group_mark", ""),
        strip=tuple(values["strip"]),
        values=values["values"],
        skip={name: tuple(texts) for name, texts in values["skip"].items()},
        only={name: tuple(texts) for name, texts in values["only"].items()},
        lines=values["rows"] == "lines",
        continued=values["continued"],
        id_from=values["id"],
        into=values.get("into", ""),
        accounts=values["accounts"],
        span=Span(file.file, 1),
    )
    return _complete(map_, node)


def _kind(node: Node) -> str:
    word = node.get("import") if isinstance(node, Mapped) else None
    return word.text if isinstance(word, Scalar) and word.text in KINDS else ""


def _complete(map_: ImportMap, node: Node) -> tuple[ImportMap | None, list[Diagnostic]]:
    """Whether every field that a row must have has a column or a constant, and the marks differ."""
    at = node.get("columns") if isinstance(node, Mapped) else None
    place = at.span if at is not None else map_.span
    found = [
        problem("import-map", place, variant="field", fields=" / ".join(group))
        for group in FIELDS[map_.kind].required
        if not any(map_.names(name) for name in group)
    ]
    if map_.group_mark == map_.decimal_mark:
        found.append(problem("import-map", place, variant="marks", mark=map_.decimal_mark))
    return (None if found else map_), found
