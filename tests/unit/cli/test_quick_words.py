"""Words of a command line are read as typer reads them, or left to it."""

from __future__ import annotations

from typing import Annotated

import pytest
import typer
from hypothesis import example, given, settings
from hypothesis import strategies as st

from custledger.cli import app
from custledger.cli.command import Command
from custledger.cli.declared import Declared
from custledger.cli.quick_words import values

COMMANDS = app.every()


def by_typer(command, words):
    """The values that typer gives; None where it refuses the words, or was asked for help."""
    told = []
    tool = app.executable(command, lambda _, arguments: told.append(arguments))
    try:
        tool.main(args=list(words), prog_name="x", standalone_mode=False)
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
    return told[0] if told else None


def compare(command, words):
    parameters = [*app.own(command), *app.common(command)]
    found = values(parameters, words)
    if found is not None:
        assert found == by_typer(command, words)
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_parameter_of_every_command(name, capsys):
    command = COMMANDS[name]
    parameters = [*app.own(command), *app.common(command)]
    words = ["a"] * sum(each.required for each in parameters)
    assert compare(command, words) is not None
    for each in parameters:
        assert isinstance(each.declared, Declared)
        for spelling in each.spellings:
            said = [] if each.type is bool else ["5"]
            assert compare(command, [*words, spelling, *said]) is not None
            assert compare(command, [spelling, *said, "--", *words]) is not None
            compare(command, [*words, spelling, *said, spelling, *said])
            compare(command, [*words, f"{spelling}=7"])
            compare(command, [*words, f"{spelling}7"])
            compare(command, [*words, spelling])
            compare(command, [*words, spelling, "--zero"])
            compare(command, [*words, spelling, ""])
        for more in (["b"], ["b", "c"], ["-"], ["--", "-x"], ["-x"], ["--"], ["-h"], ["--nothing"], [""]):
            compare(command, [*words, *more])
            compare(command, more)
    assert compare(command, [*words, "--no-such-option"]) is None
    capsys.readouterr()


@st.composite
def lines(draw):
    command = COMMANDS[draw(st.sampled_from(sorted(COMMANDS)))]
    spellings = [spelling for each in (*app.own(command), *app.common(command)) for spelling in each.spellings]
    word = st.sampled_from(
        [
            *spellings,
            *(f"{each}=x" for each in spellings),
            "a",
            "5",
            "-5",
            "-",
            "--",
            "",
            "-f",
            "-fx",
            "-xf",
            "--help",
            "é",
            "a=b",
        ]
    )
    return command, draw(st.lists(word, max_size=6))


@settings(max_examples=400, deadline=None)
@given(lines())
@example((COMMANDS["reconcile"], ["--only", "a", "--only=b", "--lang", "zh", "--lang", "en"]))
def test_lines(line):
    compare(*line)


def test_a_command_of_somebody_elses_may_declare_by_typer():
    def run(context: object, deep: Annotated[bool, typer.Option("--deep/--shallow")] = False) -> None:
        """A command."""

    command = Command("other", run, options=("format",))
    assert values([*app.own(command), *app.common(command)], ["--deep"]) is None
    assert by_typer(command, ["--deep", "--format", "json"])["deep"] is True
    assert by_typer(command, ["--shallow"])["deep"] is False
