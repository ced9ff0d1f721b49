"""A file's documents, each read quickly where it can be and precisely where not."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, TypeVar

from custledger.core.diagnostic import Diagnostic
from custledger.parse.yaml.build import NODES_MAX
from custledger.parse.yaml.compose import compose, compose_part
from custledger.parse.yaml.plain import nodes_at_most, parts
from custledger.parse.yaml.readable import readable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from custledger.parse.yaml.nodes import Node

    Lower = Callable[[Node], tuple["T | None", list[Diagnostic]]]
    Quick = Callable[[str, int, str], "T | None"]

T = TypeVar("T")

PART_MAX = 60_000
"""Characters of a document that `quick` gets: `compose` has a limit for scalars, and this is below it."""


def read_files(
    files: Iterable[tuple[str, bytes]], quick: Quick[T], lower: Lower[T]
) -> tuple[list[T], list[Diagnostic], list[Diagnostic]]:
    """All documents in order of files (name, bytes) and text: values, problems of the text, problems of the shape.

    `quick` takes the file's name, a document's first line and its text, and gives its value or None; then `lower` gets
    its nodes. What they give is the same.
    """
    values: list[T] = []
    of_text: list[Diagnostic] = []
    of_shape: list[Diagnostic] = []
    collecting = gc.isenabled()
    gc.disable()  # values form no cycles (see `compose`)
    try:
        for name, data in files:
            found = _parts(name, data, quick, lower)
            if found is None:
                file = compose(name, data)
                of_text += file.diagnostics
                found = _lowered(file.documents, lower)
            values += found[0]
            of_shape += found[1]
    finally:
        if collecting:
            gc.enable()
    return values, of_text, of_shape


def _lowered(nodes: Iterable[Node], lower: Lower[T]) -> tuple[list[T], list[Diagnostic]]:
    values: list[T] = []
    problems: list[Diagnostic] = []
    for node in nodes:
        value, found = lower(node)
        problems += found
        if value is not None:
            values.append(value)
    return values, problems


def _parts(name: str, data: bytes, quick: Quick[T], lower: Lower[T]) -> tuple[list[T], list[Diagnostic]] | None:
    """Values and problems of shape; None where the file has a problem of its text, which only all of it explains."""
    found = readable(name, data)
    if isinstance(found, Diagnostic) or found.diagnostics:
        return None
    text = found.text.replace("\r\n", "\n") if "\r" in found.text else found.text
    if nodes_at_most(text) > NODES_MAX:
        return None  # it may have more nodes than a file may have
    values: list[T] = []
    problems: list[Diagnostic] = []
    for line, part in parts(text):
        body = part.rstrip("\n")
        value = quick(name, line + 1, body) if len(body) <= PART_MAX else None
        if value is not None:
            values.append(value)
            continue
        nodes = compose_part(name, part, line)
        if nodes is None:
            return None
        more, wrong = _lowered(nodes, lower)
        values += more
        problems += wrong
    return values, problems
