"""Law: with an index, too, a report at a revision is what the text of that revision says."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from indexed_asking import DAYS, LINES, made, said
from indexed_books import Draft
from repositories import commit, git

if TYPE_CHECKING:
    from pathlib import Path

OWN = ("check", "check --format json", "", "balance", "aging --detail --format json")


def wander(root: Path, seed: int) -> int:
    """Make a book, edit and commit it; ask it at random revisions. How often an index stood for the present one."""
    draft, chance = Draft.made(root, seed), random.Random(seed)
    (root / ".gitignore").write_text(".custledger\n")
    git(root, "init", "-q")
    stood = commits = 0
    for step in range(4):
        if step:
            draft.edit()
        if not made(root):
            continue
        commit(root)
        stood, commits = stood + 1, commits + 1
        revision = f"HEAD~{chance.randrange(commits)}"
        for line in (*chance.sample(OWN, 2), *chance.sample(LINES, 3)):
            dated = [] if line.startswith("check") else chance.choice(([], ["--as-of", chance.choice(DAYS)]))
            asked = [*dated, "--at", revision]
            assert said(root, line, *asked) == said(root, line, *asked, "--no-index"), (line, asked)
    return stood


def test_a_revision_says_what_its_text_says(tmp_path: Path) -> None:
    stood = 0
    for seed in range(3):
        (tmp_path / str(seed) / "book").mkdir(parents=True)
        stood += wander(tmp_path / str(seed) / "book", seed)
    assert stood > 3
