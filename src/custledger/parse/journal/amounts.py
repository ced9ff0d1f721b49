"""Amounts as written, with what may follow them.

```
amounts   = amount [cost] [lot]* [assertion] | assertion
amount    = [sign] commodity [sign] number | [sign] number [commodity]
cost      = ("@" | "@@" | "(@)" | "(@@)") amount
assertion = ("=" | "==") ["*"] amount [cost]
lot       = "{" amount "}" | "{{" amount "}}" | "[" date "]"      (read and ignored, as in hledger)
```
"""

from __future__ import annotations

import re

from custledger.core.numbers import NUMBER, NumberRefused, written_number
from custledger.parse.journal.lines import SPACE
from custledger.parse.journal.problems import Refused, found
from custledger.parse.journal.raw import RawAmount, RawAssertion, RawCost

#: What an unquoted commodity is made of. hledger 1.25 also lets `,`, brackets and odd blanks in, which newer
#: versions read as something else.
SIMPLE = rf"[^0-9+\-.,@*;\"{{}}=()\[\]\n{SPACE}]"
_EXPONENT = r"(?:[eE]([-+]?) *([0-9]+))?"

_AMOUNT = re.compile(
    rf"([-+]?)[{SPACE}]*"
    rf"(?:(\"[^\";\n]*\"|{SIMPLE}+)([{SPACE}]*)([-+]?)[{SPACE}]*({NUMBER.replace('NTH', '6')}){_EXPONENT}"
    rf"|({NUMBER.replace('NTH', '10')}){_EXPONENT}(?:([{SPACE}]*)(\"[^\";\n]*\"|{SIMPLE}+))?)"
)
_BLANK = re.compile(rf"[{SPACE}]*")
_COST = re.compile(rf"(?:(@@?)|\((@@?)\))[{SPACE}]*")
_ASSERTION = re.compile(rf"(==?)(\*?)[{SPACE}]*")
_LOT = re.compile(rf"(\{{\{{?)[{SPACE}]*=?[{SPACE}]*")
_LOT_DATE = re.compile(rf"\[[{SPACE}]*[0-9]+([-/.])[0-9]+(?:\1[0-9]+)?[{SPACE}]*\]")
_ODD_BLANKS = re.compile(r"[^ \t]")
_REST = re.compile(r"[^;]*")

Tail = tuple[RawAmount | None, RawCost | None, RawAssertion | None, int]


def scan_amount(line: str, position: int) -> RawAmount:
    """The amount at `position` (from 0).

    Raises:
        Refused: there is none, or its number is not one.
    """
    match = _AMOUNT.match(line, position)
    if match is None:
        raise _no_amount(line, position)
    sign, left, gap, sign_inner, number, _, exp_sign, exponent = match.group(1, 2, 3, 4, 5, 6, 7, 8)
    negative = sign == "-"
    commodity: str | None
    if left is not None:
        negative ^= sign_inner == "-"
        commodity, start = left, match.start(5)
        if gap and _ODD_BLANKS.search(gap):
            raise Refused("syntax", "odd-blank", match.start(3) + 1, match.end(3) + 1, code=f"U+{ord(gap[0]):04X}")
    else:
        number, exp_sign, exponent, gap, commodity = match.group(9, 11, 12, 13, 14)
        start = match.start(9)
    end = match.end()
    _after_number(line, start + len(number), position)
    try:
        written = written_number(number, f"{exp_sign}{exponent}" if exponent else "")
    except NumberRefused as refused:
        slug, variant = (
            ("too-many-digits", "absurd") if refused.reason == "too-long" else ("invalid-amount", "exponent")
        )
        raise Refused(slug, variant, start + 1, end + 1, found=found(line[start:end])) from None
    if commodity and commodity[0] == '"':
        commodity = commodity[1:-1]
    if end < len(line) and commodity is not None and left is None and line[end] > "\x7f" and line[end].isspace():
        raise Refused("syntax", "odd-blank", end + 1, end + 2, code=f"U+{ord(line[end]):04X}")
    return RawAmount(negative, written, commodity, left is not None, bool(gap), position + 1, end + 1)


def scan_tail(line: str, position: int) -> Tail:
    """What stands behind an account: amount, cost, assertion, and where the comment or the end is.

    Raises:
        Refused: something else stands there.
    """
    amount = cost = assertion = None
    size = len(line)
    char = line[position]
    if char not in "=;":
        amount = scan_amount(line, position)
        position = _skip(line, amount.end - 1)
        if position < size and line[position] in "@({[":
            cost, position = _scan_cost_and_lots(line, position)
    if position < size and line[position] == "=":
        assertion, position = _scan_assertion(line, position)
    if position < size and line[position] != ";":
        raise _unexpected(line, position)
    return amount, cost, assertion, position


def _scan_cost(line: str, match: re.Match[str]) -> RawCost:
    amount = scan_amount(line, match.end())
    return RawCost((match[1] or match[2]) == "@@", amount, match.start() + 1, amount.end)


def _scan_cost_and_lots(line: str, position: int) -> tuple[RawCost | None, int]:
    cost: RawCost | None = None
    seen: set[str] = set()
    while position < len(line) and line[position] in "@({[":
        match = _COST.match(line, position)
        kind = "@" if match else line[position]
        if kind in seen or kind == "(":
            raise _unexpected(line, position)
        seen.add(kind)
        if match:
            cost = _scan_cost(line, match)
            position = cost.end - 1
        elif kind == "{":
            position = _scan_lot(line, position)
        else:
            dated = _LOT_DATE.match(line, position)
            if not dated:
                raise _unexpected(line, position)
            position = dated.end()
        position = _skip(line, position)
    return cost, position


def _scan_lot(line: str, position: int) -> int:
    opening = _LOT.match(line, position)
    if not opening:  # pragma: no cover - the caller has seen the brace
        raise _unexpected(line, position)
    closing = "}" * len(opening[1])
    end = _skip(line, scan_amount(line, opening.end()).end - 1)
    if not line.startswith(closing, end):
        raise _unexpected(line, end)
    return end + len(closing)


def _scan_assertion(line: str, position: int) -> tuple[RawAssertion, int]:
    match = _ASSERTION.match(line, position)
    if not match:  # pragma: no cover - the caller has seen the mark
        raise _unexpected(line, position)
    amount = scan_amount(line, match.end())
    end, cost = amount.end, None
    after = _skip(line, end - 1)
    priced = _COST.match(line, after)
    if priced:
        cost = _scan_cost(line, priced)
        end = cost.end
        after = _skip(line, end - 1)
    found_assertion = RawAssertion(amount, cost, match[1] == "==", bool(match[2]), position + 1, end)
    return found_assertion, after


def _skip(line: str, position: int) -> int:
    if position < len(line) and line[position] not in " \t" and line[position] <= "\x7f":
        return position
    match = _BLANK.match(line, position)
    return match.end() if match else position


def _after_number(line: str, end: int, start: int) -> None:
    """Nothing may stick to a number that would make it another one."""
    if end >= len(line):
        return
    if line[end] in ".,":
        raise Refused("invalid-amount", "marks", start + 1, end + 2, found=found(line[start : end + 1]))
    if line[end] == " " and line[end + 1 : end + 2].isascii() and line[end + 1 : end + 2].isdigit():
        raise Refused("invalid-amount", "digits", start + 1, end + 3, found=found(line[start : end + 2]))


def _no_amount(line: str, position: int) -> Refused:
    rest = _rest(line, position)
    if not rest:
        return Refused("invalid-amount", "missing", position + 1, position + 1)
    if rest[0] == "(":
        return Refused("unsupported", "value-expression", position + 1, position + 1 + len(rest), found=found(rest))
    return Refused("invalid-amount", "", position + 1, position + 1 + len(rest), found=found(rest))


def _unexpected(line: str, position: int) -> Refused:
    rest = _rest(line, position)
    if rest.startswith("("):
        return Refused("unsupported", "lot-note", position + 1, position + 1 + len(rest), found=found(rest))
    return Refused("syntax", "after-amount", position + 1, position + 1 + len(rest), found=found(rest))


def _rest(line: str, position: int) -> str:
    match = _REST.match(line, position)
    return match[0].rstrip() if match else ""
