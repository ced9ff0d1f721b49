"""Receipts of which nobody has said whose they are: what waits, and who it may be from."""

from __future__ import annotations

import datetime as dt

import pytest

from custledger.book.customer import Customer
from custledger.parse.journal.load import load
from custledger.reconcile.payer import Ambiguous, Payer
from custledger.reconcile.unidentified import unidentified
from engine import book
from journals import DictSource

ACCOUNT = "liabilities:unidentified"
CUSTOMERS = (
    Customer(id="ocean", name="上海蓝海贸易有限公司", aliases=("Blue Ocean",)),
    Customer(id="chen", name="上海晨光文具有限公司"),
    Customer(id="twin", name="上海辰光文具有限公司"),
)


def receipt(code: str, day: str, amount: int, text: str = "", *, sub: str = "", below: str = "") -> str:
    head = f"{day} ({code}) {text}" if code else f"{day} {text}"
    return f"{head}\n{below}    assets:bank  CNY {amount}\n    {ACCOUNT}{sub}  CNY {-amount}\n"


def cleared(day: str, amount: int, tag: str = "", code: str = "") -> str:
    code = f"({code}) " if code else ""
    tag = f"  ; {tag}" if tag else ""
    return f"{day} {code}x\n    {ACCOUNT}  CNY {amount}{tag}\n    assets:receivable:ocean  CNY {-amount}\n"


def waiting(*texts: str, as_of: str = "2026-12-31"):
    files = {f"{place}.journal": text for place, text in enumerate(texts)}
    journal = load(DictSource(files), list(files))
    return unidentified(book(*texts, customers=CUSTOMERS).book, journal, dt.date.fromisoformat(as_of))


def left(*texts: str, **options) -> list[tuple[str, int]]:
    return [(one.name, one.money.minor) for one in waiting(*texts, **options)]


R1, R2 = receipt("R1", "2026-02-01", 100), receipt("R2", "2026-02-02", 250, sub=":bank a")


def test_what_waits_on_a_day():
    assert left(R2, R1) == [("R1", 10000), ("R2", 25000)]
    assert left(R1, R2, as_of="2026-02-01") == [("R1", 10000)]
    assert left(receipt("", "2026-02-01", 100, "somebody"))[0][0].endswith(":3")


@pytest.mark.parametrize(
    ("clearing", "rest"),
    [
        (cleared("2026-03-01", 250), [("R1", 10000)]),
        (cleared("2026-03-01", 120), [("R2", 23000)]),
        (cleared("2026-03-01", 120, "reverses:R2"), [("R1", 10000), ("R2", 13000)]),
        (cleared("2026-03-01", 100, "receipt:R2"), [("R1", 10000), ("R2", 15000)]),
        (cleared("2026-03-01", 100, code="R2"), [("R1", 10000), ("R2", 15000)]),
        (cleared("2026-01-01", 100), [("R1", 10000), ("R2", 25000)]),
        (cleared("2026-03-01", 400), []),
    ],
)
def test_what_is_cleared_waits_no_longer(clearing, rest):
    assert left(R1, R2, clearing) == rest


def test_who_it_may_be_from():
    text = "    ; > 付款人：上海蓝海贸易有限公司\n"
    (one,) = waiting(receipt("R1", "2026-02-01", 100, "bank | wire", below=text))
    assert one.payer == Payer("ocean", "name", "付款人：上海蓝海贸易有限公司")
    (one,) = waiting(receipt("R1", "2026-02-01", 100, "bank | wire", below="    ; payer:Blue Ocean\n"))
    assert one.payer == Payer("ocean", "alias", "Blue Ocean")
    (one,) = waiting(receipt("R1", "2026-02-01", 100, "晨光文具"))
    assert one.payer == Ambiguous(("chen", "twin"), "short-name")
    (one,) = waiting(receipt("R1", "2026-02-01", 100, "nobody"))
    assert one.payer is None
