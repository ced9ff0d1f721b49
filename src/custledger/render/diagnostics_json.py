"""Problems as JSON rows (cli.md §3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custledger.core.diagnostic import Diagnostic
    from custledger.core.span import Span
    from custledger.i18n.catalogue import Catalogue


def as_rows(diagnostics: Iterable[Diagnostic], catalogue: Catalogue) -> list[dict[str, Any]]:
    """Each problem as a dict ready for JSON, in the order given. `line` and `column` are null for a whole file."""
    return [_row(diagnostic, catalogue) for diagnostic in diagnostics]


def _row(diagnostic: Diagnostic, catalogue: Catalogue) -> dict[str, Any]:
    row: dict[str, Any] = {
        "slug": diagnostic.slug,
        "severity": diagnostic.severity.value,
        "message": catalogue.message(diagnostic),
        **_place(diagnostic.span),
        "hint": catalogue.hint(diagnostic),
        "related": [
            {"message": label(related.label, catalogue), **_place(related.span)} for related in diagnostic.related
        ],
    }
    if diagnostic.customer is not None:
        row["customer"] = diagnostic.customer
    return row


def label(name: str, catalogue: Catalogue) -> str:
    """What a related place is, in words: `diagnostics.related.<label>`, else the label itself."""
    for key in (name, f"diagnostics.related.{name}", f"diagnostics.{name}"):
        if catalogue.has(key):
            return catalogue.text(key)
    return name


def _place(span: Span) -> dict[str, Any]:
    if not span.line:
        return {"file": span.file, "line": None, "column": None, "end_line": None, "end_column": None}
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
