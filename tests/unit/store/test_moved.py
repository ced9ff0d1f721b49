from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from custledger.core.trouble import WorldError
from custledger.edit.append import new_file
from custledger.edit.plan import Plan
from custledger.store.apply import apply
from custledger.store.files import FolderSource
from custledger.store.layout import layout
from custledger.store.reading import moved

if TYPE_CHECKING:
    from pathlib import Path


def test_a_plan_rests_on_the_whole_book(tmp_path: Path) -> None:
    (tmp_path / "journals").mkdir()
    (tmp_path / "journals/a.journal").write_bytes(b"1")
    source, found = FolderSource(tmp_path), layout(tmp_path)
    source.read("journals/a.journal")
    assert moved(tmp_path, source, found) is None
    (tmp_path / "journals/a.journal").touch()
    assert moved(tmp_path, source, found) is None  # the same bytes
    (tmp_path / "journals/b.journal").write_bytes(b"2")
    assert moved(tmp_path, source, found) == "journals/b.journal"
    plan = Plan((new_file("journals/c.journal", "3"),))
    with pytest.raises(WorldError, match=r"files\.changed"):
        apply(tmp_path, plan, moved=lambda: moved(tmp_path, source, found))
    assert not (tmp_path / "journals/c.journal").exists()
    (tmp_path / "journals/b.journal").unlink()
    apply(tmp_path, plan, moved=lambda: moved(tmp_path, source, found))
    (tmp_path / "journals/c.journal").unlink()
    (tmp_path / "journals/a.journal").write_bytes(b"x")
    assert moved(tmp_path, source, found) == "journals/a.journal"
