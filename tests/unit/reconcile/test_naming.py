"""What texts name is what they name of the charges there are by now, however often they were asked before."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from custledger.book.entry import Charge, Credit, CreditPart, Text
from custledger.core.money import Money
from custledger.core.span import Span
from custledger.reconcile.naming import Naming

DAY = dt.date(2026, 1, 1)
NUMBERS = st.sampled_from(
    (
        "INV-2026-0012",
        "INV-2026-0013",
        "INV-2026-0112",
        "INV-3",
        "INV-13",
        "CN-12-3",
        "A-12-3",
        "10021",
        "10022",
        "10121",
    )
)
TEXTS = st.lists(
    st.one_of(NUMBERS, st.sampled_from(("0012", "13", "3", "-", "~", "、", "/", "A123", "10021-10023", "PO 77", "货款", "INV-2026-0099"))),
    min_size=1,
    max_size=4,
).map(" ".join)  # fmt: skip


def charge(place: int, number: str, *, own: bool) -> Charge:
    return Charge(
        key=f"c{place}",
        name=number,
        customer="acme" if own else "bolt",
        kind="invoice",
        money=Money(100, "CNY"),
        date=DAY,
        date_value=DAY,
        number=number,
        date_due=DAY,
        date_claim=DAY,
        refs={"po": ("PO-77",)} if place == 1 else {},
    )


def credit(place: int, text: str) -> Credit:
    texts = (Text("code", text, Span("f", 1, 1)), Text("note", f"货款{text}", Span("f", 2, 1)))
    return Credit(
        key=f"r{place}",
        name="R",
        customer="acme",
        kind="payment",
        money=Money(1, "CNY"),
        date=DAY,
        date_value=DAY,
        parts=(CreditPart(amount=1),),
        texts=texts[:1] if place == 1 else texts,
    )


def fed(charges: list[tuple[str, bool]]) -> Naming:
    naming = Naming(("INV-",))
    for place, (number, own) in enumerate(charges):
        add(naming, place, number, own=own)
    return naming


def add(naming: Naming, place: int, number: str, *, own: bool) -> None:
    made = charge(place, number, own=own)
    if own:
        naming.add(made)
    else:
        naming.add_other(made)


@settings(max_examples=150)
@given(st.lists(st.tuples(NUMBERS, st.booleans()), max_size=6), st.lists(TEXTS, min_size=1, max_size=3))
def test_what_is_remembered_is_what_would_be_read(charges, texts):
    credits_ = [credit(place, text) for place, text in enumerate(texts)]
    naming = fed([])
    for count in range(len(charges) + 1):
        for asked in credits_[: count + 1]:
            named = naming.of(asked)
            assert named == fed(charges[:count]).of(asked)
            assert (asked.key in naming.quiet) == (not (named.whole or named.short or named.refs))
        for number, own in charges[count : count + 1]:
            add(naming, count, number, own=own)
            heard = naming.quiet
            afresh = fed(charges[: count + 1])
            for asked in credits_:
                named = afresh.of(asked)
                assert asked.key not in heard or not (named.whole or named.short or named.refs)


def test_a_new_series_makes_a_text_strange_that_was_not():
    naming, asked = fed([("INV-13", True)]), credit(0, "XY-2026-0099")
    assert not naming.of(asked).stranger
    add(naming, 5, "XY-2026-0001", own=True)
    assert naming.of(asked).stranger
