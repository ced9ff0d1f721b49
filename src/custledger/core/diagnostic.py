"""A problem in the user's text, as data. Words are put to it by `i18n`, a picture by `render`."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from custledger.core.frozen import frozen

if TYPE_CHECKING:
    from custledger.core.span import Span


class Severity(str, Enum):
    """Errors stop what they touch; warnings stop nothing."""

    ERROR = "error"
    WARNING = "warning"


class Scope(str, Enum):
    """What an error stops: every report and write, or only what would show one customer."""

    BOOK = "book"
    CUSTOMER = "customer"


@frozen
class Related:
    """Another place that the problem involves, with the catalogue key of what it is (`first-defined`)."""

    span: Span
    label: str


@frozen
class Diagnostic:
    """One problem, one cause, one place.

    The message is `diagnostics.<slug>` (or `diagnostics.<slug>.<variant>`) in the catalogue, filled with
    `args`; the hint is the same key with `.hint` behind it, where the catalogue has one. `args` are ready
    text: amounts with their commodity, dates in ISO form, names as written.
    """

    slug: str
    span: Span
    args: tuple[tuple[str, str], ...] = ()
    variant: str = ""
    severity: Severity = Severity.ERROR
    scope: Scope = Scope.BOOK
    customer: str | None = None
    related: tuple[Related, ...] = ()

    @property
    def key(self) -> str:
        """The catalogue key of the message."""
        return f"diagnostics.{self.slug}.{self.variant}" if self.variant else f"diagnostics.{self.slug}"

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """File order: how problems are listed."""
        return (self.span.file, self.span.line, self.span.column, self.slug, self.variant)


def problem(
    slug: str,
    span: Span,
    *,
    variant: str = "",
    severity: Severity = Severity.ERROR,
    scope: Scope = Scope.BOOK,
    customer: str | None = None,
    related: tuple[Related, ...] = (),
    **args: object,
) -> Diagnostic:
    """A diagnostic from keyword arguments; each is turned to text with `str`."""
    texts = tuple(sorted((name, str(value)) for name, value in args.items()))
    return Diagnostic(slug, span, texts, variant, severity, scope, customer, related)
