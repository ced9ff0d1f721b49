from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from custledger import pipeline
from custledger.core.money import Commodities
from custledger.edit.append import new_file
from custledger.edit.example_book import example_book
from custledger.edit.new_book import NewBook, completed_lines, new_book
from custledger.edit.plan import Plan
from custledger.i18n.catalogue import Catalogue
from custledger.store.apply import apply

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2026, 6, 30)


def book(language: str = "en", currency: str = "USD", name: str = "") -> NewBook:
    say = Catalogue(language).text
    return NewBook(name=name, language=language, say=say, currency=currency, numbering_from=dt.date(2026, 1, 1))


def problems(folder: Path, files: dict[str, str], today: dt.date) -> list[str]:
    apply(folder, Plan(tuple(new_file(name, text) for name, text in files.items())))
    opened = pipeline.open_folder(folder, folder)
    return [f"{found.slug} {found.span.place}" for found in pipeline.check(opened, today, strict=True)]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("currency", ["USD", "JPY", "KWD"])
def test_an_empty_book_is_right(tmp_path: Path, language: str, currency: str) -> None:
    files = new_book(book(language, currency, 'A "B": #c, [d] \\ 公司'), Commodities())
    assert problems(tmp_path, files, TODAY) == []
    assert pipeline.open_folder(tmp_path, tmp_path).settings.company.name == 'A "B": #c, [d] \\ 公司'


@pytest.mark.parametrize(
    ("language", "currency", "today"),
    [
        ("en", "USD", TODAY),
        ("zh", "CNY", dt.date(2026, 1, 1)),
        ("en", "JPY", dt.date(2024, 2, 29)),
        ("zh", "EUR", dt.date(2025, 12, 31)),
        ("en", "KWD", dt.date(2025, 3, 31)),
    ],
)
def test_the_example_is_right(tmp_path: Path, language: str, currency: str, today: dt.date) -> None:
    files = example_book(book(language, currency), today)
    assert problems(tmp_path, files, today) == []
    assert files == example_book(book(language, currency), today)
    opened = pipeline.open_folder(tmp_path, tmp_path)
    invoices = [one for one in opened.invoices if one.kind == "invoice"]
    months = sorted({(one.date.year, one.date.month) for one in invoices})
    assert len(months) == 12
    assert 55 <= len(invoices) <= 70
    assert max(one.date for one in invoices) < today.replace(day=1)
    assert {credit.kind for credit in opened.book.credits} == {"payment", "credit-note", "discount", "write-off"}
    assert len(opened.book.disputes) == 2
    assert len(opened.book.advances) == 1
    assert len({charge.money.commodity for charge in opened.book.charges}) == 2


def test_every_day_makes_a_year() -> None:
    for number in range(0, 1500, 13):
        today = dt.date(2023, 1, 1) + dt.timedelta(days=number)
        names = sorted(name for name in example_book(book(), today) if name.startswith("invoices/2"))
        assert len(names) == 12
        assert f"invoices/{today - dt.timedelta(days=today.day):%Y-%m}.yaml" == names[-1]


def test_files_of_git_are_completed() -> None:
    assert completed_lines("a\n b \n", ("b", "c")) == "c\n"
