from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from custledger.core.trouble import InternalError
from custledger.edit.append import appended, new_file
from custledger.edit.plan import FileEdit, Plan
from custledger.store.files import FolderSource
from custledger.store.layout import layout
from custledger.store.planned import PlannedSource, planned_layout

if TYPE_CHECKING:
    from pathlib import Path


def test_a_book_as_it_would_be(tmp_path: Path) -> None:
    (tmp_path / "journals").mkdir()
    (tmp_path / "journals/all.journal").write_bytes(b"include 2026-*.journal\n")
    (tmp_path / "journals/2026-01.journal").write_bytes(b"1\n")
    source, found = FolderSource(tmp_path), layout(tmp_path)
    plan = Plan((appended("journals/2026-01.journal", b"1\n", "2\n"), new_file("journals/2026-02.journal", "3\n")))
    after = PlannedSource(found, source, plan)
    assert after.read("journals/2026-01.journal") == b"1\n\n2\n"
    assert after.read("journals/2026-02.journal") == b"3\n"
    assert after.read("journals/all.journal") == b"include 2026-*.journal\n"
    included = ["journals/2026-01.journal", "journals/2026-02.journal"]
    assert after.include("journals/all.journal", "2026-*.journal") == included
    assert after.include("journals/all.journal", "2026-02.journal") == included[1:]
    assert planned_layout(found, plan).journals == (*included, "journals/all.journal")
    with pytest.raises(InternalError):
        PlannedSource(found, source, Plan((FileEdit("journals/all.journal", "0", ()),)))
