"""What may be typed at `reconcile --interactive`."""

from decimal import Decimal

import pytest

from custledger.cli.answers import Reject, Settle, Simple, Wrong, understood

NAMES = ["INV-7", "7,8"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1", Settle(((1, None),))),
        ("３ 1", Settle(((3, None), (1, None)))),
        ("1+3", Settle(((1, None), (3, None)))),
        ("1，3", Settle(((1, None), (3, None)))),
        ("1、2", Settle(((1, None), (2, None)))),
        ("inv-7", Settle((("INV-7", None),))),
        ("7,8", Settle((("7,8", None),))),
        ("1=500 INV-7=1,020.50", Settle(((1, Decimal(500)), ("INV-7", Decimal("1020.50"))))),
        ("w 1 discount", Settle(((1, None),), "discount")),
        ("w 1 2 坏账", Settle(((1, None), (2, None)), "write-off")),
        ("x 2", Reject((2,))),
        ("", Simple("skip")),
        ("S", Simple("skip")),
        ("？", Simple("help")),
        (None, Simple("quit")),
    ],
)
def test_what_is_meant(typed, meant):
    assert understood(typed, 3, NAMES) == meant


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("4", "not_there"),
        ("0", "not_there"),
        ("-1", "not_there"),
        ("INV-70", "not_there"),
        ("1 1", "twice"),
        ("1=0", "bad_amount"),
        ("1=-5", "bad_amount"),
        ("1=5,00", "bad_amount"),
        ("1=abc", "bad_amount"),
        ("x", "which"),
        ("w discount", "which"),
        ("w 1", "reasons"),
        ("w 1 gift", "reasons"),
        ("w 1=5 fee", "whole_only"),
    ],
)
def test_what_is_not(typed, key):
    found = understood(typed, 3, NAMES)
    assert isinstance(found, Wrong)
    assert found.key == f"interactive.{key}"
