"""Amounts, postings and comments as text again.

`decimal_mark` is the mark in force where the text will stand: amounts are written with it, so that they are read
as they were. None: each as it was written, and safe to read where no mark is declared.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custledger.core.text import width
from custledger.parse.journal.amounts import SIMPLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from custledger.parse.journal.model import Amount, AmountStyle, Assertion, Comment, Cost, Posting

_BARE = re.compile(rf"{SIMPLE}+")
INDENT = "    "
AMOUNT_END = 60
"""The column (of a terminal) up to which amounts are set flush right, where account and amount leave room."""


def number_text(quantity: Decimal, style: AmountStyle, decimal_mark: str | None = None) -> str:
    """`-8,700.00`: with at least the digits of `style`, and none of the quantity's lost."""
    exponent = quantity.as_tuple().exponent
    digits = max(style.digits, -exponent if isinstance(exponent, int) else 0)
    whole, _, fraction = f"{quantity.copy_abs():.{digits}f}".partition(".")
    mark, group = _marks(style, decimal_mark)
    if group:
        grouped = _grouped(whole, style.groups or (3,), group)
        if fraction or decimal_mark or grouped.count(group) != 1 or group not in ".,":
            whole = grouped
    if mark == "," and not decimal_mark and len(fraction) == 3 and (not group or group not in whole):  # noqa: PLR2004 - thousands
        fraction += "0"
    sign = "-" if quantity < 0 else ""
    return f"{sign}{whole}{mark}{fraction}" if fraction else f"{sign}{whole}"


def _marks(style: AmountStyle, decimal_mark: str | None) -> tuple[str, str]:
    mark, group = decimal_mark or style.decimal_mark or ".", style.group_mark
    if group == mark:
        group = "," if mark == "." else "."
    return mark, group


def _grouped(whole: str, sizes: Sequence[int], group: str) -> str:
    parts: list[str] = []
    index = 0
    while whole:
        size = max(1, sizes[min(index, len(sizes) - 1)])
        parts.append(whole[-size:])
        whole = whole[:-size]
        index += 1
    return group.join(reversed(parts))


def commodity_text(commodity: str) -> str:
    """The commodity, quoted where it must be."""
    return commodity if _BARE.fullmatch(commodity) else f'"{commodity}"'


def amount_text(amount: Amount, decimal_mark: str | None = None) -> str:
    """`CNY -8,700.00`, in the amount's own style."""
    style = amount.style
    number = number_text(amount.quantity, style, decimal_mark)
    if not amount.commodity:
        return number
    blank = " " if style.spaced else ""
    name = commodity_text(amount.commodity)
    return f"{name}{blank}{number}" if style.commodity_left else f"{number}{blank}{name}"


def cost_text(cost: Cost, decimal_mark: str | None = None) -> str:
    """`@ CNY 7.10`; a total cost is written without the sign that it shares with its amount."""
    amount = cost.amount
    if not cost.total:
        return f"@ {amount_text(amount, decimal_mark)}"
    return f"@@ {amount_text(amount._replace(quantity=amount.quantity.copy_abs()), decimal_mark)}"


def assertion_text(assertion: Assertion, decimal_mark: str | None = None) -> str:
    """`== CNY 0.00`."""
    marks = ("==" if assertion.sole else "=") + ("*" if assertion.inclusive else "")
    text = f"{marks} {amount_text(assertion.amount, decimal_mark)}"
    return f"{text} {cost_text(assertion.cost, decimal_mark)}" if assertion.cost else text


def posting_account(posting: Posting) -> str:
    """The account as a posting has it: status before it, brackets around it."""
    status = f"{posting.status} " if posting.status else ""
    brackets = posting.virtual or ""
    return f"{status}{brackets[:1]}{posting.account}{brackets[1:]}"


def amount_end(rows: Iterable[tuple[str, str]]) -> int:
    """The column at which the amounts of one entry end: `AMOUNT_END`, or what its longest row needs.

    A row is all that stands before the amount (indentation, status, account), and the amount.
    """
    return max([AMOUNT_END, *(width(before) + 2 + width(amount) for before, amount in rows if amount)])


def posting_line(account: str, amount: str, rest: str = "", *, end: int = AMOUNT_END) -> str:
    """An indented posting; the amount ends at column `end` where there is room, two blanks after the account at least.

    `rest` (cost, assertion) follows the amount.
    """
    line = INDENT + account
    if not amount and not rest:
        return line
    blanks = max(2, end - width(line) - width(amount))
    if not amount:
        return f"{line}{' ' * max(2, end + 1 - width(line))}{rest}"
    return f"{line}{' ' * blanks}{amount} {rest}" if rest else f"{line}{' ' * blanks}{amount}"


def comment_lines(comment: Comment) -> tuple[str, list[str]]:
    """What goes behind the entry's own line (with its `;`), and the lines below it (indented)."""
    if not comment.text:
        return "", []
    first, *others = comment.text.split("\n")
    below = [f"{INDENT}; {line}".rstrip() for line in others]
    return (f"  ; {first}" if first else ""), below
