"""How scanning gives up on one place, and how the problem becomes a diagnostic."""

from __future__ import annotations

from custledger.core.diagnostic import Diagnostic
from custledger.core.frozen import replace
from custledger.core.span import Span
from custledger.core.text import visible

FOUND_MAX = 40


class Refused(Exception):  # noqa: N818 - raised and caught within scanning; never leaves it
    """This line cannot be read: the slug, its variant, and the columns in question."""

    def __init__(self, slug: str, variant: str, column: int, end: int, **args: str | int) -> None:
        super().__init__(slug)
        self.slug = slug
        self.variant = variant
        self.column = column
        self.end = end
        self.args_named = args

    def at(self, line: int) -> Diagnostic:
        """The diagnostic, on a line of a file that has no name yet."""
        span = Span("", line, self.column, line, max(self.end, self.column))
        texts = tuple(sorted((name, str(value)) for name, value in self.args_named.items()))
        return Diagnostic(self.slug, span, texts, self.variant)


def found(text: str) -> str:
    """`text` as a message quotes it: visible, on one line, cut where it is long."""
    shown = visible(text.strip())
    return shown if len(shown) <= FOUND_MAX else shown[: FOUND_MAX - 1] + "…"


def in_file(diagnostic: Diagnostic, file: str) -> Diagnostic:
    """The diagnostic of a scan, in the file that was scanned."""
    related = tuple(replace(other, span=other.span._replace(file=file)) for other in diagnostic.related)
    return replace(diagnostic, span=diagnostic.span._replace(file=file), related=related)
