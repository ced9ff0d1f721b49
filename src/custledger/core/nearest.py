"""Did you mean …: the nearest of the names there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_CANDIDATES_MAX = 20_000


def nearest(word: str, names: Iterable[str], *, most: int = 3) -> list[str]:
    """Up to `most` names like `word`, best first; ties by name, so that the answer is always the same."""
    from difflib import get_close_matches  # 3 ms that nobody without a mistake needs

    pool = sorted(set(names))[:_CANDIDATES_MAX]
    folded = {name.casefold(): name for name in reversed(pool)}
    return [folded[match] for match in get_close_matches(word.casefold(), sorted(folded), n=most, cutoff=0.6)]
