"""What can be read of documents that gave no value: their ids and numbers, and what they name of other documents.

One field that cannot be read must not hide what is wrong between documents: the checks look at these as well.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from custledger.core.dates import parse_iso
from custledger.core.frozen import frozen
from custledger.parse.yaml.nodes import Mapping, Scalar, Sequence
from custledger.schema.places import items_at
from custledger.schema.quick import ACTIVITY, CUSTOMER, INVOICE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from custledger.core.diagnostic import Diagnostic
    from custledger.core.span import Span
    from custledger.parse.yaml.nodes import Node, YamlFile

_KEYS = {"customer": CUSTOMER, "invoice": INVOICE, "activity": ACTIVITY}
_OWN = {"customer": "id", "invoice": "number", "activity": "id"}
_DEFINES = {"customer": ("id", "was", "name", "aliases"), "invoice": ("number",), "activity": ("id",)}
#: Keys that name other documents, by kind: where `customer` and so on are meant.
_NAMES = {
    "customer": ("parent", "pays_for"),
    "invoice": ("customer", "corrects"),
    "activity": ("customer", "invoices", "closes"),
}


class Reference(NamedTuple):
    """A value that means another document (or a tax), under `key`."""

    key: str
    text: str
    span: Span


@frozen(kw_only=True)
class Damaged:
    """A document of a kind (customer, invoice, activity) that gave no value, as far as it can be read."""

    kind: str
    name: str
    """Its id or number; "" where that cannot be read."""
    span_name: Span
    was: tuple[Reference, ...] = ()
    """Earlier ids."""
    date: dt.date | None
    references: tuple[Reference, ...]
    span: Span
    defines: str
    """The text that other documents may mean it by: names, and whatever stands behind keys that nobody knows."""

    def named(self, *keys: str) -> Iterator[Reference]:
        """What it names under these keys."""
        return (each for each in self.references if each.key in keys)


def damaged(file: YamlFile, kind: str, sound: Collection[Span], problems: Iterable[Diagnostic]) -> tuple[Damaged, ...]:
    """The documents of a file that gave no value: those that are not at one of the `sound` places.

    What one of the `problems` is about is not read.
    """
    wrong = {(d.span.line, d.span.column) for d in problems if d.span.file == file.file}
    nodes: list[Node] = []
    for document in file.documents:
        if kind != "activity":
            nodes.append(document)
        elif isinstance(document, Sequence):
            nodes += document.items
    return tuple(_read(node, kind, wrong) for node in nodes if isinstance(node, Mapping) and node.span not in sound)


def _read(node: Mapping, kind: str, wrong: Collection[tuple[int, int]]) -> Damaged:
    def good(place: Node | None) -> Iterator[Scalar]:
        """The texts of a value, or of a list of them, that nothing is said against."""
        for each in [place] if isinstance(place, Scalar) else items_at(place):
            if isinstance(each, Scalar) and each.text and (each.span.line, each.span.column) not in wrong:
                yield each

    own = next(good(node.get(_OWN[kind])), None)
    references = [Reference(key, s.text, s.span) for key in _NAMES[kind] for s in good(node.get(key))]
    for line in items_at(node.get("lines")) if kind == "invoice" else ():
        taxes = good(line.get("tax")) if isinstance(line, Mapping) and isinstance(line.get("tax"), Scalar) else ()
        references += [Reference("tax", s.text, s.span) for s in taxes]
    unknown = [value for key, value in node.items if key.text not in _KEYS[kind]]
    texts = [s.text for key in _DEFINES[kind] for s in _scalars(node.get(key))]
    texts += [s.text for value in unknown for s in _scalars(value)]
    date = next(good(node.get("date")), None)
    return Damaged(
        kind=kind,
        name=own.text if own else "",
        span_name=own.span if own else node.span,
        was=tuple(Reference("was", s.text, s.span) for s in good(node.get("was"))) if kind == "customer" else (),
        date=parse_iso(date.text) if date else None,
        references=tuple(references),
        span=node.span,
        defines="\n".join(texts),
    )


def _scalars(node: Node | None) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Mapping):
        for _, value in node.items:
            yield from _scalars(value)
    elif node is not None:
        for item in node.items:
            yield from _scalars(item)
