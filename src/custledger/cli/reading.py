"""What a command asks with: its book, its day, its language."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from custledger.cli.words import use
from custledger.core.trouble import BookError, UsageError
from custledger.i18n.catalogue import LANGUAGES, short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from custledger.book.position import Standing
    from custledger.book.settings import Settings
    from custledger.cli.shell import Shell
    from custledger.core.diagnostic import Diagnostic
    from custledger.core.trouble import WorldError
    from custledger.indexed.asking import Asking
    from custledger.pipeline import Opened
    from custledger.store.git import GitSource
    from custledger.store.layout import Layout


T = TypeVar("T")


class Reading:
    """What a command asks: the world, its options, its book. Books are opened once, when first asked for."""

    def __init__(self, shell: Shell, options: Mapping[str, Any]) -> None:
        self.shell = shell
        self.options = options
        language = options.get("lang")
        if language is not None and short(language) not in LANGUAGES:
            raise UsageError("cli.bad_lang", value=language)
        self.say = use(shell.language(language))
        color = options.get("color") or "auto"
        if color not in {"auto", "always", "never"}:
            raise UsageError("cli.bad_color", value=color)
        self.colour = shell.colour(color, shell.stdout)
        self.colour_err = shell.colour(color, shell.stderr)

    # what the world says ------------------------------------------------------------------------------------------

    @property
    def env(self) -> Mapping[str, str]:
        """The environment."""
        return self.shell.env

    @property
    def width(self) -> int:
        """Columns of the terminal."""
        return self.shell.width

    @property
    def asks(self) -> bool:
        """Whether somebody is there to answer questions."""
        return self.shell.asks

    @cached_property
    def today(self) -> date:
        """Today in the book's time zone; a bare journal has the machine's day."""
        if self._settings is not None:
            return self.shell.today(self._settings.timezone)
        opened = self.opened()
        return self.shell.today(None if opened.bare else opened.settings.timezone)

    @cached_property
    def as_of(self) -> date:
        """`--as-of`, else today."""
        given = self.options.get("as_of")
        return self.today if given is None else self.day(given)

    def day(self, text: str) -> date:
        """A date expression of the command line."""
        from custledger.core.dates import parse_day

        found = parse_day(text, self.today)
        if found is None:
            raise UsageError("cli.bad_date", value=text)
        return found

    def period(self, text: str) -> tuple[date, date]:
        """A period expression of the command line: its first and last day."""
        from custledger.core.dates import parse_period

        found = parse_period(text, self.today)
        if found is None:
            raise UsageError("cli.bad_period", value=text)
        return found

    # the book -----------------------------------------------------------------------------------------------------

    @property
    def given_files(self) -> list[str]:
        """`-f`: the bare journals to read."""
        return list(self.options.get("file") or [])

    @property
    def revision(self) -> str | None:
        """`--at`: the git revision to read the book at."""
        given: str | None = self.options.get("at")
        return given

    @property
    def _given(self) -> str:
        """` --at REV`, ready to be typed behind `custledger`; nothing for the book as it is now.

        One of several books is named, too.
        """
        from shlex import quote

        book = f" --book {quote(self.options['book'])}" if self.options.get("one_of_several") else ""
        return book if self.revision is None else f"{book} --at {quote(self.revision)}"

    def root(self) -> Path:
        """The folder of the book that is meant: --book, $CUSTLEDGER_BOOK, upwards from here, ./ledgers."""
        from custledger.store.layout import find

        given = self.options.get("book") or self.env.get("CUSTLEDGER_BOOK") or None
        return find(given=given, start=self.shell.folder)

    def opened(self) -> Opened:
        """The book as its text has it (or the part `select_part`ed of it); problems are in it, never raised."""
        return self._opened

    @cached_property
    def _then(self) -> GitSource | None:
        """The book at the git revision of `--at`."""
        if self.revision is None:
            return None
        from custledger.store.git import GitSource

        return GitSource.at(self.root(), self.revision, env=self.env)

    @cached_property
    def _settings(self) -> Settings | None:
        """The book's settings by themselves, where the index may be asked; None where the whole text is read anyway."""
        if self.given_files or self.options.get("no_index"):
            return None
        from custledger import pipeline
        from custledger.store.files import FolderSource

        return pipeline.settings_of(self._then or FolderSource(self.root()))

    @cached_property
    def index(self) -> Asking | None:
        """The index of the book, true to its text; None where there is none, or none is wanted."""
        if self._settings is None or self.options.get("recorded_only"):
            return None
        from custledger.pipeline import label_of

        label = label_of(self.root(), self.shell.folder)
        if self._then is not None and self.revision is not None:
            from custledger.indexed.revisions import asking_at

            return asking_at(self._then, self.revision, label, self._settings, self.today, tell=self._not_written)
        from custledger.indexed.worth import worth

        if not worth(self.root()):
            return None
        from custledger.indexed.keeping import asking

        return asking(self.root(), label, self._settings, self.today, tell=self._not_written)

    def _not_written(self, why: WorldError) -> None:
        """Say on stderr what keeps the index from being written: the answer is the same without it."""
        said = self.say.text(why.key, **why.args_named)
        self.shell.stderr.write(f"custledger: {self.say.text('cli.index_not_written', why=said)}\n")

    def _of_index(self, question: Callable[[Asking], T]) -> T | None:
        """What the index answers, all of it as of one moment; None where the text is to be asked.

        An index that turns out to be broken is deleted.
        """
        if self.index is None:
            return None
        from custledger.store import index_files as store

        try:
            with self.index.index.steady():
                return question(self.index)
        except store.Trouble as error:
            store.give_up(self.index.index.path, error)
            self.__dict__["index"] = None
            return None

    @cached_property
    def _opened(self) -> Opened:
        from custledger import pipeline
        from custledger.cli.accounts import known_accounts

        files, receivable = self.given_files, list(self.options.get("receivable") or [])
        terms, mark = self.options.get("terms"), self.options.get("decimal_mark")
        if files and self.options.get("book"):
            raise UsageError("cli.file_and_book")
        if files and self.revision is not None:
            raise UsageError("cli.file_and_at")
        if not files and (receivable or terms or mark):
            raise UsageError("cli.only_with_file")
        if files:
            read = pipeline.open_files(
                files,
                here=self.shell.folder,
                home=self.env.get("HOME"),
                stdin=self.shell.read_stdin,
                receivable=receivable,
                terms=terms,
                decimal_mark=mark,
            )
            return known_accounts(read, receivable)
        if self.revision is not None:
            return pipeline.open_revision(self.root(), self.shell.folder, self.revision, self.env)
        return pipeline.open_folder(self.root(), self.shell.folder)

    def reopen(self) -> None:
        """Forget the book as it was read: it is read again when next asked for."""
        for name in ("_opened", "diagnostics"):
            self.__dict__.pop(name, None)

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Every problem that may stop a report: all errors of the book."""
        from custledger import pipeline

        return pipeline.errors(self.opened(), self.today)

    def book(self) -> Opened:
        """The book, where nothing is wrong with it as a whole; else `BookError` with all that is."""
        from custledger import pipeline

        if pipeline.stops(self.diagnostics):
            raise BookError(self.diagnostics, self.opened().source.read, self._given)
        return self.opened()

    @property
    def withheld(self) -> Mapping[str, tuple[Diagnostic, ...]]:
        """Customers with errors of their own, and these: nothing is shown of them."""
        from custledger import pipeline

        return pipeline.withheld(self.diagnostics)

    def standing(
        self, as_of: date | None = None, *, customers: Iterable[str] | None = None, partial: bool = False
    ) -> Standing:
        """Where everybody stands. Customers with errors of their own stop it unless they were not asked for.

        `customers`: what the report shows (None: the whole book). `partial`: a batch that goes on without them.
        """
        from custledger import pipeline

        opened = self.book()
        held = self.withheld
        shown = held.keys() if customers is None else held.keys() & set(customers)
        if shown and not partial:
            raise BookError((d for customer in sorted(shown) for d in held[customer]), opened.source.read, self._given)
        return pipeline.stand(
            opened,
            as_of or self.as_of,
            self.today,
            withheld=frozenset(held),
            recorded_only=bool(self.options.get("recorded_only")),
        )

    def select(self, words: Sequence[str] | None) -> list[str] | None:
        """Customers by id, exact name or alias, glob, `segment:x` …; several mean any of them. None: everybody."""
        from custledger.report.selection import select

        return select(self.book().book, words) if words else None

    def select_part(self, words: Sequence[str] | None) -> list[str] | None:
        """The same, for a report that shows nothing but these: from then on the book is the part that they need."""
        if not words or self.index is None or "_opened" in self.__dict__:
            return self.select(words)
        from custledger.indexed.asking import PART_MAX

        def question(index: Asking) -> tuple[list[str], Opened | None]:
            found = index.selected(words)
            return found, index.part(found) if len(found) <= PART_MAX else None

        found, part = self._of_index(question) or (None, None)
        if part is not None:
            self.__dict__["_opened"] = part
        return self.select(words) if found is None else found

    def checked(self) -> tuple[Opened, tuple[int, int], tuple[Diagnostic, ...]] | None:
        """What checking finds, by the part of the book where there is anything to find (`indexed.checking`).

        None: the whole book is to be checked.
        """
        if self.index is None:
            return None
        from custledger.indexed.checking import check

        return self._of_index(lambda index: check(index, self.today))

    def of_everybody(
        self, words: Sequence[str] | None, question: Callable[[Asking, list[str] | None], Standing | None]
    ) -> tuple[Standing, list[str] | None]:
        """Where everybody (or who `words` mean) stands, and their ids: of few by their part of the text.

        Of all by `question`, asked of the index with these ids; None is its answer where the text is to be asked.
        """
        chosen = self.select_part(words)
        found = None
        if "_opened" not in self.__dict__:
            found = self._of_index(lambda index: question(index, chosen))
        return found or self.standing(customers=chosen), chosen

    def overview(self) -> tuple[Standing, tuple[Diagnostic, ...], int] | None:
        """Where everybody stands, every problem, and how many entries lie after the day (`indexed.overview`).

        None: the whole book is to be asked.
        """
        if self.index is None:
            return None
        from custledger.indexed.overview import overview

        return self._of_index(lambda index: overview(index, self.as_of, self.today))

    def known_files(self) -> tuple[Layout, dict[str, str]] | None:
        """The files of the book and the hash of each as the index has them; None where there is none."""
        return self._of_index(lambda index: (index.layout, {row[0]: row[-1] for row in index.index.signatures()}))

    def of_part(self, name: str, build: Callable[[Standing], T]) -> tuple[Standing, T]:
        """Where the part of the book stands that `name` is in, and what `build` makes of it.

        Where that is not there, all of the book is asked: only then is it known what is near it.
        """
        whole = "_opened" in self.__dict__
        self.find_part(name)
        standing = self.standing(partial=True)
        try:
            return standing, build(standing)
        except UsageError:
            if whole or not self.opened().sound:
                raise
        self.reopen()
        standing = self.standing(partial=True)
        return standing, build(standing)

    def find_part(self, name: str) -> None:
        """For a report of whatever `name` means: from then on the book is the part that those who have it need.

        Nothing happens where nobody has it: the whole book then says so.
        """
        if self.index is None or "_opened" in self.__dict__:
            return
        from custledger.indexed.asking import PART_MAX

        def question(index: Asking) -> Opened | None:
            found = index.named(name)
            return index.part(found) if 0 < len(found) <= PART_MAX else None

        part = self._of_index(question)
        if part is not None:
            self.__dict__["_opened"] = part

    def open_items(
        self, words: Sequence[str] | None, *, names: bool = False, profiles: bool = False
    ) -> tuple[Standing, list[str] | None]:
        """Where everybody (or who `words` mean) stands, and their ids: what lists of open items need.

        From the index where there is one: then nothing but open items is in it. `names`: theirs are shown;
        `profiles`: so is what else the customers' profiles say.
        """

        def question(index: Asking) -> tuple[Standing | None, list[str] | None]:
            found = index.selected(words) if words else None
            if profiles:
                index.everybody()
            return index.standing(self.as_of, self.today, customers=found, names=names), found

        standing, found = self._of_index(question) or (None, None)
        if standing is not None:
            return standing, found
        chosen = self.select(words)
        return self.standing(customers=chosen), chosen
