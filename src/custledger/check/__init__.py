"""Checks: what a book may say and still be wrong. One rule, one file, one slug, one page of documentation.

`rules/` holds what is checked over a whole book; `reading/` documents the problems that are found on the way
there, while text is read. The docstring of each file is its page in `custledger explain` and docs/CHECKS.md.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from custledger.core.registry import discover
from custledger.core.trouble import ensure

if TYPE_CHECKING:
    from custledger.check._rule import Check


@cache
def book_rules() -> dict[str, Check]:
    """The rules over a whole book, by slug."""
    return discover("custledger.check.rules", "CHECK")


@cache
def catalogue() -> dict[str, Check]:
    """Every slug that a diagnostic can have, sorted: those found while reading, and the rules."""
    reading = discover("custledger.check.reading", "CHECK")
    ensure(not reading.keys() & book_rules().keys(), "a slug is both found while reading and a rule")
    return dict(sorted({**reading, **book_rules()}.items()))
