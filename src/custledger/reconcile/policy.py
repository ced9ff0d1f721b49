"""What reconciling may do to one customer's account: the customer's rules, else the book's, else the defaults."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from custledger.book.allocation import Evidence
from custledger.core.frozen import frozen
from custledger.core.money import rounded

if TYPE_CHECKING:
    from collections.abc import Callable

    from custledger.book.book import Book
    from custledger.book.settings import Matching

T = TypeVar("T")

RIVAL_SIZE, SET_SIZE = 2, 5
COINCIDENCE = Fraction(1, 10_000)


@frozen
class Policy:
    """The rules in force, amounts in minor units of the account's commodity. Nothing is permitted that is not set."""

    fifo: Evidence | None = None
    """The line that permits oldest-first, or None."""
    rival_size: int = RIVAL_SIZE
    set_size: int = SET_SIZE
    coincidence: Fraction = COINCIDENCE
    tolerance: int = 0
    bank_fee: int = 0
    withholding: tuple[Decimal, ...] = ()
    fx_tolerance: Decimal = Decimal(0)
    """How far from a day's rate a payment in another commodity may be, as a share of it."""
    tagged_only_known: bool = False
    """In a bare journal a tag that names no charge is read as if it were not there."""


def policy(book: Book, customer: str, commodity: str) -> Policy:
    """The policy of one account."""
    profile = book.customers.get(customer)
    own = profile.matching if profile is not None else None
    general = book.settings.matching

    def chosen(pick: Callable[[Matching], T | None], default: T) -> T:
        for rules in (own, general):
            if rules is not None and (value := pick(rules)) is not None:
                return value
        return default

    digits = book.commodities.get(commodity).digits

    def minor(value: Decimal) -> int:
        return rounded(value, digits, where="tolerance")

    fifo: Evidence | None = None
    if chosen(lambda rules: rules.fifo, default=False):
        theirs = profile is not None and profile.matching.fifo is not None
        span = profile.span if theirs and profile is not None else book.settings.span
        fifo = Evidence(kind="policy", span=span, text="fifo")
    return Policy(
        fifo=fifo,
        rival_size=chosen(lambda rules: rules.rival_size, RIVAL_SIZE),
        set_size=chosen(lambda rules: rules.set_size, SET_SIZE),
        coincidence=Fraction(chosen(lambda rules: rules.coincidence, Decimal("0.0001"))),
        tolerance=minor(chosen(lambda rules: rules.tolerance, Decimal(0))),
        bank_fee=minor(chosen(lambda rules: rules.bank_fee, Decimal(0))),
        withholding=chosen(lambda rules: rules.withholding, ()),
        fx_tolerance=chosen(lambda rules: rules.fx_tolerance, Decimal(0)),
        tagged_only_known=book.settings.bare,
    )
