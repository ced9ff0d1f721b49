"""Did you mean."""

from __future__ import annotations

import random

from custledger.core.nearest import nearest


def test_best_first_and_nothing_far() -> None:
    assert nearest("nmae", ["name", "names", "address"]) == ["name", "names"]
    assert nearest("xyzzy", ["name", "address"]) == []


def test_case_does_not_matter_but_is_kept() -> None:
    assert nearest("inv-2026-0001", ["INV-2026-0001"]) == ["INV-2026-0001"]


def test_the_order_of_the_names_does_not_matter() -> None:
    names = [f"INV-{n}" for n in range(50)]
    shuffled = names[:]
    random.Random(7).shuffle(shuffled)
    assert nearest("INV-7", names) == nearest("INV-7", shuffled)
