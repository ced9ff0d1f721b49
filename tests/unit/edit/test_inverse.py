"""A plan and its inverse give the first text back, byte for byte."""

from hypothesis import given
from hypothesis import strategies as st

from custledger.edit.inverse import inverse
from custledger.edit.plan import FileEdit, Plan, Splice
from custledger.edit.splice import digest_of, spliced


@st.composite
def edits(draw):
    old = draw(st.binary(max_size=40))
    cuts = sorted(draw(st.lists(st.integers(0, len(old)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return old, tuple(Splice(start, end, draw(st.binary(max_size=6))) for start, end in pairs)


@given(edits())
def test_the_inverse_gives_the_first_text_back(one):
    old, splices = one
    plan = Plan((FileEdit("a.journal", digest_of(old), splices),))
    new = spliced(old, splices)
    back = inverse(plan, lambda _: old)
    assert back.edits[0].digest == digest_of(new)
    assert spliced(new, back.edits[0].splices) == old
