"""The generated book is one that we and other programs read alike, the same for the same seed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from benchmarks import documents
from benchmarks.generate import beancount, book

import literate
from custledger.schema import quick_file
from custledger.schema.documents import read_customers, read_invoices

COUNT = 300


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return book(COUNT, tmp_path_factory.mktemp("book"), seed=3).parent


def texts(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}


def test_it_is_the_same_for_a_seed(made: Path, tmp_path: Path) -> None:
    book(COUNT, tmp_path / "same", seed=3)
    book(COUNT, tmp_path / "other", seed=4)
    assert texts(tmp_path / "same") == texts(made)
    assert texts(tmp_path / "other") != texts(made)
    assert len(texts(made)) == 24 + 3


def test_it_is_a_book_without_problems(made: Path) -> None:
    env = literate.environment(made) | {"CUSTLEDGER_TODAY": "2026-01-15"}
    printed, status = literate.call_main(["check"], made, env)
    assert (printed, status) == ("no problems in 6 customers, 600 transactions\n", 0)


def test_payments_name_their_invoices_nine_times_of_ten(made: Path) -> None:
    payments = b"".join(texts(made).values()).count(b"(RC-")
    tagged = b"".join(texts(made).values()).count(b"invoice:INV")
    assert payments == COUNT
    assert 0.85 < tagged / payments < 0.97


@pytest.mark.parametrize("peer", ["hledger", "ledger", "bean-check"])
def test_peers_read_the_same(made: Path, peer: str, tmp_path: Path) -> None:
    if shutil.which(peer) is None:
        pytest.skip(f"{peer} is not installed")
    if peer == "bean-check":
        target = beancount(made / "book.journal", tmp_path / "book.beancount")
        assert subprocess.run([peer, "--no-cache", target], check=False).returncode == 0
        return
    command = [peer, "-f", "book.journal", "bal", "assets:receivable"]
    theirs = subprocess.run(command, cwd=made, capture_output=True, text=True, check=True).stdout.splitlines()[-1]
    env = literate.environment(made) | {"CUSTLEDGER_TODAY": "2026-01-15"}
    ours, status = literate.call_main(["balance"], made, env)
    assert status == 0
    assert ours.splitlines()[-1].split()[1] == theirs.split()[1]


def test_beancounts_language(made: Path, tmp_path: Path) -> None:
    text = beancount(made / "book.journal", tmp_path / "book.beancount").read_text("utf-8")
    assert text.startswith("2024-01-01 open ")
    assert text.count(' * "') == 2 * COUNT
    assert "  Assets:Bank:Checking  " in text
    assert "," not in text


@pytest.mark.parametrize(
    ("files", "read"),
    [
        (documents.invoices(200, 1), read_invoices),
        (documents.invoices(200, 1, flow=True), read_invoices),
        (documents.customers(50, 1), read_customers),
    ],
)
def test_documents_are_read_quickly_and_are_sound(files, read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick_file, "compose_part", None)
    values, problems = read(files)
    assert (len(values) in {50, 200}, problems) == (True, [])
    lines = sum(data.count(b"\n") for _, data in files) / len(values)
    assert 10 < lines < 20
