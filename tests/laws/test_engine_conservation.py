"""The laws of docs/ENGINE.md on generated books: nothing is lost, nothing crosses, nothing knows the future."""

import datetime as dt

from hypothesis import event, given, settings
from hypothesis import strategies as st

import facts as made
from custledger.reconcile.standing import net_oldest, stand
from engine import PLAIN
from facts import DAYS, FIRST, Fact, days, facts, read, story

EXAMPLES = settings(max_examples=60)
FIFO = st.booleans()
TIERS = st.sampled_from((PLAIN, None))
"""Only what the text and the policy say; or everything that is inferred, too."""


@EXAMPLES
@given(facts(), FIFO, TIERS)
def test_conservation_on_every_day(books, fifo, tiers):
    found = read(books, fifo=fifo, tiers=tiers)
    assert not [s for s in found.slugs if not s.startswith("unknown-receipt")]
    told = found.told()
    for allocation in told.allocations:
        event(allocation.rule)
        assert allocation.until is None or allocation.first < allocation.until
    amounts = {e.key: e.money.minor for e in (*found.book.charges, *found.book.credits, *found.book.debits)}
    for day in days():
        standing = stand(found.book, told, as_of=day, today=day)  # raises where a law does not hold
        if any(u.amount < 0 for p in standing.positions for u in p.unapplied):
            event("debit left")
        by_text: dict[tuple[str, str], int] = {}
        for fact in books:
            if fact.date <= day:
                place = (fact.customer, fact.commodity)
                by_text[place] = by_text.get(place, 0) + _effect(fact)
        assert {(p.customer, p.commodity): p.balance for p in standing.positions} == by_text
        for position in standing.positions:
            assert net_oldest(position).balance == position.balance
            assert all(0 < i.amount_open <= amounts[i.charge.key] for i in position.open_items)
            assert all(0 < abs(u.amount) <= amounts[u.entry.key] for u in position.unapplied)


def _effect(fact: Fact) -> int:
    """What a fact does to the customer's balance, in minor units, said once more and in the plainest way."""
    whole = (fact.amount + fact.rest) * 100
    return {"sale": whole, "back": whole, "move": 0}.get(fact.kind, -whole)


@EXAMPLES
@given(facts(), FIFO, TIERS, st.randoms(use_true_random=False), st.integers(1, 3))
def test_order_and_files_change_nothing(books, fifo, tiers, random, files):
    shuffled = list(books)
    random.shuffle(shuffled)
    assert story(read(shuffled, fifo=fifo, files=files, tiers=tiers)) == story(read(books, fifo=fifo, tiers=tiers))


@EXAMPLES
@given(facts(), FIFO, TIERS, st.integers(0, DAYS))
def test_the_future_is_irrelevant(books, fifo, tiers, limit):
    day = FIRST + dt.timedelta(days=limit)
    whole, past = read(books, fifo=fifo, tiers=tiers), read([f for f in books if f.date <= day], fifo=fifo, tiers=tiers)
    for earlier in days()[: limit + 1]:
        assert _in_force(whole, earlier) == _in_force(past, earlier)


def _in_force(found, day) -> list[tuple]:
    on = str(day)
    return sorted((s[:5] for s in found.story() if s[4] <= on and (s[5] is None or on < s[5])), key=str)


@EXAMPLES
@given(facts(most=6), facts(most=4), FIFO, TIERS)
def test_other_customers_change_nothing(books, others, fifo, tiers):
    strangers = [
        Fact(**{**f.__dict__, "customer": "bolt", "code": f"B{f.code}", "names": tuple(f"B{n}" for n in f.names)})
        for f in others
    ]
    mine = [Fact(**{**f.__dict__, "customer": "acme"}) for f in books]
    both = story(read(mine + strangers, fifo=fifo, tiers=tiers))
    assert [s for s in both if not s[0].startswith("B")] == story(read(mine, fifo=fifo, tiers=tiers))


@EXAMPLES
@given(facts(), FIFO, TIERS, st.integers(1, 400), st.sampled_from((2, 7)))
def test_shifting_days_and_scaling_amounts_shifts_and_scales(books, fifo, tiers, shift, factor):
    def moved(f: Fact) -> Fact:
        applied = None if f.applied is None else f.applied + shift
        return Fact(
            **{
                **f.__dict__,
                "day": f.day + shift,
                "applied": applied,
                "amount": f.amount * factor,
                "rest": f.rest * factor,
            }
        )

    def later(text: str | None) -> str | None:
        return text and str(dt.date.fromisoformat(text) + dt.timedelta(days=shift))

    expected = [
        (c, h, a * factor, r, later(f), later(u)) for c, h, a, r, f, u in read(books, fifo=fifo, tiers=tiers).story()
    ]
    assert story(read([moved(f) for f in books], fifo=fifo, tiers=tiers)) == sorted(expected, key=str)


@EXAMPLES
@given(facts(), FIFO, TIERS)
def test_what_the_text_says_does_not_depend_on_policy(books, fifo, tiers):
    del fifo
    said = [
        [s for s in read(books, fifo=each, tiers=tiers).story() if s[3] in {"explicit", "corrects", "void"}]
        for each in (False, True)
    ]
    assert said[0] == said[1]


@EXAMPLES
@given(facts(), FIFO, TIERS)
def test_what_the_text_says_is_honoured(books, fifo, tiers):
    """On every day, what a tag in force names is settled, or the posting that names it has nothing left."""
    found = read(books, fifo=fifo, tiers=tiers)
    told = found.told()
    for day in days():
        rest = {e.key: e.money.minor for e in (*found.book.charges, *found.book.credits)}
        for allocation in told.allocations:
            if allocation.holds(day) and allocation.state == "recorded":
                for key in (allocation.credit, allocation.charge):
                    rest[key] = rest.get(key, 0) - allocation.amount
        for credit in found.book.credits:
            if credit.date > day:
                continue
            for part in credit.parts:
                others = credit.money.minor - part.amount
                named = [
                    charge for charge in found.book.charges
                    if charge.number in part.invoices and charge.date <= day
                    and (charge.customer, charge.money.commodity) == (credit.customer, credit.money.commodity)
                ]  # fmt: skip
                if named and (part.applied is None or part.applied <= day):
                    event("named")
                    assert rest[credit.key] <= others or not any(rest[charge.key] for charge in named)


@EXAMPLES
@given(facts())
def test_oldest_first_leaves_no_money_idle(books):
    found = read(books, fifo=True)
    for day in days():
        for position in found.on(str(day)).positions:
            credits_left = [u for u in position.unapplied if u.amount > 0]
            assert not (credits_left and position.open_items)
            assert not (credits_left and any(u.amount < 0 and u.entry.reverses is None for u in position.unapplied))


@EXAMPLES
@given(facts())
def test_what_is_taken_back_settles_nothing(books):
    """From the day on which a debit takes a credit back by name, as much of the credit settles no charge."""
    found = read(books)
    debits = {d.key: d for d in found.book.debits}
    for day in days():
        settled: dict[str, int] = {}
        taken: dict[str, int] = {}
        for allocation in found.told().allocations:
            if allocation.holds(day):
                counted = taken if allocation.charge in debits else settled
                counted[allocation.credit] = counted.get(allocation.credit, 0) + allocation.amount
        for debit in debits.values():
            for credit in found.book.credits:
                same = (credit.customer, credit.money.commodity) == (debit.customer, debit.money.commodity)
                if debit.reverses == credit.code and same and max(debit.date, credit.date) <= day:
                    event("taken back")
                    whole = sum(
                        d.money.minor for d in debits.values()
                        if d.reverses == credit.code and d.date <= day
                        and (d.customer, d.money.commodity) == (credit.customer, credit.money.commodity)
                    )  # fmt: skip
                    assert taken.get(credit.key, 0) >= min(whole, credit.money.minor)
                    assert settled.get(credit.key, 0) <= max(0, credit.money.minor - whole)


@EXAMPLES
@given(facts(), st.sampled_from(made.AMOUNTS), FIFO)
def test_a_last_payment_taken_back_the_same_day_leaves_all_as_it_was(books, amount, fifo):
    last = DAYS + 1
    extra = [
        Fact(kind="paid", code="R-last", day=last, amount=amount),
        Fact(kind="back", code="X-last", day=last, amount=amount, names=("R-last",)),
    ]
    before, after = read(books, fifo=fifo), read(books + extra, fifo=fifo)
    assert before.open(str(days()[-1])) == after.open(str(days()[-1]))


@EXAMPLES
@given(
    facts(kinds=("sale", "sale", "paid", "note", "writeoff")), FIFO, st.integers(0, DAYS), st.sampled_from(made.AMOUNTS)
)
def test_more_money_never_raises_what_is_open(books, fifo, day, amount):
    extra = Fact(kind="paid", code="R-more", day=day, amount=amount)
    plain = [Fact(**{**f.__dict__, "names": (), "applied": None}) for f in books]
    for given_ in (plain,):
        less, more = read(given_, fifo=fifo), read([*given_, extra], fifo=fifo)
        for on in days():
            fewer = more.open(str(on))
            assert all(fewer.get(name, 0) <= amount_open for name, amount_open in less.open(str(on)).items())
            assert set(fewer) <= set(less.open(str(on)))
