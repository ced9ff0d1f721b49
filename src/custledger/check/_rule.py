"""What a check is, and what it looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from custledger.core.diagnostic import Diagnostic, Related, Scope, Severity, problem
from custledger.core.frozen import field, frozen
from custledger.core.trouble import WorldError, ensure

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterable, Sequence

    from custledger.book.activity import Activity
    from custledger.book.allocation import Story
    from custledger.book.book import Book
    from custledger.book.customer import Customer
    from custledger.book.invoice import Invoice
    from custledger.book.settings import Settings
    from custledger.core.span import Span
    from custledger.parse.journal.model import Journal
    from custledger.schema.damaged import Damaged

#: Where problems are found, in the order of the program: `book` looks at what was written, `story` at what the
#: engine made of it.
STAGES = ("text", "journal", "yaml", "schema", "resolve", "book", "story", "import")


def _nothing(name: str) -> bytes:
    raise WorldError("files.unreadable", file=name)


class Stray(Protocol):
    """A file that is not read, why (`ending`, `folder`, `link` …), and the name that it should have."""

    @property
    def name(self) -> str:
        """Relative to the book."""

    @property
    def reason(self) -> str:
        """A word of `store.layout`."""

    @property
    def rename(self) -> str | None:
        """A name under which it would be read, where that is clear."""


@frozen(kw_only=True)
class Checked:
    """A book with everything that was read on the way to it.

    Documents are tuples as written, duplicates included, in file order; `book` holds what they resolve to.
    `story` is None where the book has errors that keep the engine from running. `read` gives a file's bytes
    or raises `WorldError`.
    """

    journal: Journal
    settings: Settings
    customers: tuple[Customer, ...] = ()
    invoices: tuple[Invoice, ...] = ()
    activities: tuple[Activity, ...] = ()
    damaged: tuple[Damaged, ...] = ()
    """Documents that gave no value, as far as they can be read."""
    book: Book
    story: Story | None = None
    elsewhere: Collection[str] = ()
    """Numbers that documents have which are not in it: it is a part of a book."""
    today: dt.date
    files: tuple[str, ...] = ()
    """Every file of the book, relative to it, sorted."""
    strays: Sequence[Stray] = ()
    """Files in the book's folders that are of no kind that is read there."""
    read: Callable[[str], bytes] = field(default=_nothing)

    @property
    def bare(self) -> bool:
        """Whether this is a journal on its own, without documents."""
        return self.settings.bare


@frozen(kw_only=True)
class Check:
    """A kind of problem. `run` is None for what reading finds; `strict`: only `check --strict` looks for it."""

    name: str
    stage: str
    severity: Severity = Severity.ERROR
    scope: Scope = Scope.BOOK
    run: Callable[[Checked], Iterable[Diagnostic]] | None = None
    strict: bool = False

    def __post_init__(self) -> None:
        """A stage that is none of STAGES is our mistake."""
        ensure(self.stage in STAGES, f"check {self.name}: no stage {self.stage!r}")

    def at(
        self,
        span: Span,
        variant: str = "",
        *,
        severity: Severity | None = None,
        customer: str | None = None,
        related: Sequence[Related] = (),
        **args: object,
    ) -> Diagnostic:
        """A diagnostic of this check, with its severity (unless another is given) and scope."""
        return problem(
            self.name,
            span,
            variant=variant,
            severity=severity or self.severity,
            scope=self.scope,
            customer=customer,
            related=tuple(related),
            **args,
        )
