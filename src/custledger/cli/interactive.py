"""`reconcile --interactive`: what is left, one credit after another; each answer lands as text at once.

The session is a state machine over a `Terminal` and a bench: tests script both. What is passed over (skipped, kept
on account) is remembered for the session alone; what was written is in the journals, whatever happens then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from custledger.cli import answers
from custledger.cli.interactive_book import RefusedError
from custledger.core.frozen import field, frozen, mutable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custledger.cli.context import Context
    from custledger.cli.interactive_book import Bench, Identity, Item, Step
    from custledger.document import Document


class Terminal(Protocol):
    """Where questions are asked."""

    def show(self, page: Document) -> None:
        """Draw a page."""

    def tell(self, key: str, **args: object) -> None:
        """Say one thing of the catalogue."""

    def line(self, text: str) -> None:
        """Print a line as it is."""

    def ask(self, key: str, **args: object) -> str | None:
        """The answer to a question; None at the end of input."""


@mutable
class _Done:
    """A step that can be taken back: what was written, or that a credit was passed over."""

    identity: Identity
    what: str
    written: Step | None = None


@mutable
class Session:
    """One run. `counts` are steps by what they did: settled, rejected, account, skipped."""

    bench: Bench
    terminal: Terminal
    passed: dict[Identity, str] = field(default_factory=dict)
    done: list[_Done] = field(default_factory=list)
    _stop: bool = False

    def run(self) -> dict[str, int]:
        """Ask until nothing is left or the user stops; gives the counts of what was done."""
        shown: Identity | None = None
        more = False
        while not self._stop:
            waiting = [identity for identity in self.bench.waiting() if identity not in self.passed]
            if not waiting:
                if self._ends():
                    break
                continue
            item = self.bench.item(waiting[0], more=more)
            if shown != item.identity or more:
                self.terminal.show(self._page(item, len(waiting)))
            shown = item.identity
            key = "interactive.prompt" if item.candidates else "interactive.prompt_none"
            typed = self.terminal.ask(key, count=len(item.candidates))
            answer = answers.understood(typed, len(item.candidates), list(item.open))
            more = isinstance(answer, answers.Simple) and answer.what == answers.MORE
            if self._take(item, answer):
                shown = None
        self._close()
        return self.counts

    def _ends(self) -> bool:
        """Nothing is left to decide: the last chance to take a step back."""
        typed = self.terminal.ask("interactive.last") if self.done else None
        try:
            return answers.understood(typed, 0, ()) != answers.Simple(answers.UNDO) or not self._undo()
        except RefusedError as refused:
            self.terminal.tell(refused.key, **refused.args_named)
            return True

    @property
    def counts(self) -> dict[str, int]:
        """How many steps there were of each kind, those taken back left out."""
        kinds = ("settled", "rejected", "account", "skipped")
        return {kind: sum(1 for one in self.done if one.what == kind) for kind in kinds}

    def _page(self, item: Item, waiting: int) -> Document:
        from custledger.report.interactive_page import item_page

        return item_page(item.story, item.rest, item.rows, waiting, self.bench.opened.book.commodities)

    def _take(self, item: Item, answer: answers.Answer) -> bool:
        """Do what was asked; whether the page is to be drawn anew."""
        try:
            if isinstance(answer, answers.Wrong):
                self.terminal.tell(answer.key, **answer.args)
                return False
            if isinstance(answer, answers.Settle):
                self._written(item, "settled", self.bench.settle(item, answer.parts, answer.reason))
                return True
            if isinstance(answer, answers.Reject):
                self._written(item, "rejected", self.bench.reject(item, answer.parts))
                inferred = self.bench.inferred(item.identity)
                if inferred:
                    self.terminal.tell("interactive.now_inferred", credit=item.credit.name, charges=inferred)
                return True
            return self._simple(item, answer.what)
        except RefusedError as refused:
            self.terminal.tell(refused.key, **refused.args_named)
            return False

    def _simple(self, item: Item, what: str) -> bool:
        from custledger.report.interactive_page import help_page, story_page

        if what == answers.QUIT:
            self._stop = True
        elif what == answers.UNDO:
            return self._undo()
        elif what == answers.STORY:
            self.terminal.show(story_page(item.story, self.bench.opened.book.commodities))
        elif what == answers.HELP:
            self.terminal.show(help_page())
        elif what in (answers.SKIP, answers.ACCOUNT):
            kind = "skipped" if what == answers.SKIP else "account"
            self.passed[item.identity] = kind
            self.done.append(_Done(item.identity, kind))
            self.terminal.tell(f"interactive.{kind}", credit=item.credit.name)
            return True
        return False

    def _written(self, item: Item, what: str, step: Step) -> None:
        self.done.append(_Done(item.identity, what, step))
        for line in step.lines:
            self.terminal.line(line)

    def _undo(self) -> bool:
        if not self.done:
            self.terminal.tell("interactive.nothing_to_undo")
            return False
        last = self.done[-1]
        if last.written is not None:
            self.bench.take_back(last.written)
        self.done.pop()
        self.passed.pop(last.identity, None)
        self.terminal.tell(f"interactive.undone.{last.what}")
        return True

    def _close(self) -> None:
        counts = self.counts
        left = len(self.bench.waiting())
        self.terminal.tell("interactive.end", **counts, left=left)


@frozen
class Console:
    """A real terminal: pages on standard output, questions on standard error."""

    context: Context

    def show(self, page: Document) -> None:
        """Draw a page at the terminal's width."""
        from custledger.render import draw

        context = self.context
        text = draw(page, None, "text", context.say, width=context.width, colour=context.colour)
        context.print("\n" + text)

    def tell(self, key: str, **args: object) -> None:
        """Say one thing."""
        self.context.print(self.context.say.text(key, **args))

    def line(self, text: str) -> None:
        """Print a line, made safe."""
        from custledger.core.text import visible

        self.context.print(visible(text))

    def ask(self, key: str, **args: object) -> str | None:
        """Ask on standard error, read a line from standard input."""
        shell = self.context.shell
        shell.stderr.write(self.context.say.text(key, **args))
        shell.stderr.flush()
        typed = shell.stdin.readline()
        return typed.rstrip("\r\n") if typed else None


def interact(context: Context, words: Sequence[str] | None, *, alone: bool) -> None:
    """The command. Raises UsageError without a terminal, where a journal is no file, beside options that say more."""
    from custledger.cli.interactive_book import Bench
    from custledger.core.trouble import UsageError

    if not context.asks or not context.terminal:
        raise UsageError("interactive.no_terminal")
    if not alone or context.options.get("dry_run") or context.format != "text" or context.options.get("recorded_only"):
        raise UsageError("interactive.alone")
    Session(Bench(context, context.select(words)), Console(context)).run()
