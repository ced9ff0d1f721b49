"""What a credit's texts name among a customer's charges, remembered while nothing new could change it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from custledger.book.allocation import Evidence
from custledger.reconcile.mentions import WHOLE, Mention, Numbers, canonical, endings, mentions, ranges
from custledger.reconcile.strangers import stranger

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    foreign: tuple[str, ...] = ()
    """Charges of other accounts (`reconcile.relations`) that whole numbers name; those of customers who are
    credited in the same transaction are left out."""
    stranger: bool = False
    """A number that looks like ours is none of this customer's charges, or not yet."""
    evidence: dict[str, Evidence] = field(default_factory=dict)
    """By charge: the text that names it."""

    @property
    def anything(self) -> bool:
        """Whether the texts name a charge by number: arithmetic does not overrule them."""
        return bool(self.whole or self.short or self.stranger or self.foreign)

    def why(self, charges: Sequence[str]) -> tuple[Evidence, ...]:
        """The evidence for these charges, each once, in their order."""
        return tuple(dict.fromkeys(self.evidence[key] for key in charges if key in self.evidence))


@dataclass(slots=True)
class _Known:
    named: Named
    version: int
    """How many charges were known when the texts were read; -1 where that is to be done again."""
    endings: frozenset[str]
    always: bool


class Naming:
    """The numbers of one desk's charges, and what each credit's texts name among them."""

    def __init__(self, prefixes: Sequence[str] = ()) -> None:
        self._numbers = Numbers()
        self._refs = Numbers()
        self._others = Numbers()
        self._owners: dict[str, str] = {}
        self.beside: Mapping[str, frozenset[str]] = {}
        """By credit: the other customers credited in its transaction."""
        self._new: list[tuple[Charge, bool]] = []
        """Charges that nobody has asked about, and whether they are this account's: most are never looked for."""
        self._count = 0
        self._read: dict[str, _Known] = {}
        self._listening: dict[str, dict[str, _Known]] = {}
        """By last digits, the credits (by key) whose texts have them: a new number that ends so may be in them."""
        self._quiet: set[str] = set()
        self._quiet_until_new: list[str] = []
        """Those of them that any new number may make speak."""
        for prefix in prefixes:
            self._numbers.know(canonical(prefix) + "0")

    def add(self, charge: Charge) -> None:
        """A charge that texts may name from now on."""
        self._new.append((charge, True))

    def add_other(self, charge: Charge) -> None:
        """A charge of another account that texts may name from now on."""
        self._new.append((charge, False))

    def _take_in(self) -> None:
        """Learn the numbers of the charges that came, and whose texts are to be read again."""
        for charge, own in self._new:
            self._count += 1
            numbers = [number for number in dict.fromkeys((charge.number, charge.document)) if number]
            refs = [ref for values in charge.refs.values() for ref in values] if own else []
            for number in numbers:
                (self._numbers if own else self._others).add(number, charge.key)
            for ref in refs:
                self._refs.add(ref, charge.key)
            if not own:
                self._owners[charge.key] = charge.customer
            for end in [end for each in (*numbers, *refs) for end in endings(each)]:
                for key, known in self._listening.pop(end, {}).items():
                    known.version = -1
                    self._quiet.discard(key)
        self._new = []
        self._quiet.difference_update(self._quiet_until_new)
        self._quiet_until_new = []

    @property
    def quiet(self) -> set[str]:
        """The credits (by key) whose texts are known to name no charge of this account, by now."""
        if self._new:
            self._take_in()
        return self._quiet

    def of(self, credit: Credit) -> Named:
        """What the credit's texts name, of the charges there are by now."""
        if self._new:
            self._take_in()
        known = self._read.get(credit.key)
        if known is None:
            ends = frozenset(end for text in credit.texts for end in endings(text.text))
            known = _Known(Named(), -1, ends, any(ranges(text.text) for text in credit.texts))
            self._read[credit.key] = known
        elif known.version == self._count or (known.version >= 0 and not known.always):
            return known.named
        if known.endings:
            known.named = self._named(credit)
            for end in known.endings:
                self._listening.setdefault(end, {})[credit.key] = known
        known.version = self._count
        named = known.named
        if named.whole or named.short or named.refs:
            self._quiet.discard(credit.key)
        else:
            self._quiet.add(credit.key)
            if known.always:
                self._quiet_until_new.append(credit.key)
        return named

    def _named(self, credit: Credit) -> Named:
        whole: dict[str, None] = {}
        short: dict[str, None] = {}
        refs: dict[str, None] = {}
        foreign: dict[str, None] = {}
        evidence: dict[str, Evidence] = {}
        strange = False
        for text in credit.texts:
            hits = mentions(text.text, self._numbers, whole_only=text.kind not in {"note", "outside"})
            for hit in hits:
                (whole if hit.form == WHOLE else short).update(dict.fromkeys(hit.charges))
            more = mentions(text.text, self._refs, whole_only=True)
            for hit in more:
                refs.update(dict.fromkeys(hit.charges))
            beyond = self._beyond(text, hits) if self._owners else []
            for hit in beyond:
                foreign.update(dict.fromkeys(hit.charges))
            for hit in (*hits, *more, *beyond):
                for key in hit.charges:
                    evidence.setdefault(key, _evidence(text, hit))
            if text.kind in {"note", "outside"}:
                strange = strange or stranger(text.text, self._numbers, (*hits, *more, *beyond))
        beside = self.beside.get(credit.key, frozenset())
        return Named(
            whole=tuple(whole),
            short=tuple(key for key in short if key not in whole),
            refs=tuple(refs),
            foreign=tuple(key for key in foreign if self._owners[key] not in beside),
            stranger=strange,
            evidence=evidence,
        )

    def _beyond(self, text: Text, own: Sequence[Mention]) -> list[Mention]:
        """Whole numbers of other accounts' charges, where the text does not name this account's."""
        return [
            hit
            for hit in mentions(text.text, self._others, whole_only=text.kind not in {"note", "outside"})
            if hit.form == WHOLE and not any(hit.start < each.end and each.start < hit.end for each in own)
        ]


def _evidence(text: Text, hit: Mention) -> Evidence:
    start = text.span.column + hit.start
    span = text.span._replace(column=start, end_column=start + hit.end - hit.start)
    return Evidence(kind="text", span=span, text=text.text[hit.start : hit.end])
