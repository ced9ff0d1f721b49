"""How a command ends when it cannot do its work: what is said, where, and the exit status."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from custledger import __version__
from custledger.core.text import listed, visible
from custledger.core.trouble import BookError, CustledgerError, UsageError

if TYPE_CHECKING:
    from custledger.cli.command import Command
    from custledger.cli.shell import Shell
    from custledger.i18n.catalogue import Catalogue

_TRACE_MAX = 12


IN_JSON = (3, 4, 70)
"""Exit statuses whose errors are told in JSON, where that was asked for, and not on standard error."""


def wants_json(words: list[str]) -> bool:
    """Whether a command line asks for JSON by name."""
    joined = " ".join(words)
    return "--format json" in joined or "--format=json" in joined


def page(error: CustledgerError, say: Catalogue, book: str | None = None) -> str:
    """An error as a JSON document; `book` is the one of several that it is about."""
    from custledger.render.diagnostics_json import as_rows

    rows = as_rows(error.diagnostics if isinstance(error, BookError) else (), say)
    if not rows:
        text = visible(say.text(error.key, **error.args_named))
        rows = [{"slug": error.key.partition(".")[2].replace("_", "-"), "severity": "error", "message": text}]
    about = {} if book is None else {"book": book}
    told = {"custledger": 1, "report": "error", **about, "exit": error.status, "diagnostics": rows}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def known(error: CustledgerError, words: list[str], shell: Shell, say: Catalogue, *, in_json: bool = True) -> int:
    """An error of the tree: one line or the diagnostics, on stderr; JSON on stdout where JSON was asked for.

    Without `in_json` always on stderr.
    """
    diagnostics = error.diagnostics if isinstance(error, BookError) else ()
    if in_json and wants_json(words) and error.status in IN_JSON:
        shell.stdout.write(page(error, say))
        return error.status
    if diagnostics:
        from custledger.render.diagnostics_text import draw_diagnostics

        shell.stderr.write(
            draw_diagnostics(
                diagnostics,
                say,
                read=error.read if isinstance(error, BookError) else None,
                colour=shell.colour(_color(words), shell.stderr),
                width=shell.width,
            )
        )
    shell.stderr.write(f"custledger: {worded(error, say, _report(words, say) if error.status == 70 else '')}")  # noqa: PLR2004
    return error.status


def worded(error: CustledgerError, say: Catalogue, more: str = "") -> str:
    """What an error says, with `more` below it and its hint, in lines."""
    lines = [visible(say.text(error.key, **error.args_named))]
    lines += [more] if more else []
    if say.has(error.key + ".hint"):
        lines.append(f"  {say.text('cli.help_word')}: {visible(say.text(error.key + '.hint', **error.args_named))}")
    return "".join(f"{line}\n" for line in lines)


def _color(words: list[str]) -> str:
    for position, word in enumerate(words):
        if word.startswith("--color="):
            return word.partition("=")[2]
        if word == "--color" and position + 1 < len(words):
            return words[position + 1]
    return "auto"


def _report(words: list[str], say: Catalogue) -> str:
    """What to send us: version, machine, command line."""
    import platform

    line = visible("custledger " + " ".join(words))
    return say.text(
        "cli.bug_report",
        version=__version__,
        python=platform.python_version(),
        system=platform.system(),
        command=line,
    )


def unknown(error: BaseException, words: list[str], shell: Shell, say: Catalogue) -> int:
    """Our bug: say so, where it happened, and what to send us. Exit 70."""
    import traceback

    frames = list(traceback.extract_tb(error.__traceback__))[-_TRACE_MAX:]
    places = "\n".join(
        f"    {frame.filename.rpartition('custledger/')[2]}:{frame.lineno} {frame.name}" for frame in frames
    )
    shell.stderr.write(
        "custledger: "
        + say.text("cli.internal_error", why=visible(f"{type(error).__name__}: {error}"))
        + "\n"
        + places
        + "\n"
        + _report(words, say)
        + "\n"
    )
    return 70


def usage(error: Exception, command: Command) -> CustledgerError | None:
    """A wrong argument that typer found, in our words; None where it is none of typer's errors."""
    name = type(error).__name__
    if name == "Abort":
        return UsageError("cli.aborted")
    if not hasattr(error, "format_message"):
        return None
    if name == "NoSuchOption":
        near = listed(getattr(error, "possibilities", None) or [])
        option = str(getattr(error, "option_name", ""))
        if option == "--at" and "write" in command.options:
            return UsageError("cli.writes_now", option=option)
        if option == "--book":
            return UsageError("cli.no_book", command=command.name)
        key = "cli.no_such_option_near" if near else "cli.no_such_option"
        return UsageError(key, option=option, near=near, command=command.name)
    parameter = getattr(error, "param", None)
    if name == "MissingParameter" and parameter is not None:
        spelt = parameter.opts[0] if parameter.param_type_name == "option" else (parameter.metavar or parameter.name)
        return UsageError("cli.missing_parameter", parameter=str(spelt).upper(), command=command.name)
    return UsageError("cli.bad_usage", why=str(getattr(error, "message", error)), command=command.name)
