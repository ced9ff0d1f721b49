"""How many processes make an index, in how many parts, and which of them is done first, is not seen in it."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING, Any

import pytest

from custledger import workers
from custledger.indexed import building, hard
from indexed_asking import differences, held, made
from indexed_books import Draft
from shuffled import Shuffled

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor
    from pathlib import Path


def whole(root: Path) -> dict[str, Any] | None:
    """What the index of a book says that is made anew; None where it has none."""
    for path in (root / ".custledger").glob("index*"):
        path.unlink()
    return held(root) if made(root) else None


@pytest.mark.parametrize("executor", [workers._pool, lambda _: Shuffled(7)], ids=["pool", "shuffled"])
def test_the_index_is_the_same_whoever_makes_it(
    executor: Callable[[int], Executor], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stood = 0
    for seed in range(20, 26):
        root = tmp_path / str(seed)
        root.mkdir()
        Draft.made(root, seed)
        alone = whole(root)
        with monkeypatch.context() as patched:
            patched.setattr(workers, "EXECUTOR", executor)
            patched.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
            patched.setattr(building, "WORTH_A_WORKER", 10)
            patched.setattr(building, "TOLD_BY_A_WORKER", 1)
            patched.setattr(building, "TOLD_TOGETHER", random.Random(seed).choice((1, 2, 3)))
            patched.setattr(hard, "BLOCKS_MAX", 1)
            several = whole(root)
        assert (alone is None) == (several is None)
        if alone is not None and several is not None:
            assert differences(several, alone) == []
            stood += 1
    assert stood > 3
