"""The world around: environment, arguments, streams, and what lies beside a book."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest

import attack
import literate

COMMAND = [sys.executable, "-m", "custledger"]


def spawn(
    folder: Path, *arguments: str | bytes, env: dict[str, str] | None = None, **more: object
) -> subprocess.CompletedProcess[bytes]:
    """The real program in a process of its own, with nothing of the machine but its PATH."""
    world = literate.environment(folder) | (env or {})
    return subprocess.run(
        [*COMMAND, *arguments], cwd=folder, env=world, capture_output=True, timeout=30, check=False, **more
    )  # type: ignore[call-overload]


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    attack.book(tmp_path, {"journals/a.journal": attack.SALE})
    return tmp_path


@pytest.mark.parametrize(
    "env",
    [
        {"COLUMNS": "0"}, {"COLUMNS": "-5"}, {"COLUMNS": "wide"}, {"COLUMNS": "99999999999999999999"}, {"COLUMNS": "1"},
        {"TERM": "dumb"}, {"TERM": ""}, {"LC_ALL": "C"}, {"LC_ALL": "xx_YY.ISO-8859-99"}, {"LANG": "zh_CN.GBK"}, {"LANG": "\u202e"},
        {"TZ": "garbage"}, {"HOME": ""}, {"HOME": "/nowhere"}, {"XDG_CONFIG_HOME": "/nowhere"}, {"CUSTLEDGER_TODAY": ""},
        {"FORCE_COLOR": "1", "NO_COLOR": "1"}, {"PAGER": "rm -rf ."}, {"PYTHONOPTIMIZE": "2"},
    ],
    ids=repr,
)  # fmt: skip
def test_environment(env: dict[str, str], sound: Path) -> None:
    printed, status = attack.run(sound, "balance", **env)
    assert status == 0, printed
    assert "100.00" in printed
    assert attack.run(sound, "check", **env)[1] == 0


@pytest.mark.parametrize("today", ["yesterday", "2026-13-01", "0", "9" * 30])
def test_a_day_that_is_none(today: str, sound: Path) -> None:
    assert attack.run(sound, "balance", CUSTLEDGER_TODAY=today)[1] == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["--as-of", "2026-13"], ["--as-of", "01/02/2026"], ["--as-of", "20181301"], ["--as-of", ""], ["--as-of", "9" * 40 + " days ago"],
        ["--as-of", "99999999 days ago"], ["--format", "exe"], ["--lang", "../../x"], ["nobody"], ["*["],  ["\x1b[31m"],
        ["--terms", "net 30"], ["--decimal-mark", "."], ["--no-such-option"], ["-o", "/"], ["-o", "no/such/folder/x.txt"],
        ["--book", "a.journal"], ["-f", "x", "--book", "y"],
    ],
    ids=repr,
)  # fmt: skip
def test_arguments(arguments: list[str], sound: Path) -> None:
    """Wrong usage is 2, a file that cannot be written 4: a line and a hint, nothing else."""
    printed, status = attack.run(sound, "balance", *arguments)
    assert status in {2, 4} or arguments == ["--lang", "../../x"], printed
    assert "custledger: " in printed or status == 0


@pytest.mark.parametrize(
    "words",
    [
        ["checks"],
        ["check", "unknown-invoce"],
        ["explain", "unknown-invoce"],
        ["explain", "../../etc/passwd"],
        ["explain", "\x1b[31m", "x"],
        ["\x00"],
        ["\u202echeck"],
        ["" * 3],
        ["x" * 100_000],
    ],
)
def test_verbs(words: list[str], sound: Path) -> None:
    printed, status = attack.run(sound, *words)
    assert status == 2, printed
    assert len(printed) < 5000 or len(words[0]) > 5000


def test_arguments_that_are_no_utf8(sound: Path) -> None:
    for arguments in ([b"balance", b"\xff\xfe"], [b"-f", b"\xff.journal", b"balance"], [b"\xff"]):
        done = spawn(sound, *arguments)
        assert done.returncode in {2, 4}, done
        assert b"Traceback" not in done.stderr


def test_a_reader_that_goes_away(sound: Path) -> None:
    journal = "".join(attack.SALE.replace("INV-1", f"INV-{n}").replace("acme", f"c{n}") + "\n" for n in range(3000))
    attack.write(sound, {"many.journal": journal})
    done = subprocess.run(
        ["sh", "-c", f"{shlex.quote(sys.executable)} -m custledger -f many.journal balance | head -1"],
        cwd=sound, env=literate.environment(sound), capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stderr == b""
    assert done.stdout.count(b"\n") == 1


@pytest.mark.parametrize("stream", ["stdout", "stderr", "stdin"])
def test_closed_streams(stream: str, sound: Path) -> None:
    redirect = {"stdout": ">&-", "stderr": "2>&-", "stdin": "<&-"}[stream]
    done = subprocess.run(
        ["sh", "-c", f"{shlex.quote(sys.executable)} -m custledger check {redirect}"],
        cwd=sound, env=literate.environment(sound), capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr
    assert done.returncode in {0, 4}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, which Linux has")
def test_a_full_device(sound: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{shlex.quote(sys.executable)} -m custledger balance > /dev/full"],
        cwd=sound, env=literate.environment(sound), capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 4
    assert b"Traceback" not in done.stderr


def test_standard_input_that_is_binary(sound: Path) -> None:
    done = spawn(sound, "-f", "-", "check", input=bytes(range(256)) * 100)
    assert done.returncode == 1
    assert b"unreadable-text" in done.stdout or b"not-utf8" in done.stdout
    done = spawn(sound, "-f", "-", "balance", input=attack.SALE.encode())
    assert done.returncode == 0


def test_a_fifo_that_nobody_writes_to(sound: Path) -> None:
    os.mkfifo(sound / "pipe")
    started = time.perf_counter()
    done = spawn(sound, "-f", "pipe", "balance")
    assert done.returncode in {2, 4}
    assert time.perf_counter() - started < attack.SECONDS_MAX


def test_a_hostile_repository_runs_nothing(sound: Path) -> None:
    """Whatever a book's own git configuration and hooks say, reading it runs none of it."""
    subprocess.run(["git", "init", "-q"], cwd=sound, env=literate.environment(sound), check=True)
    evil = f"touch {sound}/pwned"
    with (sound / ".git" / "config").open("a") as config:
        config.write(
            f'[core]\n\tfsmonitor = "{evil}"\n\tpager = "{evil}"\n\thooksPath = hooks\n[filter "x"]\n\tclean = "{evil}"\n\tsmudge = "{evil}"\n[diff "x"]\n\ttextconv = "{evil}"\n'
        )
    attack.write(sound, {".gitattributes": "* filter=x diff=x\n", "hooks/post-checkout": f"#!/bin/sh\n{evil}\n"})
    attack.every_reader(sound)
    assert not (sound / "pwned").exists()


def test_a_folder_that_may_not_be_written(sound: Path) -> None:
    """A book on a read-only medium can be read."""
    for path in (sound, sound / "journals", sound / "customers"):
        path.chmod(0o555)
    try:
        assert attack.run(sound, "balance")[1] == 0
        assert attack.run(sound, "check")[1] == 0
    finally:
        for path in (sound, sound / "journals", sound / "customers"):
            path.chmod(0o755)
