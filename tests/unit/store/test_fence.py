"""Nothing is written but through `store/system.py`."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import custledger

SOURCE = Path(custledger.__file__).parent
DOOR = "store/system.py"

#: Calls that change what is on a disk, by their last name; `os.open` is judged by its flags.
CHANGING = {
    "write_text", "write_bytes", "unlink", "rmdir", "mkdir", "makedirs", "rename", "renames", "replace_file", "touch",
    "symlink_to", "hardlink_to", "symlink", "link", "chmod", "fchmod", "chown", "truncate", "ftruncate", "fsync",
    "removedirs", "mkfifo", "copyfile", "copytree", "rmtree", "move", "NamedTemporaryFile", "mkstemp", "mkdtemp",
    "TemporaryDirectory", "TemporaryFile", "fdopen",
}  # fmt: skip
MODULES = {"shutil", "tempfile"}


def offences(text: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            found += [f"{node.lineno}: import {name}" for name in names if name in MODULES]
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        last = called.rpartition(".")[2]
        if called == "open" or last == "open":
            words = [ast.unparse(a) for a in [*node.args, *(k.value for k in node.keywords)]]
            writing = any("O_WRONLY" in w or "O_RDWR" in w or "O_CREAT" in w for w in words) or any(
                isinstance(a, ast.Constant)
                and isinstance(a.value, str)
                and set(a.value) & set("wax+")
                and len(a.value) < 4
                for a in [*node.args, *(k.value for k in node.keywords)]
            )
            if writing:
                found.append(f"{node.lineno}: {ast.unparse(node)}")
        elif called in ("os.replace", "os.remove") or (last in CHANGING and not called.startswith("system.")):
            found.append(f"{node.lineno}: {called}")
    return found


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_nothing_is_written_but_through_one_door(path: Path) -> None:
    name = path.relative_to(SOURCE).as_posix()
    found = offences(path.read_text(encoding="utf-8"))
    if name == "cli/shell.py":  # asks shutil for the terminal's size
        found = [line for line in found if "import shutil" not in line]
    assert bool(found) == (name == DOOR), found


@pytest.mark.parametrize(
    "text",
    [
        "open('a', 'w')", "open('a', mode='ab')", "p.open('x')", "p.write_text('')", "os.open(p, os.O_RDWR)",
        "os.replace(a, b)", "import shutil", "from tempfile import mkstemp", "os.remove(a)", "p.unlink()",
    ],
)  # fmt: skip
def test_the_fence_sees(text: str) -> None:
    assert offences(text)


@pytest.mark.parametrize(
    "text", ["open('a')", "open('a', 'rb')", "p.open()", "text.replace('a', 'b')", "system.rename(a, b)"]
)
def test_the_fence_lets_through(text: str) -> None:
    assert not offences(text)
