"""Texts name charges, and what is open of these is exactly what was paid.

Whole numbers are found in the code, whole or shortened ones in the note and in text from outside (`; > …`), and
numbers of orders, contracts, deliveries and tax invoices anywhere. The strongest reading whose open amounts sum to
the credit is taken: whole numbers alone, then with shortened ones, then with the references.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.reconcile.inferring import given_by_text, loose, rejected, settle, views, why
from custledger.reconcile.matching import Matcher

if TYPE_CHECKING:
    from custledger.book.entry import Credit
    from custledger.reconcile.desk import Desk

RANK = 30


def run(desk: Desk) -> None:
    """Match every credit whose texts name exactly what it pays."""
    for credit in list(loose(desk, RANK)):
        _match(desk, credit)


def _match(desk: Desk, credit: Credit) -> None:
    for view in views(desk, credit, RANK):
        charges = exact(desk, credit, view)
        if charges:
            rule = why("reference", RANK, desk.naming.of(credit).why(charges))
            settle(desk, credit, charges, rule, as_is=view is None)
            return


def exact(desk: Desk, credit: Credit, view: int | None = RANK) -> list[str]:
    """The charges named whose open amounts sum to what is free of the credit; [] where no reading does.

    Amounts are those beside everything at least as strong as `view`; None: beside everything. What another credit's
    text took in part stays with it.
    """
    named = desk.naming.of(credit)
    if not (named.whole or named.short or named.refs):
        return []
    free = desk.rest(credit.key, view)
    readings = dict.fromkeys(
        (
            named.whole,
            (*named.whole, *named.short),
            (*named.whole, *named.short, *named.refs),
            named.refs,
        )
        if named.short or named.refs
        else (named.whole,)
    )
    for reading in readings:
        open_ = [key for key in dict.fromkeys(reading) if desk.rest(key, view) > 0 and not rejected(desk, credit, key)]
        if view is not None and given_by_text(desk, credit, open_):
            continue
        if open_ and sum(desk.rest(key, view) for key in open_) == free:
            return sorted(open_, key=lambda key: (desk.charges[key].date_due, desk.charges[key].order))
    return []


MATCHER = Matcher("reference", RANK, run, one=_match)
