"""A credit note settles the invoice that it corrects; a void settles the invoice that it voids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.reconcile.claims import CORRECTS, meet
from custledger.reconcile.matching import Matcher

if TYPE_CHECKING:
    from custledger.reconcile.desk import Desk


def run(desk: Desk) -> None:
    """Meet what credit notes name, up to what is open; the rest of a credit note stays unapplied."""
    for claim in desk.claims.take(CORRECTS):
        meet(desk, claim)


MATCHER = Matcher(CORRECTS, 10, run, recorded=True)
