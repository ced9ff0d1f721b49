"""Numbers that look like ours and are not theirs; lists, ranges and letters left out that texts from banks have."""

import pytest

from custledger.reconcile.mentions import Numbers, mentions
from custledger.reconcile.strangers import stranger

OURS = [f"INV-2026-{n:04d}" for n in (12, 13, 14)]
DIGITS = ["10021", "10022", "10035"]


def numbers(names):
    return Numbers.of((name, name) for name in names)


def strange(text, names):
    return stranger(text, numbers(names), mentions(text, numbers(names)))


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("INV-2026-0012", OURS, False),
        ("INV-2026-0099", OURS, True),
        ("INV-2026-0012、0099", OURS, True),
        ("INV-2026-0012, 0013 CNY 5,000.00", OURS, False),
        ("INV-2026-0012, 2026-03-01", OURS, False),
        ("INV-2026-0012 回单0099", OURS, False),
        ("货款 0099", OURS, False),
        ("10021", DIGITS, False),
        ("10099", DIGITS, True),
        ("20099", DIGITS, False),
        ("10099元", DIGITS, False),
        ("BATCH10099", DIGITS, False),
        ("100999", DIGITS, False),
    ],
)
def test_a_number_that_is_none_of_theirs(text, names, expected):
    assert strange(text, names) is expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("for 10021, 10022, 10035", DIGITS, [("10021", "whole"), ("10022", "whole"), ("10035", "whole")]),
        ("10021 & 10022 CNY 3,963.68", DIGITS, [("10021", "whole"), ("10022", "whole")]),
        ("INV-2026-0012; 0013 CNY 21.00", OURS, [("INV-2026-0012", "whole"), ("INV-2026-0013", "whole")]),
        ("11961/11962/11971", ["11961", "11962", "11971"], [(n, "whole") for n in ("11961", "11962", "11971")]),
        ("2026-0012", OURS, [("INV-2026-0012", "whole")]),
        ("INV. 2026-0012", OURS, [("INV-2026-0012", "whole")]),
        ("INV. 001733", ["INV001733"], [("INV001733", "whole")]),
        ("2026-0012", [*OURS, "CN-2026-0012"], []),
        ("1733", ["INV1733"], [("INV1733", "short")]),
        ("10021 CNY", DIGITS, []),
        ("CNY 10021", DIGITS, []),
    ],
)
def test_spellings_from_banks(text, names, expected):
    hits = mentions(text, numbers(names))
    assert [(charge, hit.form) for hit in hits for charge in hit.charges] == expected


def test_a_range_over_more_than_a_hundred_numbers_decides_only_where_the_amounts_agree():
    (hit,) = mentions("10021-10500", numbers(["10021", "10400", "10500", "10600"]))
    assert (hit.charges, hit.form) == (("10021", "10400", "10500"), "short")
