"""Arguments and options as commands declare them: typer's own would bring typer, half of a small report's time."""

from __future__ import annotations

from typing import Any, NamedTuple


class Declared(NamedTuple):
    """An argument (without spellings) or an option of a command."""

    spellings: tuple[str, ...]
    help: str
    """A key of the catalogue: the words are looked up when somebody asks for help."""
    metavar: str | None
    show_default: bool


class Exit(Exception):  # noqa: N818 - a command ends as it means to
    """End with an exit status, everything being printed."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def option(*spellings: str, help: str, metavar: str | None = None) -> Any:  # noqa: A002, ANN401 - as typer has it
    """An option, for `Annotated[…]`."""
    return Declared(spellings, help, metavar, show_default=True)


def argument(*, help: str, metavar: str | None = None, show_default: bool = True) -> Any:  # noqa: A002, ANN401
    """An argument, for `Annotated[…]`."""
    return Declared((), help, metavar, show_default)
