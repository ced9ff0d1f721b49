import pytest
from hypothesis import given
from hypothesis import strategies as st

from custledger.core.ids import suggest_id, valid_id, valid_number


@pytest.mark.parametrize(
    "text", ["blueocean", "a", "蓝海", "c-0012", "x_y.z", "0042", "élan", "a" * 64, "acme.co", "müller"]
)
def test_ids(text):
    assert valid_id(text)


@pytest.mark.parametrize(
    "text",
    ["", "BlueOcean", "a b", "../x", "a..b", "-rf", ".a", "a.", "con", "nul.txt", "a\n", "a" * 65, "a/b", "a:b", "Élan", "e\u0301lan",
     "a\u200bb", "a\u202eb", "（蓝海）", "\u0301a", "ａ b", "a;b", "a'b", "😀"],
)  # fmt: skip
def test_no_ids(text):
    assert not valid_id(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Blue Ocean Trading Co., Ltd.", "blue-ocean-trading-co.ltd"),
        ("上海蓝海（贸易）", "上海蓝海-贸易"),
        ("-rf", "rf"),
        ("…", None),
        ("ＡＢＣ", "abc"),
    ],
)
def test_suggest(text, expected):
    assert suggest_id(text) == expected


@given(st.text(max_size=80))
def test_suggestions_are_ids(text):
    suggestion = suggest_id(text)
    assert suggestion is None or valid_id(suggestion)


@pytest.mark.parametrize("text", ["INV-2026-0001", "2026/01/7", "发票-7", "0012", "A#7", "INV-1/2"])
def test_numbers(text):
    assert valid_number(text)


@pytest.mark.parametrize(
    "text", ["", "A 1", "A,1", "A;1", "A:1", "(A)", "[A]", "A\t", "A\u200b", "a" * 65, "A|B", "A\u3000B"]
)
def test_no_numbers(text):
    assert not valid_number(text)
