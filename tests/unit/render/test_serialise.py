"""JSON: the same text as the standard library writes, of the same values."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from hypothesis import given
from hypothesis import strategies as st

from custledger.core.money import Commodities, Money
from custledger.core.text import listed, visible
from custledger.render.serialise import plain, to_json


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True)
class Line:
    """With a field of another name, one that is left out, and one that is left out where it is None."""

    customer: str
    total: Money
    due: dt.date | None = None
    said: object = field(default=None, metadata={"omit": True})
    inner: int = field(default=1, metadata={"json": None})
    kind: Colour = field(default=Colour.RED, metadata={"json": "colour"})


@dataclass(frozen=True)
class Page:
    rows: object
    commodities: Commodities = field(default_factory=Commodities, metadata={"json": None})


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(),
    st.text(alphabet='上a"\\\n\t\x1b\x7f\u202e\u3000𠀀'),
    st.dates(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.builds(Money, st.integers(), st.sampled_from(["CNY", "JPY", "元", "h"])),
    st.just(Colour.RED),
    st.just(listed(["a", "上"])),
)
LINES = st.builds(Line, st.text(), st.builds(Money, st.integers(), st.just("CNY")), st.none() | st.dates(), SCALARS)
VALUES = st.recursive(
    SCALARS | LINES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4) | st.tuples(inner, inner),
    max_leaves=12,
)


@given(VALUES)
def test_it_is_what_the_standard_library_writes(value):
    page = Page(value)
    written = to_json(page)
    expected = json.dumps({"custledger": 1, **plain(page, Commodities())}, ensure_ascii=False, indent=2)
    unsafe = {char: json.dumps(char)[1:-1] for char in set(expected) if not char.isascii() and visible(char) != char}
    assert written == expected.translate(str.maketrans(unsafe)) + "\n"
    assert json.loads(written) == json.loads(expected)


def test_a_line_by_hand():
    line = Line("上海", Money(-870_000, "CNY"), dt.date(2026, 1, 5), Decimal("1.50"))
    assert to_json(Page((line, {}, ()))) == (
        '{\n  "custledger": 1,\n  "rows": [\n    {\n      "customer": "上海",\n      "total": "-8700.00",\n'
        '      "due": "2026-01-05",\n      "said": "1.50",\n      "colour": "red"\n    },\n    {},\n    []\n  ]\n}\n'
    )
