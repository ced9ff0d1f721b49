"""What a credit's texts name among a customer's charges, remembered while nothing new could change it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from custledger.book.allocation import Evidence
from custledger.reconcile.mentions import WHOLE, Mention, Numbers, canonical, endings, mentions, stranger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custledger.book.entry import Charge, Credit, Text

_RANGE_ROOM = 1
"""A range names numbers that its text does not spell: with one in it, every new number is looked at."""


@dataclass(frozen=True, slots=True)
class Named:
    """The charges (keys) that texts name, settled ones included, each kind in order of the text."""

    whole: tuple[str, ...] = ()
    """By whole numbers."""
    short: tuple[str, ...] = ()
    """By last digits: they decide only where amounts agree exactly."""
    refs: tuple[str, ...] = ()
    """By an order, contract, delivery or tax invoice."""
    stranger: bool = False
    """A number that looks like ours is none of this customer's charges, or not yet."""
    evidence: dict[str, Evidence] = field(default_factory=dict)
    """By charge: the text that names it."""

    @property
    def anything(self) -> bool:
        """Whether the texts name a charge by number: arithmetic does not overrule them."""
        return bool(self.whole or self.short or self.stranger)

    def why(self, charges: Sequence[str]) -> tuple[Evidence, ...]:
        """The evidence for these charges, each once, in their order."""
        return tuple(dict.fromkeys(self.evidence[key] for key in charges if key in self.evidence))


@dataclass(slots=True)
class _Known:
    named: Named
    version: int
    endings: frozenset[str]
    always: bool


class Naming:
    """The numbers of one desk's charges, and what each credit's texts name among them."""

    def __init__(self, prefixes: Sequence[str] = ()) -> None:
        self._numbers = Numbers()
        self._refs = Numbers()
        self._ends: list[frozenset[str]] = []
        """For each charge in order of arrival, how its numbers end."""
        self._read: dict[str, _Known] = {}
        for prefix in prefixes:
            self._numbers.know(canonical(prefix) + "0")

    def add(self, charge: Charge) -> None:
        """A charge that texts may name from now on."""
        numbers = [number for number in dict.fromkeys((charge.number, charge.document)) if number]
        refs = [ref for values in charge.refs.values() for ref in values]
        for number in numbers:
            self._numbers.add(number, charge.key)
        for ref in refs:
            self._refs.add(ref, charge.key)
        self._ends.append(frozenset(end for each in (*numbers, *refs) for end in endings(each)))

    def of(self, credit: Credit) -> Named:
        """What the credit's texts name, of the charges there are by now."""
        known = self._read.get(credit.key)
        if known is None:
            ends = frozenset(end for text in credit.texts for end in endings(text.text))
            always = any(mark in text.text for text in credit.texts for mark in "-~–—至到－～") and bool(ends)
            known = _Known(Named(), -1, ends, always)
            self._read[credit.key] = known
        if known.version != len(self._ends):
            if known.version < 0 or known.always or any(known.endings & e for e in self._ends[known.version :]):
                known.named = self._named(credit) if known.endings else Named()
            known.version = len(self._ends)
        return known.named

    def _named(self, credit: Credit) -> Named:
        whole: dict[str, None] = {}
        short: dict[str, None] = {}
        refs: dict[str, None] = {}
        evidence: dict[str, Evidence] = {}
        strange = False
        for text in credit.texts:
            hits = mentions(text.text, self._numbers, whole_only=text.kind not in {"note", "outside"})
            for hit in hits:
                (whole if hit.form == WHOLE else short).update(dict.fromkeys(hit.charges))
            more = mentions(text.text, self._refs, whole_only=True)
            for hit in more:
                refs.update(dict.fromkeys(hit.charges))
            for hit in (*hits, *more):
                for key in hit.charges:
                    evidence.setdefault(key, _evidence(text, hit))
            if text.kind in {"note", "outside"}:
                strange = strange or stranger(text.text, self._numbers, (*hits, *more))
        return Named(tuple(whole), tuple(key for key in short if key not in whole), tuple(refs), strange, evidence)


def _evidence(text: Text, hit: Mention) -> Evidence:
    start = text.span.column + hit.start
    span = text.span._replace(column=start, end_column=start + hit.end - hit.start)
    return Evidence(kind="text", span=span, text=text.text[hit.start : hit.end])
