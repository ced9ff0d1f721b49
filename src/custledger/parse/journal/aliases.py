"""Account aliases, plain and by regular expression.

hledger's regular expressions are POSIX extended ones, leftmost-longest, ignoring case. Those that Python reads the
same way are taken; whatever might hang, or might mean something else, is refused.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

PATTERN_MAX = 200
REPEATS_MAX = 3
"""Repetitions in one pattern: each multiplies the time that a match may take by the length of the account."""
ACCOUNT_MAX = 200
"""Accounts longer than this are not matched, but refused (see `writable`)."""
_TOKEN = re.compile(
    r"(?P<repeat>[*+?]|\{[0-9]{1,2}(?:,[0-9]{0,2})?\})"
    r"|(?P<branch>\|)"
    r"|(?P<open>\((?!\?))"
    r"|(?P<close>\))"
    r"|(?P<atom>\\[^A-Za-z0-9]|\[\^?\]?(?:[^\]\[\\&|~-]|(?<=[A-Za-z0-9])-(?=[A-Za-z0-9\]]))*\]|[^\\\[(){}])"
)


class Alias(NamedTuple):
    """`old` becomes `new`; with `pattern`, wherever it matches."""

    old: str
    new: str
    pattern: re.Pattern[str] | None = None


def apply_aliases(aliases: tuple[Alias, ...], account: str) -> str:
    """`account` after all aliases, the latest first, each seeing what the one before it left."""
    for alias in reversed(aliases):
        if alias.pattern is not None:
            if len(account) > ACCOUNT_MAX:
                return ""
            account = _replaced(alias.pattern, alias.old, alias.new, account)
        elif account == alias.old or account.startswith(alias.old + ":"):
            account = alias.new + account[len(alias.old) :]
    return account


def writable(account: str) -> bool:
    """Whether an account that aliases made can be written as one."""
    return bool(account) and "  " not in account and ";" not in account and account == account.strip()


def compiled(pattern: str) -> re.Pattern[str] | None:
    """The pattern, or None where it might hang or be read differently by hledger: see `docs/JOURNAL.md`."""
    if len(pattern) > PATTERN_MAX or not _safe(pattern):
        return None
    try:
        return re.compile(pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError):
        return None


def entangled(pattern: str) -> bool:
    """Whether what its groups hold differs between readers of such patterns.

    So it does where it both branches and repeats, or where, not bound to the beginning, part of it may be empty.
    """
    branches, repeats = "|" in pattern, any(char in pattern for char in "*+?{")
    return (branches and repeats) or (not pattern.startswith("^") and any(char in pattern for char in "*?{"))


def _safe(pattern: str) -> bool:
    """No repetition of something that repeats or branches, no back-reference, no escape that Perl gave a meaning."""
    inside: list[bool] = []
    """For each open group, whether it repeats or branches."""
    repeats = 0
    last = "start"
    """What stands before."""
    position = 0
    while position < len(pattern):
        match = _TOKEN.match(pattern, position)
        if match is None:
            return False
        position = match.end()
        kind = match.lastgroup or ""
        if last in _NOT_BEFORE.get(kind, ()):
            return False
        if kind in {"repeat", "branch"}:
            repeats += kind == "repeat" and match[0] != "?"
            inside[:] = [True] * len(inside)
        elif kind == "open":
            inside.append(False)
        elif kind == "close":
            if not inside:
                return False
            kind = "loose" if inside.pop() else "atom"
        last = kind
    return not inside and repeats <= REPEATS_MAX and last not in {"start", "branch"}


#: What must not stand before: nothing that could be repeated, or something that repeats; an empty alternative.
_NOT_BEFORE = {
    "repeat": frozenset(["start", "open", "branch", "repeat", "loose"]),
    "branch": frozenset(["start", "open", "branch"]),
    "close": frozenset(["open", "branch"]),
}


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
