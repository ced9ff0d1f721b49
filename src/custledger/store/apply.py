"""The one door through which a book is changed.

    resolve links → lock → finish what was interrupted → read again and compare with what was planned on →
    write each new content to a file beside its target, bring it to the disk → rename → bring the folders to the disk

After a kill, a full disk or an I/O error at any moment every file is, byte for byte, the old or the new one, and of
several files all are or none (store/intent.py). Success is reported only when the new ones are on the disk.
Not promised: disks that lie, network file systems without locks, folders that a service synchronises meanwhile.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from custledger.core.frozen import field, mutable, replace
from custledger.core.trouble import WorldError, ensure
from custledger.edit.plan import Plan
from custledger.edit.splice import digest_of, spliced
from custledger.store import intent, system
from custledger.store.files import read_regular
from custledger.store.intent import PREFIX, SUFFIX, Staged
from custledger.store.layout import is_book
from custledger.store.lock import LOCK_TIMEOUT, Place, locked, place
from custledger.store.trouble import world

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from custledger.edit.plan import FileEdit
    from custledger.store.system import Seconds


@mutable
class _Work:
    """What has been made on the way, so that it can be taken back."""

    where: Place
    staged: list[Staged] = field(default_factory=list)
    temps: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)

    def keep(self) -> None:
        """From here on there is nothing to take back."""
        self.temps.clear()
        self.folders.clear()

    def undo(self) -> None:
        """Take back everything; nothing has been renamed yet. Whatever fails here is litter for the next start."""
        for temp in self.temps:
            with suppress(OSError):
                system.unlink(temp)
        for folder in reversed(self.folders):
            with suppress(OSError):
                system.remove_folder(folder)


def apply(
    root: Path,
    plan: Plan,
    *,
    timeout: Seconds = LOCK_TIMEOUT,
    bare: bool = False,
    moved: Callable[[], str | None] | None = None,
) -> None:
    """Make all edits of `plan` in the book at `root`, or none.

    `root` need not exist yet (a new book). `bare`: there is no book, `root` is the folder that names are relative to.
    `moved` is asked under the lock for any file, edited or not, that is not what the plan was made of: a number that
    was free then may be taken now.
    Raises WorldError: `files.changed` where a file is not what was planned on, `files.exists` where a new one is
    there already, `files.locked`, `files.disk_full` …: nothing was changed; `files.not_confirmed`: the new content
    is in place but the disk did not say so; `files.interrupted`: the next command that opens the book finishes it.
    """
    if not plan:
        return
    names = [edit.name for edit in plan.edits]
    ensure(len(set(names)) == len(names), f"a plan with two edits of one file: {names}")
    if bare:
        root, plan, bare = _in_a_book(root, plan)
    where = place(root, bare=bare)
    work = _Work(where)
    try:
        _make_folders(work, where.root)
        with locked(where, timeout):
            try:
                intent.recover(where)
                _unmoved(moved)
                for number, edit in enumerate(plan.edits):
                    _stage(work, edit, number)
                _commit(where, work)
            except BaseException:
                work.undo()  # still under the lock: nobody else's staged files are meant
                raise
    except OSError as error:
        raise world(error, error.filename if isinstance(error.filename, str) else names[0]) from error


def _in_a_book(root: Path, plan: Plan) -> tuple[Path, Plan, bool]:
    """A bare plan whose files all lie in one book, as a plan of that book: its lock keeps other writers out."""
    real = root.resolve()
    book = next((folder for folder in (real, *real.parents) if is_book(folder)), None)
    if book is None:
        return root, plan, True
    names = [os.path.relpath(os.path.realpath(real / edit.name), book) for edit in plan.edits]
    if any(name.startswith("..") for name in names):
        return root, plan, True
    edits = tuple(replace(edit, name=name) for edit, name in zip(plan.edits, names, strict=True))
    return book, Plan(edits), False


def _unmoved(moved: Callable[[], str | None] | None) -> None:
    name = moved() if moved is not None else None
    if name is not None:
        raise WorldError("files.changed", name=name)


def _stage(work: _Work, edit: FileEdit, number: int) -> None:
    """Judge one edit and write its new content beside the target."""
    where = work.where
    target = os.path.realpath(os.path.join(where.root, edit.name))
    if not where.bare and not where.inside(target):
        raise WorldError("files.outside", name=edit.name)
    old, mode = _current(target, edit)
    new = spliced(old, edit.splices)
    try:
        _make_folders(work, os.path.dirname(target))
        digest = digest_of(new)
        temp = os.path.join(os.path.dirname(target), f"{PREFIX}{digest[:16]}-{number}{SUFFIX}")
        system.unlink(temp)
        work.temps.append(temp)
        descriptor = system.create(temp)
        try:
            system.write_all(descriptor, new)
            if mode is not None:
                system.set_mode(descriptor, mode)
            system.sync(descriptor)
        finally:
            system.close(descriptor)
    except OSError as error:
        raise world(error, edit.name) from error
    work.staged.append(Staged(edit.name, _relative(where, target), _relative(where, temp), edit.digest, digest))


def _relative(where: Place, path: str) -> str:
    return os.path.relpath(path, where.root)


def _current(target: str, edit: FileEdit) -> tuple[bytes, int | None]:
    """The content that the edit was planned on, and the file's mode (None: it is new)."""
    if edit.digest is None:
        if os.path.lexists(target):
            raise WorldError("files.exists", name=edit.name)
        return b"", None
    try:
        old, _ = read_regular(target, edit.name)
        mode = stat.S_IMODE(os.stat(target).st_mode)
    except OSError as error:
        raise world(error, edit.name) from error
    if digest_of(old) != edit.digest:
        raise WorldError("files.changed", name=edit.name)
    if not os.access(target, os.W_OK):
        raise WorldError("files.no_permission", name=edit.name)
    return old, mode


def _make_folders(work: _Work, path: str) -> None:
    """Make the folders of `path` that are missing, each brought to the disk in the one above it."""
    missing: list[str] = []
    while not os.path.isdir(path):
        missing.append(path)
        path = os.path.dirname(path)
    for folder in reversed(missing):
        try:
            system.make_folder(folder)
        except FileExistsError as error:
            if not os.path.isdir(folder):
                raise WorldError("files.not_a_folder", name=folder) from error
            continue
        work.folders.append(folder)
        system.sync_folder(os.path.dirname(folder))


def _commit(where: Place, work: _Work) -> None:
    """Rename: one file at once, several behind an intent."""
    staged = work.staged
    if len(staged) == 1:
        one = staged[0]
        system.rename(os.path.join(where.root, one.temp), os.path.join(where.root, one.target))
    else:
        _commit_several(where, work)
    work.keep()
    try:
        for folder in dict.fromkeys(os.path.dirname(os.path.join(where.root, one.target)) for one in staged):
            system.sync_folder(folder)
    except OSError as error:
        raise WorldError("files.not_confirmed", name=_listed(staged)) from error
    if len(staged) > 1:
        with suppress(OSError):  # it says nothing that is not true; the next start removes it
            intent.forget(where)


def _commit_several(where: Place, work: _Work) -> None:
    staged = work.staged
    renamed = 0
    try:
        for folder in dict.fromkeys(os.path.dirname(os.path.join(where.root, one.temp)) for one in staged):
            system.sync_folder(folder)
        intent.write_intent(where, staged)
        for one in staged:
            system.rename(os.path.join(where.root, one.temp), os.path.join(where.root, one.target))
            renamed += 1
    except BaseException as error:
        if renamed == 0 and _taken_back(where):
            raise
        work.keep()  # the staged files belong to the intent now
        if isinstance(error, OSError):
            raise WorldError("files.interrupted", name=_listed(staged)) from error
        raise


def _taken_back(where: Place) -> bool:
    """Whether the intent is gone, so that nothing will be renamed.

    Where its folder cannot be brought to the disk it may come back after a power failure; it then finds its staged
    files either gone and does nothing, or there as well and makes the whole edit.
    """
    try:
        system.unlink(where.intent)
    except OSError:
        return False
    return True


def _listed(staged: Sequence[Staged]) -> str:
    return ", ".join(one.name for one in staged)
