"""Two plans as one: the same bytes, on the old content."""

from hypothesis import given
from hypothesis import strategies as st

from custledger.edit.composed import composed
from custledger.edit.plan import FileEdit, Plan, Splice
from custledger.edit.splice import digest_of, spliced


def splices(size: int):
    def made(marks: list[int], news: list[bytes]) -> tuple[Splice, ...]:
        ends = sorted(marks)
        pairs = zip(ends[::2], ends[1::2], strict=False)
        return tuple(Splice(start, end, new) for (start, end), new in zip(pairs, news, strict=False))

    marks = st.lists(st.integers(0, size), max_size=8)
    return st.builds(made, marks, st.lists(st.binary(max_size=4), min_size=4, max_size=4))


@given(st.binary(max_size=30), st.data())
def test_one_after_the_other_is_the_same_as_both_at_once(old, data):
    first = data.draw(splices(len(old)))
    middle = spliced(old, first)
    second = data.draw(splices(len(middle)))
    plan = composed(
        Plan((FileEdit("a", digest_of(old), first), FileEdit("b", "x", ()))),
        Plan((FileEdit("a", digest_of(middle), second), FileEdit("c", "y", second))),
        {"a": len(old)},
    )
    assert [edit.name for edit in plan.edits] == ["a", "b", "c"]
    assert plan.edits[0].digest == digest_of(old)
    assert spliced(old, plan.edits[0].splices) == spliced(middle, second)
    assert plan.edits[2] == FileEdit("c", "y", second)


def test_what_neither_touches_is_in_no_splice():
    first = (Splice(0, 1, b"X"),)
    second = (Splice(9, 9, b"Y"),)
    plan = composed(Plan((FileEdit("a", "d", first),)), Plan((FileEdit("a", "e", second),)), {"a": 10})
    assert plan.edits[0].splices == (Splice(0, 1, b"X"), Splice(9, 9, b"Y"))
