"""Which files make a book, and which book is meant."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

from custledger.core.frozen import frozen, replace
from custledger.core.trouble import UsageError
from custledger.store.trouble import world
from custledger.store.view import DISK

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from custledger.store.view import Entry, View

SETTINGS = "custledger.yaml"
BOOK_JOURNAL = "book.journal"
DEFAULT_FOLDER = "ledgers"

#: The folders of a book and how the names of their documents end (formats.md, top).
FOLDERS = {"customers": ".yaml", "invoices": ".yaml", "journals": ".journal", "activity": ".yaml"}

#: Endings that mean a document of the right kind under a name that we do not read.
_LIKE = {".yaml": (".yml",), ".journal": (".hledger", ".j", ".ledger", ".dat", ".jnl")}
#: Notes for people may stand anywhere.
_NOTES = (".md",)
DEPTH_MAX = 32

Reason = Literal["ending", "folder", "link", "special", "name", "unreadable", "deep", "submodule"]


@frozen
class Stray:
    """A file that would be skipped in silence, were it not reported (`stray-file`).

    `reason`: `ending` (rename it, to `rename` where that is clear), `folder` (a document of another kind), `link`
    (leads out of the book, to nothing, or is a link to a folder), `special` (no regular file), `name` (not UTF-8),
    `unreadable` (a folder that may not be listed), `deep` (a folder too far down), `submodule` (in a git revision:
    the files of another repository).
    """

    name: str
    reason: Reason
    rename: str | None = None


@frozen
class Layout:
    """The files of a book: names relative to `root` with `/`, sorted by code points."""

    root: Path
    settings: str | None
    customers: tuple[str, ...] = ()
    invoices: tuple[str, ...] = ()
    journals: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    book_journal: str | None = None
    strays: tuple[Stray, ...] = ()


def is_book(folder: Path) -> bool:
    """Whether `folder` is a book: it holds `custledger.yaml`, of whatever kind that is."""
    return os.path.lexists(folder / SETTINGS)


def find(*, given: str | None, start: Path) -> Path:
    """The folder of the book that is meant: `given`, else the nearest `custledger.yaml` from `start` upwards,
    else `ledgers` in `start`.

    `given` (`--book`, `$CUSTLEDGER_BOOK`) may also be the path of a `custledger.yaml`; it is relative to `start`.
    Raises UsageError `files.no_book_there` or `files.no_book`.
    """  # noqa: D205 (one sentence, too long for one line)
    if given is not None:
        path = start / given
        if path.name == SETTINGS and not path.is_dir():
            path = path.parent
        if not is_book(path):
            raise UsageError("files.no_book_there" if path.is_dir() else "files.no_such_folder", name=given)
        return path.resolve()
    here = start.resolve()
    for folder in (here, *here.parents):
        if is_book(folder):
            return folder
    if is_book(here / DEFAULT_FOLDER):
        return (here / DEFAULT_FOLDER).resolve()
    raise UsageError("files.no_book", name=str(start))


def listed(given: str, start: Path) -> list[str]:
    """The books that `$CUSTLEDGER_BOOK` names, with `os.pathsep` between them as in PATH; a folder that is called
    so is one.
    """  # noqa: D205 (one sentence, too long for one line)
    if os.pathsep not in given or (start / given).exists():
        return [given] if given else []
    return [name for name in given.split(os.pathsep) if name]


def distinct(given: Iterable[str], start: Path) -> list[str]:
    """These books in their order, the same one only once however it is named."""
    found: dict[str, str] = {}
    for name in given:
        place = os.path.realpath(start / name)
        folder, last = os.path.split(place)
        found.setdefault(folder if last == SETTINGS and not os.path.isdir(place) else place, name)
    return list(found.values())


#: What may stand where a file or a folder is expected, as a reason.
_OTHER: dict[str, Reason] = {"link": "link", "submodule": "submodule", "unreadable": "unreadable"}


class _Walk:
    """One folder kind's walk: documents and strays, links judged by where they lead."""

    def __init__(self, root: str, ending: str, view: View) -> None:
        self.root = root
        self.view = view
        self.ending = ending
        self.found: list[str] = []
        self.strays: list[Stray] = []

    def walk(self, name: str, depth: int = 0) -> None:
        """All entries of the folder `name` and below."""
        if depth > DEPTH_MAX:
            self.strays.append(Stray(name, "deep"))
            return
        try:
            listed = self.view.entries(os.path.join(self.root, name))
        except OSError:
            self.strays.append(Stray(name, "unreadable"))
            return
        for entry in listed:
            if not entry.name.startswith("."):
                self._judge(entry, f"{name}/{entry.name}", depth)

    def _judge(self, entry: Entry, name: str, depth: int) -> None:
        try:
            name.encode()
        except UnicodeEncodeError:
            self.strays.append(Stray(name, "name"))
            return
        if entry.kind == "folder":
            self.walk(name, depth + 1)
        elif entry.kind == "link" and not self._leads_to_a_file(name):
            self.strays.append(Stray(name, "link"))
        elif entry.kind in {"link", "file"}:
            self._judge_ending(name)
        else:
            self.strays.append(Stray(name, _OTHER.get(entry.kind, "special")))

    def _leads_to_a_file(self, name: str) -> bool:
        """Whether a link leads to a file of the book."""
        real = self.view.real(os.path.join(self.root, name))
        return real.startswith(self.root.rstrip("/") + "/") and self.view.kind(real) == "file"

    def _judge_ending(self, name: str) -> None:
        stem, ending = os.path.splitext(name)
        if ending == self.ending:
            self.found.append(name)
        elif ending in _NOTES:
            return
        elif ending.lower() == self.ending or ending.lower() in _LIKE[self.ending]:
            self.strays.append(Stray(name, "ending", stem + self.ending))
        elif ending in FOLDERS.values():
            self.strays.append(Stray(name, "folder"))
        else:
            self.strays.append(Stray(name, "ending"))


def layout(root: Path, view: View = DISK) -> Layout:
    """The files of the book at `root`. Dot-files and `.custledger/` are not looked at; nothing is read.

    `view`: where `root` is looked up, on the disk or in a git revision. Raises WorldError where the folder itself
    cannot be listed.
    """
    real = view.real(str(root))
    try:
        top = {entry.name: entry.kind for entry in view.entries(real)}
    except OSError as error:
        raise world(error, str(root)) from error
    found: dict[str, tuple[str, ...]] = {}
    strays: list[Stray] = []
    for folder, ending in FOLDERS.items():
        walk = _Walk(real, ending, view)
        kind = top.get(folder)
        if kind == "folder":
            walk.walk(folder)
        elif kind is not None:
            walk.strays.append(Stray(folder, _OTHER.get(kind, "special")))
        found[folder] = tuple(sorted(walk.found))
        strays += walk.strays
    strays += [
        Stray(name, "ending", SETTINGS) for name in top if name.lower() == "custledger.yml" and SETTINGS not in top
    ]
    return Layout(
        root,
        SETTINGS if SETTINGS in top else None,
        found["customers"],
        found["invoices"],
        found["journals"],
        found["activity"],
        BOOK_JOURNAL if BOOK_JOURNAL in top else None,
        tuple(sorted(strays, key=lambda stray: stray.name)),
    )


def with_made(found: Layout, names: Iterable[str]) -> Layout:
    """The layout with files that are not in their places yet: planned, or staged by an interrupted command."""
    made = list(names)

    def added(there: tuple[str, ...], folder: str) -> tuple[str, ...]:
        new = (name for name in made if name.startswith(f"{folder}/") and name.endswith(FOLDERS[folder]))
        return tuple(sorted({*there, *new}))

    return replace(
        found,
        customers=added(found.customers, "customers"),
        invoices=added(found.invoices, "invoices"),
        journals=added(found.journals, "journals"),
        activities=added(found.activities, "activity"),
        book_journal=BOOK_JOURNAL if BOOK_JOURNAL in made else found.book_journal,
    )
