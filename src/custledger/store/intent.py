"""Several files at once: all of them or none, whatever happens in between.

When everything is staged (new contents beside their targets, on the disk), one file, the *intent*, is put in place:
that is the moment from which the edit counts. Then each staged file is renamed onto its target, and the intent is
removed. Whoever comes after a crash finishes the renames; there is never a reason to go back.

    no intent             the old files; staged ones are litter
    intent                the new files: a staged file that is still there is yet to be renamed
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from custledger.core.frozen import frozen
from custledger.core.trouble import WorldError
from custledger.edit.splice import digest_of
from custledger.store import system
from custledger.store.files import read_regular
from custledger.store.layout import FOLDERS
from custledger.store.lock import STATE
from custledger.store.trouble import world

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from custledger.store.lock import Place

PREFIX = ".custledger-"
SUFFIX = ".tmp"
_VERSION = 1


@frozen
class Staged:
    """One file's new content: `temp` and `target` relative to the book; digests of the old (None: new) and new."""

    name: str
    target: str
    temp: str
    old: str | None
    new: str


def write_intent(where: Place, staged: Sequence[Staged]) -> None:
    """Put the intent in place and on the disk. Raises OSError; then it may or may not be there."""
    records = [{"name": s.name, "target": s.target, "temp": s.temp, "old": s.old, "new": s.new} for s in staged]
    text = json.dumps({"custledger_intent": _VERSION, "files": records}, ensure_ascii=True, indent=1) + "\n"
    temp = os.path.join(where.state, f"{PREFIX}intent{SUFFIX}")
    system.unlink(temp)
    try:
        descriptor = system.create(temp)
        try:
            system.write_all(descriptor, text.encode())
            system.sync(descriptor)
        finally:
            system.close(descriptor)
        system.rename(temp, where.intent)
    except BaseException:
        with suppress(OSError):
            system.unlink(temp)
        raise
    system.sync_folder(where.state)


def read_intent(where: Place) -> tuple[Staged, ...]:
    """What an interrupted (or running) command had decided to do; () where there is nothing.

    Raises WorldError `files.intent_damaged` where the file is not ours or of a later version.
    """
    name = os.path.relpath(where.intent, where.root)
    if not os.path.lexists(where.intent):
        return ()
    try:
        data, _ = read_regular(where.intent, name)
    except WorldError as error:
        if error.key == "files.not_found":  # finished in this moment
            return ()
        raise
    try:
        found = json.loads(data)
        staged = tuple(Staged(f["name"], f["target"], f["temp"], f["old"], f["new"]) for f in found["files"])
        right = found["custledger_intent"] == _VERSION and all(_is_ours(where, s) for s in staged)
    except (ValueError, KeyError, TypeError) as error:
        raise WorldError("files.intent_damaged", name=name) from error
    if not right:
        raise WorldError("files.intent_damaged", name=name)
    return staged


def _is_ours(where: Place, staged: Staged) -> bool:
    """An intent may come with a folder from anywhere: it must not move files that are not staged ones of this book."""
    base = os.path.basename(staged.temp)
    paths = [os.path.join(where.root, part) for part in (staged.temp, staged.target)]
    return (
        base.startswith(PREFIX)
        and base.endswith(SUFFIX)
        and os.path.dirname(staged.temp) == os.path.dirname(staged.target)
        and all(isinstance(part, str) for part in (staged.name, staged.new, staged.old or ""))
        and (where.bare or all(where.inside(path) for path in paths))
    )


def finish(where: Place, staged: Sequence[Staged]) -> None:
    """Rename what is not renamed yet, and remove the intent. Under the lock. Raises OSError."""
    folders: dict[str, None] = {}
    for one in staged:
        temp, target = os.path.join(where.root, one.temp), os.path.join(where.root, one.target)
        folders[os.path.dirname(target)] = None
        if os.path.lexists(temp):
            system.rename(temp, target)
    for folder in folders:
        system.sync_folder(folder)
    forget(where)


def forget(where: Place) -> None:
    """Remove the intent; everything it says is done."""
    system.unlink(where.intent)
    system.sync_folder(where.state)


def recover(where: Place) -> None:
    """Finish what an interrupted command left behind, and remove staged files that belong to nothing.

    Under the lock. Raises WorldError `files.intent_and_edited` where somebody has changed one of the files
    since: neither version may be thrown away.
    """
    try:
        staged = read_intent(where)
        if staged:
            _refuse_edited(where, staged)
            finish(where, staged)
        elif os.path.lexists(where.intent):
            forget(where)
        for path in litter(where):
            system.unlink(path)
    except OSError as error:
        raise world(error, STATE) from error


def _refuse_edited(where: Place, staged: Sequence[Staged]) -> None:
    for one in staged:
        if not os.path.lexists(os.path.join(where.root, one.temp)):
            continue  # in place already; whatever was done to the target since is later work
        try:
            now: str | None = digest_of(read_regular(os.path.join(where.root, one.target), one.name)[0])
        except WorldError as error:
            if error.key != "files.not_found":
                raise
            now = None
        if now not in (one.old, one.new):
            raise WorldError(
                "files.intent_and_edited",
                name=one.name,
                temp=one.temp,
                intent=os.path.relpath(where.intent, where.root),
            )


def litter(where: Place) -> Iterator[str]:
    """Staged files in the book's folders. Under the lock they belong to nobody that lives."""
    with suppress(OSError):
        yield from sorted(os.path.join(where.root, name) for name in os.listdir(where.root) if _is_litter(name))
    for folder in () if where.bare else (STATE, *FOLDERS):
        for parent, folders, names in os.walk(os.path.join(where.root, folder)):
            folders.sort()
            yield from sorted(os.path.join(parent, name) for name in names if _is_litter(name))


def _is_litter(name: str) -> bool:
    return name.startswith(PREFIX) and name.endswith(SUFFIX)
