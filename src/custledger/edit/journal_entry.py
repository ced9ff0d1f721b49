"""One transaction as journal text: amounts aligned and in the book's own style, text from people made safe.

Names in a description and values of tags may hold what the journal language would read as something else: `;`
begins a comment, `|` ends the payee, `,` ends a tag's value. Their full-width twins stand for them, as for text
from outside (formats.md §1).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from custledger.core.frozen import frozen
from custledger.core.text import quoted_outside, visible
from custledger.core.trouble import ensure
from custledger.parse.journal.model import Amount, AmountStyle
from custledger.parse.journal.text import INDENT, amount_text, posting_line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from custledger.core.money import Commodities, Money
    from custledger.parse.journal.model import CommodityDeclared

_TWINS = str.maketrans({";": "；", "|": "｜"})


@frozen(kw_only=True)
class NewPosting:
    """One posting; `amount` in the style to write it in (see `styled`), None where it is left out."""

    account: str
    amount: Amount | None
    tags: tuple[tuple[str, str], ...] = ()


@frozen(kw_only=True)
class NewEntry:
    """A transaction to be written. `payee` and `note` are made safe; `outside` is text from outside, a line each."""

    date: dt.date
    date_secondary: dt.date | None = None
    code: str = ""
    payee: str = ""
    note: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    outside: tuple[str, ...] = ()
    postings: tuple[NewPosting, ...]


def description(payee: str, note: str = "") -> str:
    """`payee | note` on one line, with nothing in it that would end it."""
    safe = [visible(" ".join(text.split())).translate(_TWINS) for text in (payee, note)]
    return " | ".join(text for text in safe if text)


def tags_text(tags: tuple[tuple[str, str], ...]) -> str:
    """`method:wire, bankref:20260210-8841`; values hold no comma, no bracket, no colon of their own."""
    return ", ".join(f"{name}:{quoted_outside(value)}" for name, value in tags)


def entry_text(entry: NewEntry, decimal_mark: str | None = None) -> str:
    """The transaction as lines, each ended by a line feed; `decimal_mark` is the mark in force where it will stand."""
    ensure(entry.postings, "a transaction without postings")
    second = f"={entry.date_secondary.isoformat()}" if entry.date_secondary else ""
    code = f" ({entry.code})" if entry.code else ""
    words = description(entry.payee, entry.note)
    if not code and words.startswith("("):
        words = "（" + words[1:]  # it would be read as the code
    head = f"{entry.date.isoformat()}{second} *{code} {words}".rstrip()
    if entry.tags:
        head = f"{head}  ; {tags_text(entry.tags)}"
    lines = [head, *(f"{INDENT}; > {quoted_outside(text)}" for text in entry.outside if text.strip())]
    for posting in entry.postings:
        line = posting_line(posting.account, amount_text(posting.amount, decimal_mark) if posting.amount else "")
        lines.append(f"{line}  ; {tags_text(posting.tags)}" if posting.tags else line)
    return "".join(f"{line}\n" for line in lines)


def styled(money: Money, commodities: Commodities, declared: Mapping[str, CommodityDeclared]) -> Amount:
    """An amount as this book writes its commodity: as its journals do, else as formats.md does, with all digits."""
    found = declared.get(money.commodity)
    style = found.style if found is not None else _style(money.commodity)
    return Amount(Decimal(commodities.plain(money)), money.commodity, style)


def _style(commodity: str) -> AmountStyle:
    return AmountStyle(spaced=len(commodity) > 1, group_mark=",", groups=(3,))
