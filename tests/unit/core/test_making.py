import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from custledger.book.invoice import Invoice, Line
from custledger.core.making import maker
from custledger.core.trouble import InternalError


def test_it_makes_what_the_class_makes():
    day = dt.date(2026, 1, 1)
    line = maker(Line)(price=Decimal(5), tax="vat")
    assert line == Line(price=Decimal(5), tax="vat")
    told = {"number": "A-1", "customer": "a", "date": day, "lines": (line,)}
    made = maker(Invoice)
    assert made(**told) == Invoice(**told)
    assert made(**told, refs={"po": ("x",)}) == Invoice(**told, refs={"po": ("x",)})
    assert made(**told).refs is not made(**told).refs
    with pytest.raises(AttributeError):
        line.price = 1


@pytest.mark.parametrize("told", [{}, {"price": 1, "prise": 1}])
def test_it_wants_what_the_class_wants(told):
    for make in (Line, maker(Line)):
        with pytest.raises(TypeError):
            make(**told)


def test_a_class_that_does_more_than_keep_is_refused():
    @dataclass(frozen=True, slots=True)
    class Summed:
        one: int = 1
        sums: list[int] = field(default_factory=list)

        def __post_init__(self):
            self.sums.append(self.one)

    with pytest.raises(InternalError):
        maker(Summed)
