"""Which of a customer's open numbers a text mentions, and where.

Text from banks is full of numbers: ours, theirs, amounts, dates, telephone numbers. Only what is a whole number of
this customer, or an unmistakable shortening of one, is taken:

- whole: `INV-2026-0012`, `inv20260012`, `ＩＮＶ－２０２６－００１２`, never `INV-1` inside `INV-10`;
- completed: what follows a number in a list, its beginning left out: `INV2026-0012、0013`, `0012/13`;
- ranges: `0012-0015`, `10021-10024`, between two numbers of one series;
- all its digits (at least 6) without its letters: `2026-0012`, `INV. 000123`;
- last digits (at least 4) that only one open number ends with.

Source: behaviour of bookkeepers reading remittance texts; the traps are those of engine.md §3.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from custledger.core.frozen import field, mutable
from custledger.reconcile.words import canonical, ending, joined, parsed, sticks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from custledger.reconcile.words import Token

WHOLE = "whole"
SHORT = "short"
DIGITS_MIN = 4
"""Fewer last digits than this decide nothing on their own."""
BARE_MIN = 6
"""Fewer digits than this are not a whole number whose letters are left out."""
WHOLE_MIN = 3
LETTERS_MIN = 2
"""Fewer letters than this before its digits are no beginning that tells our numbers from others."""
STEM = 3
"""How many last digits differ within a series of numbers that are digits alone."""
STEM_MIN = 5
_JOIN_MAX = 8
_RANGE_MAX = 100

_LIST = re.compile(r"\s*(?:[、,;/&+\s]|和|及|与|and|-|~|至|到)\s*")
_RANGE = re.compile(r"\s*(?:-{1,2}|~|–|—|至|到|to)\s*")
_LIST_WORDS = frozenset({"和", "及", "与", "and"})
_RANGE_WORDS = frozenset({"至", "到", "to"})
_NUMBER_WORDS = frozenset({"no", "nr", "num", "invoice", "inv", "bill", "号", "单", "票", "款", "货", "付", "第", "#"})
_AMOUNT_AFTER = re.compile(r"\s*(?:元|圆|块|万|%|％)|\s*(?:cny|rmb|usd|eur)(?!\s*\d)|\.\d{1,2}(?!\d)|,\d{3}(?!\d)")
_AMOUNT_BEFORE = re.compile(r"(?:[¥$€£]|cny|rmb|usd|eur)\s*$|\d\.$")
_LABEL_BEFORE = re.compile(
    r"(?:(?:回单|流水|凭证|交易|批次|电话|手机|传真)(?:号码?)?|[卡账帐尾]号"
    r"|(?<![a-z])(?:tel|phone|fax|batch|slip|receipt))[.:# ]*$"
)
"""Numbers of banks, cards and telephones."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE_AFTER = re.compile(r"\s*(?:年|月|日)|[-/.](?:0?[1-9]|1[0-2])[-/.]\d{1,2}(?!\d)")
_DATE_BEFORE = re.compile(r"(?<!\d)(?:19|20)\d\d[-/.年](?:\d{1,2}[-/.月])?$")
_DECIMAL = re.compile(r"\d+\.\d{1,2}")
_NO_DATE = re.compile(r"\d{4}[-_/.#]\d{4}")
"""`2025-0731` without its letters: digits that would be a date, as nobody writes one."""
_PHONE = re.compile(r"1[3-9]\d{9}")


class Mention(NamedTuple):
    """`charges` (keys) are what one mention means; `start`:`end` is where it stands in the text as written."""

    charges: tuple[str, ...]
    form: str
    """`whole` or `short`; short ones decide only where the amounts agree exactly."""
    start: int
    end: int


@mutable
class Numbers:
    """The numbers that may be mentioned: canonical spelling to the keys of the charges that it means."""

    whole: dict[str, dict[str, None]] = field(default_factory=dict)
    prefixes: dict[str, None] = field(default_factory=dict)
    """The letters that the numbers begin with."""
    bare: dict[str, dict[str, None]] = field(default_factory=dict)
    """The digits of numbers that begin with letters, to these numbers."""
    stems: dict[tuple[int, str], None] = field(default_factory=dict)
    """Length and beginning, all but the last three digits, of numbers that are digits alone."""
    starts: set[str] = field(default_factory=set)
    """What any spelling of a number begins with."""
    endings: set[str] = field(default_factory=set)
    """A text that mentions any of them has one of these among its `words.endings`."""
    _tails: dict[int, dict[str, str]] = field(default_factory=dict)
    """By how many: last digits to the one number that ends with them, or to nothing where several do."""

    def add(self, number: str, charge: str) -> None:
        """Let `number` (an invoice's, or an order's, contract's, delivery's) mean `charge`."""
        spelt = canonical(number)
        self.learn(spelt, ending(spelt), charge)

    def learn(self, spelt: str, ends: Sequence[str], charge: str) -> None:
        """Let a number mean `charge`: `spelt` is its `canonical`, `ends` its `ending`. Without digits it means none."""
        meant = self.whole.get(spelt)
        if meant is not None:
            meant[charge] = None
            return
        if not ends:
            return
        self.whole[spelt] = {charge: None}
        self.endings.update(ends)
        for length, tails in self._tails.items():
            _add_tail(tails, length, spelt)
        self.starts.add(spelt[0])
        digits = self.know(spelt)
        if digits.isdecimal() and digits != spelt and len(digits) >= BARE_MIN:
            self.bare.setdefault(digits, {})[spelt] = None
            self.starts.add(digits[0])
        elif digits == spelt and len(spelt) >= STEM_MIN:
            self.stems[len(spelt), spelt[:-STEM]] = None

    def know(self, spelt: str) -> str:
        """Take note of the letters that a canonical number begins with; what follows them."""
        rest = spelt.lstrip("abcdefghijklmnopqrstuvwxyz")
        letters = spelt[: len(spelt) - len(rest)]
        if len(letters) >= LETTERS_MIN and letters not in self.prefixes and rest[:1].isdecimal():
            self.prefixes[letters] = None
        return rest

    def ending(self, digits: str) -> str:
        """The one number whose last run of digits ends with these; nothing where none does, or several do."""
        tails = self._tails.get(len(digits))
        if tails is None:
            tails = self._tails[len(digits)] = {}
            for spelt in self.whole:
                _add_tail(tails, len(digits), spelt)
        return tails.get(digits, "")

    @property
    def shapes(self) -> int:
        """How many beginnings and stems there are: with each, more texts have numbers that look like these."""
        return len(self.prefixes) + len(self.stems)

    @classmethod
    def of(cls, names: Iterable[tuple[str, str]]) -> Numbers:
        """From (number, charge key) pairs."""
        numbers = cls()
        for number, charge in names:
            numbers.add(number, charge)
        return numbers


def _add_tail(tails: dict[str, str], length: int, spelt: str) -> None:
    """Take note of the last so many digits of a number, if it ends with as many."""
    tail = spelt[-length:]
    if len(tail) == length and tail.isdecimal():
        tails[tail] = "" if tail in tails else spelt


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
    if not numbers.whole:
        return []
    folded, places, tokens = parsed(text)
    return [
        Mention(
            _meant(hit, numbers),
            hit.form,
            places[tokens[hit.first].start],
            places[tokens[hit.last].end - 1] + 1,
        )
        for hit in _hits(folded, tokens, numbers, whole_only=whole_only)
    ]


def _meant(hit: _Hit, numbers: Numbers) -> tuple[str, ...]:
    if len(hit.spelt) == 1:
        return tuple(numbers.whole[hit.spelt[0]])
    return tuple(dict.fromkeys(key for spelt in hit.spelt for key in numbers.whole[spelt]))


def _hits(folded: str, tokens: Sequence[Token], numbers: Numbers, *, whole_only: bool) -> Iterator[_Hit]:
    place, count = 0, len(tokens)
    before: _Hit | None = None
    starts = numbers.starts
    while place < count:
        first = tokens[place].text[0]
        hit = _whole(folded, tokens, place, numbers) if first in starts else None
        if hit is None and not whole_only and first.isdecimal():
            hit = _completed(folded, tokens, place, numbers, before) or _last_digits(folded, tokens, place, numbers)
        if hit is None:
            place += 1
            continue
        wide = None if whole_only else _range(folded, tokens, hit, numbers)
        before = wide or hit
        yield before
        place = before.last + 1


def _whole(folded: str, tokens: Sequence[Token], place: int, numbers: Numbers) -> _Hit | None:
    """The longest run of joined tokens from `place` that spells a number in full."""
    if tokens[place].text[0] not in numbers.starts:
        return None
    if place and tokens[place - 1].end == tokens[place].start and sticks(tokens[place - 1], tokens[place]):
        return None
    spelt = ""
    found: _Hit | None = None
    for last in range(place, min(place + _JOIN_MAX, len(tokens))):
        if last > place and not joined(folded, tokens[last - 1].end, tokens[last].start):
            break
        spelt += tokens[last].text
        if spelt not in numbers.whole and spelt not in numbers.bare:
            continue
        ends = (
            last + 1 == len(tokens)
            or tokens[last + 1].start > tokens[last].end
            or not sticks(tokens[last], tokens[last + 1])
        )
        if not ends:
            continue
        meant = (spelt,) if spelt in numbers.whole else tuple(numbers.bare[spelt])
        if len(meant) == 1 and _strong(folded, tokens, place, last, spelt):
            found = _Hit(meant, WHOLE, place, last)
    return found


def _strong(folded: str, tokens: Sequence[Token], first: int, last: int, spelt: str) -> bool:
    """Whether a spelling is enough to be a reference: digits alone may be an amount or a date."""
    if not spelt.isdecimal():
        return tokens[last].end - tokens[first].start >= WHOLE_MIN
    start, end = tokens[first].start, tokens[last].end
    if _DECIMAL.fullmatch(folded, start, end):
        return False
    digits = folded[start:end] if _NO_DATE.fullmatch(folded, start, end) else spelt
    return len(spelt) >= DIGITS_MIN and not other_number(folded, start, end, digits)


def other_number(folded: str, start: int, end: int, digits: str) -> bool:
    """Whether digits are an amount, a date, a year, a telephone number, or what the word before them says."""
    return bool(
        _AMOUNT_AFTER.match(folded, end)
        or _AMOUNT_BEFORE.search(folded[:start])
        or _LABEL_BEFORE.search(folded[:start])
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


def _completed(folded: str, tokens: Sequence[Token], place: int, numbers: Numbers, before: _Hit | None) -> _Hit | None:
    """Digits in a list behind a number, its beginning left out: the number with its last digits replaced."""
    token = tokens[place]
    if before is None or not token.digits:
        return None
    word = place - 1 > before.last and tokens[place - 1].text in _LIST_WORDS
    if before.last != place - (2 if word else 1):
        return None
    if not _LIST.fullmatch(folded, tokens[before.last].end, token.start):
        return None
    if place + 1 < len(tokens) and tokens[place + 1].start == token.end and sticks(token, tokens[place + 1]):
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


def _last_digits(folded: str, tokens: Sequence[Token], place: int, numbers: Numbers) -> _Hit | None:
    """Digits that exactly one open number ends with, where nothing says that they are another number."""
    token = tokens[place]
    if not token.digits or len(token.text) < DIGITS_MIN:
        return None
    spelt = numbers.ending(token.text)
    if not spelt or other_number(folded, token.start, token.end, token.text):
        return None
    if place + 1 < len(tokens) and tokens[place + 1].start == token.end and sticks(token, tokens[place + 1]):
        return None
    first = place
    beginning = ""
    while first and joined(folded, tokens[first - 1].end, tokens[first].start):
        previous = tokens[first - 1]
        gap = folded[previous.end : tokens[first].start]
        if not previous.text.isascii() or (gap == " " and not previous.digits):
            break
        if previous.digits and gap == " ":
            break
        first -= 1
        beginning = previous.text + beginning
    if beginning and beginning not in _NUMBER_WORDS and not _within(spelt, beginning, token.text):
        return None
    return _Hit((spelt,), SHORT, first if beginning not in _NUMBER_WORDS else place, place)


def _within(spelt: str, beginning: str, tail: str) -> bool:
    """Whether what stands before the last digits is the number's own beginning, with something left out."""
    return bool(beginning) and spelt.startswith(beginning) and len(beginning) + len(tail) <= len(spelt)


def _range(folded: str, tokens: Sequence[Token], hit: _Hit, numbers: Numbers) -> _Hit | None:
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
    if not low < high:
        return None
    prefix, width = base[: left.start()], len(left.group())
    if high > low + _RANGE_MAX:  # who writes this may mean something else
        spelt = tuple(sorted(s for s in numbers.whole if base <= s <= end and len(s) == len(base)))
        return _Hit(spelt, SHORT, hit.first, last)
    spelt = tuple(s for n in range(low, high + 1) if (s := f"{prefix}{n:0{width}d}") in numbers.whole)
    return _Hit(spelt, hit.form, hit.first, last)
