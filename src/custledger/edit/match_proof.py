"""Proof that recording matches changed what it should: every transaction has the same sums as before."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from custledger.core.money import EXACT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from custledger.book.recording import Adjusting
    from custledger.edit.match_plan import Pages
    from custledger.parse.journal.model import Journal, Posting, Transaction

Sums = dict[tuple[object, ...], Decimal]


def differing(
    before: Journal,
    after: Journal,
    pages: Pages,
    adjustings: Iterable[Adjusting] = (),
    removed: Iterable[Adjusting] = (),
    gone: Mapping[int, Sums] | None = None,
) -> list[int] | None:
    """The transactions whose postings come to something else than before with or without the adjustments.

    None: there are other transactions. `gone`: what is to be missing beside that, by transaction; amounts left out in
    these follow from the others (at another cost in parts of a smallest unit) and are not looked at.

    By account, day, status and commodity, at cost as well; what stands in front of the postings must be the same.
    """
    if len(before.transactions) != len(after.transactions):
        return None
    meant: dict[int, list[tuple[Adjusting, int]]] = {}
    for several, sign in ((adjustings, 1), (removed, -1)):
        for adjusting in several:
            meant.setdefault(pages.places[adjusting.span].transaction.index, []).append((adjusting, sign))
    found: list[int] = []
    for old, new in zip(before.transactions, after.transactions, strict=True):
        kept = [[p for p in t.postings if not gone or t.index not in gone or p.amount is not None] for t in (old, new)]
        sums = sums_of(kept[0])
        for adjusting, sign in meant.get(old.index, ()):
            _adjust(sums, pages, adjusting, sign)
        add_sums(sums, (gone or {}).get(old.index, {}), -1)
        if _head(old) != _head(new) or _clean(sums) != _clean(sums_of(kept[1])):
            found.append(old.index)
    return found


def _head(one: Transaction) -> tuple[object, ...]:
    return (one.date, one.date_secondary, one.status, one.code, one.description, one.comment.text)


def sums_of(postings: Iterable[Posting]) -> Sums:
    """What postings come to, by account, day, status and commodity, at cost as well; assertions are counted."""
    sums: Sums = {}
    for posting in postings:
        place = (posting.account, posting.virtual, posting.status, posting.date, posting.date_secondary)
        for amount in posting.amounts:
            _add(sums, (*place, amount.commodity), amount.quantity)
        if posting.cost is not None and posting.amount is not None:
            cost, quantity = posting.cost, posting.amount.quantity
            each = cost.amount.quantity
            _add(sums, (*place, "@", cost.amount.commodity), each if cost.total else EXACT.multiply(each, quantity))
        _add_assertion(sums, posting, place)
    return sums


def _add_assertion(sums: Sums, posting: Posting, place: tuple[object, ...]) -> None:
    if posting.assertion is not None:
        amount = posting.assertion.amount
        _add(sums, (*place, "=", posting.assertion.sole, posting.assertion.inclusive, amount), Decimal(1))


def _adjust(sums: Sums, pages: Pages, adjusting: Adjusting, sign: int) -> None:
    posting = pages.places[adjusting.span].posting
    commodity = posting.amounts[0].commodity
    amount = Decimal(sign * adjusting.amount).scaleb(-pages.digits(commodity), EXACT)
    day = adjusting.date
    _add(sums, (adjusting.account, "", "", day, None, commodity), amount)
    _add(sums, (posting.account, "", "", day, None, commodity), -amount)


def add_sums(sums: Sums, more: Mapping[tuple[object, ...], Decimal], sign: int = 1) -> None:
    """Add `more` to `sums`, or take it away."""
    for key, quantity in more.items():
        _add(sums, key, quantity * sign)


def _add(sums: Sums, key: tuple[object, ...], quantity: Decimal) -> None:
    sums[key] = EXACT.add(sums.get(key, Decimal(0)), quantity)


def _clean(sums: Mapping[tuple[object, ...], Decimal]) -> Sums:
    return {key: EXACT.normalize(total) for key, total in sums.items() if total}
