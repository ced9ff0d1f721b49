"""Texts in words, in one spelling, with the places that they came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custledger.reconcile.mentions import Numbers, mentions
from custledger.reconcile.words import canonical, ending, endings, folded, parsed, ranges

MIXED = st.text(st.sampled_from("aZ09１２ＩＮ－-–至to ~、/ßéİﬁ①Ⅳ년각㍿한㈱号İſ"), max_size=12)


@given(st.one_of(MIXED, st.text(max_size=12)))
def test_a_text_is_folded_as_its_characters_are(text):
    whole, places = folded(text)
    alone = [folded(char)[0] for char in text]
    assert whole == "".join(alone)
    assert list(places) == [*(place for place, each in enumerate(alone) for _ in each), len(text)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", []),
        ("INV-2024 12", ["inv", "2024", "12"]),
        ("ＩＮＶ－２０２４号", ["inv", "2024", "号"]),
        ("货款a1_2", ["货", "款", "a", "1", "2"]),
        ("½٣", ["1", "2"]),
    ],
)
def test_tokens(text, tokens):
    spelt, _, found = parsed(text)
    assert [token.text for token in found] == tokens
    assert [spelt[token.start : token.end] for token in found] == tokens
    assert canonical(text) == "".join(tokens)


@given(MIXED)
def test_a_number_is_its_tokens(text):
    assert canonical(text) == "".join(token.text for token in parsed(text)[2])
    assert endings(text) == [token.text[-2:] for token in parsed(text)[2] if token.digits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0012-0015", True),
        ("0012 至 15", True),
        ("0012to15", True),
        ("0012–15", True),
        ("12～15", True),
        ("12 tons", False),
        ("0012、0015", False),
        ("INV-12", False),
        ("12-", False),
    ],
)
def test_ranges(text, expected):
    assert ranges(text) == expected


@given(
    st.lists(st.text(st.sampled_from("aB-/12３"), min_size=1, max_size=6), min_size=1, max_size=4),
    st.text(st.sampled_from("aB-/12３、 "), max_size=12),
    st.booleans(),
)
def test_a_text_that_mentions_a_number_ends_like_it(numbers, text, whole_only):
    known = Numbers.of((number, number) for number in numbers)
    found = mentions(text, known, whole_only=whole_only)
    for hit in found if not ranges(text) else ():
        for number in hit.charges:
            assert set(ending(canonical(number))) & set(endings(text))
    assert not found or known.endings & set(endings(text))
