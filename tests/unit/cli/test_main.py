"""The door: exit statuses, languages, and what is said when something is wrong."""

import io
import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from custledger.cli.main import main
from custledger.cli.shell import Shell


@pytest.fixture
def run(tmp_path):
    def call(*words, env=None, stdin="", folder=None):
        out, err = io.StringIO(), io.StringIO()
        variables = {"COLUMNS": "80", "CUSTLEDGER_TODAY": "2026-06-30", **(env or {})}
        status = main(list(words), Shell(io.StringIO(stdin), out, err, variables, folder or tmp_path))
        return status, out.getvalue(), err.getvalue()

    return call


JOURNAL = """\
2026-01-15 (INV-1) Acme
    assets:receivable:acme    CNY 100.00
    income:sales
"""


def test_version_is_one_line(run):
    status, out, _ = run("--version")
    assert status == 0
    assert out.startswith("custledger ")
    assert out.count("\n") == 1


@pytest.mark.parametrize("words", [("--help",), ("-h",), ("customer", "--help"), ("aging", "--help"), ("aging", "-h")])
def test_help_is_help_and_fits_the_terminal(run, words):
    for lang in ("en", "zh"):
        status, out, err = run(*words, env={"LANG": lang})
        assert (status, err) == (0, "")
        assert "help." not in out.replace("help.\n", "")
        assert len(out.splitlines()) > 1


def test_an_unknown_verb_names_the_nearest(run):
    status, out, err = run("agin")
    assert (status, out) == (2, "")
    assert "`agin`" in err
    assert "aging" in err


def test_an_unknown_option_is_wrong_usage_in_both_languages(run):
    assert run("aging", "--no-such")[0] == 2
    status, _, err = run("aging", "--no-such", "--lang", "zh")
    assert status == 2
    assert "选项" in err


def test_no_book_is_wrong_usage_with_a_next_step(run):
    status, out, err = run("balance")
    assert (status, out) == (2, "")
    assert "custledger init" in err


def test_book_options_without_a_journal_are_refused(run):
    status, _, err = run("balance", "--terms", "net 30")
    assert status == 2
    assert "-f" in err


def test_errors_of_the_book_are_json_when_json_is_asked_for(run, tmp_path):
    (tmp_path / "a.journal").write_text(JOURNAL.replace("income:sales", "income:sales   CNY -99.00"))
    status, out, _ = run("-f", "a.journal", "balance", "--format", "json")
    report = json.loads(out)
    assert status == 3
    assert (report["custledger"], report["report"], report["exit"]) == (1, "error", 3)
    assert report["diagnostics"][0]["slug"] == "unbalanced-transaction"
    assert report["diagnostics"][0]["file"] == "a.journal"


def test_standard_input_is_a_journal(run):
    status, out, err = run("-f", "-", "balance", "--format", "json", stdin=JOURNAL)
    assert (status, err) == (0, "")
    assert json.loads(out)["rows"][0]["balance"] == "100.00"


def test_a_bug_of_ours_says_what_to_send(run, monkeypatch, tmp_path):
    (tmp_path / "a.journal").write_text(JOURNAL)
    monkeypatch.setattr("custledger.pipeline.open_files", lambda *_, **__: 1 // 0)
    status, out, err = run("-f", "a.journal", "balance")
    assert (status, out) == (70, "")
    assert "ZeroDivisionError" in err
    assert "custledger -f a.journal balance" in err


def test_a_closed_pipe_ends_in_silence(tmp_path):
    (tmp_path / "a.journal").write_text(JOURNAL * 1)
    command = f"{shlex.quote(sys.executable)} -m custledger -f a.journal balance --format json | head -c 1"
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)  # noqa: S602
    assert done.stderr == ""


def test_a_full_disk_behind_stdout_is_an_error(tmp_path):
    (tmp_path / "a.journal").write_text(JOURNAL)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "custledger", "-f", "a.journal", "balance"],
            cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 4
    assert "Traceback" not in done.stderr
