"""Which of a customer's open numbers a text mentions, and where.

Text from banks is full of numbers: ours, theirs, amounts, dates, telephone numbers. Only what is a whole number of
this customer, or an unmistakable shortening of one, is taken:

- whole: `INV-2026-0012`, `inv20260012`, `ＩＮＶ－２０２６－００１２`, never `INV-1` inside `INV-10`;
- completed: what follows a number in a list, its beginning left out: `INV2026-0012、0013`, `0012/13`;
- ranges: `0012-0015`, `10021-10024`, between two numbers of one series;
- last digits (at least 4) that only one open number ends with.

Source: behaviour of bookkeepers reading remittance texts; the traps are those of engine.md §3.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

WHOLE = "whole"
SHORT = "short"
DIGITS_MIN = 4
"""Fewer last digits than this decide nothing on their own."""
_WHOLE_MIN = 3
_JOIN_MAX = 8
_RANGE_MAX = 100

_TOKEN = re.compile(r"[a-z]+|[0-9]+|[^\W\d_a-z]")
_JOIN = re.compile(r"[-_/.# ]?")
_LIST = re.compile(r"\s*(?:[、,;/&+\s]|和|及|与|and|-|~|至|到)\s*")
_RANGE = re.compile(r"\s*(?:-{1,2}|~|–|—|至|到|to)\s*")
_LIST_WORDS = frozenset({"和", "及", "与", "and"})
_RANGE_WORDS = frozenset({"至", "到", "to"})
_NUMBER_WORDS = frozenset({"no", "nr", "num", "invoice", "inv", "bill", "号", "单", "票", "款", "货", "付", "第", "#"})
_AMOUNT_AFTER = re.compile(r"\s*(?:元|圆|块|cny|rmb|usd|eur|万|%|％)|\.\d{1,2}(?!\d)|,\d{3}(?!\d)")
_AMOUNT_BEFORE = re.compile(r"(?:[¥$€£]|cny|rmb|usd|eur|\d,|\d\.)\s*$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE_AFTER = re.compile(r"\s*(?:年|月|日)|[-/.](?:0?[1-9]|1[0-2])[-/.]\d{1,2}(?!\d)")
_DATE_BEFORE = re.compile(r"(?:19|20)\d\d[-/.年](?:\d{1,2}[-/.月])?$")
_PHONE = re.compile(r"1[3-9]\d{9}")


class Mention(NamedTuple):
    """`charges` (keys) are what one mention means; `start`:`end` is where it stands in the text as written."""

    charges: tuple[str, ...]
    form: str
    """`whole` or `short`; short ones decide only where the amounts agree exactly."""
    start: int
    end: int


class _Token(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def digits(self) -> bool:
        return self.text.isdecimal()


def _folded(text: str) -> tuple[str, list[int]]:
    """`text` in NFKC and without case, and for each of its characters the place in `text` that it came from."""
    out: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for made in unicodedata.normalize("NFKC", char).casefold():
            out.append(made if made not in "‐‑‒–—−" else "-")
            places.append(place)
    return "".join(out), [*places, len(text)]


def _tokens(folded: str) -> list[_Token]:
    return [_Token(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(folded)]


def canonical(number: str) -> str:
    """A number without its separators, case and width: what two spellings of one number share."""
    return "".join(token.text for token in _tokens(_folded(number)[0]))


@dataclass(slots=True)
class Numbers:
    """The numbers that may be mentioned: canonical spelling to the keys of the charges that it means."""

    whole: dict[str, dict[str, None]] = field(default_factory=dict)
    prefixes: dict[str, None] = field(default_factory=dict)
    """The letters that the numbers begin with."""
    _tails: dict[str, dict[str, None]] | None = None

    def add(self, number: str, charge: str) -> None:
        """Let `number` (an invoice's, or an order's, contract's, delivery's) mean `charge`."""
        spelt = canonical(number)
        if spelt and any(char.isdecimal() for char in spelt):
            self.whole.setdefault(spelt, {})[charge] = None
            self.know(spelt)
            self._tails = None

    def know(self, spelt: str) -> None:
        """Take note of the letters that a canonical number begins with."""
        letters = re.match(r"[a-z]{2,}(?=[0-9])", spelt)
        if letters:
            self.prefixes[letters.group()] = None

    def tails(self) -> Mapping[str, dict[str, None]]:
        """Last digits (DIGITS_MIN and more) to the canonical numbers that end with them."""
        if self._tails is None:
            found: dict[str, dict[str, None]] = {}
            for spelt in self.whole:
                digits = re.search(r"[0-9]+$", spelt)
                run = digits.group() if digits else ""
                for length in range(DIGITS_MIN, len(run) + 1):
                    found.setdefault(run[-length:], {})[spelt] = None
            self._tails = found
        return self._tails

    @classmethod
    def of(cls, names: Iterable[tuple[str, str]]) -> Numbers:
        """From (number, charge key) pairs."""
        numbers = cls()
        for number, charge in names:
            numbers.add(number, charge)
        return numbers


class _Hit(NamedTuple):
    spelt: tuple[str, ...]
    form: str
    first: int
    """Index of the first token."""
    last: int


def mentions(text: str, numbers: Numbers, *, whole_only: bool = False) -> list[Mention]:
    """The open numbers that `text` mentions, in order of place; each stretch of text is used once.

    `whole_only` is for a transaction's code, where nothing is shortened.
    """
    if not numbers.whole or not any(char.isdecimal() for char in text):
        return []
    folded, places = _folded(text)
    tokens = _tokens(folded)
    hits = list(_hits(folded, tokens, numbers, whole_only=whole_only))
    return [
        Mention(
            tuple(dict.fromkeys(key for spelt in hit.spelt for key in numbers.whole[spelt])),
            hit.form,
            places[tokens[hit.first].start],
            places[tokens[hit.last].end - 1] + 1,
        )
        for hit in hits
    ]


def stranger(text: str, numbers: Numbers, found: Sequence[Mention]) -> bool:
    """Whether `text` has a number that looks like ours and is none of these: what arithmetic must not overrule."""
    if not numbers.prefixes:
        return False
    folded, places = _folded(text)
    tokens = _tokens(folded)
    for token, following in pairwise(tokens):
        if token.text in numbers.prefixes and following.digits and _JOIN.fullmatch(folded, token.end, following.start):
            start, end = places[token.start], places[following.end - 1] + 1
            if not any(hit.start < end and start < hit.end for hit in found):
                return True
    return False


def endings(text: str) -> frozenset[str]:
    """The last two digits of every number in `text`: a new number that ends otherwise is not mentioned in it."""
    return frozenset(token.text[-2:] for token in _tokens(_folded(text)[0]) if token.digits)


def _hits(folded: str, tokens: Sequence[_Token], numbers: Numbers, *, whole_only: bool) -> Iterator[_Hit]:
    place = 0
    before: _Hit | None = None
    while place < len(tokens):
        hit = _whole(folded, tokens, place, numbers)
        if hit is None and not whole_only:
            hit = _completed(folded, tokens, place, numbers, before) or _last_digits(folded, tokens, place, numbers)
        if hit is None:
            place += 1
            continue
        wide = None if whole_only else _range(folded, tokens, hit, numbers)
        before = wide or hit
        yield before
        place = before.last + 1


def _whole(folded: str, tokens: Sequence[_Token], place: int, numbers: Numbers) -> _Hit | None:
    """The longest run of joined tokens from `place` that spells a number in full."""
    if place and tokens[place - 1].end == tokens[place].start and _sticks(tokens[place - 1], tokens[place]):
        return None
    spelt = ""
    found: _Hit | None = None
    for last in range(place, min(place + _JOIN_MAX, len(tokens))):
        if last > place and not _JOIN.fullmatch(folded, tokens[last - 1].end, tokens[last].start):
            break
        spelt += tokens[last].text
        ends = (
            last + 1 == len(tokens)
            or tokens[last + 1].start > tokens[last].end
            or not _sticks(tokens[last], tokens[last + 1])
        )
        if spelt in numbers.whole and ends and _strong(folded, tokens, place, last, spelt):
            found = _Hit((spelt,), WHOLE, place, last)
    return found


def _sticks(left: _Token, right: _Token) -> bool:
    """Whether two tokens without anything between read as one word: letters and digits do, Chinese does not."""
    return left.text.isascii() and right.text.isascii()


def _strong(folded: str, tokens: Sequence[_Token], first: int, last: int, spelt: str) -> bool:
    """Whether a spelling is enough to be a reference: digits alone may be an amount or a date."""
    if not spelt.isdecimal():
        return tokens[last].end - tokens[first].start >= _WHOLE_MIN
    return len(spelt) >= DIGITS_MIN and not _other_number(folded, tokens[first].start, tokens[last].end, spelt)


def _other_number(folded: str, start: int, end: int, digits: str) -> bool:
    """Whether digits are an amount, a date, a year or a telephone number."""
    return bool(
        _AMOUNT_AFTER.match(folded, end)
        or _AMOUNT_BEFORE.search(folded[:start])
        or _DATE_AFTER.match(folded, end)
        or _DATE_BEFORE.search(folded[:start])
        or _YEAR.fullmatch(digits)
        or _PHONE.fullmatch(digits)
        or _is_date(digits)
    )


def _is_date(digits: str) -> bool:
    if len(digits) not in {6, 8} or (len(digits) == 8 and not _YEAR.match(digits)):  # noqa: PLR2004 - YYYYMMDD, YYYYMM
        return False
    if len(digits) == 6:  # noqa: PLR2004
        return bool(_YEAR.match(digits)) and 1 <= int(digits[4:]) <= 12  # noqa: PLR2004
    return 1 <= int(digits[4:6]) <= 12 and 1 <= int(digits[6:]) <= 31  # noqa: PLR2004


def _completed(folded: str, tokens: Sequence[_Token], place: int, numbers: Numbers, before: _Hit | None) -> _Hit | None:
    """Digits in a list behind a number, its beginning left out: the number with its last digits replaced."""
    token = tokens[place]
    if before is None or not token.digits:
        return None
    word = place - 1 > before.last and tokens[place - 1].text in _LIST_WORDS
    if before.last != place - (2 if word else 1):
        return None
    if not _LIST.fullmatch(folded, tokens[before.last].end, token.start):
        return None
    if place + 1 < len(tokens) and tokens[place + 1].start == token.end and _sticks(token, tokens[place + 1]):
        return None
    if _AMOUNT_AFTER.match(folded, token.end) or _DATE_AFTER.match(folded, token.end):
        return None
    base = before.spelt[-1]
    spelt = base[: -len(token.text)] + token.text if len(token.text) < len(base) else ""
    if spelt not in numbers.whole or spelt in before.spelt:
        return None
    replaced = base[len(base) - len(token.text) :]
    form = before.form if len(token.text) >= DIGITS_MIN and replaced.isdecimal() else SHORT
    return _Hit((spelt,), form, place, place) if replaced.isdecimal() else None


def _last_digits(folded: str, tokens: Sequence[_Token], place: int, numbers: Numbers) -> _Hit | None:
    """Digits that exactly one open number ends with, where nothing says that they are another number."""
    token = tokens[place]
    if not token.digits or len(token.text) < DIGITS_MIN or _other_number(folded, token.start, token.end, token.text):
        return None
    if place + 1 < len(tokens) and tokens[place + 1].start == token.end and _sticks(token, tokens[place + 1]):
        return None
    ending = numbers.tails().get(token.text, {})
    if len(ending) != 1:
        return None
    (spelt,) = ending
    first = place
    joined = ""
    while first and _JOIN.fullmatch(folded, tokens[first - 1].end, tokens[first].start):
        previous = tokens[first - 1]
        gap = folded[previous.end : tokens[first].start]
        if not previous.text.isascii() or (gap == " " and not previous.digits):
            break
        if previous.digits and gap == " ":
            break
        first -= 1
        joined = previous.text + joined
    if joined and joined not in _NUMBER_WORDS and not _within(spelt, joined, token.text):
        return None
    return _Hit((spelt,), SHORT, first if joined not in _NUMBER_WORDS else place, place)


def _within(spelt: str, joined: str, tail: str) -> bool:
    """Whether what stands before the last digits is the number's own beginning, with something left out."""
    return bool(joined) and spelt.startswith(joined) and len(joined) + len(tail) <= len(spelt)


def _range(folded: str, tokens: Sequence[_Token], hit: _Hit, numbers: Numbers) -> _Hit | None:
    """`0012-0015`: from a number to another of its series, with every open one between."""
    after = hit.last + 1
    if after < len(tokens) and tokens[after].text in _RANGE_WORDS:
        after += 1
    if after >= len(tokens) or len(hit.spelt) != 1:
        return None
    if not _RANGE.fullmatch(folded, tokens[hit.last].end, tokens[after].start):
        return None
    base = hit.spelt[0]
    far = _whole(folded, tokens, after, numbers)
    if far is not None:
        end, last = far.spelt[0], far.last
    elif tokens[after].digits and len(tokens[after].text) < len(base):
        end, last = base[: -len(tokens[after].text)] + tokens[after].text, after
    elif tokens[after].digits and len(tokens[after].text) == len(base):
        end, last = tokens[after].text, after
    else:
        return None
    return _series(base, end, hit, last, numbers)


def _series(base: str, end: str, hit: _Hit, last: int, numbers: Numbers) -> _Hit | None:
    if end not in numbers.whole or len(end) != len(base):
        return None
    left, right = re.search(r"[0-9]+$", base), re.search(r"[0-9]+$", end)
    if left is None or right is None or base[: left.start()] != end[: right.start()]:
        return None
    low, high = int(left.group()), int(right.group())
    if not low < high <= low + _RANGE_MAX:
        return None
    prefix, width = base[: left.start()], len(left.group())
    spelt = tuple(s for n in range(low, high + 1) if (s := f"{prefix}{n:0{width}d}") in numbers.whole)
    return _Hit(spelt, hit.form, hit.first, last)
