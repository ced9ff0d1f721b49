"""The layers of docs/ARCHITECTURE.md hold: import-linter's contracts in pyproject.toml."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGE = REPOSITORY / "src" / "custledger"
LINTER = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]

#: Libraries that only these folders or files may import (architecture.md); import-linter sees chains, this sees lines.
ONLY_IN = {
    "typer": ("cli/",),
    "click": (),
    "rich": ("render/", "cli/"),
    "pydantic": ("schema/",),
    "yaml": ("parse/",),
    "sqlite3": ("store/",),
    "subprocess": ("store/",),
    "dateutil": ("core/dates.py",),
    "python_calamine": ("intake/",),
    "pickle": (),
    # Between a process and its workers, and never from a file.
    "marshal": ("indexed/reading.py",),
    "shelve": (),
    "random": (),
    "secrets": (),
    "locale": ("cli/",),
}


def test_the_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_part_of_the_package_has_a_layer() -> None:
    (layers,) = [contract["layers"] for contract in LINTER["contracts"] if contract["type"] == "layers"]
    named = {part.strip().removeprefix("custledger.") for layer in layers for part in layer.split("|")}
    parts = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert parts - {"__init__", "__main__"} <= named


@cache
def imports(path: Path) -> list[tuple[int, str]]:
    """(line, top-level package) of every import in a file."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name.split(".")[0]) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append((node.lineno, node.module.split(".")[0]))
    return found


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_a_library_stays_in_its_place(library: str) -> None:
    wrong = [
        f"{name}:{line}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for name in [path.relative_to(PACKAGE).as_posix()]
        for line, top in imports(path)
        if top == library and not name.startswith(ONLY_IN[library])
    ]
    assert not wrong, f"{library} belongs in {' or '.join(ONLY_IN[library]) or 'no file'}: {', '.join(wrong)}"
