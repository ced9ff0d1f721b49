"""Writing matches changes what the text says and nothing that it means; taking them back restores it."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from hypothesis import event, given, settings
from hypothesis import strategies as st

from custledger.edit.match_proof import differing as sums_differing
from custledger.reconcile.recording import differing
from matching_books import GROUP, LAST, Written, abroad, decorated, families

DAYS = [dt.date(2026, 1, day) for day in (5, 9, 12, 14, 20)] + [LAST]
BOOKS = decorated()


def written(files: dict[str, bytes], as_of: dt.date = LAST) -> tuple[Written, Written]:
    book = Written(files)
    after = book.write(as_of)
    event("something is written" if after.files != book.files else "nothing is")
    return book, after


@settings(max_examples=250)
@given(BOOKS, st.sampled_from([LAST, *DAYS]))
def test_the_allocations_of_every_day_stay(made, as_of):
    book, after = written(made[0], as_of)
    recording = book.recording(as_of)
    assert differing((book.book, book.story), (after.book, after.story), recording.matches) == []
    assert (
        sums_differing(book.journal, after.journal, book.pages, [m.adjusting for m in recording.matches if m.adjusting])
        == []
    )
    marks = Counter(a.state for a in after.story.allocations if a.holds(as_of))
    left = sum(len(each.match.allocations) for each in recording.unwritten)
    assert marks["inferred"] == left
    assert "changes-others" not in [each.reason for each in recording.unwritten]


@settings(max_examples=40)
@given(BOOKS, st.sampled_from(DAYS))
def test_writing_again_changes_nothing(made, as_of):
    _, after = written(made[0], as_of)
    assert after.recording(as_of).matches == ()
    assert after.write(as_of).files == after.files


@settings(max_examples=60)
@given(BOOKS)
def test_taking_back_restores_the_text(made):
    files, elided = made
    book, after = written(files)
    back = after.undo()
    if not elided:
        assert back.files == book.files
    assert sums_differing(book.journal, back.journal, book.pages) == []
    assert back.undo().files == back.files
    assert back.write().files == after.files


@settings(max_examples=40)
@given(BOOKS, st.randoms(use_true_random=False))
def test_taking_back_one_by_one_is_taking_back_all(made, random):
    _, after = written(made[0])
    codes = [credit.code for credit in after.book.credits if credit.code]
    uncoded = any(not credit.code for credit in after.book.credits)
    random.shuffle(codes)
    one = after
    for code in codes:
        one = one.undo(code)
    if not uncoded:
        assert one.files == after.undo().files


@settings(max_examples=40)
@given(BOOKS)
def test_only_lines_of_matched_postings_change(made):
    book, after = written(made[0])
    recording = book.recording()
    tagged = {tagging.span.line for match in recording.matches for tagging in match.taggings}
    old = book.files["0.journal"].split(b"\n")
    new = after.files["0.journal"].split(b"\n")
    rest = iter(new)
    for number, line in enumerate(old, 1):
        if number not in tagged and number < len(old):
            assert any(line == other for other in rest), (number, line)


@settings(max_examples=40)
@given(BOOKS, st.sampled_from(DAYS[:-1]))
def test_writing_in_two_steps_is_writing_once(made, day):
    book, after = written(made[0])
    twice = book.write(day).write()
    assert differing((after.book, after.story), (twice.book, twice.story), ()) == []


@settings(max_examples=30)
@given(BOOKS)
def test_what_is_rejected_is_not_matched_again(made):
    _, after = written(made[0])
    back = after.undo(reject=True)
    numbers = {charge.key: charge.number for charge in back.book.charges}
    rejected = {credit.key: set(credit.rejected) for credit in back.book.credits}
    assert all(numbers[a.charge] not in rejected[a.credit] for a in back.story.allocations if a.state == "inferred")
    assert sum(map(len, rejected.values())) == sum(
        len(set(c.parts and [n for p in c.parts for n in p.invoices])) for c in after.book.credits
    )


# --- beyond an account

BEYOND = st.one_of(
    families().map(lambda files: Written(files, customers=GROUP)),
    abroad().map(lambda files: Written(files, customers=("acme",))),
)


@settings(max_examples=250)
@given(BEYOND)
def test_taking_back_what_reaches_beyond_an_account_restores_the_text(book):
    after = book.write_across()
    event("beyond" if after.files != book.write().files else "tags at most")
    assert after.undo().files == book.files
    assert after.undo().write_across().files == after.files


@settings(max_examples=100)
@given(BEYOND, st.data())
def test_and_one_by_one_as_well(book, data):
    after = book.write_across()
    numbers = data.draw(st.permutations(sorted({n for c in after.book.credits for p in c.parts for n in p.invoices})))
    one = after
    for number in numbers:
        one = one.undo(number=number)
    assert one.files == after.undo().files
