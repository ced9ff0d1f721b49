"""Sentences of `why`: evidence and outcomes with their facts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custledger.document import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custledger.document import Value
    from custledger.reconcile.ladder import Fact
    from custledger.report.reconcile import EvidenceRow

_KINDS = frozenset("tag text document amount policy order discount fee withholding rounding".split())
NEAR = frozenset({"more", "less", "same", "discount-late"})
"""Why a candidate is only near: no tier found it."""
_READINGS = frozenset({"open", "overdue", "balance"})
_SET = re.compile(r"(\d+)/(\d+) g=(\d+) λ=(\S+)")


def said(key: str, facts: Mapping[str, Fact]) -> Value:
    """The sentence of an outcome; what has no sentence of its own is named by its slug."""
    if key not in SENTENCES:
        return key.rpartition(".")[2]
    shown: dict[str, Value] = dict(facts)
    if "reasons" in shown:
        shown["reasons"] = str(shown["reasons"])
    return word(key, **shown)


SENTENCES = frozenset(
    [
        *(
            f"why.open.{name}"
            for name in "unpaid part released proposed discount-late not-recorded nothing-to-take".split()
        ),
        *(
            f"why.candidate.{name}"
            for name in (
                "ambiguous chance alone not-proved taken too-little repeated differs stranger digits-only settled rest "
                "more less same discount-late"
            ).split()
        ),
        *(
            f"why.tier.{name}"
            for name in (
                "applied none overruled rest-only not-money not-a-note missing no-tag not-yet settled no-number "
                "stranger sum-differs more no-reason discount-late several-reasons short-number several-short "
                "no-single several-single rivals no-balance several-readings too-few no-set chance several-sets "
                "not-proved no-policy names-other nothing-open too-round repeated"
            ).split()
        ),
    ]
)


def place_of(one: EvidenceRow) -> str:
    """`file:line:column` of evidence."""
    return f"{one.file}:{one.line}:{one.column}" if one.line else one.file


def evidence_word(one: EvidenceRow, rule: str) -> Value:
    """What an allocation by `rule` rests on, quoted, with its place."""
    place = place_of(one)
    if one.kind == "tag" and rule == "reverses":
        return word("why.evidence.reverses", text=one.text, place=place)
    if one.kind == "set":
        if (found := _SET.fullmatch(one.text)) is not None:
            size, family, _, chance = found.groups()
            return word("why.evidence.combination", size=int(size), family=int(family), chance=chance, place=place)
        reading: Value = word(f"why.reading.{one.text}") if one.text in _READINGS else one.text
        return word("why.evidence.set", reading=reading, place=place)
    if one.kind in _KINDS:
        return word(f"why.evidence.{one.kind}", text=one.text, place=place)
    return word("why.evidence.other", kind=one.kind, text=one.text, place=place)
