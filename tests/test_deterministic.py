"""The same book gives the same bytes, whatever the machine's hash seed, locale, time zone, folder or optimisation."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
JOBS = (
    ["--as-of", "2026-03-31"],
    ["balance", "--as-of", "2026-03-31", "--format", "json"],
    ["aging", "--as-of", "2026-03-31", "--detail"],
    ["aging", "--as-of", "2026-02-28", "--group-by", "segment", "--format", "csv"],
    ["reconcile", "--as-of", "2026-03-31", "--format", "json"],
    ["statement", "blueocean", "--period", "2026Q1", "--format", "html"],
    ["check", "--format", "json"],
    ["print"],
)
CODE = f"""
import sys
from custledger.cli.main import main
for job in {JOBS!r}:
    sys.stdout.write(f"== {{job}}\\n")
    sys.stdout.flush()
    sys.stdout.write(f"== {{main(job)}}\\n")
    sys.stdout.flush()
"""
MACHINES = {
    "plain": ([], {"PYTHONHASHSEED": "0", "LANG": "C.UTF-8", "TZ": "UTC"}),
    "another seed, warnings are errors": (["-W", "error"], {"PYTHONHASHSEED": "1", "LANG": "C.UTF-8", "TZ": "UTC"}),
    "optimised, C locale, another zone": (["-OO"], {"PYTHONHASHSEED": "2", "LANG": "C", "TZ": "America/New_York"}),
    "another seed and a German locale": ([], {"PYTHONHASHSEED": "4242", "LANG": "de_DE.UTF-8", "TZ": "Asia/Tokyo"}),
}


def output(options: list[str], env: dict[str, str], folder: Path) -> tuple[bytes, bytes]:
    done = subprocess.run(
        [sys.executable, *options, "-c", CODE],
        cwd=folder,
        env={"PATH": os.environ.get("PATH", ""), "CUSTLEDGER_TODAY": "2026-03-31", **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    return done.stdout, done.stderr


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    return output(*MACHINES["plain"], copied(tmp_path_factory.mktemp("plain")))


def copied(folder: Path) -> Path:
    shutil.copytree(REPOSITORY / "ledgers", folder / "ledgers")
    return folder


def test_every_job_is_done(plain: tuple[bytes, bytes]) -> None:
    assert [line for line in plain[0].decode().split("\n") if line.startswith("== ") and line[3:].isdigit()] == [
        "== 0"
    ] * len(JOBS), plain[1].decode()


@pytest.mark.parametrize("machine", [name for name in MACHINES if name != "plain"])
def test_the_same_bytes_on_another_machine(machine: str, plain: tuple[bytes, bytes], tmp_path: Path) -> None:
    options, env = MACHINES[machine]
    assert output(options, env, copied(tmp_path)) == plain
