"""Customers' balances of real journals against hledger's, and the engine's laws on them."""

from __future__ import annotations

import shutil
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from custledger.book.settings import Settings
from custledger.core.money import EXACT
from custledger.parse.journal.load import load
from custledger.reconcile.engine import reconcile
from custledger.reconcile.standing import stand
from custledger.resolve.book import resolve
from custledger.store.files import FilesSource
from journals import hledger_changes

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("hledger") is None, reason="hledger is not installed")

ACCOUNT = "assets"


def test_balances_of_real_journals(shared_data: Path) -> None:
    """`--receivable assets` on every journal that we read: the same sums for every account and commodity."""
    compared = 0
    for path in sorted((shared_data / "ledgers").rglob("*.journal")):
        source = FilesSource([str(path)], cwd=path.parent)
        journal = load(source, source.names, separate=True)
        if journal.diagnostics:
            continue  # each says what is not supported, with its place: test_hledger_balances.py
        resolved = resolve(journal=journal, settings=Settings(bare=True), label=(path.name,), receivable=(ACCOUNT,))
        if any(problem.slug == "too-many-digits" for problem in resolved.diagnostics):
            continue
        theirs = hledger_changes(path)
        assert not isinstance(theirs, str), f"{path}: {theirs}"
        expected: dict[tuple[str, str], Decimal] = {}
        for (_, account, commodity), quantity in theirs.items():
            if account == ACCOUNT or account.startswith(f"{ACCOUNT}:"):
                place = (account, commodity)
                expected[place] = EXACT.add(expected.get(place, Decimal(0)), quantity)
        book = resolved.book
        # What we leave out as a carry-forward comes to nothing.
        ours: dict[tuple[str, str], Decimal] = {}
        for posting in book.postings:
            place = (posting.account, posting.money.commodity)
            ours[place] = EXACT.add(ours.get(place, Decimal(0)), book.commodities.decimal(posting.money))
        assert {k: v for k, v in ours.items() if v} == {k: v for k, v in expected.items() if v}, path
        told = reconcile(book)
        for day in sorted({posting.date for posting in book.postings})[::25]:
            stand(book, told, as_of=day, today=day)  # raises where a law does not hold
        compared += bool(ours)
    assert compared > 20
