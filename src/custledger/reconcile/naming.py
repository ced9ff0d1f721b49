"""What a credit's texts name among a customer's charges, remembered while nothing new could change it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from custledger.book.allocation import Evidence
from custledger.core.frozen import mutable
from custledger.core.span import Span
from custledger.reconcile.mentions import WHOLE, Mention, Numbers, mentions
from custledger.reconcile.strangers import stranger
from custledger.reconcile.words import canonical, ending, endings, ranges

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from custledger.book.entry import Charge, Credit, Text

_SHORTENED = frozenset({"note", "outside"})
"""Texts in which numbers may be shortened, and those that look like ours are noticed."""


_NO_EVIDENCE: Mapping[str, Evidence] = MappingProxyType({})


class Named(NamedTuple):
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
    evidence: Mapping[str, Evidence] = _NO_EVIDENCE
    """By charge: the text that names it."""

    @property
    def anything(self) -> bool:
        """Whether the texts name a charge by number: arithmetic does not overrule them."""
        return bool(self.whole or self.short or self.stranger or self.foreign)

    def why(self, charges: Sequence[str]) -> tuple[Evidence, ...]:
        """The evidence for these charges, each once, in their order."""
        return tuple(dict.fromkeys(self.evidence[key] for key in charges if key in self.evidence))


_NOTHING = Named()


class _Ends(NamedTuple):
    """A text with digits in it, and its `words.endings`."""

    text: Text
    ends: list[str]
    shortened: bool


@mutable
class _Known:
    named: Named
    texts: list[_Ends]
    """Those that may name anything."""
    ranged: bool | None = None
    """A range names numbers that its text does not spell: with one in it, every new number is looked at. None: it
    has not been looked for."""
    charges: int = -1
    """How many charges were known when the texts were read; -1 where that is to be done again."""
    shapes: int = 0
    """How many beginnings and stems of numbers were known then."""


class _New(NamedTuple):
    """A charge that came: its numbers and references as `canonical` spells them, and how these end."""

    charge: Charge
    own: bool
    numbers: list[tuple[str, tuple[str, ...]]]
    refs: list[tuple[str, tuple[str, ...]]]


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
        listening = self._listening
        for charge, own in self._came:
            numbers = [_spelt(number) for number in _numbers(charge)]
            refs = [_spelt(ref) for values in charge.refs.values() for ref in values] if own and charge.refs else []
            self._spelt.append(_New(charge, own, numbers, refs))
            for _, ends in (*numbers, *refs):
                for end in ends:
                    if end in listening:
                        for key, known in listening.pop(end).items():
                            known.charges = -1
                            self._quiet.discard(key)
        self._count += len(self._came)
        self._came = []

    def _learn(self) -> None:
        """Learn the numbers of the charges that came."""
        for new in self._spelt:
            key = new.charge.key
            known = self._numbers if new.own else self._others
            for spelt, ends in new.numbers:
                known.learn(spelt, ends, key)
            for spelt, ends in new.refs:
                self._refs.learn(spelt, ends, key)
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
        if known is not None and (known.charges == self._count or not known.texts):
            return known.named
        if self._spelt:
            self._learn()
        shapes = self._numbers.shapes
        if known is None:
            known = self._read[key] = _Known(_NOTHING, _with_digits(credit))
        elif known.charges >= 0 and known.shapes == shapes:
            if known.ranged is None:
                known.ranged = any(ranges(each.text.text) for each in known.texts)
            if not known.ranged:
                return known.named
        known.charges, known.shapes = self._count, shapes
        named = known.named = self._named(credit.key, known.texts)
        listening = self._listening
        for _, ends, _ in known.texts:
            for end in ends:
                if end in listening:
                    listening[end][key] = known
                else:
                    listening[end] = {key: known}
        if named.whole or named.short or named.refs:
            self._quiet.discard(key)
        else:
            self._quiet.add(key)
        return named

    def _named(self, credit: str, texts: Iterable[_Ends]) -> Named:
        whole: dict[str, None] = {}
        short: dict[str, None] = {}
        refs: dict[str, None] = {}
        foreign: dict[str, None] = {}
        evidence: dict[str, Evidence] = {}
        strange = False
        numbers = self._numbers
        for text, ends, shortened in texts:
            hits = every = self._found(text, numbers, ends, whole_only=not shortened)
            for hit in hits:
                (whole if hit.form == WHOLE else short).update(dict.fromkeys(hit.charges))
            if self._refs.whole:
                more = self._found(text, self._refs, ends, whole_only=True)
                for hit in more:
                    refs.update(dict.fromkeys(hit.charges))
                every = every + more
            if self._owners:
                beyond = self._beyond(text, ends, hits)
                for hit in beyond:
                    foreign.update(dict.fromkeys(hit.charges))
                every = every + beyond
            for hit in every:
                for key in hit.charges:
                    if key not in evidence:
                        evidence[key] = _evidence(text, hit)
            if shortened and not strange:
                strange = stranger(text.text, numbers, every)
        if not evidence:
            return Named(stranger=True) if strange else _NOTHING
        beside = self.beside.get(credit, frozenset())
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


def _with_digits(credit: Credit) -> list[_Ends]:
    """A credit's texts that have digits."""
    found = [_Ends(text, endings(text.text), text.kind in _SHORTENED) for text in credit.texts]
    return [each for each in found if each.ends]


def _numbers(charge: Charge) -> list[str]:
    """What texts may name a charge by."""
    number, document = charge.number, charge.document
    found = [number] if number else []
    if document and document != number:
        found.append(document)
    return found


def _spelt(number: str) -> tuple[str, tuple[str, ...]]:
    """A number as `canonical` spells it, and how it ends."""
    spelt = canonical(number)
    return spelt, ending(spelt)


def _evidence(text: Text, hit: Mention) -> Evidence:
    whole = text.span
    start = whole.column + hit.start
    span = Span(whole.file, whole.line, start, whole.end_line, start + hit.end - hit.start)
    return Evidence("text", span, text.text[hit.start : hit.end])
