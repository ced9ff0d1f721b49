"""A book as it stood in a git revision, read from git's objects: no checkout, nothing of the work tree.

The text is that of the blobs as they are: no filter, no line endings, no encoding of `.gitattributes` is applied, and
a Git LFS pointer stays one. The files that make the book, its links and its includes are found as on the disk.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Self

from custledger.core.nearest import nearest
from custledger.core.trouble import UsageError, WorldError
from custledger.store.blob import blob_id
from custledger.store.files import KEPT_MAX, SIZE_MAX, included
from custledger.store.git_call import Git
from custledger.store.git_tree import Listed, Tree
from custledger.store.layout import SETTINGS, Layout, layout
from custledger.store.view import within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from custledger.store.git_call import Batch, Done
    from custledger.store.view import Kind

_OID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SHORT = 10
"""Digits of a commit that a heading shows."""
_TARGET_MAX = 4096
"""Bytes of a link's text; no file system takes a longer one."""
_KINDS: dict[bytes, Kind] = {b"120000": "link", b"160000": "submodule"}


class GitSource:
    """The files of the book in the folder `root` (absolute, no links) as of `commit` (see `core.source.Source`).

    Within `with` one process of git serves all readings; outside of it each reading has its own. What git gives must
    have the id that it was asked for by: a repository that was tampered with stops the command.
    """

    def __init__(self, git: Git, root: str, commit: str, *, limit: int = SIZE_MAX, kept_max: int = KEPT_MAX) -> None:
        self.root = root
        self.commit = commit
        self._git = git
        self._limit = limit
        self._room = kept_max
        self._kept: dict[str, bytes] = {}
        self._batch: Batch | None = None
        self._entered = False
        self.view = Tree(root, _listed(git, commit), self._link)

    @classmethod
    def at(cls, root: Path | str, revision: str, *, env: Mapping[str, str]) -> Self:
        """The book that stands in the folder `root` today, as of `revision`; `env` is the caller's environment.

        Raises UsageError where the folder is in no repository, git knows no such revision, or the book is not in it;
        WorldError where git is missing or fails.
        """
        real = os.path.realpath(root)
        git = Git(real, env)
        source = cls(git, real, _commit(git, revision))
        if not source.view.there(f"{real}/{SETTINGS}"):
            raise UsageError("git.no_book_then", book=root, revision=revision, commit=source.short)
        return source

    @property
    def short(self) -> str:
        """The first digits of the commit."""
        return self.commit[:_SHORT]

    def __enter__(self) -> Self:
        self._entered = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._entered = False
        self.close()

    def close(self) -> None:
        """End git's process, where there is one; the source can still be read."""
        batch, self._batch = self._batch, None
        if batch is not None:
            batch.close()

    def layout(self) -> Layout:
        """The files that make the book, by the rules of a folder."""
        return layout(Path(self.root), self.view)

    def read(self, name: str) -> bytes:
        """The file's bytes as they were committed (see `core.source.Source`)."""
        file = self._file(name)
        data = self._kept.get(file.oid)
        if data is None:
            data = self._object(file.oid, name, self._limit)
            if len(data) <= self._room:
                self._room -= len(data)
                self._kept[file.oid] = data
        return data

    def blob_id(self, name: str) -> str:
        """Git's id (hex) of the file's content, without reading it; raises as `read`."""
        return self._file(name).oid

    def include(self, including: str, pattern: str) -> list[str]:
        """The files that an `include` means, as names in the book (see `core.source.Source`)."""
        return included(self.view, self.root, including, pattern)

    def _file(self, name: str) -> Listed:
        path = os.path.join(self.root, name)
        if "\0" in name or not within(self.view, self.root, path):
            raise WorldError("files.outside", name=name)
        found = self.view.listed(path)
        if found is None or found.kind != "file":
            there = self.view.kind(path)
            raise WorldError("files.not_found" if there is None else "files.not_regular", name=name)
        return found

    def _link(self, oid: str) -> str:
        """Where a link leads; what no file system would take as a link leads to what cannot be there."""
        if oid not in self._kept:
            try:
                self._kept[oid] = self._object(oid, oid, _TARGET_MAX) or b"\0"
            except WorldError as error:
                if error.key != "files.too_big":
                    raise
                self._kept[oid] = b"\0"
        return os.fsdecode(self._kept[oid])

    def _object(self, oid: str, name: str, limit: int) -> bytes:
        if self._batch is None:
            self._batch = self._git.batch()
        try:
            data = self._batch.blob(oid, limit)
        except WorldError:
            self.close()
            raise
        if not self._entered or isinstance(data, int):
            self.close()
        if isinstance(data, int):
            raise WorldError("files.too_big", name=name, limit=limit // (1024 * 1024))
        if data is None:
            raise WorldError("git.object_missing", name=name, commit=self.short)
        if blob_id(data, "sha1" if len(oid) == 40 else "sha256") != oid:  # noqa: PLR2004
            raise WorldError("git.object_damaged", name=name, commit=self.short)
        return data


def _commit(git: Git, revision: str) -> str:
    """The full id of the commit that `revision` names."""
    about = git.run("rev-parse", "--is-inside-work-tree", "--is-shallow-repository")
    words = about.output.split()
    if about.status or words[:1] != [b"true"]:
        raise _no_repository(git, about)
    if not revision or revision[0] in "-^" or "\0" in revision or "\n" in revision:
        raise UsageError("git.unknown_revision", revision=revision.replace("\0", "\\0"))
    # `:/text` takes all that follows for text of a message, and is a commit.
    done = git.run("rev-parse", "--verify", revision if revision.startswith(":/") else f"{revision}^{{commit}}")
    found = done.output.decode("ascii", "replace").strip()
    if "is ambiguous" in done.said:
        raise UsageError("git.ambiguous_revision", revision=revision)
    if done.status or not _OID.fullmatch(found):
        raise _unknown(git, revision, shallow=words[1:] == [b"true"])
    return found


def _no_repository(git: Git, about: Done) -> UsageError | WorldError:
    if "dubious ownership" in about.said or "unsafe repository" in about.said:
        return WorldError("git.not_trusted", name=git.folder)
    known = not about.status or "not a git repository" in about.said or "bare repository" in about.said
    if known:
        return UsageError("git.no_repository", name=git.folder)
    return WorldError("git.failed", name=git.folder, why=_first(about.said))


def _unknown(git: Git, revision: str, *, shallow: bool) -> UsageError:
    listed = git.run("for-each-ref", "--format=%(refname)")
    names = [os.fsdecode(line) for line in listed.output.splitlines()]
    if not names and revision.startswith(("HEAD", "@")):
        return UsageError("git.no_commits")
    if shallow:
        return UsageError("git.unknown_shallow", revision=revision)
    near = nearest(revision, sorted({re.sub(r"^refs/(heads|tags|remotes)/", "", name) for name in names}))
    key = "git.unknown_revision_near" if near else "git.unknown_revision"
    return UsageError(key, revision=revision, near=", ".join(near))


def _listed(git: Git, commit: str) -> Iterator[Listed]:
    """The files below git's folder in a commit. Their names are bytes on the disk, and read as those there."""
    done = git.run("ls-tree", "-r", "-z", commit)
    if done.status:
        raise WorldError("git.failed", name=git.folder, why=_first(done.said))
    for record in done.output.split(b"\0")[:-1]:
        about, _, name = record.partition(b"\t")
        mode, _, oid = about.split(b" ")
        yield Listed(os.fsdecode(name), _KINDS.get(mode, "file"), oid.decode("ascii"))


def _first(said: str) -> str:
    """The first line of what git says."""
    return said.partition("\n")[0] or "git"
