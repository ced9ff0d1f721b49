"""Balancing one transaction: inferring the amount left out, and checking that the rest sums to zero.

Source: hledger 1.25, "Transaction balancing". Real postings and balanced virtual ones (`[…]`) balance each among
themselves, at cost. Ours is the precision: a sum is zero where, at the larger of the commodity's declared digits
and the most digits of its amounts in this transaction, it would be shown as zero (half a unit counts as zero).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from custledger.core.diagnostic import problem
from custledger.core.money import EXACT
from custledger.parse.journal.draft import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from custledger.core.diagnostic import Diagnostic
    from custledger.parse.journal.draft import Draft, DraftPosting

ZERO = Decimal(0)
Sums = dict[str, Decimal]


def at_cost(part: Part) -> tuple[str, Decimal]:
    """What a part counts for in its transaction's sum: commodity and quantity."""
    cost = part.cost
    if cost is None:
        return part.commodity, part.quantity
    if cost.total:
        return cost.amount.commodity, cost.amount.quantity
    return cost.amount.commodity, EXACT.multiply(part.quantity, cost.amount.quantity)


def sums_at_cost(parts: Iterable[Part]) -> Sums:
    """Sums by commodity; zero sums stay."""
    sums: Sums = {}
    for part in parts:
        commodity, quantity = at_cost(part)
        known = sums.get(commodity)
        sums[commodity] = quantity if known is None else EXACT.add(known, quantity)
    return sums


def balance(draft: Draft, declared: Mapping[str, int]) -> tuple[list[Diagnostic], list[DraftPosting]]:
    """Infer what is missing and check the sums.

    Returns the problems, and the postings whose amounts were inferred.
    """
    real = [posting for posting in draft.postings if not posting.virtual]
    inferred: list[DraftPosting] = []
    problems = _balance_group(draft, real, declared, inferred)
    if len(real) < len(draft.postings):
        virtual = [posting for posting in draft.postings if posting.virtual == "[]"]
        if virtual and not problems:
            problems = _balance_group(draft, virtual, declared, inferred)
        for posting in draft.postings:
            if posting.parts is None and posting.virtual == "()":
                posting.parts = []
    return problems, inferred


def _balance_group(
    draft: Draft, postings: list[DraftPosting], declared: Mapping[str, int], inferred: list[DraftPosting]
) -> list[Diagnostic]:
    missing = [posting for posting in postings if posting.parts is None]
    if len(missing) > 1:
        return [_two_missing(missing)]
    sums = sums_at_cost([part for posting in postings for part in posting.parts or ()])
    if missing:
        missing[0].parts = [Part(sums[name].copy_negate(), name, None) for name in sorted(sums) if sums[name]]
        inferred.append(missing[0])
        return []
    left = {name: sums[name] for name in sums if sums[name] and not _looks_zero(sums[name], name, draft, declared)}
    if not left or _exchange(postings):
        return []
    return [_unbalanced(draft, postings, left)]


def _looks_zero(quantity: Decimal, commodity: str, draft: Draft, declared: Mapping[str, int]) -> bool:
    digits = declared.get(commodity, -1)
    for posting in draft.postings:
        amount = posting.amount or (posting.assertion.amount if posting.assertion else None)
        if amount is not None and amount.commodity == commodity and amount.style.digits > digits:
            digits = amount.style.digits
    return digits >= 0 and quantity.copy_abs() <= Decimal(5).scaleb(-digits - 1)


def _exchange(postings: list[DraftPosting]) -> bool:
    """Exactly two commodities are left, no cost among them, one given and one taken: their ratio is the price."""
    plain: Sums = {}
    priced: dict[tuple[object, ...], tuple[Decimal, Decimal]] = {}
    for posting in postings:
        for quantity, commodity, cost in posting.parts or ():
            if cost is None:
                plain[commodity] = EXACT.add(plain.get(commodity, ZERO), quantity)
                continue
            key = (commodity, cost.amount.commodity, None if cost.total else cost.amount.quantity)
            so_far, price = priced.get(key, (ZERO, ZERO))
            if cost.total:
                price = EXACT.add(price, cost.amount.quantity)
            priced[key] = (EXACT.add(so_far, quantity), price)
    left = [total for total in plain.values() if total]
    if any(any(totals) for totals in priced.values()) or len(left) != 2:  # noqa: PLR2004 - one for the other
        return False
    return (left[0] < 0) != (left[1] < 0)


def shown(quantity: Decimal, commodity: str) -> str:
    """An amount in a message."""
    number = f"{quantity:,f}"
    return f"{commodity} {number}" if commodity else number


def _two_missing(missing: list[DraftPosting]) -> Diagnostic:
    glued = next((p for p in missing if _ends_like_amount(p.account_written)), None)
    if glued is not None:
        return problem("two-missing-amounts", glued.span_account, variant="single-space", account=glued.account_written)
    return problem("two-missing-amounts", missing[1].span_account, account=missing[1].account_written)


def _ends_like_amount(account: str) -> bool:
    last = account.rpartition(" ")[2]
    return " " in account and any(char.isdigit() for char in last)


def _unbalanced(draft: Draft, postings: list[DraftPosting], left: Sums) -> Diagnostic:
    rest = ", ".join(shown(left[name], name) for name in sorted(left))
    variant = "virtual" if postings[0].virtual else ""
    glued = next((p for p in postings if p.amount is None and _ends_like_amount(p.account_written)), None)
    if draft.cut:
        return problem("truncated-entry", draft.span, variant="unbalanced", rest=rest)
    if glued is not None:
        variant = "single-space"
    return problem("unbalanced-transaction", draft.span, variant=variant, rest=rest)
