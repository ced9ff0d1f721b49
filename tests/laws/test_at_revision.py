"""Law: a report at a revision is the same report on that revision checked out, whatever the work tree holds."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

import literate
from repositories import commit, git

if TYPE_CHECKING:
    from pathlib import Path

BOOKS = [
    "ledgers",
    *sorted(
        str(path.parent.relative_to(literate.REPOSITORY))
        for path in literate.REPOSITORY.glob("examples/*/custledger.yaml")
    ),
]
REPORTS = [
    "", "balance", "balance --zero --by-account", "aging", "aging --detail --by invoice", "statement", "reconcile --detail",
    "customer list", "invoice list", "payment list", "check", "print", "balance --as-of 2026-03-31 --recorded-only",
]  # fmt: skip
FORMATS = ["text", "json", "csv", "md"]
_LINE = re.compile(r"^.*\bthe book of git revision HEAD(~\d)? \([0-9a-f]{10}\).*\n", re.MULTILINE)


def said(folder: Path, line: str, *more: str) -> tuple[str, int]:
    """What a command prints, without what names the revision."""
    text, status = literate.call_main([*line.split(), *more], folder, literate.environment(folder.parent))
    text = re.sub(r" at HEAD(~\d)? \([0-9a-f]{10}\)", "", _LINE.sub("", text))
    return re.sub(r" --at '?HEAD(~\d)?'?", "", text), status


def lines() -> list[str]:
    plain = {"check", "print"}
    return [
        f"{report} --format {format_}".strip()
        for report in REPORTS
        for format_ in ([] if report == "print" else ["text", "json"] if report in plain else FORMATS)
    ] + ["print"]


@pytest.mark.parametrize("name", BOOKS)
def test_a_revision_prints_what_its_checkout_prints(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    shutil.copytree(literate.REPOSITORY / name, folder / "ledgers", ignore=shutil.ignore_patterns(".custledger"))
    git(folder, "init", "-q")
    commit(folder)
    now = {line: said(folder, line) for line in lines()}
    assert all(text for text, _ in now.values())
    assert {line: said(folder, line, "--at", "HEAD") for line in lines()} == now

    # Another book altogether: HEAD still says what it said, and so does HEAD~1 once that is committed.
    for path in sorted((folder / "ledgers").rglob("*.journal")):
        path.write_bytes(path.read_bytes().replace(b"2026-", b"2025-") + b"\nnonsense\n")
    next((folder / "ledgers" / "customers").rglob("*.yaml")).unlink()
    (folder / "ledgers" / "invoices" / "stray.txt").write_text("x")
    assert {line: said(folder, line, "--at", "HEAD") for line in lines()} == now
    commit(folder)
    assert {line: said(folder, line, "--at", "HEAD~1") for line in lines()} == now
    assert {line: said(folder, line, "--at", "HEAD") for line in lines()} != now
