"""Texts name charges by whole numbers, and the credit pays less than one of them, or more than all.

Less is taken only where one charge is named, or the instalments of one document, which are paid in order of their
due dates: with several named and too little money nobody knows which is short. More settles all that is named; the
rest stays unapplied. Last digits alone decide nothing here. Where the amount is exactly that of another open charge
whose number is one slip of the pen away, nothing is taken. Nor where a payment of just this amount went to what is
named before, and this one is more than is open, or says the very same and is not one of so many equal parts: it may be
the same payment again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.reconcile.inferring import loose, rejected, settle, why
from custledger.reconcile.matching import NAMED_IN_PART, Matcher

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custledger.book.entry import Credit
    from custledger.reconcile.desk import Desk

RANK = NAMED_IN_PART
_PAIR = 2


def run(desk: Desk) -> None:
    """Match every credit whose texts name what it pays in part, or more than it pays."""
    for credit in list(loose(desk, RANK)):
        charges = named(desk, credit)
        if charges:
            settle(desk, credit, charges, why("reference-partial", RANK, desk.naming.of(credit).why(charges)))


def named(desk: Desk, credit: Credit) -> list[str]:
    """The charges to pay, in order; [] where the texts leave it open which."""
    found = desk.naming.of(credit)
    if found.stranger or found.short or found.foreign:
        return []
    keys = found.whole or (found.refs if len(found.refs) == 1 else ())
    open_ = [key for key in keys if desk.rest(key, RANK) > 0 and not rejected(desk, credit, key)]
    if not open_:
        return []
    open_.sort(key=lambda key: (desk.charges[key].date_due, desk.charges[key].order))
    if slipped(desk, credit, open_):
        return []
    if repeats(desk, credit, keys):
        return []
    enough = desk.rest(credit.key, RANK) >= sum(desk.rest(key, RANK) for key in open_)
    documents = {desk.charges[key].document or key for key in keys}
    return open_ if enough or len(documents) == 1 else []


def repeats(desk: Desk, credit: Credit, charges: Sequence[str]) -> bool:
    """Whether another payment of its amount went to these charges by a tag or its text, and this may be the same again.

    It may be where it is more than is open, or says the very same and is no instalment: one of so many equal parts.
    """
    more = desk.rest(credit.key) > sum(desk.rest(key) for key in charges)
    for key in charges:
        parts = desk.charges[key].money.minor % credit.money.minor == 0
        for held in desk.held(key):
            other = desk.credits[held.credit]
            same = (other.kind, other.money) == (credit.kind, credit.money) and held.strength <= RANK
            if same and other.key != credit.key and (more or (not parts and _words(other) == _words(credit))):
                return True
    return False


def _words(credit: Credit) -> list[str]:
    return [text.text for text in credit.texts if text.kind in {"note", "outside"}]


def slipped(desk: Desk, credit: Credit, charges: Sequence[str]) -> bool:
    """Whether the amount is exactly that of an open charge whose number is one slip away from a named one."""
    free = desk.rest(credit.key, RANK)
    names = [desk.charges[key].number or "" for key in charges]
    return any(
        desk.rest(key) == free and any(slip(name, desk.charges[key].number or "") for name in names)
        for key in desk.open
        if key not in charges
    )


def slip(left: str, right: str) -> bool:
    """Whether two numbers of one length differ in one place, or in two neighbours that changed places."""
    if len(left) != len(right):
        return False
    wrong = [place for place, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    if len(wrong) == 1:
        return True
    return (
        len(wrong) == _PAIR
        and wrong[1] == wrong[0] + 1
        and left[wrong[0]] + left[wrong[1]] == right[wrong[1]] + right[wrong[0]]
    )


MATCHER = Matcher("reference-partial", RANK, run)
