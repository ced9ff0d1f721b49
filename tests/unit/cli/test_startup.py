"""What a command imports: told by modules, because times depend on the day."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from benchmarks.generate import book

from custledger.indexed import worth
from custledger.store import index_files as index

BOOK = Path(__file__).parents[3] / "ledgers"
TELL = """
import sys
from custledger.cli.main import main
status = main({words!r})
import json
print(json.dumps([status, sorted(sys.modules)]))
"""
#: Each takes 10 ms or more, or is for work that small questions are not.
HEAVY = {
    "pydantic", "yaml", "rich", "ruamel", "jinja2", "dateutil", "multiprocessing", "concurrent", "sqlite3", "_sqlite3", "socket", "ssl", "asyncio",
    "logging", "email", "http", "xml", "importlib.metadata", "argparse", "unittest", "custledger.indexed.keeping", "custledger.store.index",
    "custledger.store.git", "custledger.intake", "custledger.edit.plan", "custledger.schema.reading", "custledger.render.as_json",
}  # fmt: skip
#: What typer brings: nothing that a plain command line needs.
TYPER = {"typer", "subprocess", "shutil", "uuid", "platform", "gettext", "difflib", "threading", "custledger.cli.help"}
#: What a question to an index does without, and to the text does not.
INSPECT = {"inspect", "dataclasses", "custledger.i18n.en.help"}
#: What reading a book takes, and its documents alone do not.
WHOLE = {
    "custledger.parse.journal", "custledger.resolve", "custledger.check", "custledger.reconcile", "custledger.report",
    "custledger.render", "custledger.opening",
}  # fmt: skip


def imported(*words: str) -> set[str]:
    """The modules there are after a command, as a process of its own, with every folder that they are in."""
    env = {"PATH": os.environ["PATH"], "HOME": "/", "CUSTLEDGER_TODAY": "2026-03-31", "LANG": "C.UTF-8"}
    command = [sys.executable, "-c", TELL.format(words=list(words))]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
    status, modules = json.loads(done.stdout.splitlines()[-1])
    assert status == 0
    return {
        ".".join(module.split(".")[:length]) for module in modules for length in range(1, 1 + len(module.split(".")))
    }


def ours(modules: set[str]) -> set[str]:
    return {module for module in modules if module.split(".")[0] == "custledger"}


def test_the_version_imports_nothing() -> None:
    tell = "import json, sys; print(json.dumps([*sys.modules]))"
    bare = subprocess.run([sys.executable, "-c", tell], capture_output=True, text=True, check=True)
    found = imported("--version")
    assert ours(found) == {"custledger", "custledger.cli", "custledger.cli.main"}
    assert {module.split(".")[0] for module in found - {*json.loads(bare.stdout)}} <= {"custledger", "__future__", "gc"}


def test_one_customers_balance() -> None:
    found = imported("--book", str(BOOK), "balance", "blueocean")
    assert found & (HEAVY | TYPER) == set()
    assert {"custledger.cli.commands.balance", "custledger.report.balance", "custledger.render.as_text"} <= found
    commands = {module for module in found if module.startswith("custledger.cli.commands.")}
    assert commands == {"custledger.cli.commands.balance"}
    assert {module for module in found if module.startswith("custledger.i18n.zh")} == set()
    assert found & {"custledger.cli.group", "custledger.render.several"} == set()


@pytest.mark.parametrize("words", [["aging"], ["balance", "babababa"]], ids=" ".join)
def test_questions_to_an_index(words: list[str], tmp_path: Path) -> None:
    book(100, tmp_path)
    imported("--book", str(tmp_path), "index")
    found = imported("--book", str(tmp_path), *words)
    asked = {"sqlite3", "_sqlite3", "custledger.indexed.keeping", "custledger.store.index"}
    assert found >= asked
    reading = {"custledger.parse.journal", "custledger.resolve", "custledger.check", "custledger.reconcile.engine"}
    assert found & ((HEAVY - asked) | TYPER | INSPECT | reading) == set()


@pytest.mark.parametrize("words", [["bal"], ["customer", ""], ["--format", "js"]], ids=" ".join)
def test_completing_a_word(words: list[str]) -> None:
    found = imported("completion", "candidates", "--", *words)
    assert found & (HEAVY | TYPER | WHOLE) == set()


def test_completing_a_customer() -> None:
    found = imported("completion", "candidates", "--", "--book", str(BOOK), "balance", "b")
    assert found & (HEAVY | WHOLE) == set()


def test_what_is_asked_before_the_index_is_where_the_index_is() -> None:
    assert worth.NAME == index.NAME
