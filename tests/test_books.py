"""The shipped books: `ledgers/` is what its generator writes, and hledger reads it."""

import filecmp
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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
