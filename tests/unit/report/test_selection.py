"""Which customers a word means."""

import pytest

from custledger.book.book import Book
from custledger.book.customer import Customer
from custledger.core.money import Commodities
from custledger.core.trouble import UsageError
from custledger.report.selection import select


@pytest.fixture
def book():
    customers = [
        Customer(id="blueocean", name="蓝海", aliases=("Blue Ocean",), was=("lanhai",), segment="vip", tags=("east",)),
        Customer(id="east-1", name="东一", owner="li.wei"),
        Customer(id="east-2", name="东二", owner="li.wei", segment="vip", address={"region": "上海"}),
    ]
    return Book(label=("b",), commodities=Commodities(), customers={c.id: c for c in customers})


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["blueocean"], ["blueocean"]),
        (["lanhai"], ["blueocean"]),
        (["蓝海"], ["blueocean"]),
        (["Blue Ocean"], ["blueocean"]),
        (["east-*"], ["east-1", "east-2"]),
        (["segment:vip"], ["blueocean", "east-2"]),
        (["owner:li.wei", "tag:east"], ["blueocean", "east-1", "east-2"]),
        (["region:上海"], ["east-2"]),
    ],
)
def test_each_word_means_its_customers(book, words, ids):
    assert select(book, words) == ids


@pytest.mark.parametrize("word", ["blueocea", "east", "蓝"])
def test_a_word_that_means_nobody_is_refused(book, word):
    with pytest.raises(UsageError) as caught:
        select(book, [word])
    assert caught.value.args_named["word"] == word


@pytest.mark.parametrize(
    ("word", "key", "near"),
    [
        ("segment:vipp", "cli.no_such_mark_near", "vip"),
        ("segment:zzz", "cli.no_such_mark_known", "vip"),
        ("industry:any", "cli.no_such_mark", ""),
    ],
)
def test_a_mark_that_nobody_has(book, word, key, near):
    with pytest.raises(UsageError) as caught:
        select(book, [word])
    assert caught.value.key == key
    assert caught.value.args_named["near"] == near
    assert caught.value.args_named["mark"] == word.partition(":")[0]


def test_the_nearest_are_named(book):
    with pytest.raises(UsageError) as caught:
        select(book, ["blueocen"])
    assert "blueocean" in caught.value.args_named["near"]
