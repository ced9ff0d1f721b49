from __future__ import annotations

import fcntl
import os
import stat
import subprocess
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from custledger.core.trouble import InternalError, WorldError
from custledger.edit.plan import FileEdit, Plan, Splice
from custledger.edit.splice import digest_of
from custledger.store import intent, system
from custledger.store.apply import apply
from custledger.store.lock import locked, place
from custledger.store.output import write_output
from custledger.store.reading import read_settled

if TYPE_CHECKING:
    from pathlib import Path

    from custledger.store.files import FolderSource
    from custledger.store.layout import Layout


def new(name: str, text: str) -> FileEdit:
    return FileEdit(name, None, (Splice(0, 0, text.encode()),))


def append(root: Path, name: str, text: str) -> FileEdit:
    old = (root / name).read_bytes()
    return FileEdit(name, digest_of(old), (Splice(len(old), len(old), text.encode()),))


def put(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def tree(root: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(root)): p.read_bytes()
        for p in sorted(root.rglob("*"))
        if p.is_file() and ".custledger" not in p.parts
    }


def test_a_new_book_in_a_new_folder(tmp_path: Path) -> None:
    root = tmp_path / "deep/book"
    apply(root, Plan((new("custledger.yaml", "a"), new("journals/2026/a.journal", "b"))))
    assert tree(root) == {"custledger.yaml": b"a", "journals/2026/a.journal": b"b"}
    assert (root / ".custledger/.gitignore").read_text() == "*\n"


def test_one_file_keeps_its_mode_and_its_link(tmp_path: Path) -> None:
    put(tmp_path, real="1\n")
    (tmp_path / "real").chmod(0o640)
    (tmp_path / "link").symlink_to("real")
    apply(tmp_path, Plan((append(tmp_path, "link", "2\n"),)))
    assert (tmp_path / "real").read_text() == "1\n2\n"
    assert (tmp_path / "link").is_symlink()
    assert stat.S_IMODE((tmp_path / "real").stat().st_mode) == 0o640


def test_what_changed_since_it_was_read_is_not_written(tmp_path: Path) -> None:
    put(tmp_path, a="1", b="1")
    plan = Plan((append(tmp_path, "a", "2"), append(tmp_path, "b", "2"), new("c", "x")))
    put(tmp_path, b="other")
    with pytest.raises(WorldError, match=r"files\.changed"):
        apply(tmp_path, plan)
    assert tree(tmp_path) == {"a": b"1", "b": b"other"}
    put(tmp_path, b="1", c="mine")
    with pytest.raises(WorldError, match=r"files\.exists"):
        apply(tmp_path, plan)
    assert tree(tmp_path) == {"a": b"1", "b": b"1", "c": b"mine"}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("../out", "files.outside"),
        ("link/x", "files.outside"),
        ("fifo", "files.not_regular"),
        ("folder", "files.not_regular"),
        ("gone", "files.not_found"),
        ("file/below", "files.not_found"),
    ],
)
def test_targets_that_are_refused(tmp_path: Path, name: str, key: str) -> None:
    book = put(tmp_path / "book", file="1")
    (book / "link").symlink_to(tmp_path)
    os.mkfifo(book / "fifo")
    (book / "folder").mkdir()
    before = tree(book)
    with pytest.raises(WorldError) as caught:
        apply(book, Plan((FileEdit(name, digest_of(b""), ()),)))
    assert caught.value.key == key
    assert tree(book) == before


def test_a_file_in_the_place_of_a_folder(tmp_path: Path) -> None:
    put(tmp_path, invoices="1")
    with pytest.raises(WorldError, match=r"files\.not_a_folder"):
        apply(tmp_path, Plan((new("invoices/2026/a.yaml", "x"),)))


def test_two_edits_of_one_file_are_our_bug(tmp_path: Path) -> None:
    with pytest.raises(InternalError):
        apply(tmp_path, Plan((new("a", ""), new("a", ""))))


def test_the_state_folder_may_not_lead_elsewhere(tmp_path: Path) -> None:
    book = put(tmp_path / "book", a="1")
    (tmp_path / "else").mkdir()
    (book / ".custledger").symlink_to(tmp_path / "else")
    with pytest.raises(WorldError, match=r"files\.not_regular"):
        apply(book, Plan((append(book, "a", "2"),)))
    assert list((tmp_path / "else").iterdir()) == []


def test_a_locked_book_names_the_holder(tmp_path: Path) -> None:
    put(tmp_path, a="1")
    code = (
        "import sys, time; from custledger.store.lock import *\n"
        f"with locked(place({str(tmp_path)!r})): print('locked', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdin
        holder.stdout.readline()
        with pytest.raises(WorldError) as caught:
            apply(tmp_path, Plan((append(tmp_path, "a", "2"),)), timeout=Decimal("0.1"))
        assert caught.value.key == "files.locked"
        assert caught.value.args_named["holder"].startswith(f"{holder.pid} ")
        holder.stdin.close()
        holder.wait()
    apply(tmp_path, Plan((append(tmp_path, "a", "2"),)), timeout=Decimal("0.1"))
    assert (tmp_path / "a").read_text() == "12"


def test_a_lock_file_deleted_under_us_is_no_lock(tmp_path: Path) -> None:
    where = place(tmp_path)
    with locked(where):
        (tmp_path / ".custledger/lock").unlink()
        with locked(where, 1):
            held = os.open(tmp_path / ".custledger/lock", os.O_RDWR)
            with pytest.raises(BlockingIOError):
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.close(held)


def test_a_bare_journal_has_nothing_left_beside_it(tmp_path: Path) -> None:
    put(tmp_path, sales="1", other__x="1")
    apply(tmp_path, Plan((append(tmp_path, "sales", "2"), append(tmp_path, "other/x", "2"))), bare=True)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["other", "sales", "x"]
    assert (tmp_path / "sales").read_text() == (tmp_path / "other/x").read_text() == "12"


def test_a_journal_of_a_book_named_by_itself_is_written_under_the_books_lock(tmp_path: Path) -> None:
    put(tmp_path, **{"custledger.yaml": ""}, journals__a="1")
    plan = Plan((append(tmp_path / "journals", "a", "2"),))
    with locked(place(tmp_path)), pytest.raises(WorldError, match=r"files\.locked"):
        apply(tmp_path / "journals", plan, bare=True, timeout=0)
    apply(tmp_path / "journals", plan, bare=True, timeout=0)
    assert (tmp_path / "journals/a").read_text() == "12"


class Stopped(BaseException):
    """What a kill is to a test in one process: nothing is cleaned up, so the cleaners are switched off."""


def stop_at_rename(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    real, count = system.rename, 0

    def rename(old: str, target: str) -> None:
        nonlocal count
        count += 1
        if count == number:
            monkeypatch.setattr(system, "unlink", lambda _: None)
            raise Stopped
        real(old, target)

    monkeypatch.setattr(system, "rename", rename)


def interrupted(root: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    put(root, custledger="1", journals__a="1", journals__b="1")
    plan = Plan((append(root, "journals/a", "2"), append(root, "journals/b", "2"), new("journals/c.journal", "2")))
    with monkeypatch.context() as patched:
        stop_at_rename(patched, number)
        with pytest.raises(Stopped):
            apply(root, plan)


OLD = {"custledger": b"1", "journals/a": b"1", "journals/b": b"1"}
NEW = {"custledger": b"1", "journals/a": b"12", "journals/b": b"12", "journals/c.journal": b"2"}


@pytest.mark.parametrize(("number", "expected"), [(1, OLD), (2, NEW), (3, NEW), (4, NEW)])
def test_several_files_are_all_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, expected: dict[str, bytes]
) -> None:
    interrupted(tmp_path, monkeypatch, number)
    with locked(place(tmp_path)):
        intent.recover(place(tmp_path))
    assert tree(tmp_path) == expected
    assert list(tmp_path.rglob("*.tmp")) == []


@pytest.mark.parametrize("writable", [True, False])
@pytest.mark.parametrize("number", [2, 3, 4])
def test_a_reader_sees_all_of_an_interrupted_edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, writable: bool
) -> None:
    interrupted(tmp_path, monkeypatch, number)
    if not writable:

        def refuse(*_: object) -> int:
            raise PermissionError(13, "no")

        monkeypatch.setattr(system, "open_lock", refuse)

    def read(source: FolderSource, found: Layout) -> tuple[bytes, bytes, bytes, tuple[str, ...]]:
        return source.read("journals/a"), source.read("journals/b"), source.read("journals/c.journal"), found.journals

    assert read_settled(tmp_path, read) == (b"12", b"12", b"2", ("journals/c.journal",))


def test_work_done_after_an_interruption_is_not_thrown_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted(tmp_path, monkeypatch, 3)  # a is in place, b is not
    put(tmp_path, journals__a="12 and more")
    put(tmp_path, journals__b="edited by hand")
    with pytest.raises(WorldError, match=r"files\.intent_and_edited"):
        apply(tmp_path, Plan((new("d", ""),)))
    assert (tmp_path / "journals/b").read_text() == "edited by hand"
    put(tmp_path, journals__b="1")
    apply(tmp_path, Plan((new("d", ""),)))
    assert tree(tmp_path) == {**NEW, "journals/a": b"12 and more", "d": b""}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"custledger_intent": 2, "files": []}',
        '{"custledger_intent": 1, "files": [{"name": "a", "target": "../x", "temp": "../.custledger-1.tmp", "old": null, "new": ""}]}',
        '{"custledger_intent": 1, "files": [{"name": "a", "target": "a", "temp": "b", "old": null, "new": ""}]}',
    ],
)
def test_an_intent_that_is_not_ours_moves_nothing(tmp_path: Path, text: str) -> None:
    book = put(tmp_path / "book", a="1", b="2")
    put(tmp_path, **{".custledger-1.tmp": "evil"})
    (book / ".custledger").mkdir()
    (book / ".custledger/intent").write_text(text)
    with pytest.raises(WorldError, match=r"files\.intent_damaged"):
        apply(book, Plan((append(book, "a", "2"),)))
    assert tree(book) == {"a": b"1", "b": b"2"}


def test_reading_again_while_somebody_writes(tmp_path: Path) -> None:
    put(tmp_path, **{"custledger.yaml": ""}, journals__a="1")
    seen = []

    def read(source: FolderSource, found: Layout) -> bytes:
        data = source.read("journals/a")
        if not seen:
            apply(tmp_path, Plan((append(tmp_path, "journals/a", "2"), new("journals/b.journal", "2"))))
        seen.append((data, found.journals))
        return data

    assert read_settled(tmp_path, read) == b"12"
    assert seen == [(b"1", ()), (b"12", ("journals/b.journal",))]


def test_a_missing_file_is_still_missing(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match=r"files\.not_found"):
        read_settled(tmp_path, lambda source, _: source.read("nope"))


def test_output_replaces_a_file_and_keeps_mode_and_link(tmp_path: Path) -> None:
    put(tmp_path, real="old")
    (tmp_path / "real").chmod(0o600)
    (tmp_path / "link").symlink_to("real")
    dead = tmp_path / ".custledger-out-999999999-0000.tmp"
    dead.write_text("litter")
    write_output(tmp_path / "link", b"new")
    write_output(tmp_path / "fresh", b"new")
    write_output(tmp_path / "/dev/null", b"new")
    assert tree(tmp_path) == {"fresh": b"new", "link": b"new", "real": b"new"}
    assert (tmp_path / "link").is_symlink()
    assert stat.S_IMODE((tmp_path / "real").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "key"), [(".", "files.is_a_folder"), ("no/file", "files.not_found"), ("/dev/full", "files.disk_full")]
)
def test_output_that_cannot_be(tmp_path: Path, name: str, key: str) -> None:
    with pytest.raises(WorldError) as caught:
        write_output(tmp_path / name, b"x")
    assert caught.value.key == key


def calls_of(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The calls that matter for what a power failure leaves, in order, as they are made from now on."""
    seen: list[str] = []
    for name in ("write_all", "sync", "rename"):

        def call(*args: object, name: str = name, real: object = getattr(system, name)) -> object:
            last = args[-1] if isinstance(args[-1], str) else ""
            seen.append(f"{name} {last.rpartition('/')[2]}".strip())
            return real(*args)  # type: ignore[operator]

        monkeypatch.setattr(system, name, call)
    return seen


def test_what_is_renamed_is_on_the_disk_before_and_its_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, a="1", b="1")
    with locked(place(tmp_path)):
        pass
    seen = calls_of(monkeypatch)
    apply(tmp_path, Plan((append(tmp_path, "a", "2"),)))
    staged = ["write_all", "sync"]
    assert seen[-4:] == [*staged, "rename a", "sync"]
    seen.clear()
    apply(tmp_path, Plan((append(tmp_path, "a", "3"), append(tmp_path, "b", "2"))))
    intent_put = ["write_all", "sync", "rename intent", "sync"]
    assert seen[-13:] == [*staged, *staged, "sync", *intent_put, "rename a", "rename b", "sync", "sync"]
