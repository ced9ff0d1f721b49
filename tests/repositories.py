"""Git repositories for tests: nothing of the machine's own configuration."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ENV = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Li Wei",
    "GIT_AUTHOR_EMAIL": "li.wei@example.com",
    "GIT_COMMITTER_NAME": "Li Wei",
    "GIT_COMMITTER_EMAIL": "li.wei@example.com",
}


def git(folder: Path, *words: str, data: bytes = b"", **env: str) -> str:
    """What a git command prints."""
    done = subprocess.run(["git", *words], cwd=folder, env=ENV | env, input=data, capture_output=True, check=True)
    return done.stdout.decode().strip()


def put(root: Path, **texts: str) -> None:
    """Write files by name."""
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def commit(folder: Path) -> str:
    """Commit everything; the commit's id."""
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "--allow-empty", "-m", "x")
    return git(folder, "rev-parse", "HEAD")


def loose(folder: Path, oid: str) -> Path:
    """Where git keeps an object that is in no pack."""
    return folder / git(folder, "rev-parse", "--git-path", f"objects/{oid[:2]}/{oid[2:]}")
