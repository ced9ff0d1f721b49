"""Directives and rules as written.

What `RawDirective.args` holds, by `kind`:
`include` path, column, end · `account` name · `commodity` symbol, amount or None · `decimal-mark` mark ·
`payee` name · `tag` name · `alias` old, new, is it a regular expression · `apply-account` name ·
`end-apply-account` · `end-aliases` · `default` amount · `year` number ·
`price` date, commodity, amount · `rule` accounts, amounts · `ignored`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custledger.parse.journal.amounts import SIMPLE, scan_amount
from custledger.parse.journal.comments import CommentLines
from custledger.parse.journal.dates import scan_date
from custledger.parse.journal.lines import SPACE
from custledger.parse.journal.problems import Refused, found

if TYPE_CHECKING:
    from collections.abc import Callable


_NAME = re.compile(rf"[^{SPACE}]+(?:[{SPACE}][^{SPACE}]+)*")
_ARGUMENT = re.compile(rf"[{SPACE}]+")
_BLANK = re.compile(rf"[{SPACE}]*")
_SYMBOL = re.compile(rf"\"([^\";\n]*)\"|({SIMPLE}+)")
_YEAR = re.compile(rf"[{SPACE}]*([0-9]{{4,6}})(?![0-9])")
_REGEX = re.compile(rf"/([^/]+)/[{SPACE}]*=[{SPACE}]*(.*)")
_TIME = re.compile(rf"[{SPACE}]+([0-9][0-9]):([0-9][0-9])(?::([0-9][0-9]))?(?:[-+][0-9]{{4}})?(?=[{SPACE}])")
_COMMENT_START = re.compile(rf"[{SPACE}]*[;#*]|[{SPACE}]*$")

Args = tuple[object, ...]
#: From the line and where its argument begins to args, and where a comment may begin (or the line's end).
Reader = tuple[Args, int]


def _argument(line: str, position: int, what: str) -> int:
    """Where the argument begins; blanks must stand before it."""
    match = _ARGUMENT.match(line, position)
    if match is None or match.end() == len(line):
        end = max(len(line), position)
        raise Refused("syntax", "argument", 1, end + 1, directive=what)
    return match.end()


def _nothing_more(line: str, position: int) -> None:
    """Only a comment may follow, as on a line of its own."""
    if not _COMMENT_START.match(line, position):
        raise _trailing(line, position)


def _trailing(line: str, position: int) -> Refused:
    text = line[position:].strip()
    begin = line.index(text, position) if text else position
    return Refused("syntax", "trailing", begin + 1, begin + 1 + len(text), found=found(text))


def _include(line: str, position: int) -> Reader:
    start = _argument(line, position, "include")
    path = line[start:].rstrip()
    return (path, start + 1, start + 1 + len(path)), len(line)


def _account(line: str, position: int) -> Reader:
    start = _argument(line, position, "account")
    match = _NAME.match(line, start)
    if match is None or line[start] in "([":
        raise Refused("syntax", "account-brackets", start + 1, len(line) + 1)
    return (_single_spaced(match[0]), start + 1, match.end() + 1), match.end()


def _commodity(line: str, position: int) -> Reader:
    start = _argument(line, position, "commodity")
    symbol = _SYMBOL.match(line, start)
    if symbol is not None:
        after = _skip(line, symbol.end())
        if after == len(line) or line[after] == ";":
            return (symbol[1] if symbol[1] is not None else symbol[2], None), after
    amount = scan_amount(line, start)
    if not amount.number.mark:
        _needs_mark(line, amount.column, amount.end, "commodity")
    return (amount.commodity, amount), amount.end - 1


def _needs_mark(line: str, column: int, end: int, directive: str) -> None:
    raise Refused("syntax", "decimal-mark", column, end, directive=directive, found=found(line[column - 1 : end - 1]))


def commodity_format(line: str, position: int) -> Reader:
    """`format AMOUNT` below a `commodity`."""
    start = _argument(line, position, "format")
    amount = scan_amount(line, start)
    if not amount.number.mark:
        _needs_mark(line, amount.column, amount.end, "format")
    return (amount.commodity, amount), amount.end - 1


def _decimal_mark(line: str, position: int) -> Reader:
    start = _argument(line, position, "decimal-mark")
    if line[start] not in ".,":
        raise Refused("syntax", "mark", start + 1, len(line) + 1, found=found(line[start:]))
    return (line[start],), len(line)


def _payee(line: str, position: int) -> Reader:
    start = _argument(line, position, "payee")
    stop = line.find(";", start)
    stop = len(line) if stop < 0 else stop
    name = line[start:stop].strip()
    if not name:
        raise Refused("syntax", "argument", 1, len(line) + 1, directive="payee")
    return (name,), stop


def _tag(line: str, position: int) -> Reader:
    start = _argument(line, position, "tag")
    match = re.compile(rf"[^{SPACE}]+").match(line, start)
    name = match[0] if match else ""
    return (name,), len(line)


def _alias(line: str, position: int) -> Reader:
    start = _argument(line, position, "alias")
    if line[start] == "/":
        match = _REGEX.match(line, start)
        if match is None:
            raise Refused("syntax", "alias", start + 1, len(line) + 1, found=found(line[start:]))
        return (match[1], match[2], True, start + 1, start + 3 + len(match[1])), len(line)
    old, equals, new = line[start:].partition("=")
    if not equals or not old.strip():
        raise Refused("syntax", "alias", start + 1, len(line) + 1, found=found(line[start:]))
    return (old.rstrip(), new.strip(), False, start + 1, len(line) + 1), len(line)


def _apply(line: str, position: int) -> Reader:
    start = _argument(line, position, "apply")
    if not line.startswith("account", start):
        raise Refused("unsupported", "", 1, len(line) + 1, construct=found(line))
    start = _argument(line, start + 7, "apply account")
    match = _NAME.match(line, start)
    if match is None or match.end() != len(line):
        raise _trailing(line, match.end() if match else start)
    return (_single_spaced(match[0]),), len(line)


def _default(line: str, position: int) -> Reader:
    start = _argument(line, position, "D")
    amount = scan_amount(line, start)
    if not amount.number.mark:
        _needs_mark(line, amount.column, amount.end, "D")
    return (amount,), len(line)


def _year(line: str, position: int) -> Reader:
    match = _YEAR.match(line, position)
    if match is None or not 1 <= int(match[1]) <= 9999:  # noqa: PLR2004 - the years that dates can have
        raise Refused("syntax", "year", position + 1, len(line) + 1, found=found(line[position:]))
    _nothing_more(line, match.end())
    return (int(match[1]),), len(line)


def _price(line: str, position: int) -> Reader:
    start = _skip(line, position)
    date = scan_date(line, start)
    after = date.end - 1
    time = _TIME.match(line, after)
    if time and int(time[1]) < 24 and int(time[2]) < 60 and int(time[3] or 0) < 60:  # noqa: PLR2004 - of a clock
        after = time.end()
    after = _argument(line, after, "P")
    symbol = _SYMBOL.match(line, after)
    if symbol is None:
        raise Refused("syntax", "price", after + 1, len(line) + 1, found=found(line[after:]))
    amount = scan_amount(line, _skip(line, symbol.end()))
    return (date, symbol[1] if symbol[1] is not None else symbol[2], amount), len(line)


def _ignored(line: str, position: int) -> Reader:
    _argument(line, position, line[:position].lstrip("!@"))
    return (), len(line)


_END = re.compile(rf"end(?:[{SPACE}]+(?:apply[{SPACE}]+account|aliases|tag|comment))")


def _end(line: str, position: int) -> Reader:
    begin = position - 3
    match = _END.match(line, begin)
    if match is None or match[0].endswith("comment"):
        raise Refused("syntax", "end", begin + 1, len(line) + 1, found=found(line))
    _nothing_more(line, match.end())
    return (), len(line)


_READERS: dict[str, tuple[str, Callable[[str, int], Reader]]] = {
    "include": ("include", _include),
    "account": ("account", _account),
    "commodity": ("commodity", _commodity),
    "decimal-mark": ("decimal-mark", _decimal_mark),
    "payee": ("payee", _payee),
    "tag": ("tag", _tag),
    "alias": ("alias", _alias),
    "apply": ("apply-account", _apply),
    "D": ("default", _default),
    "year": ("year", _year),
    "Y": ("year", _year),
    "P": ("price", _price),
    "C": ("ignored", _ignored),
    "N": ("ignored", _ignored),
    "end": ("end", _end),
}
_WORD = re.compile(r"([!@]?)(decimal-mark|[A-Za-z]+)")

#: Words of hledger's newer versions, of Ledger's and of related formats that hledger 1.25 refuses too.
_FOREIGN = frozenset(
    "A assert bucket capture check define def eval expr python value test import fixed endfixed tagging "
    "i o b h I O open close option plugin poptag pushtag query custom balance pad note event document --".split()
)


def read_directive(line: str) -> tuple[str, Args, int]:
    """The kind of the directive on a line, its args, and where a comment may begin.

    Raises:
        Refused: it is none that we know, or is not written as it must be.
    """
    match = _WORD.match(line)
    word = match[2] if match else ""
    end = match.end() if match else 0
    if word not in _READERS and word[:1] == "Y":
        word, end = "Y", (match.start(2) if match else 0) + 1
    if word not in _READERS or (word == "P" and match and match[1]):
        raise _unknown(line, word)
    kind, reader = _READERS[word]
    args, after = reader(line, end)
    if kind == "end":
        kind = "end-aliases" if "aliases" in line else "end-apply-account" if "account" in line else "ignored"
    return kind, args, after


def _unknown(line: str, word: str) -> Refused:
    if word in _FOREIGN or line.startswith("--"):
        return Refused("unsupported", "", 1, len(line) + 1, construct=word or found(line))
    return Refused("syntax", "entry", 1, len(line.rstrip()) + 1, found=found(line))


def trailing_comment(line: str, number: int, position: int) -> CommentLines:
    """The comment that may stand behind a directive.

    Raises:
        Refused: something else stands there.
    """
    comment = CommentLines(posting=False)
    start = _skip(line, position)
    if start < len(line):
        if line[start] != ";":
            raise _trailing(line, start)
        comment.add(line, number, start, own=False)
    return comment


def _skip(line: str, position: int) -> int:
    match = _BLANK.match(line, position)
    return match.end() if match else position


def _single_spaced(name: str) -> str:
    return " ".join(name.split())
