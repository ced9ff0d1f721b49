"""One YAML file → nodes with places and every problem (formats.md §2: YAML 1.2, safe subset)."""

from __future__ import annotations

import gc
import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

from custledger.core.diagnostic import Diagnostic, problem
from custledger.core.span import Span
from custledger.parse.yaml.build import Builder, Draft, Stop
from custledger.parse.yaml.events import event_source, yaml_error
from custledger.parse.yaml.nodes import Scalar, YamlFile
from custledger.parse.yaml.plain import Refused, plain_document, plain_documents
from custledger.parse.yaml.readable import Readable, readable

if TYPE_CHECKING:
    from custledger.parse.yaml.nodes import Node

RESUMED_MAX = 50
"""After so many documents that cannot be read the rest of a file is left unread."""

_MARKER = re.compile(r"^---(?=[ \r\n]|\Z)", re.MULTILINE)

#: What the YAML library says, as variants of `yaml-syntax`. Whatever else it says is the slug's own message.
_SYNTAX = (
    ("mapping values are not allowed", "colon"),
    ("block sequence entries are not allowed", "dash"),
    ("could not find expected ':'", "no-colon"),
    ("cannot start any token", "character"),
    ("did not find expected key", "indent"),
    ("did not find expected '-' indicator", "indent"),
    ("expected <block end>", "indent"),
    ("document start>", "indent"),
    ("expected ',' or ']'", "list"),
    ("expected ',' or '}'", "mapping"),
    ("unexpected end of stream", "quote"),
    ("unexpected document", "quote"),
    ("escape character", "escape"),
    ("hexdec", "escape"),
    ("directive", "directive"),
)


#: Problems that stand for themselves, also where something worse is in the document.
_OWN = frozenset(["unreadable-text", "merge-conflict", "yaml-feature"])


def compose(file: str, data: bytes) -> YamlFile:
    """All documents of `data` as nodes.

    Never raises for what is in the file. After a problem of syntax, depth or size reading goes on at the next `---`.
    Places count code points. A byte order mark is skipped.
    """
    found = readable(file, data)
    if isinstance(found, Diagnostic):
        return YamlFile(file, (), (found,), (Span(file),))
    documents = None if found.diagnostics else plain_documents(file, found.text)
    return YamlFile(file, documents) if documents is not None else by_library(file, found)


def by_library(file: str, found: Readable) -> YamlFile:
    """The same by the YAML library, whatever the text."""
    builder = Builder(file)
    builder.diagnostics = found.diagnostics
    # Nodes form no cycles; looking for some while making a million of them takes more time than making them.
    collecting = gc.isenabled()
    gc.disable()
    try:
        lost = _read(builder, found.text)
    finally:
        if collecting:
            gc.enable()
    return _finished(builder, found, lost)


def compose_part(file: str, text: str, line: int) -> tuple[Node, ...] | None:
    """The documents of a part of a file that `readable` found nothing wrong with; None where there is any problem.

    The part begins where a document does, behind `line` lines of the file.
    """
    try:
        node = plain_document(file, text, line)
    except Refused:
        return part_by_library(file, text, line)
    return () if node is None else (node,)


def part_by_library(file: str, text: str, line: int) -> tuple[Node, ...] | None:
    """The same by the YAML library."""
    builder = Builder(file)
    try:
        builder.read(event_source(text), line)
    except (Stop, yaml_error()):
        return None
    nodes = [draft.node for draft in builder.documents if draft.node is not None]
    return None if builder.diagnostics else tuple(node for node in nodes if not _says_nothing(node))


def _says_nothing(node: Node) -> bool:
    """Whether it is an empty document."""
    return isinstance(node, Scalar) and node.plain and not node.text


def _read(builder: Builder, text: str) -> list[int]:
    """Read all of `text`; the lines (from 0) of the documents that could not be read to their end."""
    lost: list[int] = []
    errors = yaml_error()
    markers: list[tuple[int, int]] | None = None
    start_line, start = 0, 0
    while True:
        known = len(builder.documents)
        try:
            builder.read(event_source(text[start:] if start else text), start_line)
        except Stop as stop:
            line = stop.line
        except errors as error:
            line = _syntax(builder, text, error, start_line)
        else:
            return lost
        first = builder.documents[-1].line if len(builder.documents) > known else start_line
        lost.append(first)
        markers = _markers(text) if markers is None else markers
        index = bisect_left(markers, (max(line, first + 1, start_line + 1), 0))
        if line < 0 or len(lost) > RESUMED_MAX or index == len(markers):
            return lost
        start_line, start = markers[index]


def _markers(text: str) -> list[tuple[int, int]]:
    """(line from 0, offset) of each `---` that starts a document: it can stand inside of nothing."""
    found, line, offset = [], 0, 0
    for match in _MARKER.finditer(text):
        line += text.count("\n", offset, match.start())
        offset = match.start()
        found.append((line, offset))
    return found


def _syntax(builder: Builder, text: str, error: Any, start_line: int) -> int:  # noqa: ANN401 - untyped library
    """Note a syntax error; its line (from 0)."""
    said = str(getattr(error, "problem", None) or "")
    variant = next((variant for words, variant in _SYNTAX if words in said), "")
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    if mark is None:
        builder.diagnostics.append(problem("yaml-syntax", Span(builder.file, start_line + 1, 1, start_line + 1, 2)))
        return start_line
    line = mark.line + start_line
    # What is never closed is best shown where it was opened.
    shown = context if variant in {"quote", "list", "mapping", "no-colon"} and context is not None else mark
    at_line, at_column = shown.line + start_line + 1, shown.column + 1
    span = Span(builder.file, at_line, at_column, at_line, at_column + 1)
    if variant == "directive":
        builder.diagnostics.append(problem("yaml-feature", span._replace(column=1), variant="directive"))
        return int(line)
    character = text.split("\n", at_line)[at_line - 1][at_column - 1 : at_column] if variant == "character" else ""
    builder.diagnostics.append(problem("yaml-syntax", span, variant=variant, character=character))
    return int(line)


def _finished(builder: Builder, found: Readable, lost: list[int]) -> YamlFile:
    """Documents that can be used; those with a bad line, a lost part or no end are broken."""
    documents, broken = [], []
    drafts, file = builder.documents or [Draft(0)], builder.file
    firsts = [0 if index == 0 else draft.line for index, draft in enumerate(drafts)]
    ends = [*firsts[1:], found.text.count("\n") + 1]
    spoilt = {_document(firsts, line) for line in found.bad}
    for index, draft in enumerate(drafts):
        if index in spoilt or draft.lost or draft.line in lost:
            broken.append(Span(file, draft.line + 1, 1, ends[index] + 1, 1))
        elif draft.node is not None:
            if draft.partial:
                broken.append(draft.node.span)
            if not _says_nothing(draft.node):
                documents.append(draft.node)
    read = {draft.line for draft in drafts}
    broken += [Span(file, line + 1, 1, line + 2, 1) for line in lost if line not in read]
    # What a control character or a merge conflict does to the syntax is no second problem.
    kept = [one for one in builder.diagnostics if one.slug in _OWN or _document(firsts, one.span.line) not in spoilt]
    kept.sort(key=lambda one: one.order)
    return YamlFile(file, tuple(documents), tuple(kept), tuple(sorted(broken)))


def _document(firsts: list[int], line: int) -> int:
    """Which document holds a line (from 1)."""
    return bisect_right(firsts, line - 1) - 1
