"""What the benchmark of books measures, and what it says of it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from benchmarks import books, page
from benchmarks.generate import book
from benchmarks.runs import Command, Run, in_turns, middle, once, ratios, spread

import literate


def run(seconds: float, memory: float = 10.0) -> Run:
    return Run(seconds, seconds / 2, memory)


def test_ratios_are_of_the_same_round() -> None:
    base = [run(1), run(2), run(4)]
    found = [run(0.5), run(1.5), None]
    assert ratios(found, base, "seconds") == [0.5, 0.75]
    assert spread([0.5, 0.75]) == "0.625 (0.500–0.750)"
    assert middle(found, "processor") == 0.5


def test_a_run_is_measured_in_its_folder(tmp_path: Path) -> None:
    told: list[str] = []
    command = Command([sys.executable, "-c", "open('here', 'w').close()"], tmp_path, lambda: told.append("before"))
    found = once(command)
    assert (tmp_path / "here").exists()
    assert told == ["before"]
    assert found.seconds > 0 < found.processor
    assert 3 < found.memory < 2_000  # a forked process counts its parent's until it begins


def test_what_fails_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="ended with 3"):
        once(Command([sys.executable, "-c", "import sys; sys.exit(3)"], tmp_path))


def test_what_takes_long_is_run_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = {"slow": 100.0, "quick": 0.1}
    monkeypatch.setattr("benchmarks.runs.once", lambda command: run(taken[command.words[0]]))
    found = in_turns({name: Command([name], tmp_path) for name in taken}, 3)
    assert found == {"slow": [run(100), None, None], "quick": [run(0.1)] * 3}


def test_changes_are_taken_back(tmp_path: Path) -> None:
    book(60, tmp_path)
    before = (tmp_path / books.CHANGED).read_bytes()
    changes = books.Changes(tmp_path)
    state = tmp_path / ".custledger"
    state.mkdir()
    for name in ("index.sqlite", "index-x", "lock"):
        (state / name).touch()
    changes.forget()
    assert [path.name for path in state.iterdir()] == ["lock"]
    changes.add()
    changes.add()
    text = (tmp_path / books.CHANGED).read_text("utf-8")
    assert [text.count(f"(X-000{number})") for number in (1, 2, 3)] == [1, 1, 0]
    changes.restore()
    assert (tmp_path / books.CHANGED).read_bytes() == before


def test_invoices_in_documents_are_the_same_invoices(tmp_path: Path) -> None:
    book(60, tmp_path / "journals")
    book(60, tmp_path / "documents", documents=True)
    told = [
        literate.call_main(["aging", "--detail", "--format", "csv"], tmp_path / name, literate.environment(tmp_path))
        for name in ("journals", "documents")
    ]
    assert told[0] == told[1]
    assert told[0][1] == 0
    changes = books.Changes(tmp_path / "documents")
    changes.add()
    said, status = literate.call_main(
        ["invoice", "show", "X-0001"], tmp_path / "documents", literate.environment(tmp_path)
    )
    assert status == 0
    assert "113.00" in said
    changes.restore()


def test_the_table_says_what_is_within_its_goal() -> None:
    measured = {
        books.BASE: [run(2, 500), run(2, 500)],
        "aging, unchanged": [run(0.2, 100), run(0.4, 100)],
        "hledger bal": [run(10, 1000), None],
    }
    told = books.table(100_000, measured, 2).splitlines()[-3:]
    assert told[1] == "| aging, unchanged | 0.300 | 0.150 (0.100–0.200) | ≤ 0.12 ✗ | 0.150 | 100 | 0.200 | ≤ 0.15 ✗ |"
    assert told[2] == "| hledger bal | 10.000 | 5.000 (5.000–5.000) |  | 5.000 | 1,000 | 2.000 |  |"
    assert "≤ 0.015" in books.table(1_000_000, measured, 2)
    assert "≤" not in books.table(10_000, measured, 2)
    del measured[books.BASE]
    assert "| aging, unchanged | 0.300 |  |  | 0.150 | 100 |  |  |" in books.table(100_000, measured, 2)


def test_goals_are_of_what_is_measured(tmp_path: Path) -> None:
    book(60, tmp_path)
    assert books.GOALS.keys() <= books.commands(tmp_path, books.Changes(tmp_path)).keys()


def test_growth() -> None:
    found = {10: {"a": [run(1)]}, 100: {"a": [run(5)]}}
    assert books.growth(found).splitlines()[-1] == "| a | 5.0 |"


def test_sections_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "PAGE", tmp_path / "page.md")
    page.put("a", "First", "1st")
    page.put("b", "Second", "2nd")
    page.put("a", "First", "3rd")
    text = (tmp_path / "page.md").read_text("utf-8")
    assert text.startswith(page.HEAD)
    assert [word in text for word in ("1st", "2nd", "3rd")] == [False, True, True]
    assert text.index("First") < text.index("Second")
