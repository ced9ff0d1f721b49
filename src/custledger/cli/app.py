"""Commands by name: found by their files, imported only when called, turned into typer commands."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache
from typing import TYPE_CHECKING, Any, get_type_hints

import custledger.cli.commands as commands_folder
from custledger.cli.options import groups
from custledger.core.registry import discover

if TYPE_CHECKING:
    import inspect
    from collections.abc import Callable

    from custledger.cli.command import Command

PACKAGE = commands_folder.__name__


@lru_cache(maxsize=1)
def modules() -> tuple[str, ...]:
    """The names of the commands' files, without importing any."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(commands_folder.__path__) if not m.name.startswith("_")))


def module_of(words: list[str]) -> tuple[str | None, int]:
    """The file of the command that `words` begin with, and how many words name it; (None, 0) for no such verb."""
    names = [word.replace("-", "_") for word in words[:2] if not word.startswith("-")]
    if len(names) == 2 and "_".join(names) in modules():  # noqa: PLR2004
        return "_".join(names), 2
    if names and names[0] in modules():
        return names[0], 1
    return None, 0


def group(word: str) -> list[str]:
    """The files of the commands of a group (`customer`): [] where `word` is none."""
    return [name for name in modules() if name.startswith(word.replace("-", "_") + "_")]


def load(module: str) -> Command:
    """The command of one file."""
    found: Command = importlib.import_module(f"{PACKAGE}.{module}").COMMAND
    return found


def every() -> dict[str, Command]:
    """All commands, by name; third parties' too."""
    return discover(PACKAGE, "COMMAND", group="custledger.commands")


def parameters(command: Command) -> list[inspect.Parameter]:
    """The command's own parameters, then the common options that it takes."""
    import inspect

    hints = get_type_hints(command.run, include_extras=True)
    own = [
        parameter.replace(annotation=hints[name])
        for name, parameter in inspect.signature(command.run).parameters.items()
        if name != "context"
    ]
    known = groups()
    common = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for wanted in (*command.options, "always")
        for name, annotation, default in known[wanted]
    ]
    keyword = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own]
    return [*keyword, *common]


def executable(command: Command, call: Callable[[Command, dict[str, Any]], None]) -> Any:  # noqa: ANN401
    """The command as typer runs it; `call` gets the command and its arguments, common ones included."""
    import inspect

    import typer
    from typer.main import get_command

    def wrapper(**arguments: object) -> None:
        call(command, dict(arguments))

    wanted = parameters(command)
    wrapper.__signature__ = inspect.Signature(wanted)  # type: ignore[attr-defined]
    wrapper.__annotations__ = {p.name: p.annotation for p in wanted}
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(name=command.name, help=command.key)(wrapper)
    return get_command(app)
