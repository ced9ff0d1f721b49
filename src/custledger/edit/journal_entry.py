"""One transaction as journal text: amounts aligned and in the book's own style, text from people made safe.

Names in a description and values of tags may hold what the journal language would read as something else: `;`
begins a comment, `|` ends the payee, `,` ends a tag's value. Their full-width twins stand for them, as for text
from outside (formats.md §1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from custledger.core.text import pad, quoted_outside, visible, width
from custledger.core.trouble import ensure
from custledger.parse.journal.model import AmountStyle

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from custledger.core.money import Commodities, Money
    from custledger.parse.journal.model import CommodityDeclared

INDENT = "    "
EDGE = 56
"""The column where amounts end, unless an account or an amount is longer."""

_TWINS = str.maketrans({";": "；", "|": "｜"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPosting:
    """One posting; `amount` ready text (see `amount_text`), None where it is left out."""

    account: str
    amount: str | None
    tags: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
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


def entry_text(entry: NewEntry) -> str:
    """The transaction as lines, each ended by a line feed."""
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
    return "".join(f"{line}\n" for line in [*lines, *_postings(entry.postings)])


def _postings(postings: tuple[NewPosting, ...]) -> list[str]:
    needed = [width(INDENT + p.account) + 2 + width(p.amount or "") for p in postings if p.amount is not None]
    edge = max([EDGE, *needed])
    lines = []
    for posting in postings:
        line = INDENT + posting.account
        if posting.amount is not None:
            line = pad(line, edge - width(posting.amount)) + posting.amount
        if posting.tags:
            line = f"{line}  ; {tags_text(posting.tags)}"
        lines.append(line)
    return lines


def style_of(
    commodity: str, declared: Mapping[str, CommodityDeclared], commodities: Commodities, decimal_mark: str | None
) -> AmountStyle:
    """How amounts of `commodity` are written in this book: as its journals do, else as formats.md writes them."""
    found = declared.get(commodity)
    if found is not None:
        return found.style
    mark = decimal_mark or "."
    digits = commodities.get(commodity).digits_shown
    # One comma and three digits are read as a thousand only where something says so (`ambiguous-number`).
    grouped = digits > 0 or decimal_mark is not None
    group = "" if not grouped else "," if mark == "." else "."
    left = len(commodity) > 1 or not commodity.isascii() or commodity == "$"
    return AmountStyle(left, len(commodity) > 1, mark, group, (3,) if group else (), digits)


def amount_text(money: Money, commodities: Commodities, style: AmountStyle) -> str:
    """An amount with all of the commodity's digits, in this style; the sign stands before the number."""
    digits = max(style.digits, commodities.get(money.commodity).digits_shown)
    plain = commodities.plain(money)
    sign = "-" if plain.startswith("-") else ""
    whole, _, fraction = plain.lstrip("-").partition(".")
    number = _grouped(whole, style)
    fraction = fraction.ljust(min(digits, commodities.get(money.commodity).digits), "0")
    if fraction:
        number = f"{number}{style.decimal_mark}{fraction}"
    name = _commodity(money.commodity)
    blank = " " if style.spaced and name else ""
    return f"{name}{blank}{sign}{number}" if style.commodity_left else f"{sign}{number}{blank}{name}"


def _grouped(whole: str, style: AmountStyle) -> str:
    if not style.group_mark or not style.groups:
        return whole
    pieces: list[str] = []
    sizes = list(style.groups)
    while whole:
        size = sizes.pop(0) if len(sizes) > 1 else sizes[0]
        pieces.append(whole[-size:] if size > 0 else whole)
        whole = whole[:-size] if size > 0 else ""
    return style.group_mark.join(reversed(pieces))


def _commodity(name: str) -> str:
    """The commodity, quoted where it holds anything that is no letter or symbol."""
    plain = all(not char.isdigit() and char not in " +-.,@*;\"{}=()[]/\t~<>:'&|!?%^#`\\" for char in name)
    return name if plain else f'"{name}"'
