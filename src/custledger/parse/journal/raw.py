"""A journal as scanned: what the bytes say by themselves, before directives above or outside give it meaning.

Columns count code points from 1, ends are exclusive; files have no name here, so that one scan serves
every place the same bytes stand at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from custledger.core.diagnostic import Diagnostic
    from custledger.core.numbers import WrittenNumber


class RawDate(NamedTuple):
    """A date as written; `year` None where it was left out. A full one has been found to exist."""

    year: int | None
    month: int
    day: int
    column: int
    end: int
    written: str = ""
    """The text of a date without a year."""


class RawAmount(NamedTuple):
    """A quantity and its commodity; `commodity` None where none was written."""

    negative: bool
    number: WrittenNumber
    commodity: str | None
    left: bool
    spaced: bool
    column: int
    end: int


class RawCost(NamedTuple):
    """`@` or `@@` with its amount."""

    total: bool
    amount: RawAmount
    column: int
    end: int


class RawAssertion(NamedTuple):
    """`=` with its amount."""

    amount: RawAmount
    cost: RawCost | None
    sole: bool
    inclusive: bool
    column: int
    end: int


class RawTag(NamedTuple):
    """A tag; the columns are those of its value, or of its name where the value is empty."""

    name: str
    value: str
    line: int
    column: int
    end: int


class RawPostingDate(NamedTuple):
    """`date:`, `date2:` or a bracketed date in a posting's comment; either part may be missing."""

    line: int
    first: RawDate | None
    second: RawDate | None


class RawComment(NamedTuple):
    """The lines of a comment, its tags, and its lines of text from outside (text, line, column, end)."""

    text: str
    tags: tuple[RawTag, ...] = ()
    outside: tuple[tuple[str, int, int, int], ...] = ()
    dates: tuple[RawPostingDate, ...] = ()


class RawPosting(NamedTuple):
    """One posting; `account` as written, brackets included."""

    line: int
    column: int
    end: int
    status: str
    account: str
    account_column: int
    account_end: int
    amount: RawAmount | None
    cost: RawCost | None
    assertion: RawAssertion | None
    comment: RawComment | None


class RawTransaction(NamedTuple):
    """One transaction. `broken`: some of it could not be read, which is reported."""

    line: int
    date: RawDate | None
    date_secondary: RawDate | None
    status: str
    code: str
    description: str
    comment: RawComment | None
    postings: tuple[RawPosting, ...]
    end_line: int
    end_column: int
    broken: bool
    accounts: tuple[str, ...] = ()
    """Accounts of postings that could not be read."""
    cut: bool = False
    """The file ends with this entry and without the end of a line."""
    columns: tuple[int, int] = (0, 0)
    """Where the code and the description begin; 0 where there is none."""


class RawDirective(NamedTuple):
    """A directive or rule. What `args` holds depends on `kind`; see `directives`."""

    kind: str
    line: int
    column: int
    end: int
    end_line: int
    args: tuple[object, ...] = ()
    comment: RawComment | None = None


class Scan(NamedTuple):
    """All of one file, in order; problems without a file's name."""

    items: tuple[RawTransaction | RawDirective, ...]
    problems: tuple[Diagnostic, ...] = ()
    broken: tuple[tuple[int, int], ...] = ()
    """First and last lines of what could not be read at all."""
    hole: bool = False
    """Of that, something may have held any entry, or changed the meaning of those below it."""
