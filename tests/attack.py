"""Running the real command line on hostile input: never a hang, never a traceback, never a write."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import literate

SECONDS_MAX = 10
"""Well above what anything here takes (a second at most), well below what anybody would call a hang."""

SETTINGS = 'book: 1\ncurrency: CNY\ndecimal_mark: "."\nterms: net 30\n'
ACME = "id: acme\nname: Acme\n"
SALE = "2026-01-15 (INV-1) January\n    assets:receivable:acme    CNY 100.00\n    income:sales\n"
READERS = (
    ["check"],
    ["check", "--strict", "--format", "json"],
    ["balance"],
    ["aging", "--format", "json"],
    ["statement", "--period", "2026"],
    ["reconcile"],
    ["customer", "list"],
    ["invoice", "list"],
    ["payment", "list"],
    ["print"],
    [],
)
"""What only reads."""


def write(folder: Path, files: dict[str, bytes | str]) -> None:
    """Put files into a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def snapshot(folder: Path) -> dict[str, str]:
    """Every file with its digest, its links and folders; what is no regular file by its kind.

    `.custledger/` is left out: what is derived may be made by any command.
    """
    found = {}
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != ".custledger"]
        for name in folders + names:
            path = Path(root, name)
            key = str(path.relative_to(folder))
            if path.is_symlink():
                found[key] = f"link {path.readlink()}"
            elif path.is_file():
                try:
                    found[key] = hashlib.sha256(path.read_bytes()).hexdigest()
                except PermissionError:
                    found[key] = "unreadable"
            else:
                found[key] = "folder" if path.is_dir() else "special"
    return found


def run(folder: Path, *arguments: str, **env: str) -> tuple[str, int]:
    """Run one command in `folder`; what it printed and its status, after the oath: in time, no trace, no write."""
    before = snapshot(folder)
    started = time.perf_counter()
    printed, status = literate.call_main(list(arguments), folder, literate.environment(folder) | env)
    took = time.perf_counter() - started
    line = " ".join(arguments)
    assert took < SECONDS_MAX, f"{line} took {took:.1f} s"
    assert "Traceback" not in printed, printed[-3000:]
    assert status in {0, 1, 2, 3, 4, 5}, f"{line} ended with {status}:\n{printed[-3000:]}"
    assert snapshot(folder) == before, f"{line} wrote"
    if "print" not in arguments:  # which gives the journal's text as it is, for another program to read
        assert not any(char < " " and char != "\n" for char in printed), f"{line} printed a control character"
        assert not any(char in printed for char in "\u202e\u2066\u200b"), f"{line} printed an invisible character"
    return printed, status


def book(folder: Path, files: dict[str, bytes | str]) -> None:
    """A small sound book with these files added or replaced."""
    journals = sorted(name for name in files if name.startswith("journals/") and name.endswith(".journal"))
    includes = "decimal-mark .\n" + "".join(f"include {name}\n" for name in journals)
    sound = {"custledger.yaml": SETTINGS, "customers/acme.yaml": ACME, "book.journal": includes}
    write(folder, sound | files)


def slugs(printed: str) -> list[str]:
    """The slugs in the text of `check`, in order."""
    return [
        line.split("[")[1].split("]")[0] for line in printed.splitlines() if line.startswith(("error[", "warning["))
    ]


def every_reader(folder: Path, *options: str) -> None:
    """Every command that only reads survives it."""
    for arguments in READERS:
        run(folder, *arguments, *options)
