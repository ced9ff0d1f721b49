"""Tags say what a credit pays.

`invoice:` on a receivable posting pays the invoices named, in that order, each up to what is open; the rest
stays unapplied. With `applied:` it holds from that day, else from the later of the two entries' dates. A number
that this customer does not have in this commodity pays nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.reconcile.claims import EXPLICIT, meet
from custledger.reconcile.matching import Matcher

if TYPE_CHECKING:
    from custledger.reconcile.desk import Desk


def run(desk: Desk) -> None:
    """Meet what tags and moved advances name."""
    for claim in desk.claims.take(EXPLICIT):
        meet(desk, claim)


MATCHER = Matcher(EXPLICIT, 20, run, recorded=True)
