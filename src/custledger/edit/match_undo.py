"""Matches taken back: parts marked `split:` are joined, `invoice:` and `applied:` go, and so do adjustments.

What is just as it was written comes back to the byte. Where somebody has changed it since, only the tags are taken
away, each where it stands.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from custledger.book.recording import Adjusting, Share
from custledger.core.frozen import field, frozen, replace
from custledger.edit.match_plan import Chain, Pages, Place, adjusting_lines, chain_of, parts_of
from custledger.edit.match_text import Text, repeated, tagged
from custledger.parse.journal.model import AmountStyle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custledger.core.span import Span
    from custledger.edit.plan import Plan
    from custledger.parse.journal.model import CommodityDeclared, Posting, Tag

_BETWEEN = re.compile(r"[\s、，；]+")
_FEWEST = 2


@frozen
class Undoing:
    """What is to be taken back. `numbers`: of which charges, by posting; `rejected`: what it will not pay."""

    numbers: Mapping[Span, frozenset[str]]
    rejected: Mapping[Span, tuple[str, ...]] = field(default_factory=dict)


@frozen
class Undone:
    """The plan, and the adjustments that it takes away."""

    plan: Plan
    adjustments: tuple[Adjusting, ...]


@frozen
class _Pack:
    """An adjustment as it stands in the journal."""

    places: tuple[Place, ...]
    """The account that takes it, then its credits."""
    beside: Place
    """The posting it was written for."""
    adjusting: Adjusting


def unmatch(pages: Pages, undoing: Undoing, declared: Mapping[str, CommodityDeclared]) -> Undone:
    """The plan that takes matches back."""
    done: set[Span] = set()
    gone: list[Adjusting] = []
    for span in [*undoing.numbers, *undoing.rejected]:
        if span in done:
            continue
        place = pages.places[span]
        pack = _pack_of(pages, place, declared)
        chain = chain_of(pages, place) if pack is None else None
        if pack is not None:
            done.update(each.posting.span for each in pack.places)
            gone.append(_without_pack(pages, pack, undoing, declared))
        elif chain is not None:
            spans = [p.span for p in place.transaction.postings[chain.first.index : chain.last.index + 1]]
            done.update(spans)
            _without_shares(pages, chain, spans, undoing)
        else:
            done.add(span)
            _without_tags(pages, place, undoing)
    return Undone(pages.plan(), tuple(adjusting for adjusting in gone if adjusting.shares))


def _named(value: str, numbers: frozenset[str]) -> bool:
    return value in numbers or all(each in numbers for each in _BETWEEN.split(value) if each)


def _rejecting(numbers: Sequence[str]) -> str:
    return ", ".join(f"not-invoice:{number}" for number in numbers)


def _without_shares(pages: Pages, chain: Chain, spans: Sequence[Span], undoing: Undoing) -> None:
    """A chain with the shares that stay; whole, where none does."""
    kept = tuple(
        share
        for share, span in zip(chain.shares, spans, strict=False)
        if not _named(share.number, undoing.numbers.get(span, frozenset()))
    )
    there = {tag.value for tag in chain.first.posting.comment.tags if tag.name == "not-invoice"}
    wrong = [n for span in spans for n in undoing.rejected.get(span, ()) if n not in there]
    whole = tagged(chain.whole, _rejecting(tuple(dict.fromkeys(wrong))))
    left = replace(chain, whole=whole, shares=kept)
    pages.put(chain.first, chain.last, parts_of(pages, left) if kept else [whole.line])


# --- adjustments


def _pack_of(pages: Pages, place: Place, declared: Mapping[str, CommodityDeclared]) -> _Pack | None:
    """The adjustment that a posting belongs to; None where it is none, or not as it would be written."""
    kind = place.posting.tag("kind")
    if kind is None or place.posting.tag("invoice") is None:
        return None
    postings = place.transaction.postings
    account = place.posting.account_written

    def like(posting: Posting) -> bool:
        own = posting.tag("kind")
        return own is not None and own.value == kind.value and posting.account_written == account

    first = last = place.index
    while first > 0 and like(postings[first - 1]):
        first -= 1
    while last + 1 < len(postings) and like(postings[last + 1]):
        last += 1
    before = [Place(place.transaction, at) for at in range(first - 1) if postings[at].account_written == account]
    if first < _FEWEST or not before or not before[-1].posting.amounts:
        return None
    places = tuple(Place(place.transaction, at) for at in range(first - 1, last + 1))
    shares = [Share((p.tag("invoice") or kind).value, pages.minor(p)) for p in postings[first : last + 1] if p.amounts]
    adjusting = Adjusting(
        span=before[-1].posting.span,
        account=postings[first - 1].account_written,
        kind=kind.value,
        date=postings[first - 1].date,
        shares=tuple(shares),
    )
    written = [pages.line(each) for each in places]
    meant = adjusting_lines(pages, before[-1], adjusting, declared)
    same = [" ".join(line.split()) for line in meant] == [" ".join(line.split()) for line in written]
    plain = all("\n" not in each.posting.comment.text for each in places)
    return _Pack(places, before[-1], adjusting) if same and plain else None


def _without_pack(pages: Pages, pack: _Pack, undoing: Undoing, declared: Mapping[str, CommodityDeclared]) -> Adjusting:
    """Take away an adjustment, or what of it goes; gives what has gone."""
    gone: list[Share] = []
    kept: list[Share] = []
    for share, place in zip(pack.adjusting.shares, pack.places[1:], strict=True):
        away = _named(share.number, undoing.numbers.get(place.posting.span, frozenset()))
        (gone if away else kept).append(share)
    lines: list[str] = []
    if kept:
        lines = adjusting_lines(pages, pack.beside, replace(pack.adjusting, shares=tuple(kept)), declared)
    pages.instead(pack.places[0], pack.places[-1], lines)
    return replace(pack.adjusting, shares=tuple(gone))


# --- tags where they stand


def _without_tags(pages: Pages, place: Place, undoing: Undoing) -> None:
    """Take `invoice:` and `applied:` away from one posting and leave everything else."""
    posting = place.posting
    numbers = undoing.numbers.get(posting.span, frozenset())
    going = [tag for tag in posting.comment.tags if tag.name == "invoice" and tag.value]
    rests = {tag: [n for n in _BETWEEN.split(tag.value) if n and n not in numbers] for tag in going}
    rests = {tag: [] if _named(tag.value, numbers) else rest for tag, rest in rests.items()}
    changed: dict[Tag, str] = {tag: " ".join(rest) for tag, rest in rests.items()}
    if numbers and not any(rests.values()):
        changed.update((tag, "") for tag in posting.comment.tags if tag.name == "applied")
    by_line: dict[int, list[tuple[Tag, str]]] = {}
    for tag, value in changed.items():
        by_line.setdefault(tag.span.line, []).append((tag, value))
    there = {tag.value for tag in posting.comment.tags if tag.name == "not-invoice"}
    wrong = [number for number in undoing.rejected.get(posting.span, ()) if number not in there]
    if wrong:
        by_line.setdefault(posting.span.line, [])
    file = pages.lines(posting.span.file)
    for number, tags in sorted(by_line.items()):
        line = file.text(number)
        begin = posting.span.end_column - 1 if number == posting.span.line else 0
        for tag, value in sorted(tags, key=lambda each: each[0].span.column, reverse=True):
            line = _without(line, tag, value, begin)
        if number == posting.span.line:
            pages.change(posting.span.file, number, _pieces(posting, line, _rejecting(wrong)))
        else:
            pages.change(posting.span.file, number, line if line.strip() != ";" else None)


def _pieces(posting: Posting, line: str, run: str) -> str:
    """The first line with `run` in its comment."""
    end = posting.span.end_column - 1
    blanks, mark, comment = line[end:].partition(";")
    text = Text(
        head=line[:end],
        gap="",
        amount="",
        cost="",
        assertion="",
        blanks=blanks,
        comment=mark + comment,
        repeated=repeated(posting),
        style=AmountStyle(),
        quantity=Decimal(0),
    )
    return tagged(text, run).line


def _without(line: str, tag: Tag, value: str, begin: int) -> str:
    """A line without a tag, or with another value of it; an empty comment goes with the blanks before it."""
    start, end = tag.span.column - 1, tag.span.end_column - 1
    if value:
        return line[:start] + value + line[end:]
    start = line.rfind(f"{tag.name}:", begin, start)
    before, after = line[:start], line[end:]
    if after.lstrip().startswith(","):
        after = after.lstrip()[1:].lstrip()
    elif before.rstrip().endswith(","):
        before = before.rstrip()[:-1]
    elif not before.rstrip().endswith(";"):
        before = before.rstrip()
    semicolon = line.index(";", begin)
    left = before[semicolon + 1 :] + after
    if not left.strip():
        return line[:semicolon].rstrip() if begin else f"{line[:semicolon]};"
    return before + after
