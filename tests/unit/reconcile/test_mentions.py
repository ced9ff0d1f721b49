"""Numbers in remittance texts: what is found, what never is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custledger.reconcile.mentions import Numbers, canonical, mentions


def found(text, *numbers, **options):
    known = Numbers.of((number, number) for number in numbers)
    return [(list(hit.charges), hit.form, text[hit.start : hit.end]) for hit in mentions(text, known, **options)]


SERIES = [f"INV-2024-{n:04d}" for n in (11, 12, 13, 14, 15, 112)]


@pytest.mark.parametrize(
    ("text", "numbers", "expected"),
    [
        ("货款INV2024-0012、0013", SERIES, [("INV-2024-0012", "whole"), ("INV-2024-0013", "whole")]),
        ("ＩＮＶ－２０２４－００１２", SERIES, [("INV-2024-0012", "whole")]),
        ("inv20240012", SERIES, [("INV-2024-0012", "whole")]),
        ("INV-2024-0012和0013", SERIES, [("INV-2024-0012", "whole"), ("INV-2024-0013", "whole")]),
        ("INV-2024-0012 及 15 号", SERIES, [("INV-2024-0012", "whole"), ("INV-2024-0015", "short")]),
        ("INV-2024-0012 2笔", SERIES, [("INV-2024-0012", "whole")]),
        ("INV-2024-0012 12/15", SERIES, [("INV-2024-0012", "whole")]),
        ("INV 2024 0012 and INV 2024 0013", SERIES, [("INV-2024-0012", "whole"), ("INV-2024-0013", "whole")]),
        ("payment INV-10", ["INV-1", "INV-10"], [("INV-10", "whole")]),
        ("payment INV-10", ["INV-1"], []),
        ("payment INV-1", ["INV-1", "INV-10"], [("INV-1", "whole")]),
        ("XINV-1", ["INV-1"], []),
        ("INV-2024-0012/13", SERIES, [("INV-2024-0012", "whole"), ("INV-2024-0013", "short")]),
        ("货款 0012", SERIES, [("INV-2024-0012", "short")]),
        ("货款 0012", [*SERIES, "CN-2024-0012"], []),
        ("PO-0012", SERIES, []),
        ("RCPT-0012", SERIES, []),
        ("INV0012", SERIES, [("INV-2024-0012", "short")]),
        ("No.0012", SERIES, [("INV-2024-0012", "short")]),
        ("10021", ["10021", "10022"], [("10021", "whole")]),
        ("10021元", ["10021"], []),
        ("¥10021", ["10021"], []),
        ("10,021.00", ["10021", "0021"], []),
        ("10021.50", ["10021"], []),
        ("20240112", ["20240112"], []),
        ("2024-0731", ["INV-2024-0731"], [("INV-2024-0731", "whole")]),
        ("2024-07-31", ["INV-2024-0731"], []),
        ("20240731", ["INV-2024-0731"], []),
        ("CNY 67，122.10", ["12210"], []),
        ("122.1", ["1221"], []),
        ("货款 回单3997", ["INV-2024-3997"], []),
        ("货款 回单号：3997", ["INV-2024-3997"], []),
        ("转账 3997 回单", ["INV-2024-3997"], [("INV-2024-3997", "short")]),
        ("tel 3997", ["INV-2024-3997"], []),
        ("单号3997", ["INV-2024-3997"], [("INV-2024-3997", "short")]),
        ("回单 12210", ["12210"], []),
        ("122.10", ["12210"], []),
        ("2024-0731元", ["INV-2024-0731"], []),
        ("2024-01-12 付", ["INV-2024"], []),
        ("2024", ["INV-2024"], []),
        ("13800001234", ["A-1234"], []),
        ("tel 13800001234", ["13800001234"], []),
        ("12", ["A-12"], []),
        ("payment B-1", ["B-1"], [("B-1", "whole")]),
        ("b1", ["B-1"], []),
        ("100021", ["10021"], []),
    ],
)
def test_what_is_mentioned(text, numbers, expected):
    assert [(charges[0], form) for charges, form, _ in found(text, *numbers)] == expected


@pytest.mark.parametrize(
    ("text", "numbers", "expected"),
    [
        ("10021-10024", ["10021", "10022", "10023", "10024", "10025"], ["10021", "10022", "10023", "10024"]),
        ("invoice 10021~24", ["10021", "10022", "10024"], ["10021", "10022", "10024"]),
        ("INV-2024-0012至0015", SERIES, ["INV-2024-0012", "INV-2024-0013", "INV-2024-0014", "INV-2024-0015"]),
        ("INV-2024-0012 to INV-2024-0014", SERIES, ["INV-2024-0012", "INV-2024-0013", "INV-2024-0014"]),
    ],
)
def test_ranges_mean_every_open_number_between(text, numbers, expected):
    hits = found(text, *numbers)
    assert [charges for charges, _, _ in hits] == [expected]


def test_a_code_is_never_shortened():
    assert found("0012", *SERIES, whole_only=True) == []
    assert found("INV-2024-0012", *SERIES, whole_only=True)[0][1] == "whole"


def test_the_span_is_that_of_the_text_as_written():
    assert [piece for _, _, piece in found("付ＩＮＶ－２０２４－００１２款", *SERIES)] == ["ＩＮＶ－２０２４－００１２"]


def test_an_order_means_all_its_charges():
    known = Numbers.of([("PO-7781", "A"), ("PO-7781", "B"), ("INV-3", "C")])
    assert [hit.charges for hit in mentions("订单PO7781", known)] == [("A", "B")]


@given(st.text(alphabet="INV-0123456789 ,、/元年.至", max_size=40))
def test_whatever_the_text_a_mention_spells_the_number_or_its_end(text):
    known = Numbers.of((number, number) for number in SERIES)
    for hit in mentions(text, known):
        assert 0 <= hit.start < hit.end <= len(text)
        digits = "".join(char for char in canonical(text[hit.start : hit.end]) if char.isdecimal())
        assert digits
        assert any(canonical(charge).endswith(digits[-2:]) for charge in hit.charges)
