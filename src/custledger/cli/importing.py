"""What the three `import` commands share: the table under its map, the plan of what it adds, and the proof of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from custledger.core.diagnostic import Severity
from custledger.core.text import listed
from custledger.core.trouble import BookError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from custledger.book.customer import Customer
    from custledger.book.import_map import ImportMap
    from custledger.book.invoice import Invoice
    from custledger.cli.context import Context
    from custledger.core.diagnostic import Diagnostic
    from custledger.edit.journal_entry import NewEntry
    from custledger.edit.plan import FileEdit, Plan
    from custledger.intake.reading import Reading
    from custledger.pipeline import Opened

CUSTOMERS_FILE = "customers/imported.yaml"
INVOICES_FILE = "invoices/imported-{year}-{month}.yaml"
PAYMENTS_FILE = "journals/imported-{year}-{month}.journal"


class TableError(BookError):
    """A table or a map cannot be read as it is. Exit 3, with all of its diagnostics; nothing was written."""

    def __init__(self, diagnostics: Iterable[Diagnostic], read: Callable[[str], bytes] | None = None) -> None:
        super().__init__(diagnostics, read)
        self.key = "intake.nothing_written"


@dataclass(frozen=True)
class Given:
    """One import: the open book, the map, the table under it, and how to read files for excerpts."""

    opened: Opened
    map: ImportMap
    reading: Reading
    read: Callable[[str], bytes]

    def stop(self, found: Iterable[Diagnostic]) -> None:
        """Raise all problems, each once, in file order; nothing is written."""
        problems = sorted(dict.fromkeys(found), key=lambda problem: problem.order)
        if any(problem.severity is Severity.ERROR for problem in problems):
            raise TableError(problems, self.read)


def maps_for(context: Context, kind: str) -> None:
    """Print the shipped maps of this kind, one a line with what it is for."""
    from custledger.store.shipped import shipped_map, shipped_maps

    for name in shipped_maps():
        map_, _, _ = _load(f"{name}.yaml", shipped_map(name))
        if map_ is not None and map_.kind == kind:
            context.print(f"{name:<22} {map_.about}")


def _load(name: str, data: bytes) -> tuple[ImportMap | None, list[Diagnostic], bytes]:
    from custledger.parse.yaml.compose import compose
    from custledger.schema.import_map import lower_import_map

    map_, found = lower_import_map(compose(name, data))
    return map_, found, data


def named_file(context: Context, name: str) -> bytes:
    """A file that the command line names. One that is not there is wrong usage."""
    from custledger.core.trouble import WorldError
    from custledger.store.files import read_regular

    try:
        return read_regular(str(context.shell.folder / name), name)[0]
    except WorldError as error:
        if error.key != "files.not_found":
            raise
        raise UsageError(error.key, **error.args_named) from error


def find_map(context: Context, word: str, kind: str) -> ImportMap:
    """The map that `--map` means: a file's path, or the name of a shipped one."""
    from custledger.core.nearest import nearest
    from custledger.store.shipped import shipped_map, shipped_maps

    shipped = shipped_maps()
    if word in shipped:
        name, data = f"{word}.yaml", shipped_map(word)
    elif "/" in word or word.endswith((".yaml", ".yml")):
        name, data = word, named_file(context, word)
    else:
        near = nearest(word, shipped)
        raise UsageError("intake.no_such_map", map=word, near=listed(near or shipped), kind=kind)
    map_, found, _ = _load(name, data)
    if map_ is None or found:
        raise TableError(found, {name: data}.__getitem__)
    if map_.kind != kind:
        raise UsageError("intake.map_of_other_kind", map=word, kind=kind, other=map_.kind)
    return map_


def given(context: Context, kind: str, file: str | None, word: str | None) -> Given:
    """The table under its map, beside the book. Problems of the table's headings and width are raised together."""
    from custledger.intake.reading import Reading
    from custledger.intake.table import read_table

    if file is None or word is None:
        raise UsageError("intake.file_and_map", kind=kind)
    map_ = find_map(context, word, kind)
    opened = context.book()
    if opened.layout is None:
        raise UsageError("cli.writes_need_book")
    data = named_file(context, file)
    table, found = read_table(file, data, map_)
    text = table.text.encode() if table is not None and table.text is not None else b""

    def read(name: str) -> bytes:
        return text if name == file else opened.source.read(name)

    if table is None:
        raise TableError(found, read)
    reading = Reading(table, map_)
    made = Given(opened, map_, reading, read)
    made.stop([*found, *reading.diagnostics])
    return made


# what is written ------------------------------------------------------------------------------------------------------


def customer_edits(opened: Opened, customers: Sequence[Customer], into: str) -> list[FileEdit]:
    """New profiles at the end of `into`, or of the file for imported ones."""
    from custledger.edit.document_values import customer_value
    from custledger.edit.yaml_text import document

    if not customers:
        return []
    texts = [document(customer_value(one)) for one in customers]
    return [_documents(opened, into or CUSTOMERS_FILE, texts, "customer")]


def invoice_edits(opened: Opened, invoices: Sequence[Invoice], into: str) -> list[FileEdit]:
    """New documents, in order of date and number, a file a month unless the map says otherwise."""
    from custledger.edit.document_values import invoice_value
    from custledger.edit.yaml_text import document

    files: dict[str, list[str]] = {}
    for invoice in sorted(invoices, key=lambda one: (one.date, one.number)):
        name = (into or INVOICES_FILE).format(year=f"{invoice.date:%Y}", month=f"{invoice.date:%m}")
        files.setdefault(name, []).append(document(invoice_value(stated(opened, invoice))))
    return [_documents(opened, name, files[name], "invoice") for name in sorted(files)]


def stated(opened: Opened, invoice: Invoice) -> Invoice:
    """The document with what the table left to customer and book said outright: due date, currency, terms."""
    from dataclasses import replace

    settings, customer = opened.settings, opened.book.customers.get(invoice.customer)
    day = invoice.date
    agreed = customer.currency.on(day) if customer else None
    currency = invoice.currency or agreed or settings.currency.on(day)
    if invoice.kind != "invoice":
        return replace(invoice, currency=currency) if not invoice.corrects else invoice
    if invoice.due is not None:
        return replace(invoice, currency=currency)
    terms = invoice.terms or (customer.terms.on(day) if customer else None) or settings.terms.on(day)
    return replace(invoice, currency=currency, terms=terms, due=terms.due(day) if terms else None)


def _documents(opened: Opened, name: str, documents: list[str], kind: str) -> FileEdit:
    from custledger.edit.append import document_appended
    from custledger.edit.heading import heading

    text, head = "---\n".join(documents), heading(kind, name)
    return document_appended(name, opened.source.read, text, exists=exists(opened, name), head=head)


def entry_edits(opened: Opened, entries: Sequence[NewEntry], into: str) -> list[FileEdit]:
    """New transactions, a journal a month unless the map says otherwise, and book.journal completed with new ones."""
    from custledger.edit.append import appended_or_new
    from custledger.edit.journal_entry import entry_text

    files: dict[str, list[str]] = {}
    for entry in entries:
        name = (into or PAYMENTS_FILE).format(year=f"{entry.date:%Y}", month=f"{entry.date:%m}")
        files.setdefault(name, []).append(entry_text(entry, opened.settings.decimal_mark))
    edits = [
        appended_or_new(name, opened.source.read, "\n".join(files[name]), exists=exists(opened, name))
        for name in sorted(files)
    ]
    return [*edits, *book_journal_edit(opened, [name for name in sorted(files) if not exists(opened, name)])]


def book_journal_edit(opened: Opened, names: Sequence[str]) -> list[FileEdit]:
    """`include` lines for new root journals, each where its path belongs among those there are."""
    from custledger.edit.book_journal import with_root
    from custledger.edit.plan import FileEdit, Splice
    from custledger.edit.splice import digest_of, spliced
    from custledger.store.layout import BOOK_JOURNAL

    layout, mark = opened.layout, opened.settings.decimal_mark
    names = [name for name in names if not _included(opened, name)]
    if layout is None or not names:
        return []
    roots = sorted({*opened.journal.roots, *names})
    if layout.book_journal is None:
        made = with_root(BOOK_JOURNAL, None, names[0], roots, mark)
        return [made] if made else []
    old = text = opened.source.read(layout.book_journal)
    for name in names:
        edit = with_root(layout.book_journal, text, name, roots, mark)
        text = spliced(text, edit.splices) if edit else text
    if text == old:
        return []
    return [FileEdit(layout.book_journal, digest_of(old), (Splice(0, len(old), text),))]


def _included(opened: Opened, name: str) -> bool:
    """Whether a journal of the book includes the new file `name` by a pattern already: then it is no root."""
    import posixpath

    from custledger.core.globs import matches
    from custledger.edit.book_journal import included_patterns

    return any(
        matches(posixpath.normpath(posixpath.join(posixpath.dirname(file), pattern)), name)
        for file in _including(opened)
        for pattern in included_patterns(opened.source.read(file))
    )


def _including(opened: Opened) -> Iterable[str]:
    """The journals that may include others."""
    from custledger.indexed.parts import PartSource

    if isinstance(opened.source, PartSource):
        return opened.source.including
    return opened.layout.journals if opened.layout else ()


def exists(opened: Opened, name: str) -> bool:
    """Whether the book has this file."""
    layout = opened.layout
    if layout is None:
        return False
    return name in {*layout.customers, *layout.invoices, *layout.journals}


# the proof ------------------------------------------------------------------------------------------------------------


def prove(context: Context, made: Given, plan: Plan) -> Opened:
    """The book with the plan made, read anew: an error that it did not have before stops the import."""
    from custledger import pipeline

    if not plan:
        return made.opened
    after = pipeline.planned(made.opened, plan)
    before = set(context.diagnostics)
    worse = [problem for problem in pipeline.errors(after, context.today) if problem not in before]

    def read(name: str) -> bytes:
        return made.read(name) if name == made.reading.table.file else after.source.read(name)

    if worse:
        raise TableError(worse, read)
    return after


def finish(context: Context, plan: Plan, done: Mapping[str, int], made: Given) -> None:
    """Write, then say what was added and what was left alone."""
    say = context.say
    lines = [say.text(f"intake.added.{what}", count=count) for what, count in done.items() if count]
    lines += [f"  {edit.name}" for edit in plan.edits]
    if made.reading.skipped:
        lines.append(say.text("intake.skipped", count=made.reading.skipped))
    if plan:
        context.write(plan, lines)
        return
    for line in [say.text("intake.nothing_new"), *lines]:
        context.print(line)
