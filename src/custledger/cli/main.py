"""The door: words in, exit status out. Every error that a user can cause ends here as a few plain lines."""

from __future__ import annotations

import gc
import sys

from custledger import __version__

# `typing` takes longer to import than `--version` to answer; type checkers know the name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from custledger.cli.command import Command
    from custledger.cli.shell import Shell

_VERSION = ({"--version"}, {"-V"})
_HELP = ("--help", "-h")


def main(argv: list[str] | None = None, shell: Shell | None = None) -> int:
    """Run one command line and give its exit status (cli.md: 0, 1, 2, 3, 4, 5, 70, 130)."""
    words = list(sys.argv[1:] if argv is None else argv)
    if len(words) == 1 and {words[0]} in _VERSION:
        (sys.stdout if shell is None else shell.stdout).write(f"custledger {__version__}\n")
        return 0
    from custledger.cli.shell import Shell, silence

    try:
        return _guarded(words, shell or Shell.of_process())
    except BrokenPipeError:
        silence()
        return 0
    except KeyboardInterrupt:
        return 130


def _guarded(words: list[str], shell: Shell) -> int:
    import os

    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for them takes 20 ms, at every report

    from custledger.cli.options import hoist
    from custledger.cli.words import use
    from custledger.core.trouble import CustledgerError

    say = use(shell.language(_value(words, "--lang")))
    try:
        before, rest = hoist(words)
        return _dispatch(before, rest, shell)
    except CustledgerError as error:
        from custledger.cli import failure

        return failure.known(error, words, shell, say)
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception as error:  # noqa: BLE001 - the last line: no traceback without a word of what to do
        from custledger.cli import failure

        return failure.unknown(error, words, shell, say)


def _value(words: list[str], option: str) -> str | None:
    """The value of an option wherever it stands: the language is needed before anything is parsed."""
    for position, word in enumerate(words):
        if word.startswith(option + "="):
            return word.partition("=")[2]
        if word == option and position + 1 < len(words):
            return words[position + 1]
    return None


def _dispatch(before: list[str], rest: list[str], shell: Shell) -> int:
    from custledger.cli import app
    from custledger.core.trouble import UsageError

    wants_help = any(word in _HELP for word in (rest[: rest.index("--")] if "--" in rest else rest))
    if rest and rest[0] in _HELP:
        from custledger.cli import help  # noqa: A004

        shell.stdout.write(help.of_all(shell.width))
        return 0
    if not rest:
        return _run(app.load("overview"), before, shell)
    if not before and rest[:3] == ["completion", "candidates", "--"]:
        from custledger.cli.candidates import offer

        return offer(rest[3:], shell)
    module, named = app.module_of(rest)
    if module is None:
        verbs = app.group(rest[0])
        if verbs and (wants_help or len(rest) == 1):
            from custledger.cli import help  # noqa: A004

            shell.stdout.write(help.of_group(verbs, shell.width))
            return 0 if wants_help else 2
        third = app.every()
        name = " ".join(rest[:2]) if " ".join(rest[:2]) in third else rest[0]
        if name not in third:
            raise _no_such_verb(rest, UsageError)
        command, named = third[name], len(name.split())
    else:
        command = app.load(module)
    if wants_help:
        from custledger.cli import help  # noqa: A004

        shell.stdout.write(help.of_command(command, shell.width))
        return 0
    return _run(command, before + rest[named:], shell)


def _no_such_verb(rest: list[str], kind: type[Any]) -> Exception:
    from custledger.cli import app
    from custledger.core.nearest import nearest

    if rest[0].startswith("-"):
        error: Exception = kind("cli.no_such_option", option=rest[0])
        return error
    word = " ".join(rest[:2]) if app.group(rest[0]) else rest[0]
    near = nearest(word, app.every())
    from custledger.core.text import listed

    mended: Exception = kind("cli.no_such_verb_near" if near else "cli.no_such_verb", verb=word, near=listed(near))
    return mended


def _run(command: Command, words: list[str], shell: Shell) -> int:
    from custledger.cli import app
    from custledger.cli.context import Context
    from custledger.cli.declared import Exit
    from custledger.cli.quick_words import values
    from custledger.core.trouble import UsageError

    own, common = app.own(command), app.common(command)

    def call(command: Command, arguments: dict[str, Any]) -> None:
        several = _books(arguments, shell)
        if several:
            from custledger.cli.group import run

            raise Exit(run(command, arguments, several, shell, alone, [*command.name.split(), *words]))
        alone(command, arguments, shell)

    def alone(command: Command, arguments: dict[str, Any], shell: Shell) -> None:
        mine = {each.name: arguments[each.name] for each in own}
        context = Context(shell, {name: value for name, value in arguments.items() if name not in mine})
        command.run(context, **mine)

    arguments = values([*own, *common], words)
    try:
        if arguments is None:
            return _by_typer(command, words, call)
        call(command, arguments)
    except Exit as end:
        return end.status
    except EOFError as error:
        raise UsageError("cli.aborted") from error
    return 0


def _books(arguments: dict[str, Any], shell: Shell) -> list[str]:
    """The books, where several are named, by `--book` or the environment; else [], and `book` is the one or None."""
    if "book" not in arguments:
        return []
    named = arguments["book"] or []
    # What reads the files that are named has no book.
    if not (arguments.get("file") or arguments.get("files")):
        import os

        from_env = "" if any(named) else shell.env.get("CUSTLEDGER_BOOK", "")
        if len(named) > 1 or os.pathsep in from_env:
            from custledger.store.layout import distinct, listed

            named = distinct(filter(None, named) if any(named) else listed(from_env, shell.folder), shell.folder)
            if len(named) > 1:
                return named
    arguments["book"] = named[-1] if named else None
    return []


def _by_typer(command: Command, words: list[str], call: Callable[[Command, dict[str, Any]], None]) -> int:
    """Run the command with words that typer has to look at; what is wrong with them is an error in our words."""
    from custledger.cli import app
    from custledger.cli.failure import usage

    tool = app.executable(command, call)
    try:
        status = tool.main(args=words, prog_name=f"custledger {command.name}", standalone_mode=False)
    except Exception as error:
        mended = usage(error, command)
        if mended is None:
            raise
        raise mended from error
    return status if isinstance(status, int) else 0


def run() -> None:
    """The console script. A process of its own lives shortly and makes hardly a cycle: the collector only costs."""
    gc.disable()
    sys.exit(main())
