"""Comments, and what is read in them: tags, and on postings dates.

```
comment = ";" text (newline blank+ ";" text)*
tag     = name ":" value        name: no blank, no colon · value: up to a comma or the end of the line
outside = ";" " "* ">" text     on a line of its own; no tags
date    = "[" [date] ["=" date] "]" | "date:" date | "date2:" date        (postings only)
```
"""

from __future__ import annotations

import re

from custledger.parse.journal.dates import scan_date
from custledger.parse.journal.lines import SPACE
from custledger.parse.journal.problems import Refused
from custledger.parse.journal.raw import RawComment, RawDate, RawPostingDate, RawTag

_BRACKET = re.compile(r"\[([-0-9/.=]+)\]")
_STRIP = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"


class CommentLines:
    """Gathers the lines of one comment. `posting`: dates are read too."""

    __slots__ = ("dates", "outside", "posting", "tags", "texts")

    def __init__(self, *, posting: bool) -> None:
        self.posting = posting
        self.texts: list[str] = []
        self.tags: list[RawTag] = []
        self.outside: list[tuple[str, int, int, int]] = []
        self.dates: list[RawPostingDate] = []

    def add(self, line: str, number: int, semicolon: int, *, own: bool) -> None:
        """Take in the comment whose `;` stands at `semicolon` (from 0); `own`: nothing else is on the line.

        Raises:
            Refused: a date in it is none. The text has been taken in all the same.
        """
        raw = line[semicolon + 1 :]
        text = raw.strip(_STRIP)
        if own and not self.texts:
            self.texts.append("")
        self.texts.append(text)
        start = len(line) - len(raw.lstrip(_STRIP)) if text else len(line)
        if own and text.startswith(">"):
            outside = text[1:].strip(_STRIP)
            begin = line.index(">", start) + 1
            begin += len(line[begin:]) - len(line[begin:].lstrip(_STRIP)) if outside else 0
            self.outside.append((outside, number, begin + 1, begin + 1 + len(outside)))
            if self.posting and ("[" in text or ":" in text) and _would_be_date(text):
                raise Refused("syntax", "date-outside", start + 1, start + 1 + len(text))
            return
        if ":" in text:
            self._tags(text, number, start)
        if self.posting and "[" in text:
            self._brackets(text, number, start)

    def raw(self) -> RawComment | None:
        """What was gathered, or None where there was no comment."""
        if not self.texts:
            return None
        dates = tuple(sorted(self.dates, key=_place)) if len(self.dates) > 1 else tuple(self.dates)
        return RawComment("\n".join(self.texts), tuple(self.tags), tuple(self.outside), dates)

    def _tags(self, text: str, number: int, start: int) -> None:
        position = 0
        while (colon := text.find(":", position)) >= 0:
            words = text[position:colon].split()
            name = words[-1] if words and not text[colon - 1].isspace() else ""
            if not name:
                position = colon + 1
                continue
            comma = text.find(",", colon)
            stop = comma if comma >= 0 else len(text)
            value = text[colon + 1 : stop]
            stripped = value.strip(_STRIP)
            if stripped:
                begin = colon + 1 + len(value) - len(value.lstrip(_STRIP))
                end = begin + len(stripped)
            else:
                begin, end = colon - len(name), colon
            self.tags.append(RawTag(name, stripped, number, start + begin + 1, start + end + 1))
            position = stop + 1
            if self.posting and name in {"date", "date2"}:
                date = self._shifted(text, begin if stripped else colon + 1, start)
                self.dates.append(RawPostingDate(number, *((date, None) if name == "date" else (None, date))))

    def _brackets(self, text: str, number: int, start: int) -> None:
        for match in _BRACKET.finditer(text):
            inner = match[1]
            if not any(mark in inner for mark in "-/.") or not any(digit in inner for digit in "0123456789"):
                continue
            first = second = None
            position = match.start(1)
            if inner[0] != "=":
                first = self._shifted(text, position, start)
                position = first.end - 1 - start
            if text[position] == "=":
                second = self._shifted(text, position + 1, start)
                position = second.end - 1 - start
            if position != match.end(1):
                raise Refused("invalid-date", "form", start + match.start(1) + 1, start + match.end(1) + 1, found=inner)
            self.dates.append(RawPostingDate(number, first, second))

    @staticmethod
    def _shifted(text: str, position: int, start: int) -> RawDate:
        """The date at `position` of the text, in columns of the line."""
        try:
            date = scan_date(text, position)
        except Refused as refused:
            refused.column += start
            refused.end += start
            raise
        return date._replace(column=date.column + start, end=date.end + start)


def _place(date: RawPostingDate) -> tuple[int, int]:
    """Where a date stands: the first in the text counts."""
    part = date.first or date.second
    return date.line, part.column if part else 0


def _would_be_date(text: str) -> bool:
    """Whether hledger, which reads tags in text from outside too, would date the posting by it."""
    return bool(re.search(rf"(?:^|[{SPACE}>:])date2?:", text) or re.search(r"\[[-0-9/.=]*[0-9][-0-9/.=]*\]", text))
