"""What `init` puts into a new book: settings, journals, a page for people, git's files. Pure: names and texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from custledger.edit.book_journal import book_journal_text
from custledger.edit.heading import heading
from custledger.edit.new_book_words import WORDS, Words
from custledger.edit.yaml_text import scalar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

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


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBook:
    """What a new book is told: `numbering_from` is the day from which numbers have no gaps."""

    name: str
    language: str
    """en or zh."""
    currency: str
    numbering_from: dt.date
    other_currencies: tuple[str, ...] = ()


def words_of(language: str) -> Words:
    """The words of a new book in this language."""
    return WORDS[language]


def settings_text(book: NewBook, commodities: Commodities) -> str:
    """`custledger.yaml`, with a comment on what a newcomer changes first."""
    words = words_of(book.language)
    values = {
        "company": scalar(book.name or words.company),
        "currency": book.currency,
        "digits": str(commodities.get(book.currency).digits),
        "language": words.locale,
        "timezone": words.timezone,
        "tax": words.tax,
        "rate": words.rate,
        "lower": words.tax_lower,
        "lower_rate": words.rate_lower,
        "since": book.numbering_from.isoformat(),
        "also": words.also.get(book.currency, ""),
    }
    return heading("settings", "custledger.yaml") + words.settings.format_map(values)


def accounts_text(book: NewBook, commodities: Commodities) -> str:
    """The accounts and commodities that hledger is told of."""
    words = words_of(book.language)
    longest = max(len(name) for name, _ in ACCOUNTS)
    lines = [words.accounts_comment]
    lines += [f"account {name:<{longest}}  ; type:{kind}" for name, kind in ACCOUNTS]
    lines.append("")
    for currency in (book.currency, *book.other_currencies):
        digits = commodities.get(currency).digits_shown
        lines.append(f"commodity {currency} 1,000.{'0' * digits}")
    return "".join(f"{line}\n" for line in lines)


def new_book(book: NewBook, commodities: Commodities) -> dict[str, str]:
    """The files of an empty book, by name. It passes `check`; hledger reads its `book.journal`."""
    words = words_of(book.language)
    files = {
        "custledger.yaml": settings_text(book, commodities),
        "book.journal": book_journal_text([ACCOUNTS_FILE], "."),
        ACCOUNTS_FILE: accounts_text(book, commodities),
        "README.md": words.readme,
        ".gitignore": "".join(f"{line}\n" for line in GIT_IGNORE),
        ".gitattributes": "".join(f"{line}\n" for line in GIT_ATTRIBUTES),
    }
    return files | {f"{folder}/README.md": text for folder, text in words.folders.items()}


def completed_lines(old: str, wanted: Mapping[str, None] | tuple[str, ...]) -> str:
    """The lines of `wanted` that a file of git's has not, to be put at its end."""
    there = {line.strip() for line in old.splitlines()}
    return "".join(f"{line}\n" for line in wanted if line not in there)
