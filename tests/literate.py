"""Literate cases: Markdown files whose fenced blocks are files to write, commands to run and what they print.

    ```journal file=sales.journal      writes sales.journal (any language, with `file=`)
    ```console                         runs each `$ command`; below it the expected stdout and stderr, as they come,
    $ custledger -f sales.journal balance                       and `[N]` alone on a line where the status N is not 0;
    $ cd shop                                                   `cd` holds to the end of the case
    ```console tty                     the same, as on a terminal

Every `## heading` is a case with an empty folder of its own. In a file of cases the blocks above the first heading
belong to each of them; in documentation they are a case of their own. `<!-- case: … -->` says more of a case:
`folder=ledgers` copies that folder of the repository in, `in=examples/club` copies it and runs inside it, `continues`
goes on in the folder of the section above, `needs=hledger` skips where that program is missing, `slow` marks it slow.
Expected output may hold a line `…`, which stands for any lines.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REPOSITORY = Path(__file__).resolve().parent.parent
HOME_SHOWN = "/home/me"
"""What stands in expected output for the folder a case runs in."""
TODAY = "2026-06-30"
TIMEOUT = 60

_FENCE = re.compile(r"^(?P<indent> *)(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")
_COMMENT = re.compile(r"^\s*<!--\s*case:\s*(?P<words>.*?)\s*-->\s*$")
_STATUS = re.compile(r"^\[(\d+)\]$")
_ASSIGNMENT = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*=")
ELLIPSIS = "…"


@dataclass
class Command:
    """A `$` line, what should come of it, and the lines of the Markdown file (from 0, end exclusive) that say so."""

    text: str
    expected: list[str]
    status: int
    first: int
    last: int
    line: int
    tty: bool = False


@dataclass
class Block:
    """A fenced block: a file to write (`file`) or commands to run."""

    line: int
    indent: str
    file: str = ""
    content: str = ""
    commands: list[Command] = field(default_factory=list)


@dataclass
class Case:
    """One section: its blocks in order, its options, the line of its heading."""

    title: str
    line: int
    blocks: list[Block] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)

    @property
    def commands(self) -> list[Command]:
        """All commands, in order."""
        return [command for block in self.blocks for command in block.commands]


@dataclass
class Outcome:
    """What a command printed and its exit status; `missing` names a program that is not installed."""

    command: Command
    printed: list[str]
    status: int
    missing: str = ""

    @property
    def matches(self) -> bool:
        """Whether it is what the case says."""
        return self.status == self.command.status and alike(self.command.expected, self.printed)


def alike(expected: list[str], printed: list[str]) -> bool:
    """Whether `printed` is `expected`, in which a line `…` stands for any lines; blanks at ends of lines aside."""
    if not any(line.strip() == ELLIPSIS for line in expected):
        return [line.rstrip() for line in expected] == [line.rstrip() for line in printed]
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == ELLIPSIS else re.escape(line.rstrip()) + r"\n" for line in expected
    )
    return re.fullmatch(pattern, "".join(line.rstrip() + "\n" for line in printed)) is not None


# --- reading ---------------------------------------------------------------------------------------------------------


def _options(words: str) -> dict[str, str]:
    return {name: value for name, _, value in (word.partition("=") for word in shlex.split(words))}


def _commands(lines: list[str], first: int, last: int, indent: str, *, tty: bool) -> list[Command]:
    """The commands in lines `first` to `last` (exclusive) of a console block."""
    found: list[Command] = []
    number = first
    while number < last:
        line = lines[number].removeprefix(indent)
        if not line.startswith("$ "):
            if not found:
                raise ValueError(f"line {number + 1}: output before the first `$ command`")
            number += 1
            found[-1].last = number
            continue
        text, start = line[2:], number
        number += 1
        while number < last and (text.endswith("\\") or ("<<" in text and lines[number].startswith(f"{indent}> "))):
            more = lines[number].removeprefix(indent).removeprefix("> ")
            text = f"{text[:-1]}{more.strip()}" if text.endswith("\\") else f"{text}\n{more}"
            number += 1
        found.append(Command(text, [], 0, number, number, start + 1, tty))
    for command in found:
        output = [line.removeprefix(indent) for line in lines[command.first : command.last]]
        if output and (status := _STATUS.match(output[-1])):
            command.status = int(status[1])
            output.pop()
        command.expected = output
    return found


def parse(text: str, *, title: str, shared: bool) -> list[Case]:
    """The cases of a Markdown file. `shared`: what stands above the first `##` belongs to every case."""
    lines = text.split("\n")
    cases = [Case(title, 1)]
    number = 0
    while number < len(lines):
        line = lines[number]
        if line.startswith("## "):
            cases.append(Case(line[3:].strip(), number + 1))
        elif comment := _COMMENT.match(line):
            cases[-1].options.update(_options(comment["words"]))
        elif fence := _FENCE.match(line):
            end = number + 1
            closing = re.compile(rf"^ *{re.escape(fence['marks'][0])}{{{len(fence['marks'])},}} *$")
            while end < len(lines) and not closing.match(lines[end]):
                end += 1
            _add_block(cases[-1], lines, number, end, fence)
            number = end
        number += 1
    if shared and len(cases) > 1:
        head, *rest = cases
        cases = [Case(c.title, c.line, head.blocks + c.blocks, head.options | c.options) for c in rest]
    merged: list[Case] = []
    for case in cases:
        if "continues" in case.options and merged:
            merged[-1].blocks += case.blocks
        elif case.commands:
            merged.append(case)
        elif case.blocks and not shared:
            merged.append(case)  # files alone: the next section may continue
    return [case for case in merged if case.commands]


def _add_block(case: Case, lines: list[str], start: int, end: int, fence: re.Match[str]) -> None:
    language, _, rest = fence["info"].strip().partition(" ")
    options = _options(rest) if language == "console" or "file=" in rest else {}
    indent = fence["indent"]
    if "file" in options:
        content = "".join(line.removeprefix(indent) + "\n" for line in lines[start + 1 : end])
        case.blocks.append(Block(start + 1, indent, options["file"], content))
    elif language == "console":
        commands = _commands(lines, start + 1, end, indent, tty="tty" in options)
        case.blocks.append(Block(start + 1, indent, commands=commands))


# --- running ---------------------------------------------------------------------------------------------------------


def environment(home: Path) -> dict[str, str]:
    """The environment of every case: nothing of the machine but its PATH."""
    scripts = str(Path(sys.executable).parent)
    return {
        "PATH": os.pathsep.join([scripts, os.environ.get("PATH", os.defpath)]),
        "HOME": str(home),
        "COLUMNS": "80",
        "LINES": "50",
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        "TZ": "UTC",
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "CUSTLEDGER_TODAY": TODAY,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(home.parent),
        "GIT_AUTHOR_NAME": "Li Wei",
        "GIT_AUTHOR_EMAIL": "li.wei@example.com",
        "GIT_AUTHOR_DATE": f"{TODAY}T09:00:00Z",
        "GIT_COMMITTER_NAME": "Li Wei",
        "GIT_COMMITTER_EMAIL": "li.wei@example.com",
        "GIT_COMMITTER_DATE": f"{TODAY}T09:00:00Z",
    }


def words_of(text: str) -> tuple[dict[str, str], list[str]] | None:
    """(environment, arguments) of a command that needs no shell; None where it has an operator or expansion."""
    quote, escaped = "", False
    for char in text:
        if escaped:
            escaped = False
        elif char == "\\" and quote != "'":
            escaped = True
        elif quote:
            if char == quote:
                quote = ""
            elif quote == '"' and char in "$`":
                return None
        elif char in "'\"":
            quote = char
        elif char in "|&;<>()$`*?[{~#\n":
            return None
    words = shlex.split(text)
    assigned: dict[str, str] = {}
    while words and _ASSIGNMENT.match(words[0]):
        name, _, value = words.pop(0).partition("=")
        assigned[name] = value
    return assigned, words


class _Stream(io.TextIOWrapper):
    """A stream into a buffer that may call itself a terminal."""

    tty = False

    def isatty(self) -> bool:
        return self.tty


@contextmanager
def _process(folder: Path, env: dict[str, str], *, tty: bool) -> Iterator[io.BytesIO]:
    """This process as a fresh one: working folder, environment, arguments and standard streams."""
    buffer = io.BytesIO()
    saved = (sys.stdin, sys.stdout, sys.stderr, sys.argv, Path.cwd(), dict(os.environ))
    out, err = (_Stream(buffer, encoding="utf-8", newline="", write_through=True) for _ in range(2))
    out.tty = tty
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    sys.stdin = _Stream(io.BytesIO(), encoding="utf-8")
    sys.stdout, sys.stderr = out, err
    try:
        yield buffer
    finally:
        for stream in (out, err):
            if not stream.closed:
                stream.flush()
                stream.detach()
        sys.stdin, sys.stdout, sys.stderr, sys.argv, cwd, environ = saved
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update(environ)


def call_main(
    arguments: list[str], folder: Path, env: dict[str, str], *, tty: bool = False, main: Callable | None = None
) -> tuple[str, int]:
    """Run custledger in this process; (what it printed to stdout and stderr together, exit status)."""
    if main is None:
        from custledger.cli.main import main
    with _process(folder, env, tty=tty) as buffer:
        sys.argv = ["custledger", *arguments]
        try:
            status = main(arguments)
        except SystemExit as stop:
            status = stop.code
        for stream in (sys.stdout, sys.stderr):
            if not stream.closed:
                stream.flush()
        printed = buffer.getvalue().decode("utf-8", "backslashreplace")
    return printed, status if isinstance(status, int) else 0 if status is None else 1


def _shell(text: str, folder: Path, env: dict[str, str]) -> tuple[str, int]:
    done = subprocess.run(
        ["sh", "-c", text],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=TIMEOUT,
        check=False,
    )
    return done.stdout.decode("utf-8", "backslashreplace"), done.returncode


def run_command(
    command: Command, folder: Path, env: dict[str, str], *, shown: Path, main: Callable | None = None
) -> Outcome:
    """Run one command and return what came of it, the path of `shown` written as HOME_SHOWN."""
    plain = words_of(command.text)
    if plain is not None and plain[1][:1] == ["custledger"]:
        printed, status = call_main(plain[1][1:], folder, env | plain[0], tty=command.tty, main=main)
    else:
        program = plain[1][0] if plain and plain[1] else command.text.split()[0]
        if program in {"hledger", "ledger"} and shutil.which(program, path=env["PATH"]) is None:
            return Outcome(command, command.expected, command.status, program)
        printed, status = _shell(command.text, folder, env)
    lines = printed.replace(str(shown), HOME_SHOWN).split("\n")
    if lines[-1] == "":
        lines.pop()
    return Outcome(command, lines, status)


def run_case(case: Case, folder: Path, *, main: Callable | None = None) -> list[Outcome]:
    """Run a case in `folder` (made, and empty before)."""
    home = folder / "home"
    work = folder / "work"
    home.mkdir(parents=True)
    work.mkdir()
    copied = case.options.get("folder") or case.options.get("in")
    if copied:
        shutil.copytree(REPOSITORY / copied, work / copied, ignore=shutil.ignore_patterns(".custledger"))
    if "in" in case.options:
        work = work / case.options["in"]
    env = environment(home)
    outcomes: list[Outcome] = []
    here = work
    for block in case.blocks:
        if block.file:
            path = work / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(block.content.encode())
        for command in block.commands:
            if (words := words_of(command.text)) and words[1][:1] == ["cd"]:
                here = here.joinpath(*words[1][1:]) if len(words[1]) > 1 else work
                outcomes.append(Outcome(command, [], 0 if here.is_dir() else 1))
            else:
                outcomes.append(run_command(command, here, env, shown=work, main=main))
    return outcomes


# --- telling and rewriting -------------------------------------------------------------------------------------------


def difference(path: str, outcome: Outcome) -> str:
    """Expected and printed, for a failing test."""

    def shown(lines: list[str], status: int) -> list[str]:
        return [line.rstrip() for line in lines] + ([f"[{status}]"] if status else [])

    command = outcome.command
    before, after = shown(command.expected, command.status), shown(outcome.printed, outcome.status)
    diff = "\n".join(unified_diff(before, after, "expected", "printed", lineterm="", n=6))
    return f"{path}:{command.line}: $ {command.text}\n{diff}"


def rewritten(text: str, outcomes: list[Outcome], indents: dict[int, str]) -> str:
    """`text` with what was printed in place of what did not match; `indents` by a command's line."""
    lines = text.split("\n")
    for outcome in sorted(outcomes, key=lambda o: -o.command.line):
        if outcome.matches or outcome.missing:
            continue
        command = outcome.command
        new = [line.rstrip() for line in outcome.printed] + ([f"[{outcome.status}]"] if outcome.status else [])
        lines[command.first : command.last] = [f"{indents[command.line]}{line}".rstrip() for line in new]
    return "\n".join(lines)
