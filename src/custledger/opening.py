"""Opening a book: its files to documents and journals, these to what they resolve to, with every problem on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from custledger.book.settings import Settings
from custledger.core.diagnostic import Scope, Severity
from custledger.core.frozen import frozen, replace
from custledger.core.trouble import UsageError, WorldError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from custledger.book.activity import Activity
    from custledger.book.book import Book
    from custledger.book.customer import Customer
    from custledger.book.invoice import Invoice
    from custledger.core.diagnostic import Diagnostic
    from custledger.core.source import Source
    from custledger.edit.plan import Plan
    from custledger.parse.journal.model import Journal, Transaction
    from custledger.parse.journal.raw import Scan
    from custledger.store.files import FilesSource
    from custledger.store.layout import Layout
    from custledger.store.planned import PlannedFiles

    Read = Callable[[Iterable[tuple[str, bytes]]], tuple[tuple["T", ...], list[Diagnostic]]]

T = TypeVar("T")


@frozen(kw_only=True)
class Opened:
    """A book as its text has it, with every problem met while reading. Nothing is left out of it in silence."""

    label: tuple[str, ...]
    """The book's folder as given, or the list of `-f`."""
    source: Source
    layout: Layout | None
    """None for bare journals."""
    settings: Settings
    customers: tuple[Customer, ...] = ()
    invoices: tuple[Invoice, ...] = ()
    activities: tuple[Activity, ...] = ()
    journal: Journal
    book: Book
    posted: tuple[Transaction, ...] = ()
    """What documents post that stand in no journal."""
    problems: tuple[Diagnostic, ...] = ()
    """Found while reading: text, shape, resolving."""
    sound: bool = False
    """A part of a book that is known to have no error: what it lacks is elsewhere, and not to be reported."""
    receivable: tuple[str, ...] = ()
    """What `--receivable` says of bare journals."""

    @property
    def bare(self) -> bool:
        """Whether it is a journal with nothing around it."""
        return self.layout is None

    def __hash__(self) -> int:
        """By identity: an opened book is made once and never changes."""
        return id(self)

    def __eq__(self, other: object) -> bool:
        """By identity."""
        return self is other


def settings_of(source: Source) -> Settings | None:
    """A book's settings by themselves; None where anything is wrong with them."""
    from custledger.parse.yaml.compose import compose
    from custledger.schema.lower_settings import lower_settings
    from custledger.store.layout import SETTINGS

    try:
        file = compose(SETTINGS, source.read(SETTINGS))
    except WorldError:
        return None
    settings, found = lower_settings(file)
    return None if stops((*file.diagnostics, *found)) else settings


class Documents(NamedTuple):
    """Everything of a book but its journals, and what is wrong with the text of it."""

    settings: Settings
    customers: tuple[Customer, ...]
    invoices: tuple[Invoice, ...]
    activities: tuple[Activity, ...]
    problems: tuple[Diagnostic, ...]


def read_documents(
    source: Source, layout: Layout, *, known: Opened | None = None, changed: frozenset[str] = frozenset()
) -> Documents:
    """Parse and schema. With `known`, only the folders in `changed` are read; the rest is as it is there."""
    from custledger.parse.yaml.compose import compose
    from custledger.schema import documents
    from custledger.store.layout import SETTINGS

    problems: list[Diagnostic] = []

    def values(folder: str, read: Read[T], names: Iterable[str], before: tuple[T, ...]) -> tuple[T, ...]:
        if known is not None and folder not in changed:
            return before
        found, wrong = read((name, source.read(name)) for name in names)
        problems.extend(wrong)
        return found

    name = layout.settings or SETTINGS
    file = compose(name, source.read(name))
    settings, wrong = documents.lower_settings(file)
    problems += [*file.diagnostics, *wrong]
    old = known
    customers = values("customers", documents.read_customers, layout.customers, old.customers if old else ())
    invoices = values("invoices", documents.read_invoices, layout.invoices, old.invoices if old else ())
    activities = values("activity", documents.read_activities, layout.activities, old.activities if old else ())
    return Documents(settings or Settings(), customers, invoices, activities, tuple(problems))


def open_folder(root: Path, here: Path) -> Opened:
    """Read the book in `root`, all of it as of one moment; `here` is what its label is relative to."""
    from custledger.store.reading import read_settled

    return read_settled(root, lambda source, layout: _read_folder(source, layout, label_of(root, here)))


def open_revision(root: Path, here: Path, revision: str, env: Mapping[str, str]) -> Opened:
    """Read the book in `root` as it stood in a git revision; nothing of the work tree. `env` is the environment."""
    from custledger.book.book import Revision
    from custledger.store.git import GitSource

    with GitSource.at(root, revision, env=env) as source:
        opened = _read_folder(source, source.layout(), label_of(root, here))
    read_at = Revision(revision, source.short)
    return replace(opened, book=replace(opened.book, revision=read_at))


def _read_folder(
    source: Source,
    layout: Layout,
    label: str,
    *,
    known: Opened | None = None,
    changed: frozenset[str] = frozenset(),
) -> Opened:
    """Parse, schema, resolve. With `known`, only the folders in `changed` are read; the rest is as it is there."""
    documents = read_documents(source, layout, known=known, changed=changed)
    journal = known.journal if known is not None and "journals" not in changed else None
    return resolved(source, layout, label, documents, journal=journal)


def resolved(
    source: Source,
    layout: Layout,
    label: str,
    documents: Documents,
    *,
    journal: Journal | None = None,
    scans: Mapping[str, Scan] | None = None,
    repeated: frozenset[str] = frozenset(),
) -> Opened:
    """The book of these documents and of the journals, which are read unless `journal` is what they say.

    `scans` are journals that are scanned already, perhaps not all of them, and `repeated` codes that receipts have
    elsewhere (`indexed.parts`).
    """
    from custledger.parse.journal.load import load
    from custledger.resolve.book import resolve

    settings, customers, invoices, activities, problems = documents
    if journal is None:
        journal = load(
            source,
            layout.journals,
            decimal_mark=settings.decimal_mark,
            commodities={c.name: c.digits for c in settings.commodities.known.values()},
            scans=scans,
            asserting=scans is None,
        )
    made = resolve(
        journal=journal,
        settings=settings,
        customers=customers,
        invoices=invoices,
        activities=activities,
        label=(label,),
        repeated=repeated,
    )
    return Opened(
        label=(label,),
        source=source,
        layout=layout,
        settings=settings,
        customers=customers,
        invoices=invoices,
        activities=activities,
        journal=journal,
        book=made.book,
        posted=made.transactions,
        problems=(*problems, *journal.diagnostics, *made.diagnostics),
    )


def planned(opened: Opened, plan: Plan) -> Opened:
    """The book as it would be with `plan` made: what a command that writes proves its work on.

    Only folders that the plan changes are read anew; problems of documents in the others are not repeated.
    """
    from custledger.core.trouble import ensure
    from custledger.store.files import FilesSource
    from custledger.store.planned import PlannedFiles, PlannedSource, planned_layout

    if opened.layout is None:
        old = opened.source
        ensure(isinstance(old, FilesSource | PlannedFiles), "a plan for neither a book nor bare journals")
        if isinstance(old, FilesSource | PlannedFiles):
            return _read_files(PlannedFiles(old, plan), opened.label, opened.settings, opened.receivable)
        return opened
    source = PlannedSource(opened.layout, opened.source, plan)
    changed = frozenset(edit.name.partition("/")[0] for edit in plan.edits)
    layout = planned_layout(opened.layout, plan)
    return _read_folder(source, layout, opened.label[0], known=opened, changed=changed)


def open_files(
    files: Sequence[str],
    *,
    here: Path,
    home: str | None = None,
    stdin: Callable[[], bytes] | None = None,
    receivable: Sequence[str] = (),
    terms: str | None = None,
    decimal_mark: str | None = None,
) -> Opened:
    """Read bare journals: each by itself, with nothing of a surrounding book."""
    from custledger.book.settings import Dated
    from custledger.core.terms import parse_terms
    from custledger.store.files import FilesSource
    from custledger.store.reading import finish_interrupted

    if decimal_mark not in {None, ".", ","}:
        raise UsageError("cli.bad_mark", value=decimal_mark)
    understood = parse_terms(terms) if terms is not None else None
    if terms is not None and understood is None:
        raise UsageError("cli.bad_terms", value=terms)
    source = FilesSource(files, cwd=here, home=home, stdin=stdin)
    finish_interrupted(source.root, bare=True)
    settings = Settings(
        bare=True,
        decimal_mark=decimal_mark,
        terms=Dated() if understood is None else Dated(((None, understood),)),
    )
    return _read_files(source, tuple(files), settings, tuple(receivable))


def _read_files(
    source: FilesSource | PlannedFiles, label: tuple[str, ...], settings: Settings, receivable: tuple[str, ...]
) -> Opened:
    """Parse and resolve bare journals."""
    from custledger.parse.journal.load import load
    from custledger.resolve.book import resolve

    journal = load(source, source.names, decimal_mark=settings.decimal_mark, separate=True)
    resolved = resolve(
        journal=journal,
        settings=settings,
        customers=(),
        invoices=(),
        activities=(),
        label=label,
        receivable=receivable,
    )
    return Opened(
        label=label,
        source=source,
        layout=None,
        receivable=receivable,
        settings=settings,
        journal=journal,
        book=resolved.book,
        problems=(*journal.diagnostics, *resolved.diagnostics),
    )


def label_of(root: Path, here: Path) -> str:
    """What headings and JSON call the book in `root`: its path as seen from `here`."""
    try:
        relative = root.relative_to(here)
    except ValueError:
        return str(root)
    return str(relative)


def stops(problems: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error of the book as a whole."""
    return any(p.severity is Severity.ERROR and p.scope is Scope.BOOK for p in problems)
