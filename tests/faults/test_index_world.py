"""The index on a full disk, in a folder that may not be written, and with two processes at once."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.generate import book

from faults.conftest import Worker
from faults.jobs import BOOK

if TYPE_CHECKING:
    from collections.abc import Iterator


from faults.test_index import AGING, CHECK, MORE, OWN, WORLD

NOBODY = 65534


# --- a full disk, a folder that may not be written


def alike(worker: Worker, root: Path, words: list[str], world: dict, notices: int) -> str:
    """A command answers as with `--no-index`, with so many notices; what stderr says."""
    plain = worker.run(root, [*words, "--no-index"], None, WORLD)
    answer = worker.run(root, words, None, WORLD | world)
    assert (answer.status, answer.out) == (plain.status, plain.out)
    said = answer.err.removesuffix(plain.err)
    assert said.count("\n") == notices, said
    return said


def small(root: Path) -> Path:
    for name, text in BOOK.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.mark.parametrize("bytes_", [1, 4096, 16_384])
def test_a_file_that_may_not_grow(bytes_: int, worker: Worker, tmp_path: Path) -> None:
    root = small(tmp_path)
    said = alike(worker, root, AGING, {"fsize": bytes_}, 1)
    assert said.startswith("custledger: the index was not brought up to date, the text was read instead: ")
    assert [path.name for path in (root / ".custledger").glob("*") if path.name != ".gitignore"] == []
    alike(worker, root, AGING, {}, 0)


def test_the_notice_is_said_in_the_users_language(worker: Worker, tmp_path: Path) -> None:
    answer = worker.run(small(tmp_path), ["aging", "--lang", "zh"], None, WORLD | {"fsize": 1})
    assert (answer.status, answer.err.count("\n")) == (0, 1)
    assert answer.err.startswith("custledger: 索引未能更新，已改为读取全部文本：")


def test_a_mended_index_that_may_not_grow_is_kept(worker: Worker, tmp_path: Path) -> None:
    root = small(tmp_path)
    alike(worker, root, AGING, {}, 0)
    index = root / ".custledger/index.sqlite"
    inode, size = index.stat().st_ino, index.stat().st_size
    (root / "journals/2026-06.journal").write_text(MORE.lstrip())
    alike(worker, root, AGING, {"fsize": size // 8}, 1)
    alike(worker, root, AGING, {}, 0)
    assert index.stat().st_ino == inode


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that other users may enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
    shutil.rmtree(folder)


def fixed(root: Path) -> None:
    """Nobody may write there any more."""
    for path in (root, *root.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)


READER = {} if os.geteuid() else {"user": NOBODY}


def test_a_book_that_may_not_be_written(worker: Worker, public: Path) -> None:
    root = small(public / "book")
    fixed(root)
    said = alike(worker, root, AGING, READER, 1)
    assert "permission" in said or "read-only" in said
    alike(worker, root, CHECK, READER, 1)
    assert not (root / ".custledger").exists()


def test_an_index_that_may_not_be_written_is_asked_while_it_is_true(worker: Worker, public: Path) -> None:
    root = small(public / "book")
    os.utime(root / "custledger.yaml", (1, 1))
    alike(worker, root, AGING, {}, 0)
    index = root / ".custledger/index.sqlite"
    before = index.read_bytes()
    fixed(root)
    alike(worker, root, AGING, READER, 0)
    (root / "journals/2026-05.journal").chmod(0o644)
    with (root / "journals/2026-05.journal").open("a") as stream:
        stream.write(MORE)
    alike(worker, root, AGING, READER, 1)
    assert index.read_bytes() == before


def interrupted(index: Path) -> None:
    """Change an index and die in the midst: what undoes it lies beside."""
    child = os.fork()
    if child == 0:
        connection = sqlite3.connect(index, isolation_level=None)
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        for table in ("meta", "account", "customer"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608
        connection.execute("CREATE TABLE more(x)")
        connection.execute("INSERT INTO more VALUES (zeroblob(100000))")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert index.with_name("index.sqlite-journal").stat().st_size > 512


def test_an_interrupted_change_is_undone(worker: Worker, tmp_path: Path) -> None:
    root = small(tmp_path)
    alike(worker, root, AGING, {}, 0)
    index = root / ".custledger/index.sqlite"
    interrupted(index)
    alike(worker, root, AGING, {}, 0)
    assert sorted(path.name for path in index.parent.iterdir()) == [".gitignore", "index.sqlite"]
    assert worker.run(root, ["index", "--verify"]).status == 0


def test_an_interrupted_change_that_may_not_be_undone(worker: Worker, public: Path) -> None:
    root = small(public / "book")
    alike(worker, root, AGING, {}, 0)
    interrupted(root / ".custledger/index.sqlite")
    fixed(root)
    alike(worker, root, AGING, READER, 1)


def mounted(folder: Path) -> bool:
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=900k", "tmpfs", str(folder)]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def test_a_full_disk(worker: Worker, tmp_path: Path) -> None:
    root = tmp_path / "disk"
    if not mounted(root):
        pytest.skip("no file system may be mounted here")
    try:
        book(600, root)
        journal = root / "journals/2025-12.journal"
        alike(worker, root, ["aging"], {}, 0)
        journal.write_text(journal.read_text() + "; x\n")
        room = os.statvfs(root)
        (root / "filler").write_bytes(b"x" * (room.f_bavail * room.f_bsize))
        alike(worker, root, ["aging"], {}, 1)
        (root / ".custledger/index.sqlite").unlink()
        room = os.statvfs(root)
        (root / "more").write_bytes(b"x" * (room.f_bavail * room.f_bsize))
        said = alike(worker, root, ["aging"], {}, 1)
        assert "no room" in said
        assert [path.name for path in (root / ".custledger").glob("*") if path.name != ".gitignore"] == []
    finally:
        subprocess.run(["umount", str(root)], capture_output=True, check=True)


# --- two processes at once


@pytest.fixture(scope="module")
def two(worker: Worker) -> Iterator[tuple[Worker, Worker]]:
    other = Worker()
    yield worker, other
    other.close()


@pytest.mark.parametrize("rounds", [3, pytest.param(60, marks=pytest.mark.slow)])
@pytest.mark.parametrize("way", ["both make", "one mends", "both mend"])
def test_two_at_once(way: str, rounds: int, two: tuple[Worker, Worker], tmp_path: Path) -> None:
    root, (one, other) = small(tmp_path), two
    journal = root / "journals/2026-06.journal"
    words = [AGING, ["balance", "acme"]]
    for number in range(rounds):
        if way == "both make":
            assert one.run(root, ["index", "--forget"]).status == 0
        journal.write_text(
            f"2026-06-03 (N-{number}) Acme\n    assets:receivable:acme   CNY {number + 1}.00\n    income\n"
        )
        if way == "one mends":
            journal.write_text(journal.read_text() + MORE)
        for worker, asked in zip((one, other), words, strict=True):
            worker.start(root, asked, None, WORLD)
        answers = [worker.answer() for worker in (one, other)]
        for asked, answer in zip(words, answers, strict=True):
            plain = one.run(root, [*asked, "--no-index"], None, WORLD)
            assert (answer.status, answer.out, answer.err) == (plain.status, plain.out, plain.err)
        words.reverse()
    assert one.run(root, ["index", "--verify"]).status == 0
    assert [path.name for path in (root / ".custledger").glob("*") if not OWN.fullmatch(path.name)] == []
