"""Documents in plain block style read line by line from their text, without the YAML library: values, or nothing.

Most lines of a month's documents have been read before (a date, a customer, a tax, a price): each distinct line is
read and checked once, by the tables of `quick`, and afterwards found by its text. A document with anything that
this does not cover goes, alone, to `compose` and the tables of `quick`; a test keeps the two equal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custledger.core.span import Span
from custledger.parse.yaml.nodes import Mapping, Node, Scalar, Sequence
from custledger.parse.yaml.one_line import scalar
from custledger.parse.yaml.one_line import value as value_of
from custledger.schema.quick import RECORDS
from custledger.schema.quick_record import KNOWN_MAX, Record, scalars
from custledger.schema.values import Fault

if TYPE_CHECKING:
    from custledger.schema.quick import Table

BELOW: Final = object()
"""In the place of a value: it stands on the lines below."""
OWN: Final = object()
"""In the place of a value: a key of the user's, `x-…`."""

_INSIDE = frozenset(" -")
_NOWHERE = Span("")


class LineReader:
    """What one kind of document says, by the readers of its table.

    `keep` are keys whose lines come again and again, `precise` those whose values on one line are not covered.
    """

    def __init__(self, table: Table, keep: frozenset[str], precise: frozenset[str] = frozenset()) -> None:
        self._table, self._keep, self._precise = table, keep, precise
        covered = {key: reader for key, reader in table.items() if key not in precise}
        self._scalars = scalars(covered)
        self._records = {key: Record(*RECORDS[reader]) for key, reader in covered.items() if reader in RECORDS}
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
        found = inner.in_block(lines, first, last) if inner is not None else None
        return self._table[key](block(lines[first:last])) if found is None else found

    def _read(self, line: str) -> tuple[str, Any]:
        """The key and value of a line that was not seen before. Raises Fault."""
        key, separator, text = line.partition(": ")
        read = self._scalars.get(key)
        said = None if read is None else scalar(text)
        if read is not None and said is not None:
            value = read(said)
            return self._kept(line, key, value) if key in self._keep else (key, value)
        if not separator and line[-1:] == ":" and line[:-1] in self._table:
            return self._kept(line, line[:-1], BELOW)
        inner = self._records.get(key)
        value = None if inner is None else inner.in_flow(text)
        if value is None:
            value = self._by_node(key, text)
        return self._kept(line, key, value) if key in self._keep else (key, value)

    def _by_node(self, key: str, text: str) -> Any:  # noqa: ANN401
        """A value that takes more than its text. Raises Fault."""
        node, reader = value_of(text), self._table.get(key)
        if node is None or key in self._precise:
            raise Fault("text")
        if reader is not None:
            return reader(node)
        if key.startswith("x-") and key[2:].isalnum():
            return OWN
        raise Fault("unknown")

    def _kept(self, line: str, key: str, value: Any) -> tuple[str, Any]:  # noqa: ANN401
        if len(self._known) >= KNOWN_MAX:
            self._known.clear()
        self._known[line] = key, value
        return key, value


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
    return Mapping(tuple(pairs.values()), _NOWHERE)
