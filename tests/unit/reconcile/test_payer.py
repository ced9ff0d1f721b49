"""Who paid: by account, alias, name, and name without region and legal form; never by a guess."""

import pytest

from custledger.book.customer import Customer
from custledger.reconcile.payer import Ambiguous, Payer, core, identify, near
from engine import book

OCEAN = Customer(
    id="ocean",
    name="上海蓝海贸易有限公司",
    aliases=("蓝海", "Blue Ocean Trading Co., Ltd."),
    bank_accounts=({"bank": "ICBC", "account": "6222 0210 0101 2345"},),
)
CHEN = Customer(id="chen", name="上海晨光文具有限公司")
TWIN = Customer(id="twin", name="上海辰光文具有限公司")
ACME = Customer(id="acme", name="Acme Tools GmbH", aliases=("ACME",))


def who(*texts: str, customers=(OCEAN, ACME, CHEN)):
    return identify(book("", customers=customers).book, texts)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("6222021001012345", "account"),
        ("对方账号：６２２２０２１００１０１２３４５", "account"),
        ("acct 6222-0210-0101-2345 ICBC", "account"),
        ("蓝海", "alias"),
        ("BLUE OCEAN TRADING CO LTD", "alias"),
        ("transfer; from: Blue Ocean Trading Co., Ltd.", "alias"),
        ("上海蓝海贸易有限公司", "name"),
        ("货款 上海蓝海贸易有限公司", "name"),
        ("上海市蓝海贸易公司", "short-name"),
        ("蓝海贸易（上海）有限公司", "short-name"),
    ],
)
def test_found(text, by):
    found = who(text)
    assert isinstance(found, Payer)
    assert (found.customer, found.by, found.sure) == ("ocean", by, by in {"account", "alias"})


@pytest.mark.parametrize(
    "text",
    [
        "16222021001012345",
        "62220210010123456",
        "上海蓝海贸易有限公司北京分公司",
        "北京蓝海贸易有限公司",
        "蓝海贸",
        "Acme Toolsmiths",
        "New Acme Tools GmbH",
        "Blue Ocean Trading Co., Ltd. Hong Kong",
        "贸易",
        "上海",
        "有限公司",
        "",
        "GmbH",
    ],
)
def test_nobody(text):
    assert who(text) is None


def test_a_near_tie_is_refused():
    both = (CHEN, TWIN)
    assert who("晨光文具", customers=both) == Ambiguous(("chen", "twin"), "short-name")
    assert who("上海晨光文具", customers=both) == Ambiguous(("chen", "twin"), "short-name")
    assert who("上海晨光文具有限公司", customers=both) == Payer("chen", "name", "上海晨光文具有限公司")
    assert who("晨光文具", customers=(CHEN, OCEAN)) == Payer("chen", "short-name", "晨光文具")
    assert who("晨广文具", customers=both) is None


def test_the_account_is_stronger_than_a_name_and_two_are_nobody():
    assert who("Acme Tools GmbH", "6222021001012345") == Payer("ocean", "account", "6222021001012345")
    assert who("ACME", "蓝海") == Ambiguous(("acme", "ocean"), "alias")
    shared = Customer(id="other", name="Other", bank_accounts=({"account": "6222021001012345"},))
    assert who("6222021001012345", customers=(OCEAN, shared)) == Ambiguous(("ocean", "other"), "account")


def test_names_taken_apart():
    assert core("浙江省杭州市清流机电股份有限公司") == ("浙江杭州", "清流机电")
    assert core("Blue Ocean Trading Co., Ltd.") == ("", "blue ocean trading")
    assert core("ＡＣＭＥ　GmbH") == ("", "acme")
    assert core("上海") == ("", "上海")


def test_near():
    assert near("晨光", "辰光")
    assert near("晨光", "晨光")
    assert not near("晨光", "蓝海")
    assert near("blue ocean", "blue oceans")
    assert not near("north", "south")
