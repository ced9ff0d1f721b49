"""Numbers in a text that look like ours and are none that this customer has: what arithmetic must not overrule.

- the letters that our numbers begin with, and digits: `INV-2026-0099`;
- where our numbers are digits alone: as many digits, with the same beginning;
- digits in a list behind a number that was found: `INV-2026-0012、0099`.

A customer who names what we do not know means something that we do not know.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custledger.reconcile.mentions import STEM, WHOLE_MIN, other_number
from custledger.reconcile.words import joined, parsed, sticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custledger.reconcile.mentions import Mention, Numbers
    from custledger.reconcile.words import Token

_MARKED = re.compile(r"\s*(?:[、,;/&+]|和|及|与|and)\s*$")


def stranger(text: str, numbers: Numbers, found: Sequence[Mention]) -> bool:
    """Whether `text` has a number that looks like ours and is none of these: what arithmetic must not overrule."""
    if not numbers.prefixes and not numbers.stems:
        return False
    folded, places, tokens = parsed(text)
    before: Token | None = None
    for token in tokens:
        if token.text[0].isdecimal() and not _taken(found, places[token.start], places[token.end - 1] + 1):
            if (
                before is not None
                and before.text in numbers.prefixes
                and joined(folded, before.end, token.start)
                and not _taken(found, places[before.start], places[token.end - 1] + 1)
            ):
                return True
            if _unknown(folded, before, token, places, numbers, found):
                return True
        before = token
    return False


def _taken(found: Sequence[Mention], start: int, end: int) -> bool:
    """Whether any part of this stretch belongs to a number that was found."""
    for hit in found:  # noqa: SIM110 - called for every run of digits
        if hit.start < end and start < hit.end:
            return True
    return False


def _unknown(
    folded: str,
    before: Token | None,
    token: Token,
    places: Sequence[int],
    numbers: Numbers,
    found: Sequence[Mention],
) -> bool:
    """Whether digits are a number of our series that is not there, or stand in a list of numbers and are none."""
    if before is not None and before.end == token.start and sticks(before, token):
        return False
    ours = (len(token.text), token.text[:-STEM]) in numbers.stems or _listed(folded, token, places, found)
    return ours and not other_number(folded, token.start, token.end, token.text)


def _listed(folded: str, token: Token, places: Sequence[int], found: Sequence[Mention]) -> bool:
    """Whether digits stand behind a number that was found, with nothing but a mark of a list between."""
    between = _MARKED.search(folded[: token.start])
    return (
        between is not None
        and len(token.text) >= WHOLE_MIN
        and any(hit.end == places[between.start() - 1] + 1 for hit in found if between.start())
    )
