"""The shipped books: `ledgers/` is what its generator writes, and hledger reads it."""

import datetime as dt
import filecmp
import importlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from custledger import pipeline

ROOT = Path(__file__).parent.parent


def test_ledgers_is_what_the_generator_writes(tmp_path):
    subprocess.run([sys.executable, ROOT / "tools/generate_ledgers.py", tmp_path], check=True)
    names = sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file())
    kept = sorted(p.relative_to(ROOT / "ledgers").as_posix() for p in (ROOT / "ledgers").rglob("*") if p.is_file())
    assert [name for name in kept if not name.startswith(".custledger/") and name != "README.md"] == names
    same, different, missing = filecmp.cmpfiles(tmp_path, ROOT / "ledgers", names, shallow=False)
    assert (different, missing) == ([], [])
    assert len(same) == len(names) > 30


@pytest.mark.skipif(shutil.which("hledger") is None, reason="hledger is not installed")
def test_hledger_checks_the_ledgers():
    subprocess.run(["hledger", "-f", ROOT / "ledgers/book.journal", "check"], check=True)


def truth(last):
    """Customer and currency → balance in smallest units, by the generator's own arithmetic."""
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        generator = importlib.import_module("generate_ledgers")
    finally:
        sys.path.pop(0)
    story = generator.told()
    found = {}
    for doc in story.docs:
        sign = 1 if doc.kind == "invoice" else -1
        if doc.date <= last and not (doc.void and doc.void[0] <= last):
            key = (doc.customer, doc.currency)
            found[key] = found.get(key, 0) + sign * doc.total
    for entry in story.entries:
        for post in entry.posts:
            top, _, customer = post.account.rpartition(":")
            if top in {"assets:receivable", "liabilities:advances"} and entry.date <= last:
                found[customer, post.currency] = found.get((customer, post.currency), 0) + post.minor
    return {key: minor for key, minor in found.items() if minor}


@pytest.mark.parametrize("day", ["2026-01-31", "2026-02-15", "2026-03-31", "2026-12-31"])
def test_balances_are_those_of_the_story(day):
    last = dt.date.fromisoformat(day)
    opened = pipeline.open_folder(ROOT / "ledgers", ROOT)
    assert pipeline.errors(opened, last) == ()
    standing = pipeline.stand(opened, last, last)
    assert {(p.customer, p.commodity): p.balance for p in standing.positions if p.balance} == truth(last)


def test_the_ledgers_show_what_the_page_promises():
    opened = pipeline.open_folder(ROOT / "ledgers", ROOT)
    kinds = {entry.kind for entry in (*opened.book.charges, *opened.book.credits, *opened.book.debits)}
    assert kinds >= {
        "invoice",
        "opening",
        "payment",
        "credit-note",
        "discount",
        "write-off",
        "contra",
        "void",
        "refund",
    }
    assert {charge.money.commodity for charge in opened.book.charges} == {"CNY", "EUR", "JPY", "USD"}
    assert any(charge.instalment == 3 for charge in opened.book.charges)
    assert opened.book.advances
    assert len(opened.book.disputes) == 2
    assert sum(customer.matching.fifo is True for customer in opened.customers) == 2


@pytest.mark.parametrize(
    "journal",
    sorted(p.relative_to(ROOT).as_posix() for f in ("ledgers", "examples") for p in (ROOT / f).rglob("*.journal")),
)
def test_every_journal_is_as_fmt_writes_it(journal):
    from custledger.edit.fmt import align

    assert align(journal, (ROOT / journal).read_bytes()) == (None, ())
