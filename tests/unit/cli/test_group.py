"""Several books: the answers of each as alone, in the order in which they are named, whatever is done first."""

from __future__ import annotations

import csv
import io
import json
import os

import pytest

from custledger import workers
from custledger.cli import app, group
from custledger.cli.declared import Exit
from custledger.cli.main import main
from custledger.cli.shell import Shell
from shuffled import Shuffled

SETTINGS = """book: 1
company: {{name: {name}}}
currency: EUR
decimal_mark: "."
language: en
terms: net 30
accounts: {{receivable: [assets:receivable], cash: [assets:bank], revenue: [income]}}
"""
JOURNAL = """decimal-mark .
2026-05-02 ({name}-1) Lake
    assets:receivable:lake   EUR {amount}.00
    income
"""
NAMES = ("north", "south", "east", "west")


@pytest.fixture
def run(tmp_path):
    for number, name in enumerate(NAMES, 1):
        folder = tmp_path / name
        (folder / "customers").mkdir(parents=True)
        (folder / "journals").mkdir()
        (folder / "custledger.yaml").write_text(SETTINGS.format(name=name), "utf-8")
        (folder / "customers" / "all.yaml").write_text("id: lake\nname: Lake\n", "utf-8")
        (folder / "journals" / "2026.journal").write_text(JOURNAL.format(name=name, amount=100 * number), "utf-8")

    def call(*words, env=None):
        out, err = io.StringIO(), io.StringIO()
        variables = {"COLUMNS": "80", "CUSTLEDGER_TODAY": "2026-06-30", **(env or {})}
        status = main(list(words), Shell(io.StringIO(), out, err, variables, tmp_path))
        return status, out.getvalue(), err.getvalue()

    return call


def named(*books):
    return [word for book in books for word in ("--book", book)]


@pytest.mark.parametrize("kind", ["text", "json", "csv", "md", "html"])
def test_processes_say_the_same_as_this_one(run, monkeypatch, kind):
    words = ("aging", "--format", kind, *named("south", "nowhere", *NAMES))
    here = run(*words)
    assert here[0] == 2
    monkeypatch.setattr(group, "_worth", lambda books, folder: 2)
    assert run(*words) == here
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    for seed in range(5):
        executor = Shuffled(seed)
        monkeypatch.setattr(workers, "EXECUTOR", lambda count, executor=executor: executor)
        assert run(*words) == here
        assert executor.done != sorted(executor.done)
        assert len(executor.done) == 5


def test_each_document_of_json_is_the_one_that_it_is_alone(run):
    status, out, err = run("balance", "--format", "json", *named(*NAMES))
    assert (status, err) == (0, "")
    books = json.loads(out)["books"]
    assert [book["book"] for book in books] == [*NAMES]
    for name, book in zip(NAMES, books, strict=True):
        alone = run("balance", "--format", "json", "--book", name)[1]
        assert json.loads(alone) == book
        assert "".join(f"    {line}\n" for line in alone.splitlines()).rstrip() in out


def test_a_table_of_books_with_other_columns(run, tmp_path):
    settings = tmp_path / "south" / "custledger.yaml"
    settings.write_text(settings.read_text("utf-8") + "aging: {edges: [10, 20]}\n", "utf-8")
    status, out, err = run("aging", "--format", "csv", *named("north", "south"))
    assert (status, err) == (0, "")
    head, north, south = list(csv.reader(io.StringIO(out)))
    assert head[0] == "book"
    assert len(head) == len(set(head)) == len(north) == len(south)
    found = [dict(zip(head, row, strict=True)) for row in (north, south)]
    assert [row["book"] for row in found] == ["north", "south"]
    assert (found[0]["1-30"], found[0][">20"]) == ("100.00", "")
    assert (found[1]["1-30"], found[1][">20"]) == ("", "200.00")
    assert [row["total"] for row in found] == ["100.00", "200.00"]


def test_a_cell_that_would_be_calculated(run, tmp_path):
    (tmp_path / "north").rename(tmp_path / "=1+1")
    out = run("balance", "--format", "csv", *named("=1+1", "south"))[1]
    assert out.splitlines()[1].startswith("'=1+1,lake,")


def test_a_name_that_is_no_plain_text(run, tmp_path):
    (tmp_path / "north").rename(tmp_path / "<b>\x1b[31m#*")
    words = ("balance", *named("<b>\x1b[31m#*", "south"))
    assert "\x1b" not in run(*words)[1]
    assert "<b>" not in run(*words, "--format", "html")[1]
    assert "# Book \\<b\\>\\\\u\\{1b\\}\\[31m#\\*" in run(*words, "--format", "md")[1]
    books = json.loads(run(*words, "--format", "json")[1])["books"]
    assert books[0]["book"] == json.loads(run("balance", "--book", words[2], "--format", "json")[1])["book"]


def test_errors_in_json_where_a_single_command_has_them(run, tmp_path):
    (tmp_path / "north" / "custledger.yaml").write_text("book: 1\nterms: never\n", "utf-8")
    status, out, err = run("balance", "--format", "json", *named("north", "nowhere", "south"))
    north, nowhere, south = json.loads(out)["books"]
    assert status == 3
    assert (north["report"], north["book"], north["exit"]) == ("error", "north", 3)
    assert (nowhere["report"], nowhere["book"], nowhere["exit"]) == ("error", "nowhere", 2)
    assert south["report"] == "balance"
    assert "nowhere" in err
    assert "never" not in err
    alone = json.loads(run("balance", "--format", "json", "--book", "north")[1])
    assert {**alone, "book": "north"} == north


def test_our_bug_in_one_book_is_told_and_stops_no_other(run, monkeypatch):
    from custledger.cli.commands import balance

    def broken(context, **_):
        if context.options["book"] == "north":
            raise ZeroDivisionError("north")
        context.print("{}")
        raise Exit(1)

    monkeypatch.setattr(balance, "COMMAND", balance.COMMAND.__class__("balance", broken, balance.COMMAND.options))
    status, out, err = run("balance", *named("north", "south"))
    assert status == 70
    assert "Book south" in out
    assert err.startswith("Book north:\n")
    assert "ZeroDivisionError" in err
    told = json.loads(run("balance", "--format", "json", *named("north", "south"))[1])["books"]
    assert (told[0]["exit"], told[0]["book"]) == (70, "north")


def test_a_book_whose_process_is_ended_from_outside_is_asked_here(run, monkeypatch):
    from custledger.cli.commands import balance

    here = os.getpid()

    def ended(context, **_):
        if context.options["book"] == "south" and os.getpid() != here:
            os._exit(9)
        context.print("there")

    monkeypatch.setattr(balance, "COMMAND", balance.COMMAND.__class__("balance", ended, balance.COMMAND.options))
    monkeypatch.setattr(group, "_worth", lambda books, folder: 2)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    status, out, err = run("balance", *named("north", "south"))
    assert (status, err) == (0, "")
    assert out.count("there") == 2


def test_nobody_is_asked(run, monkeypatch):
    from custledger.cli.commands import balance

    told = []
    monkeypatch.setattr(
        balance,
        "COMMAND",
        balance.COMMAND.__class__("balance", lambda context, **_: told.append(context.asks), balance.COMMAND.options),
    )
    run("balance", *named("north", "south"))
    assert told == [False, False]


def test_processes_are_for_what_stands_beside_the_largest(run, tmp_path):
    assert group._worth([*NAMES, "nowhere"], tmp_path) == 1
    large = b"; " + b"x" * group.WORTH_A_WORKER + b"\n"
    for name, count in (("north", 1), ("south", 2), ("east", 3)):
        (tmp_path / name / "journals" / "2026.journal").write_bytes(large)
        assert group._worth([*NAMES], tmp_path) == count
        assert group._worth([name, "nowhere"], tmp_path) == 1


def test_every_command_that_writes_says_what_it_does_with_several():
    allowed = {name for name, each in app.every().items() if each.several or "write" not in each.options}
    with_books = {name for name, each in app.every().items() if {"book", "place"} & {*each.options}}
    assert {name for name in allowed & with_books if app.every()[name].several is not False} == {
        "aging", "balance", "check", "customer list", "customer show", "fmt", "index", "invoice list", "invoice show",
        "overview", "payment list", "reconcile", "statement", "why",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "books"),
    [
        ("north", ["north"]),
        (f"north{os.pathsep}south", ["north", "south"]),
        (f"{os.pathsep}south{os.pathsep}", ["south"]),
        (f"south{os.pathsep}north{os.pathsep}./south/", ["south", "north"]),
    ],
)
def test_the_environment_names_several(run, given, books):
    by_environment = run("balance", env={"CUSTLEDGER_BOOK": given})
    assert by_environment == run("balance", *named(*books))
    assert by_environment == run("balance", *named("", *books))
    assert by_environment[0] == 0


def test_files_that_are_named_have_no_book(run, tmp_path):
    env = {"CUSTLEDGER_BOOK": f"north{os.pathsep}south"}
    (tmp_path / "a.journal").write_text(JOURNAL.format(name="a", amount=5), "utf-8")
    assert run("-f", "a.journal", "balance", env=env) == run("-f", "a.journal", "balance")
    assert run("fmt", "--check", "a.journal", env=env) == run("fmt", "--check", "a.journal")
    assert run("explain", env=env) == run("explain")


def test_folders_that_a_file_system_may_take_for_one(tmp_path):
    for name in ("a/Shop", "b/shop", "c/SHOP"):
        (tmp_path / name).mkdir(parents=True)
    found = group._folders(["a/Shop", "b/shop", "c/SHOP/custledger.yaml"], tmp_path)
    assert list(found.values()) == ["Shop", "shop-2", "SHOP-3"]
