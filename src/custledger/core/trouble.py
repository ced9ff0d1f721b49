"""What can go wrong, by whose hand.

What the user's text does wrong is a `Diagnostic` value, never an exception. What the world or the
command line does wrong is one of these, raised anywhere and caught once, in `cli/main.py`:

    CustledgerError
    ├── UsageError        exit 2   a wrong argument, an unknown customer or number on the command line
    ├── BookError         exit 3   the book has errors, so nothing was reported or written
    ├── WorldError        exit 4   a file, lock or network failed
    └── InternalError     exit 70  our bug: a law that must hold does not

Every message is a catalogue key and its arguments, so that it reads in the user's language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from custledger.core.diagnostic import Diagnostic


class CustledgerError(Exception):
    """The root: a catalogue key (`module.name`), its arguments, and the exit status it ends with."""

    status = 4

    def __init__(self, key: str, **args: object) -> None:
        super().__init__(key)
        self.key = key
        self.args_named = {name: str(value) for name, value in args.items()}

    def __str__(self) -> str:
        """The key with its arguments: for logs and tests; users see the catalogue's text."""
        return f"{self.key} {self.args_named}" if self.args_named else self.key


class UsageError(CustledgerError):
    """The command line asks for something that is not there or makes no sense."""

    status = 2


class BookError(CustledgerError):
    """The book has errors. Carries all of its diagnostics; `given` says which book is meant, behind `custledger`."""

    status = 3

    def __init__(
        self, diagnostics: Iterable[Diagnostic], read: Callable[[str], bytes] | None = None, given: str = ""
    ) -> None:
        super().__init__("cli.book_has_errors", given=given)
        self.diagnostics = tuple(diagnostics)
        self.read = read
        """Gives the text of a file that a diagnostic points into, for an excerpt."""


class WorldError(CustledgerError):
    """A file, lock, disk or network failed; or a file changed under us."""

    status = 4


class InternalError(CustledgerError):
    """A law of the engine does not hold: our bug. Nothing that looks like a result is printed."""

    status = 70

    def __init__(self, why: str) -> None:
        super().__init__("cli.internal_error", why=why)


def ensure(condition: object, why: str) -> None:
    """Stop the command when one of our own laws is broken. Survives `python -O`."""
    if not condition:
        raise InternalError(why)
