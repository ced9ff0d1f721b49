"""A fault at every call and statement by which an index is written, a kill at any moment, a full disk, two at once.

Whatever happens to the index, what was asked is answered as the text has it, with a word on stderr at most; the next
command answers exactly as with `--no-index`, and then nothing is half made.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.generate import book

from faults.conftest import Answer, Worker
from faults.jobs import BOOK
from repositories import commit, git

if TYPE_CHECKING:
    from collections.abc import Iterator

WORLD = {"least": 0}
CALLS_MAX = 300
OWN = re.compile(r"\.gitignore|lock|index\.sqlite|at-[0-9a-f]{24}\.sqlite")
MORE = """
2026-06-02 * (RCPT-2026-00002) Acme
    assets:bank   CNY 70.00
    assets:receivable:acme   CNY -70.00  ; invoice:INV-2026-0001

2026-06-03 (INV-2026-0002) Acme  ; due:2026-06-10
    assets:receivable:acme   CNY 80.00
    income
"""
AGING, CHECK = ["aging", "--detail"], ["check"]
#: What is done to an index, and the command that does it.
WAYS = {
    "made": AGING,
    "mended": AGING,
    "made anew": AGING,
    "of a revision": ["aging", "--detail", "--at", "HEAD~1"],
    "of a revision, copied": ["aging", "--detail", "--at", "HEAD~1"],
    "verified": ["index", "--verify"],
    "forgotten": ["index", "--forget"],
}


class Scene:
    """A book with an index at which `way` is about to be done."""

    def __init__(self, way: str, worker: Worker, folder: Path) -> None:
        self.way, self.words, self.worker = way, WAYS[way], worker
        self.template, self.place = folder / "template", folder / "book"
        for name, text in BOOK.items():
            path = self.template / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        if "revision" in way:
            git(self.template, "init", "-q")
            commit(self.template)
            self.edit(self.template)
            commit(self.template)

    def edit(self, root: Path) -> None:
        with (root / "journals/2026-05.journal").open("a") as stream:
            stream.write(MORE)

    def set(self) -> None:
        """The book anew: an index knows the file that it is, so that it cannot be copied."""
        if self.place.exists():
            shutil.rmtree(self.place)
        shutil.copytree(self.template, self.place)
        if self.way not in {"made", "of a revision"}:
            assert self.run(["index"]).status == 0
        if self.way == "mended":
            self.edit(self.place)
        if self.way == "made anew":
            with (self.place / "custledger.yaml").open("a") as stream:
                stream.write("# more\n")

    def run(self, words: list[str], **fault: object) -> Answer:
        return self.worker.run(self.place, words, fault or None, WORLD)

    def plain(self, words: list[str]) -> Answer:
        return self.run([*words, "--no-index"])

    def asks(self) -> bool:
        return self.words[0] != "index"

    def left(self) -> list[str]:
        names = [path.name for path in (self.place / ".custledger").glob("*")]
        return [name for name in names if not OWN.fullmatch(name)]

    def check(self, answer: Answer, where: str) -> None:
        """After one run with a fault."""
        if self.asks() and answer.status != -9:
            plain = self.plain(self.words)
            assert (answer.status, answer.out) == (plain.status, plain.out), where
            assert answer.err.count("\n") <= 1, f"{where}: {answer.err}"
            assert answer.err == "" or "the index was not brought up to date" in answer.err, where
        elif answer.status != -9:
            assert answer.status in (0, 1, 4), f"{where}: {answer.err}"
            assert answer.status != 4 or answer.err.startswith("custledger: "), where
        words = AGING if self.way == "forgotten" and answer.status != -9 else self.words
        again = self.run(words)
        if self.asks() or words == AGING:
            plain = self.plain(words)
            assert (again.status, again.out, again.err) == (plain.status, plain.out, plain.err), where
        else:
            assert again.status == 0, f"{where}: {again.out} {again.err}"
        assert self.left() == [], where
        assert self.run(["index", "--verify"]).status == 0, where


@pytest.fixture
def scene(request: pytest.FixtureRequest, worker: Worker, tmp_path: Path) -> Scene:
    return Scene(request.param, worker, tmp_path)


def every(scene: Scene, kind: str, first: int, step: int) -> Iterator[Answer]:
    for at in range(first, CALLS_MAX, step):
        scene.set()
        answer = scene.run(scene.words, kind=kind, at=at)
        scene.check(answer, f"{scene.way}: {kind} at {at} ({answer.calls[at - 1 : at]})")
        count = sum(call.startswith("sql ") for call in answer.calls) if "sql" in kind else len(answer.calls)
        if answer.status == 0 and at > count:
            return
        yield answer
    pytest.fail("the command never comes to an end")


SYSTEM = ["KILL", "KILL-after", "EIO", "ENOSPC", "EROFS"]
DATABASE = ["sql-KILL", "sql-FULL", "sql-IOERR", "sql-READONLY", "sql-BUSY", "sql-CORRUPT"]


@pytest.mark.parametrize(("scene", "kind"), [("made", "KILL"), ("mended", "ENOSPC")], indirect=["scene"])
def test_a_fault_at_every_system_call(scene: Scene, kind: str) -> None:
    assert sum(1 for _ in every(scene, kind, 1, 1)) >= (5 if scene.way == "made" else 1)


@pytest.mark.slow
@pytest.mark.parametrize("kind", SYSTEM)
@pytest.mark.parametrize("scene", list(WAYS), indirect=True)
def test_every_fault_at_every_system_call(scene: Scene, kind: str) -> None:
    assert sum(1 for _ in every(scene, kind, 1, 1)) >= 1


@pytest.mark.parametrize(("scene", "kind"), [("made", "sql-FULL"), ("mended", "sql-KILL")], indirect=["scene"])
def test_a_fault_at_some_statements_of_the_database(scene: Scene, kind: str) -> None:
    assert sum(1 for _ in every(scene, kind, 7 + DATABASE.index(kind), 31)) >= 1


@pytest.mark.slow
@pytest.mark.parametrize("kind", DATABASE)
@pytest.mark.parametrize("scene", list(WAYS), indirect=True)
def test_every_fault_at_every_statement_of_the_database(scene: Scene, kind: str) -> None:
    step = 1 if scene.way == "forgotten" else 4
    assert sum(1 for _ in every(scene, kind, 1 + DATABASE.index(kind) % step, step)) >= 2


# --- killed at any moment


def killed(worker: Worker, root: Path, words: list[str], chance: random.Random, longest: float) -> int:
    """Kill a command at a random moment; whether it was still running."""
    answer = worker.run(root, words, None, WORLD | {"killed": chance.random() * longest})
    assert answer.status in (-9, 0), answer.err
    return int(answer.status == -9)


@pytest.mark.parametrize("rounds", [3, pytest.param(120, marks=pytest.mark.slow)])
def test_killed_at_any_moment(rounds: int, worker: Worker, tmp_path: Path) -> None:
    root, chance, died = tmp_path / "book", random.Random(rounds), 0
    book(1000, root)
    journal = root / "journals/2025-12.journal"
    plain: dict[str, Answer] = {}
    for number in range(rounds):
        way = chance.choice(["made", "mended", "made anew"])
        if way == "made":
            assert worker.run(root, ["index", "--forget"]).status == 0
        elif way == "mended":
            journal.write_text(journal.read_text() + f"; {number}\n")
        else:
            (root / "custledger.yaml").touch()
            settings = root / "custledger.yaml"
            settings.write_text(settings.read_text() + f"# {number}\n")
        died += killed(worker, root, ["aging"], chance, 0.15 if way == "mended" else 0.4)
        plain.setdefault("", worker.run(root, ["aging", "--no-index"]))
        again = worker.run(root, ["aging"], None, WORLD)
        assert (again.status, again.out, again.err) == (0, plain[""].out, plain[""].err), way
        left = [path.name for path in (root / ".custledger").glob("*") if not OWN.fullmatch(path.name)]
        assert left == [], way
    assert died >= rounds // 4
    assert worker.run(root, ["index", "--verify"]).status == 0
