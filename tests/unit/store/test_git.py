"""Reading a revision of real repositories; hostile ones are in tests/hostile/test_git.py."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from custledger.core.trouble import UsageError, WorldError
from custledger.store.blob import blob_id
from custledger.store.files import FolderSource
from custledger.store.git import GitSource
from custledger.store.layout import Stray, layout
from repositories import ENV, commit, git, put

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book in a folder of a repository, committed."""
    root = tmp_path / "repo" / "shop"
    put(root, **{"custledger.yaml": "book: 1\n", "journals/a.journal": "first\n", "customers/x/y.yaml": "id: y\n"})
    git(root.parent, "init", "-q", "-b", "main")
    commit(root.parent)
    return root


def at(root: Path, revision: str = "HEAD", **more: str) -> GitSource:
    return GitSource.at(root, revision, env={**ENV, **more})


def key_of(call) -> str:
    with pytest.raises((UsageError, WorldError)) as caught:
        call()
    return caught.value.key


# --- what was committed, and nothing else ------------------------------------------------------------------------


def test_the_text_is_what_was_committed(book: Path) -> None:
    put(book, **{"journals/a.journal": "second\n", "journals/b.journal": "new\n"})
    second = commit(book)
    put(book, **{"journals/a.journal": "staged\n"})
    git(book, "add", "--all")
    put(book, **{"journals/a.journal": "third\n", "journals/c.journal": "not committed\n"})
    with at(book) as source:
        assert source.commit == second
        assert source.short == second[:10]
        assert source.read("journals/a.journal") == b"second\n"
        assert source.layout().journals == ("journals/a.journal", "journals/b.journal")
        assert key_of(lambda: source.read("journals/c.journal")) == "files.not_found"
    with at(book, "HEAD~1") as source:
        assert source.read("journals/a.journal") == b"first\n"
        assert source.layout().journals == ("journals/a.journal",)
        assert source.include("book.journal", "journals/*.journal") == ["journals/a.journal"]


def test_nothing_that_attributes_ask_for_is_done(book: Path) -> None:
    put(book, **{".gitattributes": "*.journal text eol=crlf working-tree-encoding=UTF-16 filter=lfs ident\n"})
    put(book, **{"journals/a.journal": "$Id$\n"})
    raw = git(book, "hash-object", "-w", "--stdin", "--no-filters", data=b"$Id$ \r\n\xff")
    git(book, "add", ".gitattributes")
    git(book, "update-index", "--cacheinfo", f"100644,{raw},shop/journals/a.journal")
    git(book, "commit", "-q", "-m", "x")
    assert at(book).read("journals/a.journal") == b"$Id$ \r\n\xff"


@pytest.mark.parametrize("kind", ["sha1", "sha256"])
def test_ids_without_reading(tmp_path: Path, kind: str) -> None:
    git(tmp_path, "init", "-q", f"--object-format={kind}")
    put(tmp_path, **{"custledger.yaml": "book: 1\n", "journals/a.journal": "text\n"})
    commit(tmp_path)
    source = at(tmp_path)
    expected = git(tmp_path, "hash-object", "journals/a.journal")
    assert source.blob_id("journals/a.journal") == expected == blob_id(b"text\n", kind)
    assert source.read("journals/a.journal") == b"text\n"
    assert key_of(lambda: source.blob_id("journals")) == "files.not_regular"
    assert key_of(lambda: source.blob_id("nothing")) == "files.not_found"


def tangled(root: Path) -> None:
    """Everything that the rules of a book's files judge."""
    names = (
        "custledger.yml", "book.journal", "customers/a.yml", "customers/b.YAML", "customers/c.journal", "customers/d.bak",
        "customers/README.md", "customers/.x.yml", "customers/中.yaml", "customers/B/a.yaml", "journals/2026/01.journal",
        "journals/2026/02.journal", "journals/a-b.journal", "journals/a.hledger", "journals/noending", "journals/.h/x.journal",
        "prices/usd.journal", "prices/.eur.journal", "prices/deep/er/x.journal", "activity", "invoices/a[1].yaml",
    )  # fmt: skip
    put(root, **{name: f"{name}\n" for name in names})
    put(root.parent, **{"outside.journal": "secret\n"})
    (root / os.fsdecode(b"journals/\xff.journal")).write_bytes(b"")
    deep = root / "customers" / "/".join("d" * 35)
    deep.mkdir(parents=True)
    (deep / "x.yaml").write_text("")
    for name, target in {
        "customers/out.yaml": "../../outside.journal",
        "customers/gone.yaml": "nowhere.yaml",
        "customers/loop.yaml": "loop.yaml",
        "customers/loop2.yaml": "../customers/loop3.yaml/x",
        "customers/loop3.yaml": "loop2.yaml",
        "customers/absolute.yaml": f"{root}/customers/x/y.yaml",
        "customers/there.yaml": f"../../../{root.parent.name}/shop/customers/../customers/x/y.yaml",
        "journals/in.journal": "a.journal",
        "journals/folder": "../prices",
        "journals/through.journal": "../linked/usd.journal",
        "journals/twice.journal": "in.journal",
        "linked": "prices",
        "escape": "../..",
        "self": ".",
    }.items():
        (root / name).symlink_to(target)


PATTERNS = (
    "../prices/usd.journal", "../prices/*.journal", "../prices/.*.journal", "*.journal", "2026/*", "**/*.journal", "../**/*",
    "../linked/*", "../linked/usd.journal", "folder/usd.journal", "../self/self/journals/a.journal", "../self/*/a.journal",
    "in.journal", "twice.journal", "../escape/shop/prices/usd.journal", "../escape/outside.journal", "../../outside.journal",
    "../../*", "nothing", "no/thing", "../prices", "../prices/", "../prices/.", "../prices/..", ".", "..", "2026/../a.journal",
    "a.journal/../a.journal", "nothing/../a.journal", "../linked/../a.journal", "~/x", "/etc/passwd", "x\0y", "<1-2>.journal",
    "[a-b].journal", "../?rices/usd.journal", "../*/usd.journal", "../*/*/er/x.journal", "../customers/loop.yaml",
)  # fmt: skip


def result_of(call: Callable[..., object], *args: str) -> object:
    try:
        return call(*args)
    except WorldError as error:
        return "files.not_found" if error.key == "files.link_loop" else error.key


def test_the_files_are_found_as_in_a_folder(book: Path) -> None:
    tangled(book)
    commit(book)
    folder = FolderSource(book)
    with at(book) as source:
        assert source.layout() == layout(book)
        assert len(source.layout().strays) > 12
        assert {stray.reason for stray in source.layout().strays} >= {
            "ending",
            "folder",
            "link",
            "special",
            "name",
            "deep",
        }
        names = [str(path.relative_to(book)) for path in sorted(book.rglob("*"))]
        assert len(names) > 60
        for name in (
            *names,
            "",
            ".",
            "..",
            "nothing",
            "journals/../custledger.yaml",
            "linked/usd.journal",
            "linked/no",
        ):
            assert (name, result_of(source.read, name)) == (name, result_of(folder.read, name))
        found = 0
        for pattern in (*PATTERNS, f"{book}/prices/*.journal", f"{book.parent}/*/prices/*.journal"):
            for including in ("journals/a.journal", "book.journal", "journals/2026/01.journal"):
                expected = result_of(folder.include, including, pattern)
                assert (pattern, result_of(source.include, including, pattern)) == (pattern, expected)
                for name in expected if isinstance(expected, list) else ():
                    found += 1
                    assert (name, result_of(source.read, name)) == (name, result_of(folder.read, name))
        assert found > 60


def test_a_submodule_is_reported(book: Path, tmp_path: Path) -> None:
    other = git(book, "rev-parse", "HEAD")
    git(book, "update-index", "--add", "--cacheinfo", f"160000,{other},shop/journals/branch")
    git(book, "update-index", "--add", "--cacheinfo", f"160000,{other},shop/invoices")
    git(book, "commit", "-q", "-m", "x")
    source = at(book)
    assert source.layout().strays == (Stray("invoices", "submodule"), Stray("journals/branch", "submodule"))
    assert key_of(lambda: source.read("journals/branch")) == "files.not_regular"


# --- which revision ----------------------------------------------------------------------------------------------


def test_whatever_names_one_commit(book: Path) -> None:
    first = git(book, "rev-parse", "HEAD")
    git(book, "tag", "-a", "-m", "x", "closed")
    second = commit(book)
    for revision, expected in {
        "HEAD": second, "main": second, "@": second, "main~1": first, "HEAD^": first, "closed": first, first[:8]: first,
        first: first, "HEAD@{1}": first, "refs/tags/closed": first, ":/x": second,
    }.items():  # fmt: skip
        assert (revision, at(book, revision).commit) == (revision, expected)


@pytest.mark.parametrize(
    "revision",
    [
        "",
        "-h",
        "--all",
        "--git-dir",
        "^HEAD",
        "HEAD..HEAD",
        "HEAD:shop",
        "HEAD^{tree}",
        "v1",
        "a\0b",
        "a\nb",
        "0" * 40,
        "\udcff",
    ],
)
def test_what_names_none(book: Path, revision: str) -> None:
    assert key_of(lambda: at(book, revision)) == "git.unknown_revision"


def test_what_names_two(book: Path) -> None:
    git(book, "branch", "twice")
    git(book, "tag", "twice")
    git(book, "config", "core.warnAmbiguousRefs", "false")
    assert key_of(lambda: at(book, "twice")) == "git.ambiguous_revision"
    assert key_of(lambda: at(book, "twice~0")) == "git.ambiguous_revision"
    assert at(book, "heads/twice")


def test_the_nearest_names(book: Path) -> None:
    git(book, "tag", "closed-2026-01")
    with pytest.raises(UsageError) as caught:
        at(book, "closed-2026-02")
    assert caught.value.args_named == {"revision": "closed-2026-02", "near": "closed-2026-01"}


def test_the_repository_is_the_one_around_the_book(book: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    put(other, **{"custledger.yaml": "other\n"})
    git(other, "init", "-q")
    commit(other)
    hook = {"GIT_DIR": f"{other}/.git", "GIT_WORK_TREE": str(other), "GIT_INDEX_FILE": "x", "GIT_NAMESPACE": "x"}
    assert at(book, **hook).read("custledger.yaml") == b"book: 1\n"
    # A folder that holds what a bare repository does would be taken for one, and its text for the book's.
    git(tmp_path, "clone", "-q", "--bare", str(other), str(book / "journals.git"))
    for path in (book / "journals.git").iterdir():
        path.rename(book / path.name)
    for bare in ("true", "false"):
        git(book, "config", "core.bare", bare)
        assert git(book, "cat-file", "blob", "HEAD:custledger.yaml") == "other"
        assert key_of(lambda: at(book)) == "git.no_repository"
        git(book, "config", "core.worktree", str(book))
    assert key_of(lambda: at(other / ".git")) == "git.no_repository"
    assert key_of(lambda: at(tmp_path)) == "git.no_repository"


def test_a_work_tree_of_its_own(book: Path, tmp_path: Path) -> None:
    git(book, "worktree", "add", "-q", str(tmp_path / "second"))
    put(book, **{"journals/a.journal": "second\n"})
    commit(book)
    assert at(tmp_path / "second" / "shop").read("journals/a.journal") == b"first\n"
    assert at(tmp_path / "second" / "shop", "main").read("journals/a.journal") == b"second\n"
    (tmp_path / "link").symlink_to(book)
    assert at(tmp_path / "link").read("journals/a.journal") == b"second\n"


def test_a_book_that_was_not_there(book: Path) -> None:
    later = book.parent / "later"
    put(later, **{"custledger.yaml": ""})
    assert key_of(lambda: at(later)) == "git.no_book_then"
    commit(later)
    assert at(later)
    assert key_of(lambda: at(later, "HEAD~1")) == "git.no_book_then"


def test_no_git_and_none_that_stands_here(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "bin" / "git"
    put(tmp_path, **{"bin/git": f"#!/bin/sh\ntouch {tmp_path}/ran\n"})
    program.chmod(0o755)
    monkeypatch.chdir(program.parent)
    for path in ("", "/nowhere", ".", "", "../bin", str(tmp_path)):
        assert key_of(lambda path=path: at(book, PATH=path)) == "git.missing"
    assert at(book, PATH=f".:{ENV['PATH']}")
    assert not (tmp_path / "ran").exists()
    program.write_text("not a program")
    assert key_of(lambda: at(book, PATH=str(program.parent))) == "files.io"
