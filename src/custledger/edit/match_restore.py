"""What `edit.match_across` wrote is taken back: money re-accounted to another customer, payments at another cost.

Money for another stands as two postings side by side: the one that takes it off the payer (`reverses:`, or
`kind:adjustment` where the payment has no code) and the one that pays. A posting at another cost says in `instead-of:`
what stood there; such a difference goes as it was written, for all that the payment settles, and is proposed again
for what stays. The tags of what is left are taken away by `edit.match_undo`, on the text that this gives. Where
somebody has changed it since, it stays.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from custledger.core.frozen import field, mutable, replace
from custledger.core.money import EXACT, Money, exact_minor, round_half_up
from custledger.edit.match_across import as_it_was, stood_there
from custledger.edit.match_plan import Place
from custledger.edit.match_proof import add_sums, sums_of
from custledger.edit.match_text import number_in, value_of
from custledger.parse.journal.model import Amount, Cost

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from custledger.core.span import Span
    from custledger.edit.match_plan import Pages
    from custledger.edit.match_proof import Sums
    from custledger.edit.plan import Plan
    from custledger.parse.journal.model import Posting, Transaction

Spot = tuple[int, int]
"""A transaction's index, and a posting's number in it."""


class Moved(NamedTuple):
    """Money that is the payer's again: from which account to which, and how much (>= 0)."""

    source: str
    target: str
    money: Money


@mutable
class Restored:
    """The plan, and what is left to be taken back in the text that it makes."""

    plan: Plan
    numbers: dict[Spot, frozenset[str]] = field(default_factory=dict)
    rejected: dict[Spot, tuple[str, ...]] = field(default_factory=dict)
    gone: dict[int, Sums] = field(default_factory=dict)
    """By transaction: how its sums change, with the sign turned round."""
    moved: list[Moved] = field(default_factory=list)
    differences: list[Money] = field(default_factory=list)
    """What is taken back of exchange differences, as their account has it."""


class _Costed(NamedTuple):
    """A posting at a cost that was not there, and what stood there; `was` and `now` are costs in all, >= 0."""

    place: Place
    before: str
    commodity: str
    was: Decimal
    now: Decimal

    def as_before(self) -> Posting:
        """The posting as it was, read."""
        posting = self.place.posting
        before = Amount(-self.was, self.commodity)
        if self.before.startswith("@"):
            return replace(posting, cost=Cost(total=True, amount=before, span=posting.span))
        return replace(posting, amount=before, amounts=(before,), cost=None)


def restored(
    pages: Pages,
    numbers: Mapping[Span, frozenset[str]],
    rejected: Mapping[Span, tuple[str, ...]],
    account_fx: str,
) -> Restored:
    """Take back what stands beside the postings of `numbers`; `account_fx` takes exchange differences."""
    work = _Work(pages, account_fx)
    by_transaction: dict[int, list[Place]] = {}
    for span in numbers:
        place = pages.places[span]
        by_transaction.setdefault(place.transaction.index, []).append(place)
    for places in by_transaction.values():
        work.transaction(places, numbers)
    made = Restored(pages.plan(), gone=work.gone, moved=work.moved, differences=work.differences)
    for span, several in numbers.items():
        place = pages.places[span]
        if place.index not in work.removed.get(place.transaction.index, {}):
            made.numbers[work.spot(place)] = several
    for span, wrong in rejected.items():
        spot = work.spot(work.heir(pages.places[span]))
        made.rejected[spot] = (*made.rejected.get(spot, ()), *wrong)
    return made


class _Work:
    """Collects what goes, one transaction after another."""

    def __init__(self, pages: Pages, account_fx: str) -> None:
        self.gone: dict[int, Sums] = {}
        self.moved: list[Moved] = []
        self.differences: list[Money] = []
        self.removed: dict[int, dict[int, str]] = {}
        """By transaction: the postings that go, with the account written that had the money."""
        self._pages = pages
        self._fx = account_fx

    def spot(self, place: Place) -> Spot:
        """Where a posting that stays will be."""
        before = sum(index < place.index for index in self.removed.get(place.transaction.index, {}))
        return place.transaction.index, place.index - before

    def heir(self, place: Place) -> Place:
        """The posting, or the payer's where it goes."""
        account = self.removed.get(place.transaction.index, {}).get(place.index)
        if account is None:
            return place
        postings = enumerate(place.transaction.postings)
        mine = [at for at, p in postings if p.account_written == account and any(a.quantity < 0 for a in p.amounts)]
        return Place(place.transaction, mine[0])

    def transaction(self, places: Sequence[Place], numbers: Mapping[Span, frozenset[str]]) -> None:
        """Take back what belongs to these postings of one transaction."""
        one = places[0].transaction
        for place in places:
            number = place.posting.tag("invoice")
            if number is not None and number.value in numbers[place.posting.span]:
                self._pair(place, number.value)
        self._costs([place for place in places if place.index not in self.removed.get(one.index, {})])
        runs: list[list[int]] = []
        for index in sorted(self.removed.get(one.index, {})):
            if runs and runs[-1][-1] == index - 1:
                runs[-1].append(index)
            else:
                runs.append([index])
        for run in runs:
            self._pages.instead(Place(one, run[0]), Place(one, run[-1]), ())

    # --- money for another customer

    def _pair(self, place: Place, number: str) -> None:
        """The two postings that give a payer's money to another customer."""
        one, posting = place.transaction, place.posting
        before = one.postings[place.index - 1] if place.index else posting
        dated = f", date:{posting.date.isoformat()}" if posting.date != one.date else ""
        taken = [f"reverses:{one.code}{dated}"] if one.code else []
        given = f"invoice:{number}{dated}"
        if before.comment.text not in {*taken, f"kind:adjustment{dated}"} or posting.comment.text != given:
            return
        if before.amount is None or posting.amount is None or not (_plain(before) and _plain(posting)):
            return
        same = before.amount.commodity == posting.amount.commodity
        if not same or before.amount.quantity != -posting.amount.quantity or posting.amount.quantity >= 0:
            return
        if not any(p.account_written == before.account_written for p in one.postings[: place.index - 1]):
            return
        mine = self.removed.setdefault(one.index, {})
        mine[place.index - 1] = mine[place.index] = before.account_written
        add_sums(self.gone.setdefault(one.index, {}), sums_of((before, posting)))
        unit = self._pages.commodities.canonical(before.amount.commodity)
        self.moved.append(Moved(posting.account, before.account, Money(self._pages.minor(before), unit)))

    # --- exchange differences

    def _costs(self, places: Sequence[Place]) -> None:
        """The postings of one transaction that stand at another cost, by account and commodity of the cost."""
        if not places:
            return
        one = places[0].transaction
        chosen = {place.index for place in places}
        groups: dict[tuple[str, str], list[_Costed]] = {}
        for index in range(len(one.postings)):
            each = self._costed(Place(one, index))
            if each is not None:
                groups.setdefault((each.place.posting.account_written, each.commodity), []).append(each)
        for group in groups.values():
            mine = [each for each in group if each.place.index in chosen]
            # What was written on several days has several postings that take the differences.
            if mine and not self._back(group) and not self._back(mine):
                for each in mine:
                    self._back([each])

    def _costed(self, place: Place) -> _Costed | None:
        posting = place.posting
        if posting.amount is None or posting.cost is None or not posting.cost.total or posting.tag("invoice") is None:
            return None
        text = self._pages.text(place)
        before = stood_there(text)
        if before is None or text.cost_style is None:
            return None
        was = value_of(number_in(before.lstrip("@")), text.cost_style)
        if before.startswith("@") and not before.startswith("@@"):
            was = EXACT.multiply(was, posting.amount.quantity.copy_abs())
        return _Costed(place, before, posting.cost.amount.commodity, was, posting.cost.amount.quantity.copy_abs())

    def _back(self, some: Sequence[_Costed]) -> bool:
        """Give these what stood there; False where the posting of their difference is not found."""
        one, grown = some[0].place.transaction, self._grown(some)
        if grown:
            line = self._line(one, some[0].commodity, grown)
            if line is None:
                return False
            self.removed.setdefault(one.index, {})[line.index] = self._fx
            add_sums(self.gone.setdefault(one.index, {}), sums_of([line.posting]))
            unit = self._pages.commodities.canonical(some[0].commodity)
            self.differences.append(Money(grown, unit))
        for each in some:
            self._give(each)
        return True

    def _grown(self, several: Sequence[_Costed]) -> int:
        """By how much their cost grew, in minor units."""
        digits = self._pages.digits(several[0].commodity)
        now = sum((Fraction(each.now) for each in several), Fraction(0))
        was = sum((Fraction(each.was) for each in several), Fraction(0))
        return round_half_up(now * 10**digits) - round_half_up(was * 10**digits)

    def _line(self, one: Transaction, commodity: str, minor: int) -> Place | None:
        """The posting that takes a difference, just as it was written."""
        same, digits = self._pages.commodities.canonical, self._pages.digits(commodity)
        for index in reversed(range(len(one.postings))):
            posting = one.postings[index]
            stays = index not in self.removed.get(one.index, {}) and posting.account_written == self._fx
            if not stays or posting.amount is None or posting.comment.text or not _plain(posting):
                continue
            written = exact_minor(posting.amount.quantity, digits)
            if written == minor and same(posting.amount.commodity) == same(commodity):
                return Place(one, index)
        return None

    def _give(self, each: _Costed) -> None:
        """Write what stood there."""
        posting = each.place.posting
        self._pages.change(posting.span.file, posting.span.line, as_it_was(self._pages.text(each.place)).line)
        gone = self.gone.setdefault(each.place.transaction.index, {})
        add_sums(gone, sums_of([posting]))
        add_sums(gone, sums_of([each.as_before()]), -1)


def _plain(posting: Posting) -> bool:
    """Whether a posting is an account and an amount, and nothing else but a comment on its line."""
    bare = posting.cost is None and posting.assertion is None and not posting.virtual and not posting.status
    return bare and "\n" not in posting.comment.text
