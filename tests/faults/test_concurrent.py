"""Several processes at one book: nothing is lost, nobody reads half of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from faults.conftest import Answer, Worker
from faults.jobs import JOBS, make

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

JOB = JOBS["payment to a new month"]
TRIES = 200
REASONS = ("changed by somebody else", "is there already; nothing was written", "keeps changing while it is being read")


@pytest.fixture
def workers(request: pytest.FixtureRequest) -> Iterator[list[Worker]]:
    made = [Worker() for _ in range(request.param)]
    yield made
    for one in made:
        one.close()


def pay(amount: int) -> list[str]:
    """A payment of its own; months differ, so that files and `book.journal` change together."""
    date = f"2026-0{1 + amount % 6}-15"
    return ["payment", "add", "acme", "--amount", str(amount), "--date", date, "--lock-timeout", "60"]


def write_all(workers: list[Worker], book: Path, each: int) -> list[Answer]:
    """Every worker makes its payments, each again until the book was not changed under it; one more reads meanwhile."""
    *writers, reader = workers
    left = [[1 + number + place * each for number in range(each)] for place in range(len(writers))]
    for place, one in enumerate(writers):
        one.start(book, pay(left[place][0]))
    reader.start(book, ["check"])
    answers, reads = [], []
    for _ in range(TRIES * each):
        if not any(left):
            break
        for place, one in enumerate(writers):
            if not left[place]:
                continue
            answer = one.answer()
            answers.append(answer)
            if answer.status == 0:
                left[place].pop(0)
            if left[place]:
                one.start(book, pay(left[place][0]))
        reads.append(reader.answer())
        reader.start(book, ["check"])
    reads.append(reader.answer())
    assert not any(left)
    assert {answer.status for answer in reads} == {0}, [answer.err for answer in reads if answer.status]
    return answers


@pytest.mark.parametrize(
    ("workers", "each"),
    [(3, 3), pytest.param(5, 10, marks=pytest.mark.slow)],
    indirect=["workers"],
)
def test_all_that_was_written_is_kept(workers: list[Worker], each: int, tmp_path: Path) -> None:
    make(JOB, tmp_path)
    writers = len(workers) - 1
    answers = write_all(workers, tmp_path, each)
    assert {answer.status for answer in answers} <= {0, 4}
    refused = [answer.err for answer in answers if answer.status]
    assert [err for err in refused if not any(reason in err for reason in REASONS)] == []
    text = "".join(path.read_text() for path in sorted((tmp_path / "journals").glob("*.journal")))
    amounts = [int(found) for found in re.findall(r"assets:bank +CNY (\d+)\.00$", text, re.MULTILINE)]
    assert sorted(amounts) == sorted([130, *range(1, writers * each + 1)])
    codes = re.findall(r"\((RCPT-2026-\d+)\)", text)
    assert len(codes) == len(set(codes)) == writers * each + 1
    includes = (tmp_path / "book.journal").read_text().splitlines()[1:]
    assert includes == sorted(f"include journals/{p.name}" for p in (tmp_path / "journals").glob("*.journal"))
    assert workers[0].run(tmp_path, ["check", "--strict"]).status in (0, 1)  # `undeclared-account` alone
    assert list(tmp_path.rglob("*.tmp")) == []


def test_a_lock_that_is_held_is_waited_for_and_then_named(worker: Worker, tmp_path: Path) -> None:
    from custledger.store.lock import locked, place

    make(JOB, tmp_path)
    before = (tmp_path / "book.journal").read_bytes()
    with locked(place(tmp_path)):
        answer = worker.run(tmp_path, [*JOB.words, "--lock-timeout", "0.1"])
    assert answer.status == 4
    assert "another process is writing" in answer.err
    assert (tmp_path / "book.journal").read_bytes() == before
    assert worker.run(tmp_path, list(JOB.words)).status == 0


def test_an_editor_that_saves_meanwhile_wins(worker: Worker, tmp_path: Path) -> None:
    """The command stops at its first call that takes the lock; an editor saves; the command goes on."""
    import threading
    import time

    from custledger.store.lock import locked, place

    make(JOB, tmp_path)
    with locked(place(tmp_path)):
        worker.start(tmp_path, [*JOB.words, "--lock-timeout", "60"])
        answers: list[Answer] = []
        waiting = threading.Thread(target=lambda: answers.append(worker.answer()))
        waiting.start()
        time.sleep(1.5)  # it has read the book by now, and waits
        with (tmp_path / "book.journal").open("a") as stream:
            stream.write("; mine\n")
    waiting.join()
    if answers[0].status == 4:
        assert "changed by somebody else" in answers[0].err
        assert not (tmp_path / "journals/2026-06.journal").exists()
    assert (tmp_path / "book.journal").read_text().count("; mine\n") == 1
