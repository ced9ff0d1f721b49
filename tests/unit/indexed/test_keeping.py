"""How the index sees what changed: by inode, size and time, and by content where these cannot tell."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import literate
from custledger.core.trouble import WorldError
from custledger.indexed import building, keeping, updating
from custledger.opening import settings_of
from custledger.store import files, ranges
from custledger.store import index_files as store
from custledger.store.files import FolderSource
from indexed_asking import TODAY, made, said

LINE = "aging --detail"
SETTINGS = "book: 1\ncompany: {name: Harbour}\ncurrency: CNY\ndecimal_mark: '.'\n"
ENTRY = "2026-05-{day} (INV-{day}) Acme\n    assets:receivable:acme   CNY {amount}.00\n    income\n\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book of two journals, its files written long ago, with an index."""
    book = tmp_path / "book"
    for name, text in {
        "custledger.yaml": SETTINGS,
        "customers/acme.yaml": "id: acme\nname: Acme\n",
        "journals/a.journal": ENTRY.format(day=10, amount=100) + ENTRY.format(day=11, amount=110),
        "journals/b.journal": ENTRY.format(day=12, amount=120),
    }.items():
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        (book / name).write_text(text)
    assert made(book)
    return book


def true(root: Path) -> bool:
    """Whether the index, once it was asked, says what the text says."""
    same = said(root, LINE) == said(root, LINE, "--no-index")
    return same and keeping.differing(root, "book", TODAY) == []


def inode(root: Path) -> int:
    return Path(store.path_of(str(root))).stat().st_ino


def settled(root: Path) -> None:
    """As if nothing had been written for long: only inode, size and time are looked at."""
    index = store.opened(str(root))
    assert index is not None
    with store.changed(index):
        index.put_meta("read", str(time.time_ns() + 10**12))
    index.connection.close()


def never(*_: object, **__: object) -> None:
    raise AssertionError("nothing changed")


def test_an_edit_within_the_same_second_and_of_the_same_length(root: Path) -> None:
    path = root / "journals/a.journal"
    for amount in range(101, 111):
        text = path.read_text()
        path.write_text(text.replace(f"CNY {amount - 1}.00", f"CNY {amount}.00"))
        assert path.stat().st_size == len(text)
        assert f" {amount}.00" in said(root, LINE)[0]
        assert true(root)


def test_an_edit_that_the_file_system_cannot_tell_from_the_one_before(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that keeps times in steps of two seconds, say: all that is written within a step has one time."""
    step = time.time_ns()

    def coarse(status: os.stat_result) -> tuple[int, int, int]:
        return (status.st_ino, status.st_size, step)

    monkeypatch.setattr(files, "signature", coarse)
    monkeypatch.setattr(ranges, "signature", coarse)
    path = root / "journals/a.journal"
    assert said(root, LINE)[1] == 0
    for amount in range(101, 104):
        path.write_text(path.read_text().replace(f"CNY {amount - 1}.00", f"CNY {amount}.00"))
        assert f" {amount}.00" in said(root, LINE)[0]


@pytest.mark.parametrize("quiet", [False, True])
def test_an_edit_of_the_same_length_whose_time_is_set_back(quiet: bool, root: Path) -> None:
    """By the time of change of the inode, which nobody can set; within two seconds by the content."""
    path = root / "journals/a.journal"
    if quiet:
        settled(root)
    before = path.stat()
    with path.open("r+") as stream:
        stream.write(path.read_text().replace("100.00", "900.00"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    now = path.stat()
    assert (now.st_ino, now.st_size, now.st_mtime_ns) == (before.st_ino, before.st_size, before.st_mtime_ns)
    assert " 900.00" in said(root, LINE)[0]
    assert true(root)


@pytest.mark.parametrize("quiet", [False, True])
def test_another_file_of_the_same_length_and_time_in_its_place(quiet: bool, root: Path) -> None:
    path, new = root / "journals/a.journal", root / "new"
    if quiet:
        settled(root)
    before = path.stat()
    new.write_text(path.read_text().replace("100.00", "900.00"))
    os.utime(new, ns=(before.st_atime_ns, before.st_mtime_ns))
    new.replace(path)
    assert " 900.00" in said(root, LINE)[0]
    assert true(root)


def test_two_files_that_change_places(root: Path) -> None:
    one, other = root / "journals/a.journal", root / "journals/b.journal"
    one.write_text(ENTRY.format(day=10, amount=100))
    assert made(root)
    settled(root)
    one.rename(root / "journals/c")
    other.rename(one)
    (root / "journals/c").rename(other)
    assert true(root)


@pytest.mark.parametrize("name", ["custledger.yaml", "customers/acme.yaml", "journals/a.journal"])
@pytest.mark.parametrize("way", ["touched", "copied", "set back", "moved"])
def test_what_is_touched_and_not_changed_is_not_read_again(
    name: str, way: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, before = root / name, inode(root)
    settled(root)
    if way == "touched":
        os.utime(path, ns=(1, time.time_ns() + 5 * 10**9))
    elif way == "copied":
        shutil.copy2(path, root / "copy")
        (root / "copy").replace(path)
    elif way == "set back":
        os.utime(path, (1, 1))
    else:
        path.rename(root / "other")
        (root / "other").rename(path)
    monkeypatch.setattr(building.Build, "run", never)
    monkeypatch.setattr(updating.Update, "run", never)
    assert said(root, LINE) == said(root, LINE, "--no-index")
    monkeypatch.undo()
    assert inode(root) == before
    index = store.opened(str(root))
    assert index is not None
    found = {row[0]: (row[4], row[2], row[3]) for row in index.signatures()}
    index.connection.close()
    status = path.stat()
    assert found[name] == (status.st_ino, status.st_size, max(status.st_mtime_ns, status.st_ctime_ns))
    assert true(root)


def test_what_was_compared_by_content_is_not_compared_for_ever(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = store.moment
    monkeypatch.setattr(store, "moment", lambda index: real(index) + 3 * 10**9)  # three seconds later
    assert said(root, LINE)[1] == 0
    monkeypatch.setattr(keeping, "_same", never)
    assert said(root, LINE) == said(root, LINE, "--no-index")


@pytest.mark.parametrize("hours", [-48, -1, 1])
def test_a_clock_that_is_set(hours: int, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index was made at another time than files say that are written now: what differs is seen, not what is later."""
    real = store.moment
    monkeypatch.setattr(store, "moment", lambda index: real(index) + hours * 3600 * 10**9)
    path = root / "journals/a.journal"
    path.write_text(path.read_text() + ENTRY.format(day=13, amount=130))
    assert true(root)
    path.write_text(path.read_text().replace("130.00", "131.00"))
    assert true(root)
    monkeypatch.undo()
    path.write_text(path.read_text().replace("131.00", "132.00"))
    assert " 132.00" in said(root, LINE)[0]
    assert true(root)


def test_another_day_needs_no_other_index(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in ("2026-05-11", "2026-08-01", "2025-01-01"):
        monkeypatch.setattr(literate, "TODAY", day)
        for line in (LINE, "check", "balance acme"):
            assert said(root, line) == said(root, line, "--no-index"), (day, line)


def test_a_file_that_changes_while_the_index_is_mended(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of files that did not change are read where they stand: there something else may stand by then."""
    path, other = root / "journals/a.journal", root / "journals/b.journal"
    path.write_text(path.read_text() + ENTRY.format(day=13, amount=130))
    run = updating.Update.run

    def meanwhile(self: updating.Update) -> object:
        other.write_text("; a line more\n" + other.read_text().replace("120.00", "125.00"))
        return run(self)

    monkeypatch.setattr(updating.Update, "run", meanwhile)
    assert not made(root)
    monkeypatch.undo()
    assert true(root)


def test_without_an_index_nothing_of_it_is_asked_or_written(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path.name: path.read_bytes() for path in (root / ".custledger").iterdir()}
    expected = said(root, LINE)
    (root / "journals/b.journal").touch()
    monkeypatch.setattr(store, "opened", never)
    monkeypatch.setattr(store, "made", never)
    assert said(root, LINE, "--no-index") == expected
    assert {path.name: path.read_bytes() for path in (root / ".custledger").iterdir()} == before
    shutil.rmtree(root / ".custledger")
    assert said(root, LINE, "--no-index") == expected
    assert not (root / ".custledger").exists()


def test_the_journal_for_other_programs_comes_changes_and_goes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It only includes the others: the index knows it again, and is not made anew for it."""
    was, path = inode(root), root / "book.journal"
    for text in ("include journals/a.journal\n", "include journals/*.journal\n", None):
        if text is None:
            path.unlink()
        else:
            path.write_text(text)
        with monkeypatch.context() as patched:
            patched.setattr(building.Build, "run", never)
            for line in (LINE, "check"):
                assert said(root, line) == said(root, line, "--no-index")
        assert inode(root) == was
        assert true(root)


def test_what_cannot_be_written_is_made_in_memory(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what the one on the disk would, which stays as it was."""
    was = inode(root)
    for name in ("made", "changed"):
        monkeypatch.setattr(store, name, refused)
    with (root / "journals/b.journal").open("a") as file:
        file.write(ENTRY.format(day=13, amount=130))
    told: list[WorldError] = []
    settings = settings_of(FolderSource(root))
    assert settings is not None
    asking = keeping.asking(root, "book", settings, TODAY, tell=told.append)
    assert asking is not None
    assert ([error.key for error in told], asking.index.path, inode(root)) == (["files.disk_full"], "", was)
    held = asking.index.accounts(TODAY.toordinal(), names=True)
    assert [account.live_names for account in held] == ["INV-10\nINV-11\nINV-12\nINV-13"]
    assert asking.index.damaged() == []
    assert keeping.asking(root, "book", settings, TODAY, make=True, tell=told.append) is None


@contextmanager
def refused(*_: object) -> Iterator[None]:
    raise store.NotWritten(WorldError("files.disk_full", name="index.sqlite"))
    yield
