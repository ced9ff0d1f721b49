"""A plan is refused when any file of the book is not what it was made of, edited by the plan or not."""

import os

import pytest

from custledger.core.trouble import WorldError
from custledger.edit.plan import FileEdit, Plan, Splice
from custledger.store.apply import apply
from custledger.store.files import FolderSource
from custledger.store.layout import layout
from custledger.store.reading import moved


@pytest.fixture
def book(tmp_path):
    (tmp_path / "custledger.yaml").write_text("book: 1\n")
    (tmp_path / "journals").mkdir()
    (tmp_path / "journals" / "a.journal").write_text("; a\n")
    source = FolderSource(tmp_path)
    found = layout(tmp_path)
    for name in ("custledger.yaml", "journals/a.journal"):
        source.read(name)
    return tmp_path, source, lambda: moved(tmp_path, source, found)


PLAN = Plan((FileEdit("journals/b.journal", None, (Splice(0, 0, b"; b\n"),)),))


def test_nothing_moved_and_the_plan_is_made(book):
    root, _, asked = book
    apply(root, PLAN, moved=asked)
    assert (root / "journals" / "b.journal").read_text() == "; b\n"


@pytest.mark.parametrize("change", ["edit", "new", "gone"])
def test_another_file_moved_and_nothing_is_written(book, change):
    root, _, asked = book
    path = root / "journals" / "a.journal"
    if change == "edit":
        path.write_text("; x\n")
    elif change == "new":
        (root / "journals" / "c.journal").write_text("")
    else:
        path.unlink()
    with pytest.raises(WorldError) as caught:
        apply(root, PLAN, moved=asked)
    assert caught.value.key == "files.changed"
    assert not (root / "journals" / "b.journal").exists()


def test_a_touched_file_of_the_same_content_has_not_moved(book):
    root, source, asked = book
    os.utime(root / "journals" / "a.journal", ns=(1, 1))
    assert source.moved() is None
    assert asked() is None
