"""What kind of entry a receivable posting is, by what stands on the other side (formats.md, "Charges and credits")."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from custledger.core.frozen import field, mutable
from custledger.resolve.roles import ASSET, EQUITY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from custledger.parse.journal.model import Posting, Transaction
    from custledger.resolve.roles import Roles

#: Every value that `kind:` may have.
KINDS = frozenset(
    {
        "invoice",
        "transfer",
        "refund",
        "payment",
        "credit-note",
        "discount",
        "write-off",
        "withholding",
        "fx",
        "contra",
        "opening",
        "adjustment",
        "void",
    }
)
#: Debits of these kinds are owed by the customer; any other debit takes back a credit.
CHARGES = frozenset({"invoice", "transfer", "opening"})

#: Rows of the table that look at one role, in the table's order.
_TAKEN_BACK = {
    "discount": "discount",
    "bad_debt": "write-off",
    "allowance": "write-off",
    "withholding": "withholding",
    "fx": "fx",
    "payable": "contra",
}
_TRANSFER = "another customer"
_SAME = "the same customer"


_PLUS, _MINUS, _NONE = frozenset([1]), frozenset([-1]), frozenset[int]()


def _signs(posting: Posting) -> frozenset[int]:
    """The signs of a posting at cost: {1}, {-1}, both where it was inferred in several commodities, or none."""
    cost = posting.cost
    if cost is None and len(posting.amounts) == 1:
        quantity = posting.amounts[0].quantity
        return _PLUS if quantity > 0 else _MINUS if quantity else _NONE
    if cost is not None and not cost.amount.quantity:
        return _NONE
    turn = -1 if cost is not None and not cost.total and cost.amount.quantity < 0 else 1
    return frozenset(turn if amount.quantity > 0 else -turn for amount in posting.amounts if amount.quantity)


@mutable
class _Side:
    """What stands on one side of a transaction: roles of accounts, and customers."""

    roles: set[str] = field(default_factory=set)
    customers: set[str] = field(default_factory=set)

    def seen_by(self, customer: str) -> set[str]:
        """The roles of this side as `customer` sees it."""
        found = set(self.roles)
        if self.customers - {customer}:
            found.add(_TRANSFER)
        if customer in self.customers:
            found.add(_SAME)
        return found


def lone_kind(transaction: Transaction, posting: Posting, roles: Roles) -> str | None:
    """The kind of a transaction's only receivable posting, where nothing in it has a cost or is virtual.

    None where something has: `Sides` tells. It is the same answer, for what nearly every transaction is.
    """
    signs = _signs(posting)
    if not signs:
        return None
    debit = signs == _PLUS
    other: list[str] = []
    for each in transaction.postings:
        if each.virtual or each.cost is not None or len(each.amounts) != 1:
            return None
        quantity = each.amounts[0].quantity
        if quantity and (1 if quantity > 0 else -1) not in signs:
            other.append(roles.of(each.account))
    return _lone(debit, frozenset(other))


@lru_cache(maxsize=256)
def _lone(debit: bool, roles: frozenset[str]) -> str:
    if not roles:
        return "adjustment"
    return _debit(roles) if debit else _credit(roles)


class Sides:
    """Both sides of one transaction at cost; real, balanced and unbalanced virtual postings each among themselves."""

    def __init__(self, transaction: Transaction, customers: Sequence[str | None], roles: Roles) -> None:
        self._sides: dict[tuple[str, int], _Side] = {}
        for posting, customer in zip(transaction.postings, customers, strict=True):
            for sign in _signs(posting):
                side = self._sides.get((posting.virtual, sign))
                if side is None:
                    side = self._sides[posting.virtual, sign] = _Side()
                if customer is None:
                    side.roles.add(roles.of(posting.account))
                else:
                    side.customers.add(customer)

    def kind(self, posting: Posting, customer: str, sign: int) -> str:
        """The first row of the table that any posting of the other side fits. `sign` is the posting's amount's."""
        at_cost = sign if not posting.cost or sign in _signs(posting) else -sign
        other = self._sides.get((posting.virtual, -at_cost))
        if other is None:
            unbalanced = posting.virtual == "()"
            return ("invoice" if sign > 0 else "payment") if unbalanced else "adjustment"
        seen = other.seen_by(customer)
        return _debit(seen) if sign > 0 else _credit(seen)


def _debit(roles: AbstractSet[str]) -> str:
    if roles & {"revenue", "tax"}:
        return "invoice"
    if _TRANSFER in roles:
        return "transfer"
    if "cash" in roles:
        return "refund"
    for role, kind in _TAKEN_BACK.items():
        if role in roles:
            return kind
    if EQUITY in roles:
        return "opening"
    return "invoice" if roles - {_SAME} else "adjustment"


def _credit(roles: AbstractSet[str]) -> str:
    if roles & {"cash", "unidentified", ASSET}:
        return "payment"
    if roles & {"revenue", "tax"}:
        return "credit-note"
    for role, kind in _TAKEN_BACK.items():
        if role in roles:
            return kind
    if _TRANSFER in roles:
        return "transfer"
    if EQUITY in roles:
        return "opening"
    return "adjustment"
