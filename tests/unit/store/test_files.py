from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from custledger.core.trouble import UsageError, WorldError
from custledger.store.files import FilesSource, FolderSource

if TYPE_CHECKING:
    from pathlib import Path


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())


def test_reads_names_relative_to_the_book(tmp_path: Path) -> None:
    put(tmp_path, "journals/中文 a.journal")
    assert FolderSource(tmp_path).read("journals/中文 a.journal") == "journals/中文 a.journal".encode()


def test_nothing_but_regular_files_and_no_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "folder").mkdir()
    with socket.socket(socket.AF_UNIX) as listening:
        os.chdir(tmp_path)  # a socket's path must be short
        listening.bind("socket")
    (tmp_path / "device").symlink_to("/dev/zero")
    source = FolderSource(tmp_path)
    for name, key in [
        ("fifo", "files.not_regular"),
        ("folder", "files.not_regular"),
        ("socket", "files.not_regular"),
        ("device", "files.outside"),
        ("missing", "files.not_found"),
        ("a\0b", "files.outside"),
    ]:
        with pytest.raises(WorldError) as caught:
            source.read(name)
        assert (name, caught.value.key) == (name, key)
    for name in ["fifo", "folder", "socket", "device"]:
        with pytest.raises(WorldError) as caught:
            FilesSource([name], cwd=tmp_path).read(name)
        assert (name, caught.value.key) == (name, "files.not_regular")


def test_size_is_capped(tmp_path: Path) -> None:
    put(tmp_path, "long.journal")
    assert FolderSource(tmp_path, limit=12).read("long.journal")
    with pytest.raises(WorldError, match=r"files\.too_big"):
        FolderSource(tmp_path, limit=11).read("long.journal")


def test_a_second_reading_must_be_the_first(tmp_path: Path) -> None:
    put(tmp_path, "a")
    source = FolderSource(tmp_path, kept_max=0)
    keeping = FolderSource(tmp_path)
    assert keeping.read("a") == source.read("a") == source.read("a")
    assert source.changed() == []
    (tmp_path / "a").write_bytes(b"x")
    assert source.changed() == ["a"]
    with pytest.raises(WorldError, match=r"files\.changed_while_reading"):
        source.read("a")
    assert keeping.read("a") == b"a"
    assert keeping.changed() == ["a"]


def test_a_link_out_of_the_book_is_refused_and_one_inside_is_read(tmp_path: Path) -> None:
    put(tmp_path, "secret", "book/journals/a.journal")
    book = tmp_path / "book"
    (book / "journals/out.journal").symlink_to("../../secret")
    (book / "journals/in.journal").symlink_to("a.journal")
    source = FolderSource(book)
    assert source.read("journals/in.journal") == b"book/journals/a.journal"
    for name in ["journals/out.journal", "../secret", str(tmp_path / "secret")]:
        with pytest.raises(WorldError, match=r"files\.outside"):
            source.read(name)


def test_a_staged_file_is_read_in_its_place(tmp_path: Path) -> None:
    put(tmp_path, "a", "b")
    assert FolderSource(tmp_path, staged={"a": "b"}).read("a") == b"b"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("x.journal", ["j/x.journal"]),
        ("./sub/../x.journal", ["j/x.journal"]),
        ("*.journal", ["j/B.journal", "j/main.journal", "j/x.journal"]),
        ("sub/*.journal", ["j/sub/y.journal"]),
        ("sub/**.journal", ["j/sub/y.journal"]),
        ("**/*.journal", ["j/B.journal", "j/main.journal", "j/sub/deep/z.journal", "j/sub/y.journal", "j/x.journal"]),
        ("**/z.journal", ["j/sub/deep/z.journal"]),
        ("su?/*.journal", ["j/sub/y.journal"]),
        ("[xB].journal", ["j/B.journal", "j/x.journal"]),
        ("[!x].journal", ["j/B.journal"]),
        ("[^x].journal", ["j/B.journal"]),
        ("[a-z].journal", ["j/x.journal"]),
        (".dot/*", ["j/.dot/h.journal"]),
        (".*.journal", ["j/.hidden.journal"]),
        ("nope", []),
        ("nope*", []),
        ("[", []),
        ("../top.journal", ["top.journal"]),
    ],
)
def test_includes(tmp_path: Path, pattern: str, expected: list[str]) -> None:
    put(
        tmp_path,
        "top.journal",
        *(f"j/{n}" for n in ["main.journal", "x.journal", "B.journal", ".hidden.journal", ".dot/h.journal"]),
        "j/sub/y.journal",
        "j/sub/deep/z.journal",
    )
    assert FolderSource(tmp_path).include("j/main.journal", pattern) == expected
    bare = FilesSource(["j/main.journal"], cwd=tmp_path)
    assert bare.include("main.journal", pattern) == sorted(os.path.relpath(name, "j") for name in expected)


def test_an_include_stays_in_the_book(tmp_path: Path) -> None:
    put(tmp_path, "secret.journal", "book/journals/a.journal")
    (tmp_path / "book/journals/link.journal").symlink_to(tmp_path / "secret.journal")
    source = FolderSource(tmp_path / "book")
    for pattern in [
        "../../secret.journal",
        "/etc/passwd",
        "~/x",
        "link.journal",
        "*.journal",
        "../../*.journal",
        "../../nope",
        "../..",
    ]:
        with pytest.raises(WorldError, match=r"files\.include_escapes"):
            source.include("journals/a.journal", pattern)
    assert source.include("journals/a.journal", str(tmp_path / "book/journals/a.journal")) == ["journals/a.journal"]


def test_bare_journals(tmp_path: Path) -> None:
    put(tmp_path, "home/mine.journal", "one/a.journal", "two/b.journal")
    source = FilesSource(
        ["one/a.journal", "-", "two/b.journal", "~/mine.journal"],
        cwd=tmp_path,
        home=tmp_path / "home",
        stdin=lambda: b"from stdin",
    )
    assert source.names == ("a.journal", "-", "../two/b.journal", "../home/mine.journal")
    assert source.read("-") == source.read("-") == b"from stdin"
    assert source.read("../two/b.journal") == b"two/b.journal"
    assert source.include("a.journal", "~/mine.journal") == ["../home/mine.journal"]
    assert source.include("-", "two/*.journal") == ["../two/b.journal"]
    assert source.include("../two/b.journal", "../one/a.journal") == ["a.journal"]


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"files\.argument_not_found"):
        FilesSource(["nope"], cwd=tmp_path)


def test_a_pipe_of_the_shell_is_read_once(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"piped")
    os.close(writing)
    source = FilesSource([f"/dev/fd/{reading}"], cwd=tmp_path)
    name = source.names[0]
    assert source.read(name) == source.read(name) == b"piped"
    os.close(reading)
