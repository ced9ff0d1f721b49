"""What a credit's texts name among a customer's charges, remembered while nothing new could change it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from custledger.book.allocation import Evidence
from custledger.core.span import Span
from custledger.reconcile.mentions import WHOLE, Mention, Numbers, mentions
from custledger.reconcile.strangers import stranger
from custledger.reconcile.words import canonical, ending, endings, ranges

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custledger.book.entry import Charge, Credit, Text

_SHORTENED = frozenset({"note", "outside"})
"""Texts in which numbers may be shortened, and those that look like ours are noticed."""


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


_NOTHING = Named()


@dataclass(slots=True)
class _Known:
    named: Named
    endings: frozenset[str]
    always: bool
    """A range names numbers that its text does not spell: with one in it, every new number is looked at."""
    charges: int = -1
    """How many charges were known when the texts were read; -1 where that is to be done again."""
    shapes: int = 0
    """How many beginnings and stems of numbers were known then."""


@dataclass(slots=True)
class _New:
    """A charge that came, by its numbers and references as `canonical` spells them."""

    charge: Charge
    own: bool
    numbers: list[str]
    refs: list[str]


class Naming:
    """The numbers of one desk's charges, and what each credit's texts name among them."""

    def __init__(self, prefixes: Sequence[str] = ()) -> None:
        self._numbers = Numbers()
        self._refs = Numbers()
        self._others = Numbers()
        self._owners: dict[str, str] = {}
        self.beside: Mapping[str, frozenset[str]] = {}
        """By credit: the other customers credited in its transaction."""
        self._came: list[tuple[Charge, bool]] = []
        """Charges of which no text knows, and whether they are this account's."""
        self._spelt: list[_New] = []
        """Charges that no text has been read for: most are never looked for."""
        self._count = 0
        self._read: dict[str, _Known] = {}
        self._listening: dict[str, dict[str, _Known]] = {}
        """By ending, the credits (by key) whose texts have it: a new number that ends so may be in them."""
        self._quiet: set[str] = set()
        """A range begins with a number that is spelt: these, too, speak only after a number that they listen for."""
        for prefix in prefixes:
            self._numbers.know(canonical(prefix) + "0")

    def add(self, charge: Charge) -> None:
        """A charge that texts may name from now on."""
        self._came.append((charge, True))

    def add_other(self, charge: Charge) -> None:
        """A charge of another account that texts may name from now on."""
        self._came.append((charge, False))

    def _hear(self) -> None:
        """Whose texts are to be read again, because of the charges that came."""
        for charge, own in self._came:
            numbers = [canonical(number) for number in _numbers(charge)]
            refs = [canonical(ref) for values in charge.refs.values() for ref in values] if own else []
            self._spelt.append(_New(charge, own, numbers, refs))
            if self._listening:
                for end in [end for each in (*numbers, *refs) for end in ending(each)]:
                    for key, known in self._listening.pop(end, {}).items():
                        known.charges = -1
                        self._quiet.discard(key)
        self._count += len(self._came)
        self._came = []

    def _learn(self) -> None:
        """Learn the numbers of the charges that came."""
        for new in self._spelt:
            key = new.charge.key
            known = self._numbers if new.own else self._others
            for number in new.numbers:
                known.learn(number, key)
            for ref in new.refs:
                self._refs.learn(ref, key)
            if not new.own:
                self._owners[key] = new.charge.customer
        self._spelt = []

    @property
    def quiet(self) -> set[str]:
        """The credits (by key) whose texts are known to name no charge of this account, by now."""
        if self._came:
            self._hear()
        return self._quiet

    def of(self, credit: Credit) -> Named:
        """What the credit's texts name, of the charges there are by now."""
        if self._came:
            self._hear()
        key = credit.key
        known = self._read.get(key)
        if known is not None and not known.endings:
            return known.named
        if self._spelt:
            self._learn()
        shapes = self._numbers.shapes
        if known is None:
            ends = frozenset([end for text in credit.texts for end in endings(text.text)])
            known = _Known(_NOTHING, ends, any(ranges(text.text) for text in credit.texts))
            self._read[key] = known
        elif known.charges == self._count or (known.charges >= 0 and not known.always and known.shapes == shapes):
            return known.named
        known.charges, known.shapes = self._count, shapes
        if known.endings:
            known.named = self._named(credit)
            for end in known.endings:
                self._listening.setdefault(end, {})[key] = known
        named = known.named
        if named.whole or named.short or named.refs:
            self._quiet.discard(key)
        else:
            self._quiet.add(key)
        return named

    def _named(self, credit: Credit) -> Named:
        whole: dict[str, None] = {}
        short: dict[str, None] = {}
        refs: dict[str, None] = {}
        foreign: dict[str, None] = {}
        evidence: dict[str, Evidence] = {}
        strange = False
        for text in credit.texts:
            ends, shortened = endings(text.text), text.kind in _SHORTENED
            if not ends:
                continue
            hits = self._found(text, self._numbers, ends, whole_only=not shortened)
            for hit in hits:
                (whole if hit.form == WHOLE else short).update(dict.fromkeys(hit.charges))
            more = self._found(text, self._refs, ends, whole_only=True)
            for hit in more:
                refs.update(dict.fromkeys(hit.charges))
            beyond = self._beyond(text, ends, hits) if self._owners else []
            for hit in beyond:
                foreign.update(dict.fromkeys(hit.charges))
            every = [*hits, *more, *beyond]
            for hit in every:
                for key in hit.charges:
                    if key not in evidence:
                        evidence[key] = _evidence(text, hit)
            if shortened and not strange:
                strange = stranger(text.text, self._numbers, every)
        if not evidence:
            return Named(stranger=True) if strange else _NOTHING
        beside = self.beside.get(credit.key, frozenset())
        return Named(
            whole=tuple(whole),
            short=tuple([key for key in short if key not in whole]),
            refs=tuple(refs),
            foreign=tuple([key for key in foreign if self._owners[key] not in beside]),
            stranger=strange,
            evidence=evidence,
        )

    def _found(self, text: Text, numbers: Numbers, ends: Sequence[str], *, whole_only: bool) -> list[Mention]:
        """The mentions in a text that ends so."""
        return [] if numbers.endings.isdisjoint(ends) else mentions(text.text, numbers, whole_only=whole_only)

    def _beyond(self, text: Text, ends: Sequence[str], own: Sequence[Mention]) -> list[Mention]:
        """Whole numbers of other accounts' charges, where the text does not name this account's."""
        return [
            hit
            for hit in self._found(text, self._others, ends, whole_only=text.kind not in _SHORTENED)
            if hit.form == WHOLE and not any(hit.start < each.end and each.start < hit.end for each in own)
        ]


def _numbers(charge: Charge) -> list[str]:
    """What texts may name a charge by."""
    number, document = charge.number, charge.document
    found = [number] if number else []
    if document and document != number:
        found.append(document)
    return found


def _evidence(text: Text, hit: Mention) -> Evidence:
    whole = text.span
    start = whole.column + hit.start
    span = Span(whole.file, whole.line, start, whole.end_line, start + hit.end - hit.start)
    return Evidence("text", span, text.text[hit.start : hit.end])
