"""Writes docs/COMMANDS.md from the commands themselves; with --check says whether it is current (exit 1 if not)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from custledger.cli import app
from custledger.cli.command import Command
from custledger.cli.help import SECTIONS
from custledger.cli.options import groups
from custledger.cli.words import say, use

PAGE = Path(__file__).resolve().parent.parent / "docs" / "COMMANDS.md"
HEAD = """# Commands

<!-- Written by tools/write_commands.py from the commands themselves: `make cases-update` writes it again. -->

`custledger` alone says how the book stands and what to do next. Common options stand before or after the command. Results go
to standard output, everything else to standard error; with `--format json` there is nothing but JSON on standard output.

## Which book

`-f FILE` (a bare journal; repeatable; `-` reads standard input), `--book DIR`, `$CUSTLEDGER_BOOK`, the nearest
`custledger.yaml` upwards from here, `./ledgers`: the first of these that is given or found.

Several books are a group: `--book` more than once, or `$CUSTLEDGER_BOOK` with a `:` between them as in PATH (`;` on
Windows; a folder that is called so is one book). The command is run on each as if it were typed for each, at the same
time where there is enough to read, and the answers stand in the order in which the books are named, each below a
heading; a book named twice counts once.

- JSON is one document: `books` holds each book's own, or one with `"report": "error"` where it has none. CSV is one table
  with a first column `book`; Markdown and HTML are one page. `-o FILE` gets all of it.
- `statement -o FOLDER` makes a folder for each book in it, called like the book's.
- A book that fails does not stop the others; messages say which book they are about, and the exit status is the largest.
- What writes to one book, asks, or prints a journal takes one book: of the commands that write, `reconcile --write`,
  `fmt` and `index` take several.

## Dates and periods

`2026-01-31`, `today`, `yesterday`, `30 days ago`; of a period the last day: `2026-01`, `2026Q1`, `2026`, `last month`,
`this quarter`. Periods also as `2026-01..2026-03`.

## Selecting customers

By id, exact name or alias, glob (`'east-*'`), `segment:vip`, `owner:li.wei`, `tag:…`; several mean any of them.

## Exit status

| status | means |
| --- | --- |
| 0 | done |
| 1 | it found what it looks for: `check` an error |
| 2 | wrong usage: an unknown option, customer, number or file |
| 3 | the book has errors, so nothing was reported or written |
| 4 | a file, a lock or the disk failed |
| 5 | partly done: a batch with customers withheld, which are listed |
| 70 | our bug, with what to send us |
| 130 | stopped by Ctrl-C |
"""


def cell(text: str) -> str:
    """Text that may stand in a table."""
    return " ".join(text.split()).replace("|", "\\|")


def table(rows: list[tuple[str, str]], head: tuple[str, str]) -> list[str]:
    """A Markdown table of two columns."""
    return [f"| {head[0]} | {head[1]} |", "| --- | --- |", *(f"| `{cell(a)}` | {cell(b)} |" for a, b in rows), ""]


def spelt(parameter: Any) -> str:  # noqa: ANN401 - typer's own type
    """`-o, --output FILE`."""
    spelling = ", ".join([*parameter.opts, *parameter.secondary_opts])
    return spelling if parameter.is_flag else f"{spelling} {parameter.metavar or parameter.name.upper()}"


def command_page(command: Command) -> list[str]:
    """The section of one command."""
    known = groups()
    common = {name for group in (*command.options, "always") for name, _, _ in known[group]}
    arguments, own = [], []
    usage = [f"custledger {command.name}"]
    for parameter in app.executable(command, lambda *_: None).params:
        if parameter.param_type_name == "argument":
            name = (parameter.metavar or parameter.name).upper().strip("[].")
            many = "..." if parameter.nargs == -1 else ""
            usage.append(f"{name}{many}" if parameter.required else f"[{name}{many}]")
            arguments.append((name, parameter.help or ""))
        elif parameter.name != "help" and parameter.name not in common:
            own.append((spelt(parameter), parameter.help or ""))
    lines = [f"### {command.name}", "", f"`{' '.join(usage)}`: {say(command.key)}", ""]
    if arguments:
        lines += table(arguments, ("argument", "what"))
    if own:
        lines += table(own, ("option", "what"))
    shared = [f"[{group}](#{group.replace('_', '-')}-options)" for group in command.options]
    if shared:
        lines += [f"Common options: {', '.join(shared)}.", ""]
    example = say(f"{command.key}.example")
    if example != f"{command.key}.example":
        lines += ["```sh", *example.splitlines(), "```", ""]
    return lines


def nothing(context: object) -> None:
    """A command without parameters of its own."""


def page() -> str:
    """The whole page."""
    use("en")
    lines = [HEAD]
    commands = list(app.every().values())
    for section in SECTIONS:
        here = [command for command in commands if command.section == section]
        if here:
            lines += [f"## {say(f'cli.help.section.{section}')}", ""]
            for command in here:
                lines += command_page(command)
    lines += ["## Common options", ""]
    for group in groups():
        tool = app.executable(Command("x", nothing, options=(group,) if group != "always" else ()), lambda *_: None)
        known = {name for name, _, _ in groups()[group]}
        rows = [(spelt(parameter), parameter.help or "") for parameter in tool.params if parameter.name in known]
        lines += [f"### {group.replace('_', '-')} options", "", *table(rows, ("option", "what"))]
    return "\n".join(lines).rstrip("\n") + "\n"


def main(arguments: list[str]) -> int:
    """Write the page, or compare it."""
    text = page()
    if "--check" not in arguments:
        PAGE.write_text(text, "utf-8", newline="\n")
        return 0
    if PAGE.exists() and PAGE.read_text("utf-8") == text:
        return 0
    sys.stderr.write("docs/COMMANDS.md is not what the commands say: make cases-update\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
