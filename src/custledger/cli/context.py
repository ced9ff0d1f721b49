"""What a command is given: what it asks with (`reading`, `recording`), and how to show or write a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.cli.declared import Exit
from custledger.cli.recording import Recording
from custledger.cli.shell import silence
from custledger.core.text import listed
from custledger.core.trouble import UsageError, WorldError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal
    from pathlib import Path

    from custledger.document import Document
    from custledger.edit.plan import Plan

#: Endings that promise a program's own format, which text would not be.
_NOT_TEXT = (".pdf", ".xlsx", ".xls", ".ods", ".docx", ".doc", ".odt", ".yaml", ".yml", ".xml", ".zip")


class Context(Recording):
    """One run of one command."""

    @property
    def terminal(self) -> bool:
        """Whether results go to a terminal."""
        return self.shell.terminal and self.output is None

    # what comes out -----------------------------------------------------------------------------------------------

    @property
    def output(self) -> str | None:
        """`-o`."""
        given: str | None = self.options.get("output")
        return given

    @property
    def format(self) -> str:
        """`--format`, else the ending of `-o`, else text."""
        given: str | None = self.options.get("format")
        if given or not self.output:
            return given or "text"
        from custledger.render import suffixes

        endings = {**suffixes(), ".htm": "html"}
        lower = self.output.lower()
        picked = next((name for ending, name in endings.items() if lower.endswith(ending)), "text")
        if picked == "text" and lower.endswith(_NOT_TEXT):
            raise UsageError("cli.bad_ending", file=self.output, known=listed(sorted(endings)))
        return picked

    def show(self, document: Document, result: object) -> None:
        """Print the result in the format asked for, or write it to `-o`."""
        from custledger.render import draw

        text = draw(
            document,
            result,
            self.format,
            self.say,
            width=self.width if self.terminal else None,
            colour=self.colour and self.output is None,
        )
        if self.output is None or self.output == "-":
            self.print(text)
            return
        from custledger.store.output import write_output

        path = self.shell.folder / self.output
        write_output(path, text.encode("utf-8"))
        self.note(self.say.text("cli.wrote", file=self.output))

    def print(self, text: str) -> None:
        """Put `text` on stdout, complete or not at all."""
        try:
            self.shell.stdout.write(text if text.endswith("\n") or not text else text + "\n")
            self.shell.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            silence()
            raise WorldError("cli.cannot_print", why=error.strerror or error) from error

    def note(self, text: str) -> None:
        """Put a line on stderr."""
        self.shell.stderr.write(text if text.endswith("\n") else text + "\n")
        self.shell.stderr.flush()

    def write(self, plan: Plan, done: Iterable[str], *, root: Path | None = None) -> None:
        """Make the edits of `plan` and print the lines of `done`; with --dry-run print the patch instead.

        `root`: the folder of a book that is only being made; else the open one.
        """
        if self.options.get("dry_run"):
            from custledger.cli.writing import whole_text
            from custledger.core.text import visible
            from custledger.edit.diff import unified

            read = whole_text(self.opened()) if root is None else lambda _: b""
            shown = (lambda line: "\t".join(map(visible, line.split("\t")))) if self.terminal else None
            self.print(unified(plan, read, shown))
            return
        from pathlib import Path

        from custledger.store.apply import apply
        from custledger.store.files import FilesSource, FolderSource
        from custledger.store.lock import LOCK_TIMEOUT
        from custledger.store.reading import moved

        timeout = self._lock_timeout(LOCK_TIMEOUT)
        if root is not None:
            apply(root, plan, timeout=timeout)
        else:
            opened = self.opened()
            book, source = opened.layout, opened.source
            if self.revision is not None:
                raise UsageError("cli.writes_now", option="--at")
            if book is not None and self.moved is not None:
                apply(book.root, plan, timeout=timeout, moved=self.moved)
            elif book is not None and isinstance(source, FolderSource):
                apply(book.root, plan, timeout=timeout, moved=lambda: moved(book.root, source, book))
            elif isinstance(source, FilesSource):
                apply(Path(source.root), plan, timeout=timeout, bare=True, moved=source.moved)
        for line in done:
            self.print(line)

    def _lock_timeout(self, usual: int) -> Decimal | int:
        from custledger.core.numbers import plain

        given = self.options.get("lock_timeout")
        if given is None:
            return usual
        seconds = plain(given)
        if seconds is None or not 0 <= seconds <= 3600:  # noqa: PLR2004 - an hour
            raise UsageError("cli.bad_lock_timeout", value=given)
        return seconds

    def exit(self, status: int) -> None:
        """End with an exit status other than 0, after everything is printed."""
        raise Exit(status)
