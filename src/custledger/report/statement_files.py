"""Names of the files of a batch: from customers' ids, safe on every system, no two the same."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from custledger.core.ids import suggest_id, valid_id

if TYPE_CHECKING:
    from collections.abc import Iterable


def file_names(customers: Iterable[str], ending: str) -> dict[str, str]:
    """A file's name for each customer; of an id that is any text (bare journals) what cannot stand in a name goes.

    Compared as file systems may compare them: without case, and composed.
    """
    names: dict[str, str] = {}
    taken: set[str] = {"_summary"}
    for customer in customers:
        stem = customer if valid_id(customer) else suggest_id(customer) or "customer"
        free, number = stem, 1
        while _folded(free) in taken:
            number += 1
            free = f"{stem}-{number}"
        taken.add(_folded(free))
        names[customer] = free + ending
    return names


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
