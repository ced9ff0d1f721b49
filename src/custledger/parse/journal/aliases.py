"""Account aliases, plain and by regular expression.

hledger's regular expressions are POSIX extended ones, leftmost-longest, ignoring case. Those that Python reads the
same way are taken; whatever might hang, or might mean something else, is refused.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

PATTERN_MAX = 200
_CLASS = re.compile(r"\[\^?\]?(?:\[:(?:alpha|digit|alnum|space|upper|lower|punct):\]|[^\]\\])*\]")
_REPEAT = re.compile(r"[*+?]|\{[0-9]{1,2}(?:,[0-9]{0,2})?\}")
_POSIX = {
    "[:alpha:]": r"^\W\d_",
    "[:digit:]": "0-9",
    "[:alnum:]": "",
    "[:space:]": r"\s",
}


class Alias(NamedTuple):
    """`old` becomes `new`; with `pattern`, wherever it matches."""

    old: str
    new: str
    pattern: re.Pattern[str] | None = None


def apply_aliases(aliases: tuple[Alias, ...], account: str) -> str:
    """`account` after all aliases, the latest first, each seeing what the one before it left."""
    for alias in reversed(aliases):
        if alias.pattern is not None:
            account = _replaced(alias.pattern, alias.old, alias.new, account)
        elif account == alias.old or account.startswith(alias.old + ":"):
            account = alias.new + account[len(alias.old) :]
    return account


def compiled(pattern: str) -> re.Pattern[str] | None:
    """The pattern, or None where it might hang or be read differently by hledger: see `docs/JOURNAL.md`."""
    if len(pattern) > PATTERN_MAX or not _safe(pattern):
        return None
    try:
        return re.compile(pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError):
        return None


def _safe(pattern: str) -> bool:
    """No repetition of something that repeats or branches, no back-reference, no escape that Perl gave a meaning."""
    position = 0
    inside: list[bool] = []
    loose = False
    """Whether the last closed group repeats or branches inside."""
    while position < len(pattern):
        char = pattern[position]
        if char == "\\":
            if pattern[position + 1 : position + 2].isalnum() or position + 1 >= len(pattern):
                return False
            position += 2
            loose = False
            continue
        if char == "[":
            match = _CLASS.match(pattern, position)
            if match is None or "[:" in match[0] or "&&" in match[0] or "--" in match[0] or "~~" in match[0] or "||" in match[0]:
                return False
            position = match.end()
            loose = False
            continue
        if char == "(":
            if pattern.startswith("(?", position):
                return False
            inside.append(False)
        elif char == ")":
            if not inside:
                return False
            loose = inside.pop()
            if inside:
                inside[-1] = inside[-1] or loose
            position += 1
            continue
        elif char == "|":
            if inside:
                inside[-1] = True
        else:
            repeat = _REPEAT.match(pattern, position)
            if repeat:
                after = repeat.end()
                if loose or _REPEAT.match(pattern, after) or pattern.startswith("+", after) or position == 0:
                    return False
                if inside:
                    inside[-1] = True
                position = after
                loose = False
                continue
        loose = False
        position += 1
    return not inside


@lru_cache(maxsize=4096)
def _ending(pattern: str, rest: int) -> re.Pattern[str]:
    """The pattern, with exactly `rest` characters behind the match."""
    return re.compile(rf"(?:{pattern})(?=.{{{rest}}}\Z)", re.IGNORECASE | re.DOTALL)


def _replaced(pattern: re.Pattern[str], old: str, new: str, account: str) -> str:
    """Every leftmost-longest match replaced."""
    parts: list[str] = []
    position = copied = 0
    size = len(account)
    ambiguous = any(char in old for char in "|?*+{")
    while position <= size:
        match = pattern.search(account, position)
        if match is None:
            break
        if ambiguous:
            for end in range(size, match.end(), -1):
                longer = _ending(old, size - end).match(account, match.start())
                if longer:
                    match = longer
                    break
        parts.append(account[copied : match.start()])
        parts.append(_filled(new, match))
        copied = match.end()
        position = match.end() + 1 if match.end() == match.start() else match.end()
    parts.append(account[copied:])
    return "".join(parts)


def _filled(new: str, match: re.Match[str]) -> str:
    def group(found: re.Match[str]) -> str:
        return match[int(found[1])] or ""

    return re.sub(r"\\([0-9]+)", group, new) if "\\" in new else new
