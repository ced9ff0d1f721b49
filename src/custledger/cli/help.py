"""Help on a terminal: what a verb does, its parameters, and the list of verbs. Words come from the catalogue."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from custledger.cli import app
from custledger.cli.options import groups
from custledger.cli.words import say
from custledger.core.text import pad, width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custledger.cli.command import Command
    from custledger.cli.declared import Declared

SECTIONS = ("daily", "records", "exchange", "control", "help")
_LABEL_MAX = 26


def fill(text: str, columns: int) -> list[str]:
    """`text` in lines of at most `columns`; text with wide characters may break anywhere."""
    if text.isascii():
        return textwrap.wrap(text, columns) or [""]
    lines, line = [], ""
    for part in text.split(" "):
        pieces = [part] if part.isascii() else list(part)
        for number, piece in enumerate(pieces):
            blank = " " if line and number == 0 else ""
            if line and width(line + blank + piece) > columns and piece not in "，。、；：）」":
                lines.append(line)
                line, blank = "", ""
            line += blank + piece
    return [*lines, line]


def columns_of(rows: Iterable[tuple[str, str]], total: int) -> list[str]:
    """Two aligned columns; a label too long for its column stands on a line of its own."""
    rows = list(rows)
    label = min(_LABEL_MAX, max((width(left) for left, _ in rows), default=0))
    lines = []
    for left, right in rows:
        text = fill(right, max(30, total - label - 4))
        if width(left) > label:
            lines.append(f"  {left}")
        else:
            lines.append(f"  {pad(left, label)}  {text[0]}".rstrip())
            text = text[1:]
        lines += [f"  {' ' * label}  {line}" for line in text]
    return lines


def of_command(command: Command, columns: int) -> str:
    """Usage, purpose, arguments and options of one command."""
    tool = app.executable(command, lambda *_: None)
    common = {name for group in groups().values() for name, _, _ in group}
    arguments: list[tuple[str, str]] = []
    own: list[tuple[str, str]] = []
    shared: list[tuple[str, str]] = []
    usage = [f"custledger {command.name}"]
    for parameter in tool.params:
        if parameter.param_type_name == "argument":
            name = (parameter.metavar or parameter.name).upper()
            usage.append(name if parameter.required else f"[{name}]")
            arguments.append((name, parameter.help or ""))
        elif parameter.name != "help":
            spelling = ", ".join([*parameter.opts, *parameter.secondary_opts])
            value = "" if parameter.is_flag else f" {parameter.metavar or parameter.name.upper()}"
            (shared if parameter.name in common else own).append((spelling + value, parameter.help or ""))
    lines = [f"{say('cli.help.usage')}: {' '.join(usage)} [{say('cli.help.options')}]", ""]
    lines += fill(say(command.key), columns)
    for title, rows in (("arguments", arguments), ("own", own), ("common", shared)):
        if rows:
            lines += ["", say(f"cli.help.{title}") + ":", *columns_of(rows, columns)]
    key = f"{command.key}.example"
    if say(key) != key:
        lines += ["", say("cli.help.examples") + ":", *(f"  {line}" for line in say(key).splitlines())]
    return "\n".join(lines) + "\n"


def _spelling(option: Declared) -> str:
    spelt = ", ".join(option.spellings)
    return f"{spelt} {option.metavar}" if option.metavar else spelt


def of_group(names: list[str], columns: int) -> str:
    """The verbs of one group (`customer …`)."""
    commands = [app.load(name) for name in names]
    return "\n".join(columns_of([(c.name, say(c.key)) for c in commands], columns)) + "\n"


def of_all(columns: int) -> str:
    """The list of verbs, by section."""
    commands = list(app.every().values())
    lines = [f"{say('cli.help.usage')}: custledger [{say('cli.help.verb')}] [{say('cli.help.options')}]", ""]
    lines += fill(say("cli.help.what"), columns)
    for section in SECTIONS:
        rows = [(c.name, say(c.key)) for c in commands if c.section == section]
        if rows:
            lines += ["", say(f"cli.help.section.{section}") + ":", *columns_of(rows, columns)]
    always = groups()
    shared = [
        (_spelling(annotation.__metadata__[0]), say(annotation.__metadata__[0].help))
        for _, annotation, _ in [*always["book"][:2], *always["as_of"][:1], *always["format"], *always["always"]]
    ]
    lines += ["", say("cli.help.common") + ":", *columns_of(shared, columns)]
    lines += ["", *fill(say("cli.help.more"), columns)]
    return "\n".join(lines) + "\n"
