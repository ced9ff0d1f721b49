"""The runner of literate cases, on itself: a broken runner would pass everything."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import literate

TEXT = """# Title

```journal file=a/b.journal
2026-01-01 x
```

## First case
Some words.

```console
$ custledger cat a/b.journal
2026-01-01 x
$ custledger fail 'two words'
['fail', 'two words']
[3]
```

## Second case

  ```console
  $ cat a/b.journal | tr x y
  2026-01-01 y
  $ printf 'one\\n' && \\
  >   false
  one
  [1]
  ```

```yaml
not: written
```
"""


def stub(arguments: list[str]) -> int:
    """A custledger of four commands."""
    if arguments[0] == "cat":
        sys.stdout.write(Path(arguments[1]).read_text("utf-8"))
        return 0
    if arguments[0] == "where":
        print(Path.cwd(), os.environ["COLUMNS"], sys.stdout.isatty(), file=sys.stderr)
        return 0
    if arguments[0] == "exit":
        sys.exit(int(arguments[1]))
    print(arguments)
    return 3


def run(text: str, tmp_path: Path, index: int = 0, *, shared: bool = True) -> list[literate.Outcome]:
    cases = literate.parse(text, title="t", shared=shared)
    return literate.run_case(cases[index], tmp_path / "case", main=stub)


def test_cases_share_what_stands_above_the_first_heading() -> None:
    cases = literate.parse(TEXT, title="t", shared=True)
    assert [case.title for case in cases] == ["First case", "Second case"]
    assert [block.file for block in cases[1].blocks] == ["a/b.journal", ""]


@pytest.mark.parametrize("index", [0, 1])
def test_what_is_expected_matches(tmp_path: Path, index: int) -> None:
    outcomes = run(TEXT, tmp_path, index)
    assert len(outcomes) == 2
    assert [outcome.matches for outcome in outcomes] == [True, True]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026-01-01 x\n$", "2026-01-01 z\n$"),
        ("2026-01-01 x\n$", "$"),
        ("2026-01-01 x\n$", "2026-01-01 x\nmore\n$"),
        ("[3]\n", ""),
        ("[3]", "[4]"),
    ],
)
def test_what_is_not_expected_does_not_match_and_update_mends_it(tmp_path: Path, old: str, new: str) -> None:
    broken = TEXT.replace(old, new)
    assert broken != TEXT
    outcomes = run(broken, tmp_path)
    assert not all(outcome.matches for outcome in outcomes)
    case = literate.parse(broken, title="t", shared=True)[0]
    indents = {command.line: block.indent for block in case.blocks for command in block.commands}
    assert literate.rewritten(broken, outcomes, indents) == TEXT


def test_update_keeps_indentation(tmp_path: Path) -> None:
    broken = TEXT.replace("  2026-01-01 y\n", "")
    outcomes = run(broken, tmp_path, 1)
    case = literate.parse(broken, title="t", shared=True)[1]
    indents = {command.line: block.indent for block in case.blocks for command in block.commands}
    assert literate.rewritten(broken, outcomes, indents) == TEXT


def test_a_line_of_dots_stands_for_any_lines() -> None:
    assert literate.alike(["a", "…", "z"], ["a", "z"])
    assert literate.alike(["a", "…", "z"], ["a", "b", "c", "z"])
    assert not literate.alike(["a", "…", "z"], ["a", "b", "c"])
    assert not literate.alike(["a", "…"], ["b", "a"])


def test_folder_and_environment_are_the_cases_own(tmp_path: Path) -> None:
    text = "## x\n```console\n$ COLUMNS=120 custledger where\n/home/me 120 False\n```\n"
    assert run(text, tmp_path)[0].matches
    text = "## x\n```console tty\n$ custledger where\n/home/me 80 True\n```\n"
    assert run(text, tmp_path / "again")[0].matches


def test_cd_holds_to_the_end_of_the_case(tmp_path: Path) -> None:
    text = "## x\n```j file=a/b\n```\n```console\n$ cd a\n$ ls\nb\n```\n```console\n$ ls\nb\n$ cd\n$ ls\na\n$ cd no\n[1]\n```\n"
    assert [outcome.matches for outcome in run(text, tmp_path)] == [True] * 6


def test_exit_of_the_interpreter_is_a_status(tmp_path: Path) -> None:
    assert run("## x\n```console\n$ custledger exit 5\n[5]\n```\n", tmp_path)[0].matches


def test_a_program_that_is_not_there_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(literate.shutil, "which", lambda *_args, **_options: None)
    outcome = run("## x\n```console\n$ hledger --version\nhledger 1\n```\n", tmp_path)[0]
    assert outcome.missing == "hledger"


def test_documentation_sections_stand_alone_or_continue() -> None:
    text = "```console\n$ custledger\n```\n## A\n```j file=x\n```\n## B\n<!-- case: continues -->\n```console\n$ cat x\n```\n"
    cases = literate.parse(text, title="intro", shared=False)
    assert [(case.title, len(case.blocks)) for case in cases] == [("intro", 1), ("A", 2)]


def test_options_of_a_case() -> None:
    text = "## A\n<!-- case: in=examples/club needs=hledger slow -->\n```console\n$ cat x\n```\n"
    (case,) = literate.parse(text, title="t", shared=True)
    assert case.options == {"in": "examples/club", "needs": "hledger", "slow": ""}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("custledger balance 'east-*'", ["custledger", "balance", "east-*"]),
        ('custledger add "a b" c\\ d', ["custledger", "add", "a b", "c d"]),
        ("custledger balance east-*", None),
        ("custledger print | hledger -f- bal", None),
        ('custledger "$HOME"', None),
    ],
)
def test_what_needs_a_shell(text: str, words: list[str] | None) -> None:
    plain = literate.words_of(text)
    assert (plain and plain[1]) == words
