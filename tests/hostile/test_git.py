"""Repositories that want to run programs, to pass other text for the book's, or to hang."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from custledger.core.trouble import CustledgerError, WorldError
from custledger.store import git_call
from custledger.store.git import GitSource
from repositories import ENV, commit, git, loose, put

if TYPE_CHECKING:
    from pathlib import Path

FILES = {"custledger.yaml": "book: 1\n", "journals/a.journal": "first\n", "journals/b.journal": "second\n"}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    root = tmp_path / "book"
    put(root, **FILES)
    git(root, "init", "-q", "-b", "main")
    commit(root)
    return root


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program that leaves a trace."""
    put(tmp_path, **{"evil.sh": f"#!/bin/sh\necho ran >> '{tmp_path}/ran'\n"})
    (tmp_path / "evil.sh").chmod(0o755)
    return tmp_path / "evil.sh"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen]:
    """The processes that gave objects."""
    found: list[subprocess.Popen] = []
    usual = git_call.Git.batch

    def batch(self: git_call.Git) -> git_call.Batch:
        made = usual(self)
        found.append(made._process)
        return made

    monkeypatch.setattr(git_call.Git, "batch", batch)
    return found


def read_all(root: Path, revision: str = "HEAD") -> dict[str, str]:
    with GitSource.at(root, revision, env=ENV) as source:
        return {name: source.read(name).decode() for name in source.layout().journals} | {
            "custledger.yaml": source.read("custledger.yaml").decode()
        }


def key_of(call) -> str:
    with pytest.raises(CustledgerError) as caught:
        call()
    return caught.value.key


# --- nothing but git runs ----------------------------------------------------------------------------------------


def test_no_program_of_the_configuration_runs(book: Path, program: Path, tmp_path: Path) -> None:
    put(book, **{".gitattributes": "* filter=evil diff=evil merge=evil\n"})
    commit(book)
    for hook in ("post-checkout", "post-index-change", "fsmonitor-watchman", "reference-transaction", "pre-auto-gc"):
        for folder in (book / ".git" / "hooks", tmp_path / "hooks"):
            folder.mkdir(exist_ok=True)
            shutil.copy(program, folder / hook)
    for key in (
        "core.pager", "core.editor", "core.sshCommand", "core.askPass", "core.gitProxy", "core.alternateRefsCommand",
        "core.fsmonitor", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "diff.evil.textconv",
        "diff.evil.command", "diff.external", "merge.evil.driver", "credential.helper", "gpg.program", "pager.cat-file",
        "pager.ls-tree", "pager.rev-parse", "uploadpack.packObjectsHook", "sequence.editor", "interactive.diffFilter",
        *(f"alias.{command}" for command in ("cat-file", "ls-tree", "rev-parse", "for-each-ref")),
    ):  # fmt: skip
        git(book, "config", key, f"!{program}" if key.startswith("alias.") else str(program))
    git(book, "config", "core.hooksPath", str(tmp_path / "hooks"))
    with suppress(subprocess.CalledProcessError):
        git(book, "status")
    assert (tmp_path / "ran").exists()  # it would run
    (tmp_path / "ran").unlink()
    assert read_all(book) == FILES
    assert key_of(lambda: read_all(book, "mian")) == "git.unknown_revision_near"
    assert not (tmp_path / "ran").exists()


def test_what_a_partial_clone_left_out_is_not_fetched(book: Path, program: Path, tmp_path: Path) -> None:
    for key, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": str(book),
        "remote.origin.uploadpack": str(program),
        "protocol.file.allow": "always",
    }.items():
        git(book, "config", key, value)
    blob = git(book, "rev-parse", "HEAD:journals/a.journal")
    tree = git(book, "rev-parse", "HEAD:journals")
    loose(book, blob).unlink()
    git(book, "cat-file", "--batch", data=blob.encode() + b"\n")
    assert (tmp_path / "ran").exists()  # it would run
    (tmp_path / "ran").unlink()
    assert key_of(lambda: read_all(book)) == "git.object_missing"
    assert key_of(lambda: read_all(book, "0" * 39 + "1")) == "git.unknown_revision"
    loose(book, tree).unlink()
    assert key_of(lambda: read_all(book)) == "git.failed"
    assert not (tmp_path / "ran").exists()


def test_another_users_repository_is_not_read(book: Path) -> None:
    trusted = {**ENV, "HOME": str(book.parent)}
    untrusting = {**trusted, "GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    assert GitSource.at(book, "HEAD", env=untrusting)  # what says so is not taken from the environment
    git_call._SET["GIT_TEST_ASSUME_DIFFERENT_OWNER"] = "1"
    try:
        assert key_of(lambda: GitSource.at(book, "HEAD", env=trusted)) == "git.not_trusted"
        put(book.parent, mine=f"[safe]\n\tdirectory = {book}\n")
        assert GitSource.at(book, "HEAD", env={**trusted, "GIT_CONFIG_GLOBAL": str(book.parent / "mine")})
    finally:
        del git_call._SET["GIT_TEST_ASSUME_DIFFERENT_OWNER"]


# --- the text is that of the revision ----------------------------------------------------------------------------


def test_no_other_text_is_put_in_its_place(book: Path) -> None:
    first, second = (git(book, "rev-parse", f"HEAD:journals/{name}.journal") for name in "ab")
    git(book, "replace", first, second)
    assert git(book, "cat-file", "blob", first) == "second"
    assert read_all(book) == FILES


def test_an_object_that_is_not_what_it_is_called(book: Path) -> None:
    first, second = (git(book, "rev-parse", f"HEAD:journals/{name}.journal") for name in "ab")
    loose(book, first).unlink()
    shutil.copy(loose(book, second), loose(book, first))
    assert key_of(lambda: read_all(book)) == "git.object_damaged"
    loose(book, first).unlink()
    loose(book, first).write_bytes(b"no object")
    assert key_of(lambda: read_all(book)) in {"git.object_missing", "git.stopped"}


def test_a_tree_that_says_anything(book: Path) -> None:
    """A folder where a file should be, a name twice, names that lead out."""
    text, tree = git(book, "rev-parse", "HEAD:custledger.yaml"), git(book, "rev-parse", "HEAD:journals")
    blob = f"100644 blob {text}\t"
    for entries in (
        [f"100644 blob {tree}\tjournals"],
        [f"040000 tree {text}\tjournals"],
        [f"{blob}journals", f"{blob}journals"],
        [f"{blob}..", f"{blob}.git", f"{blob}journals"],
        [f"040000 tree {tree}\t..", f"040000 tree {tree}\t."],
        [f"100644 blob {'1' * 40}\tinvoices"],
    ):
        listed = "\n".join([f"{blob}custledger.yaml", *entries]).encode() + b"\n"
        try:
            made = git(book, "mktree", "--missing", data=listed)
        except subprocess.CalledProcessError:
            continue  # git makes none of these itself any more
        try:
            with GitSource.at(book, git(book, "commit-tree", "-m", "x", made), env=ENV) as source:
                assert source.read("custledger.yaml") == b"book: 1\n"
                assert source.layout().journals == ()
        except WorldError as error:
            assert error.key == "git.failed"  # noqa: PT017


def test_a_link_whose_text_is_long_or_no_text(book: Path) -> None:
    for target in (b"x" * 5000, b"", b"a\0b", b"/" * 4000, b"\xff\xfe", b"../" * 1000, b"./" * 1000 + b"a.journal"):
        oid = git(book, "hash-object", "-w", "--stdin", data=target)
        git(book, "update-index", "--add", "--cacheinfo", f"120000,{oid},journals/z.journal")
        git(book, "commit", "-q", "-m", "x")
        with GitSource.at(book, "HEAD", env=ENV) as source:
            found = source.layout()
            assert ("journals/z.journal" in found.journals) == target.endswith(b"a.journal")
            assert source.read("journals/a.journal") == b"first\n"


# --- the process ---------------------------------------------------------------------------------------------------


def test_one_process_gives_everything_and_is_ended(book: Path, started: list[subprocess.Popen]) -> None:
    assert read_all(book) == FILES
    assert len(started) == 1
    assert started[0].returncode is not None
    source = GitSource.at(book, "HEAD", env=ENV)
    assert [source.read(name).decode() for name in FILES] == list(FILES.values())
    assert len(started) == 1 + len(FILES)
    assert all(process.returncode is not None for process in started)
    stopped = GitSource.at(book, "HEAD", env=ENV)

    def stop() -> None:
        with stopped:
            stopped.read("journals/a.journal")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop()
    assert len(started) == 2 + len(FILES)
    assert started[-1].returncode is not None


def test_what_was_read_is_kept(book: Path, started: list[subprocess.Popen]) -> None:
    git_ = GitSource.at(book, "HEAD", env=ENV)._git
    commit_id = git(book, "rev-parse", "HEAD")
    source = GitSource(git_, str(book), commit_id, kept_max=6)
    for _ in range(3):
        assert source.read("journals/a.journal") == b"first\n"
    assert len(started) == 1
    assert source.read("journals/b.journal") == source.read("journals/b.journal") == b"second\n"
    assert len(started) == 3  # no room


def test_a_process_that_ends_stops_the_command_and_no_more(book: Path, started: list[subprocess.Popen]) -> None:
    with GitSource.at(book, "HEAD", env=ENV) as source:
        assert source.read("journals/a.journal") == b"first\n"
        started[0].kill()
        started[0].wait()
        assert key_of(lambda: source.read("journals/b.journal")) == "git.stopped"
        assert source.read("journals/b.journal") == b"second\n"


def test_what_is_too_big_is_not_read(book: Path, started: list[subprocess.Popen]) -> None:
    put(book, **{"journals/big.journal": "x" * 2_000_000})
    commit(book)
    with GitSource(git_call.Git(str(book), ENV), str(book), "HEAD", limit=1_000_000) as source:
        assert key_of(lambda: source.read("journals/big.journal")) == "files.too_big"
        assert source.read("journals/a.journal") == b"first\n"
    assert all(process.returncode is not None for process in started)


def posing(folder: Path, batch: str) -> dict[str, str]:
    """An environment in which `batch` answers for `git cat-file --batch`."""
    line = f'#!/bin/sh\ncase "$*" in *--batch) {batch};; *) exec {shutil.which("git")} "$@";; esac\n'
    put(folder, **{"bin/git": line})
    (folder / "bin" / "git").chmod(0o755)
    return ENV | {"PATH": f"{folder}/bin{os.pathsep}{ENV['PATH']}"}


@pytest.mark.parametrize(
    "answer", ["", "x", "x\n", "a blob 5\nfir", "a blob 6\nfirst\nX", "a blob\n", "a commit 3\nabc\n"]
)
def test_a_git_that_says_nonsense(book: Path, tmp_path: Path, answer: str) -> None:
    put(tmp_path, answer=answer)
    with GitSource.at(book, "HEAD", env=posing(tmp_path, f"cat {tmp_path}/answer")) as source:
        assert key_of(lambda: source.read("journals/a.journal")) in {"git.stopped", "git.object_missing"}


def test_a_git_that_does_not_end_is_not_waited_for(book: Path, tmp_path: Path) -> None:
    start = time.monotonic()
    with GitSource.at(book, "HEAD", env=posing(tmp_path, "echo x blob 999999999; exec sleep 60")) as source:
        assert key_of(lambda: source.read("journals/a.journal")) == "files.too_big"
    assert time.monotonic() - start < 30
