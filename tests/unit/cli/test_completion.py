"""What a shell offers, and that the shells take the scripts."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import literate
from custledger.cli.commands.completion import SCRIPTS

JOURNAL = """2026-01-15 * (101) Harbour Cafe | beans
    assets:receivable:harbour   EUR 100.00
    income:sales
2026-01-16 * (102) Hill
    assets:receivable:hill   EUR 100.00
    income:sales
"""


def offered(tmp_path: Path, *words: str) -> list[str]:
    (tmp_path / "a.journal").write_text(JOURNAL, "utf-8")
    env = literate.environment(tmp_path)
    printed, status = literate.call_main(["completion", "candidates", "--", *words], tmp_path, env)
    assert status == 0
    return printed.split()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["bala"], ["balance"]),
        (["--as-of", "2026-01-01", "agi"], ["aging"]),
        (["-f", "a.journal", "balance", "h"], ["harbour", "hill"]),
        (["-f", "a.journal", "balance", "hi"], ["hill"]),
        (["-f", "missing.journal", "balance", ""], []),
        (["balance", "--form"], ["--format"]),
        (["balance", "--format", "js"], ["json"]),
        (["balance", "--format", "=", "js"], ["json"]),
        (["balance", "--format=js"], ["--format=json"]),
        (["-f", ""], []),
        (["--dry"], ["--dry-run"]),
        (["customer", "a"], ["add"]),
        (["explain", "unknown-k"], ["unknown-key"]),
        (["no-such-verb", ""], []),
    ],
    ids=" ".join,
)
def test_what_is_offered(words: list[str], found: list[str], tmp_path: Path) -> None:
    assert offered(tmp_path, *words) == found


def test_every_first_word_is_offered_once(tmp_path: Path) -> None:
    found = offered(tmp_path, "")
    assert len(found) == len(set(found))
    assert {"balance", "aging", "check", "completion"} <= set(found)


def test_a_shell_without_a_script_is_wrong_usage(tmp_path: Path) -> None:
    printed, status = literate.call_main(["completion", "tcsh"], tmp_path, literate.environment(tmp_path))
    assert status == 2
    assert "bash, zsh, fish" in printed


@pytest.mark.parametrize("shell", sorted(SCRIPTS))
def test_the_script_is_one_that_the_shell_reads(shell: str, tmp_path: Path) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    script = tmp_path / "script"
    script.write_text(SCRIPTS[shell], "utf-8")
    done = subprocess.run([program, "-n", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_bash_completes(tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    (tmp_path / "a.journal").write_text(JOURNAL, "utf-8")
    code = (
        f"PATH={str(Path(sys.executable).parent)!r}:$PATH\n{SCRIPTS['bash']}\n"
        "COMP_WORDS=(custledger -f a.journal balance h); COMP_CWORD=4; _custledger; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    done = subprocess.run([bash, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.split() == ["harbour", "hill"], done.stderr
