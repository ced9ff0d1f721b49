"""Laws of what reaches beyond an account: money for others, exchange differences. Proposals written add what they say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from fractions import Fraction

from hypothesis import event, given, settings
from hypothesis import strategies as st

from custledger.book.customer import Customer
from custledger.core.money import round_half_up
from custledger.reconcile.leftovers import leftovers
from custledger.reconcile.recording import steps
from engine import book, sale

EXAMPLES = settings(max_examples=50)
FIRST = dt.date(2026, 1, 1)
LAST = FIRST + dt.timedelta(days=40)
GROUP = (
    Customer(id="group", name="Group", pays_for=("north", "south")),
    Customer(id="north", name="North"),
    Customer(id="south", name="South"),
)


@dataclass(frozen=True)
class Paid:
    """A payment of the group's; `moved` are (day, customer, number, amount) as proposals write them."""

    code: str
    day: int
    amount: int
    names: tuple[str, ...]
    moved: tuple[tuple[str, str, str, int], ...] = ()

    @property
    def text(self) -> str:
        lines = [
            f"{FIRST + dt.timedelta(days=self.day)} ({self.code}) x | {' '.join(self.names)}",
            f"    assets:bank  CNY {self.amount}",
        ]
        own = [(day, number, amount) for day, customer, number, amount in self.moved if customer == "group"]
        lines += [f"    assets:receivable:group  CNY -{n}  ; invoice:{number}, applied:{day}" for day, number, n in own]
        rest = self.amount - sum(amount for *_, amount in own)
        lines += [f"    assets:receivable:group  CNY -{rest}"] if rest else []
        for day, customer, number, amount in self.moved:
            if customer == "group":
                continue
            lines.append(f"    assets:receivable:group  CNY {amount}  ; reverses:{self.code}, date:{day}")
            lines.append(f"    assets:receivable:{customer}  CNY -{amount}  ; invoice:{number}, date:{day}")
        return "\n".join(lines) + "\n"


days = st.integers(0, 20)
amounts = st.sampled_from((100, 100, 200, 300, 400))
sales = st.lists(st.tuples(days, amounts, st.sampled_from(("group", "north", "south"))), min_size=1, max_size=5)


@st.composite
def families(draw, names_max: int = 3) -> tuple[list[str], list[Paid]]:
    owed = draw(sales)
    texts = [
        sale(f"INV-{n}", str(FIRST + dt.timedelta(days=day)), amount, customer)
        for n, (day, amount, customer) in enumerate(owed, 1)
    ]
    # Each names something: what is inferred from amounts alone, or beside others, may change when money has gone.
    # (`reconcile --write` proves each proposal on the book and leaves those that change anything else.)
    known = [f"INV-{n}" for n in range(1, len(owed) + 2)]
    numbers = st.lists(st.sampled_from(known), min_size=1, max_size=names_max, unique=True)
    payments = draw(st.lists(st.tuples(days, amounts, numbers), max_size=4))
    return texts, [Paid(f"R{n}", day, amount, tuple(names)) for n, (day, amount, names) in enumerate(payments)]


def _read(texts: list[str], payments: list[Paid]):
    return book(*texts, *(each.text for each in payments), customers=GROUP, tiers=None)


@EXAMPLES
@given(families(names_max=1))
def test_written_money_for_others_is_exactly_what_was_proposed(family):
    texts, payments = family
    found = _read(texts, payments)
    charges = {charge.key: charge for charge in found.book.charges}
    credits_ = {credit.key: credit.name for credit in found.book.credits}
    written = {each.code: each for each in payments}
    expected = steps(found.told().allocations, lambda key: charges[key].name if key in charges else credits_[key])
    for proposal in found.told().proposals:
        assert proposal.reason == "pays-for"
        event("proposed")
        for key, amount in proposal.parts:
            charge = charges[key]
            assert proposal.first >= charge.date
            code = credits_[proposal.credit]
            made = (str(proposal.first), charge.customer, charge.number, amount // 100)
            written[code] = replace(written[code], moved=(*written[code].moved, made))
            days = expected.setdefault((code, charge.number), {})
            days[proposal.first] = days.get(proposal.first, 0) + amount
    after = _read(texts, list(written.values()))
    assert not after.diagnostics
    # Money that has gone may make another reading possible, never the same one again.
    again = {(p.credit, key) for p in after.told().proposals for key, _ in p.parts}
    assert not again & {(p.credit, key) for p in found.told().proposals for key, _ in p.parts}
    told = {charge.key: charge.name for charge in after.book.charges}
    told.update((credit.key, credit.name) for credit in after.book.credits)
    kept = [a for a in after.told().allocations if a.charge in told]
    assert steps(kept, told.__getitem__) == expected
    after.on(str(LAST))  # raises where a law does not hold


@EXAMPLES
@given(families(), st.integers(0, 20))
def test_proposals_of_a_day_know_nothing_of_later(family, limit):
    texts, payments = family
    day = FIRST + dt.timedelta(days=limit)
    whole = _read(texts, payments)
    past = _read([t for t in texts if t[:10] <= str(day)], [p for p in payments if p.day <= limit])

    def told(found) -> list:
        names = {e.key: e.name for e in (*found.book.charges, *found.book.credits)}
        return [
            (names[p.credit], p.reason, [(names[key], n) for key, n in p.parts], p.first)
            for p in leftovers(found.book, day).across
        ]

    assert told(whole) == told(past)
    assert all(first <= day for *_, first in told(whole))


# --- cost


@dataclass(frozen=True)
class Abroad:
    """A payment of USD at a cost; `at` are (number, amount, cost) as a proposal writes them, the rest its own."""

    code: str
    day: int
    amount: int
    cost: int
    at: tuple[tuple[str, int, int], ...] = ()

    @property
    def text(self) -> str:
        lines = [f"{FIRST + dt.timedelta(days=self.day)} ({self.code}) x | INV-1", "    assets:bank"]
        for number, amount, cost in self.at:
            lines.append(f"    assets:receivable:acme  USD -{_units(amount)} @@ CNY {_units(cost)}  ; invoice:{number}")
        rest, left = self.amount - sum(a for _, a, _ in self.at), self.cost
        if rest:
            lines.append(f"    assets:receivable:acme  USD -{_units(rest)} @@ CNY {_units(left)}")
        return "\n".join(lines) + "\n"


def _units(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"


def _sold(amount: int, cost: int) -> str:
    return f"2026-01-01 (INV-1) x\n    assets:receivable:acme  USD {_units(amount)} @@ CNY {_units(cost)}\n    income\n"


@st.composite
def payments_abroad(draw) -> tuple[int, int, list[Abroad]]:
    parts = draw(st.lists(st.integers(1, 50_000), min_size=1, max_size=5))
    whole = sum(parts) + draw(st.sampled_from((0, 0, 0, 777)))
    rate = draw(st.integers(600, 800))
    cost = max(1, whole * rate // 100 + draw(st.integers(-1, 1)))
    rates = draw(st.lists(st.sampled_from((rate, rate, 690, 735)), min_size=len(parts), max_size=len(parts)))
    more = draw(st.sampled_from((0, 0, 500)))
    parts[-1] += more
    paid = [
        Abroad(f"R{n}", n, part, max(1, part * each // 100))
        for n, (part, each) in enumerate(zip(parts, rates, strict=True), 1)
    ]
    return whole, cost, paid


@EXAMPLES
@given(payments_abroad())
def test_what_is_settled_has_nothing_left_at_cost(case):
    whole, cost, paid = case
    found = book(_sold(whole, cost), *(each.text for each in paid), tiers=None)
    keys = {credit.key: credit.name for credit in found.book.credits}
    by_code = {each.code: each for each in paid}
    for proposal in found.told().proposals:
        assert proposal.reason == "fx"
        event("proposed")
        each = by_code[keys[proposal.credit]]
        (_, amount), (money,) = proposal.parts[0], proposal.costs
        left = each.cost - (money.minor - proposal.difference.minor)
        assert left >= 0
        assert left > 0 or amount == each.amount
        by_code[each.code] = replace(each, cost=left, at=(("INV-1", amount, money.minor),))
    after = book(_sold(whole, cost), *(each.text for each in by_code.values()), tiers=None)
    assert after.told().proposals == ()
    if not after.open(str(LAST)):
        event("settled")
        applied = [a for a in after.told().allocations if a.until is None]
        rates = {(credit.key, part.invoices): part.cost.rate for credit in after.book.credits for part in credit.parts}
        used = sum(
            (rates.get((a.credit, ("INV-1",)), rates.get((a.credit, ()), Fraction(0))) * a.amount for a in applied),
            Fraction(0),
        )
        assert abs(used - cost) < 1
        if all(each.at for each in by_code.values()):
            assert round_half_up(used) == cost
