"""A group of books: one command on each, as if it were typed for each, and the answers in the order of the books.

The books are asked in processes of their own where there is enough to read. Nothing is seen of which was done first;
a book that fails does not stop the others, and the exit status is the largest.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

from custledger.cli.declared import Exit
from custledger.core.text import listed, visible
from custledger.core.trouble import CustledgerError, InternalError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from custledger.cli.command import Command
    from custledger.cli.shell import Shell

    Alone = Callable[[Command, dict[str, Any], Shell], None]

WORTH_A_WORKER = 400_000
"""Bytes of text beside the largest book's: from there on a process of its own is made faster than they are read."""
PRINTED = (0, 1, 5)
"""Exit statuses of a command that gave its answer."""


class _Kept(io.StringIO):
    """What a command prints, kept; it calls itself a terminal where the real stream is one."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__(newline="\n")
        self._terminal = terminal

    def isatty(self) -> bool:
        """Whether it is shown on a terminal in the end."""
        return self._terminal


class _Told(NamedTuple):
    """What came of one book."""

    label: str
    out: str
    err: str
    status: int


class _Job:
    """The command as it is run on one book after another; called with the name of a book."""

    def __init__(
        self, command: Command, arguments: dict[str, Any], shell: Shell, alone: Alone, words: list[str]
    ) -> None:
        from custledger.cli.context import Context

        self.context = context = Context(shell, arguments)
        self.command, self.arguments, self.shell, self.alone, self.words = command, arguments, shell, alone, words
        self.say, self.output = context.say, context.output
        self.into_folder = bool(
            command.folder and self.output not in {None, "-"} and _folder(shell.folder, self.output)
        )
        self.format = "text" if self.into_folder or "format" not in arguments else context.format
        self.terminal = shell.terminal and (self.output is None or self.into_folder)
        self.colour = context.colour and (self.output is None or self.into_folder)
        self.folders: dict[str, str] = {}

    def _arguments(self, book: str) -> dict[str, Any]:
        """The command's arguments for this book alone; what it prints is collected here, whatever `-o` says."""
        mine = {**self.arguments, "book": book, "one_of_several": True}
        if self.into_folder:
            mine["output"] = f"{str(self.output).rstrip('/')}/{self.folders[book]}/"
        elif self.output is not None:
            mine["output"] = "-"
        if "format" in mine and not self.into_folder:
            mine["format"] = self.format
        return mine

    def __call__(self, book: str) -> _Told:
        """Run it, and tell what it printed; nothing but a Ctrl-C gets out."""
        from custledger.cli import failure
        from custledger.cli.shell import Shell

        label = _label(book, self.shell.folder)
        out, err = _Kept(terminal=self.terminal), _Kept(terminal=self.shell.stderr.isatty())
        shell = Shell(io.StringIO(), out, err, self.shell.env, self.shell.folder)
        status = 0
        error: CustledgerError | None = None
        try:
            self.alone(self.command, self._arguments(book), shell)
        except Exit as end:
            status = end.status
        except EOFError:
            error = UsageError("cli.aborted")
        except CustledgerError as known:
            error = known
        except Exception as unknown:  # noqa: BLE001 - the last line, as in `main`
            status = failure.unknown(unknown, self.words, shell, self.say)
            if self.format == "json":
                out.write(failure.page(InternalError(f"{type(unknown).__name__}: {unknown}"), self.say, label))
        if error is not None:
            status = error.status
            told = self.format == "json" and failure.wants_json(self.words) and status in failure.IN_JSON
            if not told:
                failure.known(error, self.words, shell, self.say, in_json=False)
            if self.format == "json":
                out.write(failure.page(error, self.say, label))
        return _Told(label, out.getvalue(), err.getvalue(), status)


def run(
    command: Command, arguments: dict[str, Any], books: Sequence[str], shell: Shell, alone: Alone, words: list[str]
) -> int:
    """Run the command on each of these books, print their answers in this order, give the largest exit status.

    `alone` runs it on one, with arguments and a shell of its own. Raises UsageError where several make no sense.
    """
    _refuse(command, arguments, books)
    job = _Job(command, arguments, shell, alone, words)
    from custledger.render.several import FORMATS, Answer, join, text_of

    if job.format not in FORMATS:
        from custledger.render import formats

        # What somebody's package draws is a page that nobody here can put together with another.
        known, key = formats(), "cli.group.format" if job.format in formats() else "render.unknown_format"
        raise UsageError(key, value=job.format, known=listed(FORMATS if job.format in known else known))
    if job.into_folder:
        job.folders = _folders(books, shell.folder)
    at_once = job.format == "text" and (job.output in {None, "-"} or job.into_folder)
    kept: list[_Told] = []
    status, printed = 0, False
    for told in _answers(job, books):
        status = max(status, told.status)
        text = text_of(Answer(told.label, told.out, told.status), job.say, colour=job.colour) if at_once else ""
        if text:
            job.context.print(("\n" if printed else "") + text)
            printed = True
        if told.err:
            _note(job, told)
        if not at_once:
            kept.append(told)
    if not at_once:
        page = join([Answer(t.label, t.out, t.status) for t in kept], job.format, job.say)
        _give(job, page, answered=any(told.status in PRINTED for told in kept))
    return status


def _answers(job: _Job, books: Sequence[str]) -> Iterator[_Told]:
    """What came of each book, in their order, each as soon as it and those before it are done."""
    from custledger.workers import workers

    with workers(_worth(books, job.shell.folder), job) as each:
        yield from each(books)


def _refuse(command: Command, arguments: dict[str, Any], books: Sequence[str]) -> None:
    """Several books make no sense for what writes to one, or asks."""
    from shlex import quote

    several = "write" not in command.options if command.several is None else command.several
    if several and not arguments.get("interactive"):
        return
    name = f"{command.name} --interactive" if several else command.name
    raise UsageError("cli.group.one", command=name, count=len(books), book=quote(books[0]))


def _label(book: str, here: Path) -> str:
    """What headings and JSON call the book; as it was given where there is none."""
    from custledger.opening import label_of
    from custledger.store.layout import find

    try:
        return label_of(find(given=book, start=here), here)
    except CustledgerError:
        return book


def _worth(books: Sequence[str], here: Path) -> int:
    """How many processes there is enough to read for."""
    from custledger.indexed.worth import size_of
    from custledger.store.layout import find

    sizes = []
    for book in books:
        try:
            sizes.append(size_of(str(find(given=book, start=here))))
        except (CustledgerError, OSError):
            sizes.append(0)
    return min(len(books), 1 + (sum(sizes) - max(sizes)) // WORTH_A_WORKER)


def _folder(here: Path, output: str | None) -> bool:
    """Whether `-o` names a folder: it ends with /, is one, or has no ending; several books are several documents."""
    from custledger.store.output_folder import is_folder

    given = str(output)
    return given.endswith("/") or "." not in given.rpartition("/")[2] or is_folder(here / given)


def _folders(books: Sequence[str], here: Path) -> dict[str, str]:
    """A folder's name for each book, after its own: no two the same, whatever the file system thinks of case."""
    from unicodedata import normalize

    from custledger.store.layout import SETTINGS

    names: dict[str, str] = {}
    taken: set[str] = set()
    for book in books:
        place = (here / book).resolve()
        stem = (place.parent if place.name == SETTINGS else place).name or "book"
        free, number = stem, 1
        while normalize("NFKC", free).casefold() in taken:
            number += 1
            free = f"{stem}-{number}"
        taken.add(normalize("NFKC", free).casefold())
        names[book] = free
    return names


def _note(job: _Job, told: _Told) -> None:
    job.context.note(job.say.text("cli.group.of_book", book=visible(told.label)) + "\n" + told.err)


def _give(job: _Job, page: str, *, answered: bool) -> None:
    """Print the page of all books, or write it to `-o`, unless it has nothing but errors."""
    if job.output in {None, "-"} or not answered:
        job.context.print(page)
        return
    from custledger.store.output import write_output

    write_output(job.shell.folder / str(job.output), page.encode("utf-8"))
    job.context.note(job.say.text("cli.wrote", file=job.output))
