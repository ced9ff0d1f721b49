"""Finding what each file adds."""

from __future__ import annotations

import pkgutil
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from custledger.cli import commands
from custledger.core import registry
from custledger.core.registry import discover, modules
from custledger.core.trouble import InternalError
from custledger.reconcile import matchers

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "things_of_a_test"
    folder.mkdir()
    (folder / "__init__.py").write_text("class Thing:\n    def __init__(self, name): self.name = name\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.startswith("things_of_a_test")]:
        monkeypatch.delitem(sys.modules, name)
    return folder


def add(package: Path, module: str, text: str) -> None:
    (package / f"{module}.py").write_text(f"from things_of_a_test import Thing\n{text}\n", "utf-8")


def test_constants_by_name_sorted(package: Path) -> None:
    add(package, "b", "THING = Thing('zebra')")
    add(package, "c", "THING = Thing('ant')")
    add(package, "helper", "OTHER = 1")
    add(package, "_private", "THING = Thing('hidden')")
    assert list(discover("things_of_a_test", "THING")) == ["ant", "zebra"]


def test_a_name_twice_is_our_bug(package: Path) -> None:
    add(package, "b", "THING = Thing('same')")
    add(package, "c", "THING = Thing('same')")
    with pytest.raises(InternalError, match="same"):
        discover("things_of_a_test", "THING")


def test_third_parties_add_theirs(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(package, "b", "THING = Thing('ours')")
    add(package, "other", "SPARE = Thing('theirs')")
    info = package.parent / "custledger_more-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: custledger-more\nVersion: 1\n", "utf-8")
    (info / "entry_points.txt").write_text("[custledger.things]\nx = things_of_a_test.other:SPARE\n", "utf-8")
    (package.parent / "custledger_more.py").write_text("", "utf-8")
    registry.extended.cache_clear()
    try:
        assert list(discover("things_of_a_test", "THING", group="custledger.things")) == ["ours", "theirs"]
        assert list(discover("things_of_a_test", "THING")) == ["ours"]
        monkeypatch.setattr(registry, "extended", lambda: False)
        assert list(discover("things_of_a_test", "THING", group="custledger.things")) == ["ours"]
    finally:
        monkeypatch.undo()
        registry.extended.cache_clear()


def test_a_packages_modules_are_those_that_pkgutil_finds(tmp_path: Path) -> None:
    for package in (commands, matchers):
        known = [module.name for module in pkgutil.iter_modules(package.__path__) if not module.name.startswith("_")]
        assert modules(package.__path__) == sorted(known)
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for name in ("pack/__init__.py", "pack/one.py", "pack/_two.py"):
            file.writestr(name, "")
    assert modules([str(archive / "pack")]) == ["one"]
