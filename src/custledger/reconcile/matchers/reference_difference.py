"""Texts name charges, and what is missing has exactly one permitted reason.

- early-payment discount within its terms, by the value date: a day late is a short pay;
- a bank fee up to the limit `bank_fee`;
- tax withheld at one of the declared `withholding` rates;
- rounding up to `tolerance`.

A fee and a rounding fit any small difference, so they must be likely: no more than a tenth of what is open, and the
text does not say that it is a part (`部分`, `首付`, `part payment`). Else it is a payment in part. Where the amount is
exactly that of another open charge whose number is one slip of the pen away, no difference is believed.

The payment counts at once. The difference is proposed: until it is written, it stays open and says so. Two reasons
that fit are none.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from custledger.book.allocation import Evidence, Proposal
from custledger.core.money import round_half_up
from custledger.reconcile.inferring import given_by_text, loose, rejected, settle, why
from custledger.reconcile.matchers.reference_partial import slipped
from custledger.reconcile.matching import Matcher

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from custledger.book.entry import Charge, Credit
    from custledger.reconcile.desk import Desk

RANK = 40
_SHARE = 10
"""A fee or a rounding is at most one part in so many of what is open."""
_PART = re.compile(
    r"部分|首付|首期|首款|定金|订金|预付|分期|分批|进度款|第[一二三四五六七八九十0-9]+(?:期|笔|次)"
    r"|\b(?:part|partial|partially|instal?ments?|deposit|prepayment|on account|down payment)\b"
)
"""What says that a payment is a part of more; the last one (`尾款`, `final payment`) is none of these."""


class Reason(NamedTuple):
    """A permitted difference: what of each charge it settles, in the charges' order, and how it is computed."""

    name: str
    amounts: tuple[int, ...]
    computation: str


def run(desk: Desk) -> None:
    """Match every credit whose texts name charges that it pays but for one permitted difference."""
    for credit in list(loose(desk, RANK)):
        found = matched(desk, credit)
        if found is None:
            continue
        charges, reason = found
        evidence = (
            *desk.naming.of(credit).why(charges),
            Evidence(kind=reason.name, span=credit.span, text=reason.computation),
        )
        decision = _hold(desk, credit, charges, reason, evidence)
        desk.proposals[decision] = Proposal(
            credit=credit.key,
            customer=desk.customer,
            commodity=desk.commodity,
            reason=reason.name,
            parts=tuple((key, amount) for key, amount in zip(charges, reason.amounts, strict=True) if amount),
            computation=reason.computation,
            first=desk.today,
        )


def _hold(desk: Desk, credit: Credit, charges: list[str], reason: Reason, evidence: tuple[Evidence, ...]) -> int:
    """Give each charge what is open of it less its share of the difference, as one decision."""
    rule = why("reference+difference", RANK, evidence)
    if not any(reason.amounts[:-1]):
        return settle(desk, credit, charges, rule)
    decision = desk.decide()
    for key, share in zip(charges, reason.amounts, strict=True):
        amount = desk.rest(key, RANK) - share
        if amount > 0:
            desk.hold(credit.key, key, amount, rule._replace(decision=decision))
    return decision


def matched(desk: Desk, credit: Credit) -> tuple[list[str], Reason] | None:
    """The charges named and the one reason for what is missing; None where there is none, or more than one."""
    named = desk.naming.of(credit)
    if named.stranger or named.foreign or credit.kind != "payment":
        return None
    free = desk.rest(credit.key, RANK)
    for reading in dict.fromkeys((named.whole, (*named.whole, *named.short))):
        charges = [
            key for key in dict.fromkeys(reading) if desk.rest(key, RANK) > 0 and not rejected(desk, credit, key)
        ]
        charges.sort(key=lambda key: (desk.charges[key].date_due, desk.charges[key].order))
        missing = sum(desk.rest(key, RANK) for key in charges) - free
        if missing <= 0 or given_by_text(desk, credit, charges):
            continue
        found = reasons(desk, credit, charges, missing)
        if len(found) == 1 and not slipped(desk, credit, charges):
            return charges, found[0]
    return None


def reasons(desk: Desk, credit: Credit, charges: list[str], missing: int) -> list[Reason]:
    """Every permitted reason for exactly this difference (minor units > 0)."""
    return list(_reasons(desk, credit, charges, missing))


def _reasons(desk: Desk, credit: Credit, charges: list[str], missing: int) -> Iterator[Reason]:
    """Every permitted reason for exactly this difference."""
    discounts = tuple(_discount(desk, credit, key) for key in charges)
    if missing == sum(discounts):
        terms = ", ".join(dict.fromkeys(_terms(desk, key) for key, d in zip(charges, discounts, strict=True) if d))
        yield Reason("discount", discounts, terms)
    last = (0,) * (len(charges) - 1)
    likely = _likely(desk, credit, charges, missing)
    if likely and missing <= desk.policy.bank_fee:
        yield Reason("fee", (*last, missing), f"<= {desk.policy.bank_fee}")
    for rate in desk.policy.withholding:
        held = tuple(round_half_up(Fraction(rate) * desk.rest(key, RANK)) for key in charges)
        if missing == sum(held):
            yield Reason("withholding", held, f"{rate * 100:f}".rstrip("0").rstrip(".") + "%")
    if likely and missing <= desk.policy.tolerance:
        yield Reason("rounding", (*last, missing), f"<= {desk.policy.tolerance}")


def _likely(desk: Desk, credit: Credit, charges: Iterable[str], missing: int) -> bool:
    """Whether any small difference may be meant: not where it is much of what is open, or the text says `part`."""
    if missing * _SHARE > sum(desk.rest(key, RANK) for key in charges):
        return False
    texts = [text.text for text in credit.texts if text.kind in {"note", "outside"}]
    return not any(_PART.search(unicodedata.normalize("NFKC", text).casefold()) for text in texts)


def _discount(desk: Desk, credit: Credit, key: str) -> int:
    """What the charge's terms let the customer keep who pays it in full on the credit's value date."""
    charge = desk.charges[key]
    terms = charge.terms
    if terms is None or terms.discount is None or desk.rest(key, RANK) != charge.money.minor:
        return 0
    until = terms.discount_until(charge.date_claim)
    if until is None or credit.date_value > until:
        return 0
    return discount_of(charge)


def discount_of(charge: Charge) -> int:
    """The early-payment discount of a charge by its terms, whenever it is paid; 0 without one."""
    terms = charge.terms
    if terms is None or terms.discount is None:
        return 0
    return round_half_up(Fraction(terms.discount) * charge.money.minor)


def _terms(desk: Desk, key: str) -> str:
    terms = desk.charges[key].terms
    return terms.text if terms is not None else ""


MATCHER = Matcher("reference+difference", RANK, run)
