"""From matches to a plan: the postings that pay are split and tagged in place, adjustments follow their transaction.

A posting that was split before is a *chain*: its first part and those marked `split:` behind it. Where a chain is
just as `split` writes it, it is joined and split anew, so that its parts stay in order; where somebody has changed
it, only the posting that a match uses is.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from custledger.book.recording import Share
from custledger.core.frozen import field, frozen, mutable, replace
from custledger.core.money import EXACT
from custledger.core.text import width
from custledger.edit.match_lines import Lines
from custledger.edit.match_text import COMMENT, Text, join, split, take_apart, untagged, written_out
from custledger.edit.plan import FileEdit, Plan, Splice
from custledger.edit.splice import digest_of
from custledger.parse.journal.model import Amount
from custledger.parse.journal.text import amount_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from custledger.book.recording import Adjusting, Tagging
    from custledger.core.money import Commodities
    from custledger.core.span import Span
    from custledger.parse.journal.model import AmountStyle, CommodityDeclared, Journal, Posting, Transaction

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@frozen
class Place:
    """A posting where it stands: its transaction, and its number in it."""

    transaction: Transaction
    index: int

    @property
    def posting(self) -> Posting:
        """The posting."""
        return self.transaction.postings[self.index]

    @property
    def last_line(self) -> int:
        """The last line of its comment."""
        after = self.transaction.postings[self.index + 1 : self.index + 2]
        return after[0].span.line - 1 if after else self.transaction.span.end_line


@frozen
class Chain:
    """A posting in parts: as it would be whole, and what each part pays."""

    first: Place
    last: Place
    whole: Text
    shares: tuple[Share, ...]
    amount: int
    """Of the whole, in minor units."""


@mutable
class Pages:
    """The journal's files as text, and the splices made of them so far."""

    journal: Journal
    read: Callable[[str], bytes]
    commodities: Commodities
    decimal_mark: str | None = None
    places: Mapping[Span, Place] = field(init=False)
    _files: dict[str, Lines] = field(default_factory=dict)
    _splices: dict[str, list[Splice]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.places = {
            posting.span: Place(transaction, index)
            for transaction in self.journal.transactions
            for index, posting in enumerate(transaction.postings)
        }

    def lines(self, file: str) -> Lines:
        """The lines of a file."""
        if file not in self._files:
            self._files[file] = Lines(self.read(file))
        return self._files[file]

    def plan(self) -> Plan:
        """Everything as one plan, files in order."""
        return Plan(
            tuple(
                FileEdit(name, digest_of(self.lines(name).data), tuple(sorted(splices, key=lambda s: (s.start, s.end))))
                for name, splices in sorted(self._splices.items())
            )
        )

    def refused(self, span: Span) -> str:
        """Why the posting at `span` cannot be split: a slug, or nothing."""
        place = self.places.get(span)
        if place is None:
            return "document"
        posting = place.posting
        if posting.amount is None:
            known = len(posting.amounts) == 1 and posting.assertion is None
            return "" if known else "amount-not-written"
        return "amount-not-written" if take_apart(posting, self.line(place)).lots else ""

    def text(self, place: Place) -> Text:
        """A posting in pieces, its amount written out if it was left out."""
        posting = place.posting
        if posting.amount is not None:
            whole = take_apart(posting, self.line(place))
            mark = self._mark(place)
            cost = _in_force(whole.cost_style, mark) if whole.cost_style is not None else None
            return replace(whole, style=_in_force(whole.style, mark), cost_style=cost)
        return written_out(posting, self.line(place), posting.amounts[0], self._end(place), self._mark(place))

    def minor(self, posting: Posting) -> int:
        """A posting's amount in minor units, without its sign."""
        amount = posting.amounts[0]
        return int(amount.quantity.copy_abs().scaleb(self.digits(amount.commodity), EXACT))

    def digits(self, commodity: str) -> int:
        """The digits of a commodity as journals spell it."""
        return self.commodities.get(commodity).digits

    def put(self, first: Place, last: Place, texts: Sequence[str]) -> None:
        """`texts` take the place of a posting's first line and of the parts that follow it up to `last`."""
        lines, file = self.lines(first.posting.span.file), first.posting.span.file
        number = first.posting.span.line
        made = self._splices.setdefault(file, [])
        if texts[0] != lines.text(number):
            made.append(Splice(lines.start(number), lines.end(number), texts[0].encode()))
        splice = lines.between(first.last_line, last.last_line, texts[1:])
        if lines.data[splice.start : splice.end] != splice.new:
            made.append(splice)
        if not made:
            del self._splices[file]

    def instead(self, first: Place, last: Place, texts: Sequence[str]) -> None:
        """`texts` take the place of the lines from one posting to another."""
        file = first.posting.span.file
        splice = self.lines(file).between(first.posting.span.line - 1, last.last_line, texts)
        self._splices.setdefault(file, []).append(splice)

    def change(self, file: str, number: int, text: str | None) -> None:
        """Another text of one line; None takes it away."""
        lines = self.lines(file)
        if text is None:
            splice = lines.between(number - 1, number, ())
        else:
            splice = Splice(lines.start(number), lines.end(number), text.encode())
        if lines.data[splice.start : splice.end] != splice.new:
            self._splices.setdefault(file, []).append(splice)

    def insert(self, transaction: Transaction, texts: Sequence[str]) -> None:
        """New lines behind a transaction."""
        file, number = transaction.span.file, transaction.span.end_line
        self._splices.setdefault(file, []).append(self.lines(file).between(number, number, texts))

    def line(self, place: Place) -> str:
        """A posting's first line."""
        span = place.posting.span
        return self.lines(span.file).text(span.line)

    def _mark(self, place: Place) -> str | None:
        """The decimal mark in force at a posting, as far as its file and the settings say."""
        span = place.posting.span
        return self.lines(span.file).mark(span.line) or self.decimal_mark

    def _end(self, place: Place) -> int:
        """The column at which the amounts of the transaction end."""
        ends = [
            width(self.lines(p.span.file).text(p.span_amount.line)[: p.span_amount.end_column - 1])
            for p in place.transaction.postings
            if p.span_amount is not None
        ]
        return max(ends, default=0)


def _in_force(style: AmountStyle, mark: str | None) -> AmountStyle:
    """The style for numbers with more digits than this one has: with the decimal mark that is read there."""
    if style.digits or mark is None or mark == style.group_mark:
        return style
    return style._replace(decimal_mark=mark)


def chain_of(pages: Pages, place: Place) -> Chain | None:
    """The chain that a posting belongs to; None where it is none, or not as `split` writes it."""
    postings = place.transaction.postings
    first = last = place.index
    while first > 0 and _continues(postings[first - 1], postings[first]):
        first -= 1
    while last + 1 < len(postings) and _continues(postings[last], postings[last + 1]):
        last += 1
    if first == last and postings[first].tag("invoice") is None:
        return None
    places = [Place(place.transaction, index) for index in range(first, last + 1)]
    if any(each.posting.amount is None for each in places) or any(
        "\n" in p.comment.text for p in postings[first + 1 : last + 1]
    ):
        return None
    texts = [pages.text(each) for each in places]
    head = untagged(texts[0])
    if head is None:
        return None
    tag = postings[first + 1].tag("split") if first < last else None
    whole = join([head, *texts[1:]], tag.value if tag else "")
    shares = [_share(pages, each.posting) for each in places]
    paying = tuple(share for share in shares if share is not None)
    if not all(shares[:-1]):
        return None
    amount = sum(pages.minor(each.posting) for each in places)
    found = Chain(places[0], places[-1], whole, paying, amount)
    same = [_blank(line) for line in parts_of(pages, found)] == [_blank(text.line) for text in texts]
    return found if same else None


def _blank(line: str) -> str:
    return " ".join(line.split())


def parts_of(pages: Pages, chain: Chain) -> list[str]:
    """The lines of a chain's parts."""
    return _parts(pages, chain.first.posting, chain.whole, chain.shares, chain.amount)


def parts_of_posting(pages: Pages, place: Place, shares: Sequence[Share]) -> list[str]:
    """The lines of a posting with these shares split off."""
    return _parts(pages, place.posting, pages.text(place), shares, pages.minor(place.posting))


def _parts(pages: Pages, posting: Posting, whole: Text, shares: Sequence[Share], amount: int) -> list[str]:
    cost = posting.cost
    cost_digits = pages.digits(cost.amount.commodity) if cost is not None else 0
    return split(whole, shares, amount, pages.digits(posting.amounts[0].commodity), cost_digits)


def _continues(before: Posting, after: Posting) -> bool:
    """Whether a posting is a later part of the one before it."""
    return (
        after.tag("split") is not None
        and (before.account_written, before.status, before.virtual, before.date, before.date_secondary)
        == (after.account_written, after.status, after.virtual, after.date, after.date_secondary)
        and before.amount is not None
        and after.amount is not None
        and before.amount.commodity == after.amount.commodity
    )


def _share(pages: Pages, posting: Posting) -> Share | None:
    """What a part pays, by its own tags."""
    tag, applied = posting.tag("invoice"), posting.tag("applied")
    if tag is None or not tag.value:
        return None
    day = dt.date.fromisoformat(applied.value) if applied and _DAY.fullmatch(applied.value) else None
    return Share(tag.value, pages.minor(posting), day)


# --- writing matches


def write_matches(
    pages: Pages,
    taggings: Iterable[Tagging],
    adjustings: Iterable[Adjusting],
    declared: Mapping[str, CommodityDeclared],
) -> Plan:
    """The plan that records these matches."""
    shares: dict[Span, list[Share]] = {}
    for tagging in taggings:
        shares.setdefault(tagging.span, []).extend(tagging.shares)
    for span, mine in shares.items():
        place = pages.places[span]
        chain = chain_of(pages, place)
        if chain is not None and chain.last == place:
            pages.put(chain.first, chain.last, parts_of(pages, replace(chain, shares=(*chain.shares, *mine))))
        else:
            pages.put(place, place, _parts(pages, place.posting, pages.text(place), mine, pages.minor(place.posting)))
    for adjusting in adjustings:
        place = pages.places[adjusting.span]
        pages.insert(place.transaction, adjusting_lines(pages, place, adjusting, declared))
    return pages.plan()


def adjusting_lines(
    pages: Pages, place: Place, adjusting: Adjusting, declared: Mapping[str, CommodityDeclared]
) -> list[str]:
    """The postings of an adjustment: the account that takes it, and a credit for each charge."""
    posting = place.posting
    whole = pages.text(place)
    commodity = posting.amounts[0].commodity
    style = posting.amounts[0].style
    if posting.amount is None and commodity in declared:
        style = declared[commodity].style
    indent = whole.head[: len(whole.head) - len(whole.head.lstrip())]
    end = width(whole.head + whole.gap + whole.amount)
    digits = pages.digits(commodity)
    dated = (f"date:{adjusting.date.isoformat()}",) if adjusting.date != place.transaction.date else ()

    def line(account: str, minor: int, words: Sequence[str]) -> str:
        quantity = Decimal(minor).scaleb(-digits, EXACT)
        amount = amount_text(Amount(quantity, commodity, style), pages.decimal_mark)
        blanks = " " * max(2, end - width(indent + account) - width(amount))
        return f"{indent}{account}{blanks}{amount}" + (COMMENT + ", ".join(words) if words else "")

    credits_ = [
        line(posting.account_written, -share.amount, (f"invoice:{share.number}", f"kind:{adjusting.kind}", *dated))
        for share in adjusting.shares
    ]
    return [line(adjusting.account, adjusting.amount, dated), *credits_]
