"""What was typed at `reconcile --interactive`, understood: pure, and the same in every language.

| typed | meaning |
| --- | --- |
| `1`, `1 3`, `1+3`, `INV-7` | settle these candidates, in this order, each up to what is open |
| `1=500 3=20.50` | settle these much of them |
| `w 1 discount` | settle it whole; what is missing is written off for this reason |
| `x 2` | the credit does not pay this |
| `a` | keep it on account, and do not ask again this time |
| `s` or nothing | skip |
| `u` | take the last step back |
| `m`, `i`, `?` | more candidates, the whole story, help |
| `q` | stop; what was done is kept |
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from custledger.core.frozen import field, frozen
from custledger.core.numbers import plain
from custledger.core.text import listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

ACCOUNT, SKIP, UNDO, MORE, STORY, HELP, QUIT = "account", "skip", "undo", "more", "story", "help", "quit"
_WORDS = {
    "": SKIP,
    "s": SKIP,
    "skip": SKIP,
    "a": ACCOUNT,
    "u": UNDO,
    "undo": UNDO,
    "m": MORE,
    "i": STORY,
    "why": STORY,
    "?": HELP,
    "h": HELP,
    "help": HELP,
    "q": QUIT,
    "quit": QUIT,
}
#: Reasons for which a difference is written off, by what people call them.
REASONS = {
    "discount": "discount",
    "fee": "fee",
    "withholding": "withholding",
    "rounding": "rounding",
    "write-off": "write-off",
    "折扣": "discount",
    "手续费": "fee",
    "代扣": "withholding",
    "尾差": "rounding",
    "坏账": "write-off",
}
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)


@frozen
class Settle:
    """Candidates by number (from 1) or charges by name, each with an amount in units or None for all that is open."""

    parts: tuple[tuple[int | str, Decimal | None], ...]
    reason: str | None = None
    """Why what the credit does not cover is written off; None: it stays open."""


@frozen
class Reject:
    """The credit does not pay these candidates."""

    parts: tuple[int | str, ...]


@frozen
class Simple:
    """One of ACCOUNT, SKIP, UNDO, MORE, STORY, HELP, QUIT."""

    what: str


@frozen
class Wrong:
    """Not understood: a catalogue key with its arguments."""

    key: str
    args: Mapping[str, str] = field(default_factory=dict)


Answer = Settle | Reject | Simple | Wrong


def understood(typed: str | None, count: int, names: Sequence[str]) -> Answer:
    """What an answer means with `count` candidates; `names` are the open charges'. None is the end of input."""
    if typed is None:
        return Simple(QUIT)
    text = unicodedata.normalize("NFKC", typed).strip()
    if text.casefold() in _WORDS:
        return Simple(_WORDS[text.casefold()])
    first, _, rest = text.partition(" ")
    if first.casefold() == "x":
        found = _parts(rest, count, names)
        if isinstance(found, Wrong):
            return found
        return Reject(tuple(part for part, _ in found)) if found else Wrong("interactive.which")
    if first.casefold() == "w":
        return _written_off(rest, count, names)
    found = _parts(text, count, names)
    return found if isinstance(found, Wrong) else Settle(tuple(found))


def _written_off(text: str, count: int, names: Sequence[str]) -> Answer:
    words = text.split()
    reason = REASONS.get(words[-1].casefold()) if words else None
    if reason is None:
        return Wrong("interactive.reasons", {"reasons": listed(REASONS)})
    found = _parts(" ".join(words[:-1]), count, names)
    if isinstance(found, Wrong):
        return found
    if not found:
        return Wrong("interactive.which")
    if any(amount is not None for _, amount in found):
        return Wrong("interactive.whole_only")
    return Settle(tuple(found), reason)


def _parts(text: str, count: int, names: Sequence[str]) -> list[tuple[int | str, Decimal | None]] | Wrong:
    """Candidates with amounts, each once."""
    found: list[tuple[int | str, Decimal | None]] = []
    for token in text.split():
        name, equals, amount_text = token.rpartition("=")
        amount = None
        if equals:
            amount = _amount(amount_text)
            if amount is None:
                return Wrong("interactive.bad_amount", {"value": amount_text})
        for word in [name] if equals else _listed(token, names):
            part = _part(word, count, names)
            if part is None:
                return Wrong("interactive.not_there", {"word": word, "count": str(count)})
            if part in [known for known, _ in found]:
                return Wrong("interactive.twice", {"word": word})
            found.append((part, amount))
    return found


def _listed(token: str, names: Sequence[str]) -> list[str]:
    """`1,3` and `1+3` are lists, unless a charge is called so."""
    return [token] if token in names else [word for word in re.split(r"[,+、;]", token) if word]


def _part(word: str, count: int, names: Sequence[str]) -> int | str | None:
    if word.isascii() and word.isdecimal() and 1 <= int(word) <= count:
        return int(word)
    return next((name for name in names if name.casefold() == word.casefold()), None)


def _amount(text: str) -> Decimal | None:
    number = plain(text.replace(",", "") if _GROUPED.fullmatch(text) else text)
    return number if number is not None and number > 0 else None
