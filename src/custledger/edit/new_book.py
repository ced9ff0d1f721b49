"""What `init` puts into a new book: settings, journals, a page for people, git's files. Pure: names and texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.frozen import frozen
from custledger.edit.book_journal import book_journal_text
from custledger.edit.heading import heading
from custledger.edit.yaml_text import scalar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from custledger.core.money import Commodities

ACCOUNTS_FILE = "journals/00-accounts.journal"

GIT_IGNORE = (".custledger/", ".custledger-*")
GIT_ATTRIBUTES = ("*.journal -text", "*.yaml -text")
"""Git must not translate line ends of a book: files would differ from what their digests say."""

#: Account, type, and the role that it has in the settings.
ACCOUNTS = (
    ("assets:bank", "C"), ("assets:cash", "C"), ("assets:receivable", "A"), ("assets:bad debt allowance", "A"),
    ("liabilities:advances", "L"), ("liabilities:payable", "L"), ("liabilities:vat:output", "L"),
    ("liabilities:unidentified receipts", "L"), ("income:sales", "R"), ("expenses:discounts", "X"),
    ("expenses:bad debt", "X"), ("expenses:bank charges", "X"), ("expenses:fx", "X"), ("equity:opening", "E"),
)  # fmt: skip


FOLDERS = ("customers", "invoices", "activity")
"""Folders that begin with a page for people: git keeps no empty ones."""

#: Other spellings of common currencies.
_ALSO = {"USD": "$", "EUR": "€", "GBP": "£", "CNY": "¥, 元, RMB"}


@frozen
class Local:
    """What is usual where a language is spoken: a locale, a time zone, two taxes with their rates in percent."""

    locale: str
    timezone: str
    tax: str
    rate: int
    tax_lower: str
    rate_lower: int


LOCAL = {
    "en": Local("en", "UTC", "vat20", 20, "vat5", 5),
    "zh": Local("zh-CN", "Asia/Shanghai", "vat13", 13, "vat6", 6),
}


@frozen(kw_only=True)
class NewBook:
    """What a new book is told: `numbering_from` is the day from which numbers have no gaps."""

    name: str
    language: str
    """A key of LOCAL."""
    say: Callable[..., str]
    """The catalogue of that language."""
    currency: str
    numbering_from: dt.date
    other_currencies: tuple[str, ...] = ()


def settings_text(book: NewBook, commodities: Commodities) -> str:
    """`custledger.yaml`, with a comment on what a newcomer changes first."""
    local = LOCAL[book.language]
    also = _ALSO.get(book.currency)
    text = book.say(
        "new_book.settings",
        company=scalar(book.name or book.say("new_book.company")),
        currency=book.currency,
        digits=commodities.get(book.currency).digits,
        also=f", also: [{also}]" if also else "",
        language=local.locale,
        timezone=local.timezone,
        tax=local.tax,
        rate=f"{local.rate}%",
        lower=local.tax_lower,
        lower_rate=f"{local.rate_lower}%",
        since=book.numbering_from.isoformat(),
    )
    return heading("settings", "custledger.yaml") + text + "\n"


def accounts_text(book: NewBook, commodities: Commodities) -> str:
    """The accounts and commodities that hledger is told of."""
    longest = max(len(name) for name, _ in ACCOUNTS)
    lines = [f"; {book.say('new_book.accounts')}"]
    lines += [f"account {name:<{longest}}  ; type:{kind}" for name, kind in ACCOUNTS]
    lines.append("")
    for currency in (book.currency, *book.other_currencies):
        digits = commodities.get(currency).digits_shown
        lines.append(f"commodity {currency} 1,000.{'0' * digits}")
    return "".join(f"{line}\n" for line in lines)


def new_book(book: NewBook, commodities: Commodities) -> dict[str, str]:
    """The files of an empty book, by name. It passes `check`; hledger reads its `book.journal`."""
    files = {
        "custledger.yaml": settings_text(book, commodities),
        "book.journal": book_journal_text([ACCOUNTS_FILE], "."),
        ACCOUNTS_FILE: accounts_text(book, commodities),
        "README.md": book.say("new_book.readme") + "\n",
        ".gitignore": "".join(f"{line}\n" for line in GIT_IGNORE),
        ".gitattributes": "".join(f"{line}\n" for line in GIT_ATTRIBUTES),
    }
    return files | {f"{folder}/README.md": book.say(f"new_book.folder.{folder}") + "\n" for folder in FOLDERS}


def completed_lines(old: str, wanted: tuple[str, ...]) -> str:
    """The lines of `wanted` that a file of git's has not, to be put at its end."""
    there = {line.strip() for line in old.splitlines()}
    return "".join(f"{line}\n" for line in wanted if line not in there)
