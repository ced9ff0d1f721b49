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
ALLOWED = {
    "cli/shell.py": ("import shutil", "os.O_WRONLY"),  # the terminal's size; /dev/null for a closed standard output
    "cli/main.py": ("os.O_WRONLY",),
}


def offences(text: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            found += [f"{node.lineno}: import {name}" for name in names if name in MODULES]
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "os":
            if node.attr in CHANGING | {"replace", "remove", "write", "O_WRONLY", "O_RDWR", "O_CREAT"}:
                found.append(f"{node.lineno}: os.{node.attr}")
        elif isinstance(node, ast.Call):
            found += [f"{node.lineno}: {what}" for what in _called(node)]
    return found


def _called(node: ast.Call) -> list[str]:
    name = ast.unparse(node.func)
    last = name.rpartition(".")[2]
    if last == "open":
        modes = [*node.args[1 if name == "open" else 0 :], *(k.value for k in node.keywords if k.arg == "mode")]
        texts = [mode.value for mode in modes if isinstance(mode, ast.Constant) and isinstance(mode.value, str)]
        return [ast.unparse(node)] if any(set(text) & set("wax+") for text in texts) else []
    return [name] if last in CHANGING and not name.startswith(("system.", "os.")) else []


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_nothing_is_written_but_through_one_door(path: Path) -> None:
    name = path.relative_to(SOURCE).as_posix()
    found = offences(path.read_text(encoding="utf-8"))
    found = [line for line in found if not any(allowed in line for allowed in ALLOWED.get(name, ()))]
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
