"""Documents in plain block style read line by line from their text, without the YAML library: values, or nothing.

Most lines of a month's documents have been read before (a date, a customer, a tax, a price): each distinct line is
read and checked once, by the tables of `quick`, and afterwards found by its text. A document with anything that
this does not cover goes, alone, to `compose` and the tables of `quick`; a test keeps the two equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from custledger.core.span import Span
from custledger.core.trouble import ensure
from custledger.parse.yaml.compose import compose_part
from custledger.parse.yaml.nodes import Mapping as MappingNode
from custledger.parse.yaml.nodes import Node, Scalar, Sequence
from custledger.parse.yaml.one_line import scalar
from custledger.parse.yaml.one_line import value as value_of
from custledger.schema.places import spans_of
from custledger.schema.quick import RECORDS, SCALARS
from custledger.schema.values import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from custledger.schema.quick import Table

KNOWN_MAX = 50_000
"""Distinct lines that are remembered, some 10 MB; then remembering begins anew."""

PART_MAX = 60_000
"""Characters of a document that is read here: `compose` has a limit for scalars, this is below it."""

BELOW: Final = object()
"""In the place of a value: it stands on the lines below."""
OWN: Final = object()
"""In the place of a value: a key of the user's, `x-…`."""

_INSIDE = frozenset(" -")
_NOWHERE = Span("")


class Places(Mapping[str, Span]):
    """Where each key's value stands in a document that was read here, worked out when somebody asks."""

    __slots__ = ("_all", "_file", "_line", "_text")

    def __init__(self, file: str, line: int, text: str) -> None:
        """`line` counts from 1; `text` is the document's."""
        self._file, self._line, self._text = file, line, text
        self._all: dict[str, Span] | None = None

    def _every(self) -> dict[str, Span]:
        if self._all is None:
            nodes = compose_part(self._file, self._text, self._line - 1)
            node = nodes[0] if nodes is not None and len(nodes) == 1 else None
            ensure(isinstance(node, MappingNode), "what was read quickly is one document")
            self._all = spans_of(node) if isinstance(node, MappingNode) else {}
        return self._all

    def __getitem__(self, key: str) -> Span:
        """A key with its value on its own line is found by looking; for others the document is composed."""
        if self._all is None and "." not in key:
            text = self._text
            at = 0 if text.startswith(f"{key}: ") else text.find(f"\n{key}: ") + 1
            if at or text.startswith(f"{key}: "):
                line = self._line + text.count("\n", 0, at)
                end = text.find("\n", at)
                width = (len(text) if end < 0 else end) - at
                return Span(self._file, line, len(key) + 3, line, width + 1)
        return self._every()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._every())

    def __len__(self) -> int:
        return len(self._every())

    def __repr__(self) -> str:
        return repr(self._every())


class LineReader:
    """What one kind of document says, by the readers of its table.

    `keep` are keys whose lines come again and again, `precise` those whose values on one line are not covered.
    """

    def __init__(self, table: Table, keep: frozenset[str], precise: frozenset[str] = frozenset()) -> None:
        self._table, self._keep, self._precise = table, keep, precise
        self._scalars = scalars(table)
        self._records = {
            key: (scalars(RECORDS[reader][0]), RECORDS[reader][1]) for key, reader in table.items() if reader in RECORDS
        }
        self._known: dict[str, tuple[str, Any]] = {}

    def values(self, lines: list[str]) -> dict[str, Any] | None:
        """The values behind the keys, as `quick` has them but for those that `section` makes otherwise; or None.

        Empty values are not covered: what is there has something behind it.
        """
        known, found, at, end = self._known, dict[str, Any](), 0, len(lines)
        own: list[str] = []
        try:
            while at < end:
                line = lines[at]
                key, value = known.get(line) or self._read(line)
                at += 1
                if value is BELOW:
                    first = at
                    while at < end and lines[at][:1] in _INSIDE:
                        at += 1
                    value = self.section(key, lines, first, at)
                elif value is OWN:
                    own.append(key)
                    continue
                if key in found:
                    return None
                found[key] = value
        except Fault:
            return None
        return found if len(set(own)) == len(own) else None

    def section(self, key: str, lines: list[str], first: int, last: int) -> Any:  # noqa: ANN401 - whatever the table gives
        """The value of `key` from the lines below it, `last` excluded. Raises Fault for what is not covered."""
        inner = self._records.get(key)
        if inner is not None:
            found = mapping(lines, first, last, *inner)
            if found is not None:
                return found
        return self._table[key](block(lines[first:last]))

    def _read(self, line: str) -> tuple[str, Any]:
        """The key and value of a line that was not seen before. Raises Fault."""
        key, separator, text = line.partition(": ")
        if not separator:
            key = line[:-1]
            if line[-1:] == ":" and key in self._table:
                return self._kept(line, key, BELOW)
            raise Fault("text")
        read = self._scalars.get(key)
        said = scalar(text) if read is not None else None
        if read is not None and said is not None:
            value = read(said)
        else:
            node = value_of(text)
            if node is None or key in self._precise:
                raise Fault("text")
            reader = self._table.get(key)
            if reader is None:
                if key.startswith("x-") and key[2:].isalnum():
                    return key, OWN
                raise Fault("unknown")
            value = reader(node)
        return self._kept(line, key, value) if key in self._keep else (key, value)

    def _kept(self, line: str, key: str, value: Any) -> tuple[str, Any]:  # noqa: ANN401
        if len(self._known) >= KNOWN_MAX:
            self._known.clear()
        self._known[line] = key, value
        return key, value


def scalars(table: Table) -> dict[str, Callable[[object], Any]]:
    """What reads the text behind those keys of the table that may have scalars."""
    return {key: SCALARS[reader] for key, reader in table.items() if reader in SCALARS}


def mapping(
    lines: list[str], first: int, last: int, readers: dict[str, Callable[[object], Any]], required: tuple[str, ...]
) -> dict[str, Any] | None:
    """The values of a block mapping with scalars behind its keys; None for anything else. Raises Fault for a value."""
    found: dict[str, Any] = {}
    indent = 0
    for at in range(first, last):
        key, _, text = lines[at].partition(": ")
        name = key.lstrip(" ")
        width = len(key) - len(name)
        said, read = scalar(text), readers.get(name)
        if said is None or read is None or width != (indent or width):
            return None
        indent = width
        found[name] = read(said)
    return found if len(found) == last - first > 0 and all(name in found for name in required) else None


def block(lines: list[str]) -> Node:
    """A block list or mapping whose values stand on one line each, or list of such mappings; without places.

    Raises Fault for anything else.
    """
    if not lines:
        raise Fault("empty")
    indent = len(lines[0]) - len(lines[0].lstrip(" "))
    blank = " " * indent
    if lines[0][indent : indent + 1] != "-":
        if not indent:
            raise Fault("text")
        return _mapping(lines, blank)
    items: list[Node] = []
    at = 0
    while at < len(lines):
        if not lines[at].startswith(f"{blank}- "):
            raise Fault("text")
        first = at
        at += 1
        while at < len(lines) and lines[at].startswith(f"{blank}  "):
            at += 1
        rest = lines[first][indent + 2 :]
        node = value_of(rest)
        if node is not None and at == first + 1:
            items.append(node)
        elif node is None or isinstance(node, Scalar):
            items.append(_mapping([f"{blank}  {rest}", *lines[first + 1 : at]], f"{blank}  "))
        else:
            raise Fault("text")
    return Sequence(tuple(items), _NOWHERE)


def _mapping(lines: list[str], blank: str) -> Node:
    """`key: value` on every line, indented by `blank` and not more."""
    pairs: dict[str, tuple[Scalar, Node]] = {}
    width = len(blank)
    for line in lines:
        key, _, text = line[width:].partition(": ")
        node = value_of(text)
        if node is None or line[:width] != blank or not key.isidentifier() or not key.isascii():
            raise Fault("text")
        pairs[key] = Scalar(key, _NOWHERE), node
    if len(pairs) < len(lines):
        raise Fault("text")
    return MappingNode(tuple(pairs.values()), _NOWHERE)
