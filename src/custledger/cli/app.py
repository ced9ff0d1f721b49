"""Commands by name: found by their files, imported only when called, turned into typer commands."""

from __future__ import annotations

import importlib
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_origin, get_type_hints

import custledger.cli.commands as commands_folder
from custledger.cli.declared import Declared
from custledger.cli.options import groups
from custledger.cli.words import say
from custledger.core.registry import discover

if TYPE_CHECKING:
    from collections.abc import Callable

    from custledger.cli.command import Command

PACKAGE = commands_folder.__name__


@lru_cache(maxsize=1)
def modules() -> tuple[str, ...]:
    """The names of the commands' files, without importing any."""
    import pkgutil

    return tuple(sorted(m.name for m in pkgutil.iter_modules(commands_folder.__path__) if not m.name.startswith("_")))


def module_of(words: list[str]) -> tuple[str | None, int]:
    """The file of the command that `words` begin with, and how many words name it; (None, 0) for no such verb."""
    names = [word.replace("-", "_") for word in words[:2] if not word.startswith("-")]
    if len(names) == 2 and _is_module("_".join(names)):  # noqa: PLR2004
        return "_".join(names), 2
    if names and _is_module(names[0]):
        return names[0], 1
    return None, 0


def _is_module(name: str) -> bool:
    """Whether a command's file is called so; listing all of them takes longer."""
    if not name.isidentifier() or name.startswith("_"):
        return False
    return find_spec(f"{PACKAGE}.{name}") is not None


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


class Parameter(NamedTuple):
    """An argument or option of a command."""

    name: str
    annotation: Any
    default: Any
    required: bool

    @property
    def type(self) -> Any:  # noqa: ANN401 - `str | None`
        """What its value is."""
        return self.annotation.__origin__ if get_origin(self.annotation) is Annotated else self.annotation

    @property
    def declared(self) -> Declared | None:
        """How it is declared; None for what somebody else's command declares by typer."""
        said = self.annotation.__metadata__[0] if get_origin(self.annotation) is Annotated else None
        return said if isinstance(said, Declared) else None

    @property
    def spellings(self) -> tuple[str, ...]:
        """Those of an option of ours; () for an argument."""
        return () if self.declared is None else self.declared.spellings


def own(command: Command) -> list[Parameter]:
    """The command's own parameters."""
    run: Any = command.run
    hints = get_type_hints(run, include_extras=True)
    code = run.__code__
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    placed = names[: code.co_argcount]
    defaults = {
        **dict(zip(reversed(placed), reversed(run.__defaults__ or ()), strict=False)),
        **(run.__kwdefaults__ or {}),
    }
    return [
        Parameter(each, hints[each], defaults.get(each), each not in defaults) for each in names if each != "context"
    ]


def common(command: Command) -> list[Parameter]:
    """The common options that it takes."""
    known = groups()
    return [
        Parameter(name, annotation, default, required=False)
        for wanted in (*command.options, "always")
        for name, annotation, default in known[wanted]
    ]


def executable(command: Command, call: Callable[[Command, dict[str, Any]], None]) -> Any:  # noqa: ANN401
    """The command as typer runs it; `call` gets the command and its arguments, common ones included."""
    import inspect

    import typer
    from typer.main import get_command

    def annotation(parameter: Parameter) -> Any:  # noqa: ANN401 - what typer reads
        said = parameter.declared
        if said is None:
            return parameter.annotation
        if said.spellings:
            return Annotated[parameter.type, typer.Option(*said.spellings, help=say(said.help), metavar=said.metavar)]
        shown = typer.Argument(help=say(said.help), metavar=said.metavar, show_default=said.show_default)
        return Annotated[parameter.type, shown]

    def wrapper(**arguments: object) -> None:
        call(command, dict(arguments))

    signature = [
        inspect.Parameter(
            each.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if each.required else each.default,
            annotation=annotation(each),
        )
        for each in [*own(command), *common(command)]
    ]
    wrapper.__signature__ = inspect.Signature(signature)  # type: ignore[attr-defined]
    wrapper.__annotations__ = {each.name: each.annotation for each in signature}
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(name=command.name, help=command.key)(wrapper)
    return get_command(app)
