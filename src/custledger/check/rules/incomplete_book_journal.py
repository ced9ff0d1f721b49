"""`book.journal` does not include what the book consists of.

## What
`book.journal` is for hledger alone. It begins with `decimal-mark` where the settings have one, and includes every
root journal (the files under `journals/` that no other one includes) once, in order of path. Its other lines are
the user's.

## Why
`hledger -f book.journal bal` is how anybody can check our numbers with another program. A month that it does not
include is a difference that is no difference.

## Example
```journal
include journals/2026-01.journal
```
where there is a `journals/2026-02.journal`, too.

## Instead
Add the missing line: `include journals/2026-02.journal`. Commands that write a new journal do so themselves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custledger.check._rule import Check
from custledger.check._text import Texts
from custledger.core.diagnostic import Severity
from custledger.core.span import Span
from custledger.core.text import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic

FILE = "book.journal"
_INCLUDE = re.compile(r"^!?include\s+(.*?)\s*(?:;.*)?$")
_MARK = re.compile(r"^decimal-mark\s+(\S)")


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem: the first thing that is wrong with it."""
    if checked.bare:
        return
    roots = checked.journal.roots
    if FILE not in checked.files:
        if roots:
            yield CHECK.at(Span(FILE), "missing", count=len(roots))
        return
    lines = Texts(checked.read).lines(FILE)
    mark = checked.settings.decimal_mark
    marks = [(number, found[1]) for number, line in enumerate(lines, 1) if (found := _MARK.match(line))]
    includes = [
        (number, name)
        for number, line in enumerate(lines, 1)
        if (found := _INCLUDE.match(line))
        for name in _named(found[1], roots)
    ]
    if mark and (not marks or marks[0][1] != mark or (includes and marks[0][0] > includes[0][0])):
        yield CHECK.at(Span(FILE, *_line(lines, marks[0][0] if marks else 1)), "mark", mark=mark)
    yield from _compare(lines, includes, roots)


def _compare(lines: Sequence[str], includes: Sequence[tuple[int, str]], roots: Sequence[str]) -> Iterator[Diagnostic]:
    names = [name for _, name in includes]
    absent = [root for root in roots if root not in names]
    if absent:
        last = includes[-1][0] if includes else 1
        variant = "several" if len(absent) > 1 else ""
        span = Span(FILE, *_line(lines, last))
        yield CHECK.at(span, variant, name=absent[0], count=len(absent), names=listed(absent))
        return
    for position, (number, name) in enumerate(includes):
        if name not in roots:
            yield CHECK.at(Span(FILE, *_line(lines, number)), "foreign", name=name)
            return
        if name in names[:position]:
            yield CHECK.at(Span(FILE, *_line(lines, number)), "twice", name=name)
            return
        if name != roots[position]:
            yield CHECK.at(Span(FILE, *_line(lines, number)), "order", name=name, expected=roots[position])
            return


def _line(lines: Sequence[str], number: int) -> tuple[int, int, int, int]:
    return (number, 1, number, len(lines[number - 1]) + 1)


def _named(pattern: str, roots: Sequence[str]) -> list[str]:
    """The roots that an include means, in hledger's order; what is no pattern means itself."""
    pattern = pattern.removeprefix("./")
    if not re.search(r"[*?\[]", pattern):
        return [pattern]
    out, at = [], 0
    while at < len(pattern):
        if pattern.startswith("**/", at):
            out.append("(?:[^/.][^/]*/)*")
            at += 3
        elif pattern[at] == "*":
            out.append("[^/]*")
            at += 1
        else:
            out.append("[^/]" if pattern[at] == "?" else re.escape(pattern[at]))
            at += 1
    regex = re.compile("".join(out))
    return [root for root in sorted(roots) if regex.fullmatch(root)] or [pattern]


CHECK = Check(name="incomplete-book-journal", stage="book", severity=Severity.WARNING, run=run)
