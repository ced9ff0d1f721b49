"""Law: a report at a revision is the same report on that revision checked out, whatever the work tree holds."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

import literate
from repositories import commit, git, put

if TYPE_CHECKING:
    from pathlib import Path

BOOKS = [
    pytest.param("ledgers", marks=pytest.mark.slow),
    *sorted(
        path.parent.relative_to(literate.REPOSITORY).as_posix()
        for path in literate.REPOSITORY.glob("examples/*/custledger.yaml")
    ),
]
LINES = [
    "", "balance --zero --by-account --format json", "aging --format csv", "aging --detail --by invoice", "check --format json",
    "statement --format md", "reconcile --detail", "reconcile --format json --history", "customer list", "invoice list",
    "payment list --format json", "check", "print", "balance --as-of 2026-03-31 --recorded-only",
]  # fmt: skip
_LINE = re.compile(r"^.*(git revision|git 版本) HEAD(\\?~\d)? ?[(（][0-9a-f]{10}[)）].*\n", re.MULTILINE)


def said(folder: Path, line: str, *more: str) -> tuple[str, int]:
    """What a command prints, without what names the revision and the commands to type next, which write or name it."""
    text, status = literate.call_main([*line.split(), *more], folder, literate.environment(folder.parent))
    text = text.replace("\\\n", "\n")  # Markdown's line breaks
    text = re.sub(r" at HEAD(~\d)? \([0-9a-f]{10}\)", "", _LINE.sub("", text))
    return re.sub(r"\n^(\*\*)?Next(\*\*)?\n.*", "", text, flags=re.MULTILINE | re.DOTALL), status


@pytest.mark.parametrize("name", BOOKS)
def test_a_revision_prints_what_its_checkout_prints(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    shutil.copytree(literate.REPOSITORY / name, folder / "ledgers", ignore=shutil.ignore_patterns(".custledger"))
    git(folder, "init", "-q")
    commit(folder)
    now = {line: said(folder, line) for line in LINES}
    assert all(text for text, _ in now.values())
    assert {line: said(folder, line, "--at", "HEAD") for line in LINES} == now

    # Another book altogether: HEAD still says what it said, and so does HEAD~1 once that is committed.
    for path in sorted((folder / "ledgers").rglob("*.journal")):
        path.write_bytes(path.read_bytes().replace(b"2026-", b"2025-") + b"\nnonsense\n")
    for path in sorted((folder / "ledgers" / "customers").rglob("*.yaml"))[:1]:
        path.unlink()
    put(folder, **{"ledgers/invoices/stray.txt": "x"})
    assert {line: said(folder, line, "--at", "HEAD") for line in LINES} == now
    commit(folder)
    assert {line: said(folder, line, "--at", "HEAD~1") for line in LINES} == now
    assert {line: said(folder, line, "--at", "HEAD") for line in LINES} != now
