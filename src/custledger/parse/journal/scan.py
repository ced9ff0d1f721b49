"""Bytes to entries: everything about a file that its bytes alone decide.

```
journal     = (transaction | rule | directive | comment | blank)*
transaction = date ["=" date] blank [status] ["(" code ")"] description [comment] newline posting*
rule        = "~" period [blank blank description] … posting* | "=" query … posting*
posting     = blank+ [status] account [blank blank amounts] [comment] newline
account     = word (blank word)*        bracketed by "(…)" or "[…]": virtual
comment     = (";" | "#" | "*") text | "comment" newline … "end comment"
```
An entry that cannot be read is reported and skipped up to the next line that begins without a blank.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custledger.core.diagnostic import Related, problem
from custledger.core.frozen import replace
from custledger.core.span import Span
from custledger.parse.journal.amounts import scan_tail
from custledger.parse.journal.comments import CommentLines
from custledger.parse.journal.dates import scan_date
from custledger.parse.journal.directives import commodity_format, read_directive, trailing_comment
from custledger.parse.journal.lines import SPACE, read_lines
from custledger.parse.journal.periods import check_period
from custledger.parse.journal.problems import Refused, found
from custledger.parse.journal.raw import RawDirective, RawPosting, RawTransaction, Scan

if TYPE_CHECKING:
    from custledger.core.diagnostic import Diagnostic

_HEADER = re.compile(rf"(?=[{SPACE}]|$)(?:[{SPACE}]*([*!]))?(?:[{SPACE}]+\(([^)]*)\))?([^;]*)(;)?")
_POSTING = re.compile(rf"[{SPACE}]+(?:([*!])[{SPACE}]*)?([^{SPACE}]+(?:[{SPACE}][^{SPACE}]+)*)[{SPACE}]*")
_ODD = re.compile(r"[^ \S]|[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_COMMENT_BEGIN = re.compile(rf"comment[{SPACE}]*$")
_COMMENT_END = re.compile(rf"end comment[{SPACE}]*$")
_COMMENT_LINE = re.compile(rf"[{SPACE}]*(?:[;#*]|$)")
#: Directives without which the entries below them mean something else.
_FAR_REACHING = ("alias", "apply", "include", "D", "end")
_MULTIPLIER = re.compile(r"\*(?=[-+.,0-9\"]|[^\s*])")


def scan(data: bytes) -> Scan:
    """Read one file. Never fails: what cannot be read is in `problems`, and the rest goes on."""
    lines, problems = read_lines(data)
    if problems:
        return Scan((), tuple(problems), ((1, 1),), hole=True)
    return _Scanner(lines).run()


class _Scanner:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.count = len(lines) - 1 if lines and not lines[-1] else len(lines)
        self.unended = self.count == len(lines)
        self.index = 0
        self.items: list[RawTransaction | RawDirective] = []
        self.problems: list[Diagnostic] = []
        self.broken: list[tuple[int, int]] = []
        self.hole = False
        self.prose = -1
        """The index after the last line that was no entry: the next one is of the same cause."""

    def run(self) -> Scan:
        lines, count = self.lines, self.count
        while self.index < count:
            line = lines[self.index]
            if not line:
                self.index += 1
                continue
            first = line[0]
            if "0" <= first <= "9":
                self._transaction(line)
            elif first in ";#*":
                self.index += 1
            elif first in " \t" or first.isspace():
                self._indented(line)
            elif first in "~=":
                self._rule(line)
            elif first == "c" and _COMMENT_BEGIN.match(line):
                self._comment_block()
            elif line.startswith("<<<<<<<"):
                self._conflict()
            else:
                self._directive(line)
        return Scan(tuple(self.items), tuple(self.problems), tuple(self.broken), self.hole)

    # What stands between entries

    def _indented(self, line: str) -> None:
        if not _COMMENT_LINE.match(line):
            start = len(line) - len(line.lstrip())
            self._no_entry(Refused("syntax", "indented", start + 1, len(line.rstrip()) + 1, found=found(line)))
        self.index += 1

    def _no_entry(self, refused: Refused) -> None:
        """Report a line that is no entry, once for a run of such lines."""
        if self.prose != self.index:
            self.problems.append(refused.at(self.index + 1))
            self.broken.append((self.index + 1, self.index + 1))
        self.prose = self.index + 1

    def _comment_block(self) -> None:
        self.index += 1
        while self.index < self.count:
            self.index += 1
            if _COMMENT_END.match(self.lines[self.index - 1]):
                return

    def _conflict(self) -> None:
        """Git's markers of an unresolved merge: everything between them is one problem."""
        begin, middle = self.index, None
        while self.index < self.count and not self.lines[self.index].startswith(">>>>>>>"):
            if middle is None and self.lines[self.index].startswith("======="):
                middle = self.index
            self.index += 1
        end = min(self.index, self.count - 1)
        self.index = end + 1
        related = tuple(
            Related(Span("", at + 1, 1, at + 1, len(self.lines[at]) + 1), label)
            for at, label in ((middle, "merge-other"), (end, "merge-end"))
            if at is not None and at > begin
        )
        span = Span("", begin + 1, 1, begin + 1, len(self.lines[begin]) + 1)
        self.problems.append(problem("merge-conflict", span, related=related, end=end + 1))
        self.broken.append((begin + 1, end + 1))
        self.hole = True

    # Directives and rules

    def _directive(self, line: str) -> None:
        number = self.index + 1
        try:
            kind, args, after = read_directive(line)
            comment = trailing_comment(line, number, after)
        except Refused as refused:
            if refused.variant == "entry":
                self._no_entry(refused)
            else:
                self._report(refused, number)
                self.broken.append((number, number))
                self.hole |= line.lstrip("!@").startswith(_FAR_REACHING)
            self.index += 1
            self._skip_indented()
            return
        self.index += 1
        formatted = None
        while self.index < self.count and self._is_indented():
            below = self.lines[self.index]
            start = len(below) - len(below.lstrip())
            if kind not in {"account", "payee", "tag", "commodity"}:
                break
            if below[start] == ";":
                if kind != "commodity":
                    comment.add(below, self.index + 1, start, own=True)
            elif kind == "commodity" and below.startswith("format", start):
                formatted = self._format(below, start + 6, args) or formatted
            self.index += 1
        if kind == "commodity" and formatted is not None:
            args = (args[0], formatted)
        item = RawDirective(kind, number, 1, len(line.rstrip()) + 1, self.index, args, comment.raw())
        self.items.append(item)

    def _format(self, line: str, position: int, args: tuple[object, ...]) -> object:
        try:
            (symbol, amount), after = commodity_format(line, position)
            trailing_comment(line, self.index + 1, after)
            if symbol != args[0]:
                raise Refused("syntax", "format", position + 1, len(line) + 1, declared=str(args[0]))  # noqa: TRY301
        except Refused as refused:
            self._report(refused, self.index + 1)
            return None
        return amount

    def _rule(self, line: str) -> None:
        """Periodic and automatic rules: checked for syntax, otherwise inert."""
        number = self.index + 1
        try:
            if line[0] == "~":
                check_period(line, self._year())
        except Refused as refused:
            self._report(refused, number)
        comment = CommentLines(posting=False)
        semicolon = line.find(";")
        if semicolon >= 0:
            comment.add(line, number, semicolon, own=False)
        self.index += 1
        self._comments_below(comment)
        postings, accounts, _ = self._postings(multiplier=line[0] == "=")
        names = tuple(posting.account for posting in postings) + tuple(accounts)
        kind = "automatic" if line[0] == "=" else "periodic"
        self.items.append(RawDirective(kind, number, 1, len(line) + 1, self.index, names))

    def _year(self) -> int | None:
        """The year that a directive above set in this file."""
        for item in reversed(self.items):
            if isinstance(item, RawDirective) and item.kind == "year":
                return int(str(item.args[0]))
        return None

    # Transactions

    def _transaction(self, line: str) -> None:
        begin = self.index
        broken = False
        date = secondary = None
        status = code = description = ""
        columns = (0, 0)
        comment = CommentLines(posting=False)
        try:
            date = scan_date(line, 0)
            position = date.end - 1
            if line.startswith("=", position):
                secondary = scan_date(line, position + 1)
                position = secondary.end - 1
            status, code, description, semicolon, columns = _header(line, position)
            if semicolon >= 0:
                comment.add(line, begin + 1, semicolon, own=False)
        except Refused as refused:
            self._report(refused, begin + 1)
            broken = True
        self.index += 1
        broken |= self._comments_below(comment)
        postings, accounts, failed = self._postings()
        end = self.index
        self.items.append(
            RawTransaction(
                begin + 1,
                date,
                secondary,
                status,
                code,
                description,
                comment.raw(),
                postings,
                end,
                len(self.lines[end - 1].rstrip()) + 1,
                broken or failed,
                tuple(accounts),
                cut=self.unended and end == self.count,
                columns=columns,
            )
        )

    def _comments_below(self, comment: CommentLines) -> bool:
        """Take in comment lines of their own; whether one could not be read."""
        failed = False
        while self.index < self.count:
            line = self.lines[self.index]
            if not line or not (line[0] in " \t" or line[0].isspace()):
                break
            stripped = line.lstrip()
            if not stripped or stripped[0] != ";":
                break
            try:
                comment.add(line, self.index + 1, len(line) - len(stripped), own=True)
            except Refused as refused:
                self._report(refused, self.index + 1)
                failed = True
            self.index += 1
        return failed

    def _postings(self, *, multiplier: bool = False) -> tuple[tuple[RawPosting, ...], list[str], bool]:
        """The indented lines of an entry: postings, the accounts of unreadable ones, and whether there are such."""
        postings: list[RawPosting] = []
        accounts: list[str] = []
        failed = False
        while self.index < self.count and self._is_indented():
            line = self.lines[self.index]
            number = self.index + 1
            self.index += 1
            comment = CommentLines(posting=True)
            posting = None
            try:
                posting, semicolon = _posting(line, number, multiplier=multiplier)
                if semicolon >= 0:
                    comment.add(line, number, semicolon, own=False)
            except Refused as refused:
                self._report(refused, number)
                failed = True
                match = _POSTING.match(line)
                if match:
                    accounts.append(_single_spaced(match[2]))
            failed |= self._comments_below(comment)
            if posting is not None:
                postings.append(posting._replace(comment=comment.raw()) if comment.texts else posting)
        return tuple(postings), accounts, failed

    # Common

    def _is_indented(self) -> bool:
        line = self.lines[self.index]
        return bool(line) and (line[0] in " \t" or line[0].isspace()) and not line.isspace()

    def _skip_indented(self) -> None:
        while self.index < self.count and self._is_indented():
            self.index += 1
            self.prose = self.index

    def _report(self, refused: Refused, number: int) -> None:
        diagnostic = refused.at(number)
        if self.unended and number == self.count and refused.slug in {"syntax", "invalid-amount", "invalid-date"}:
            diagnostic = replace(diagnostic, slug="truncated-entry", variant="")
        self.problems.append(diagnostic)


def _header(line: str, position: int) -> tuple[str, str, str, int, tuple[int, int]]:
    """Status, code, description, where the comment begins (or -1), and the columns of code and description."""
    match = _HEADER.match(line, position)
    if match is None:
        end = position + len(line[position:].split(maxsplit=1)[0])
        raise Refused("syntax", "after-date", position + 1, end + 1, found=found(line[position:end]))
    status, code, description, semicolon = match.groups()
    if code is None and description[:1].isspace() and description.lstrip()[:1] == "(":
        begin = line.index("(", match.start(3))
        raise Refused("syntax", "code", begin + 1, len(line.rstrip()) + 1)
    text = description.strip()
    indent = len(description) - len(description.lstrip())
    columns = (match.start(2) + 1 if code else 0, match.start(3) + indent + 1 if text else 0)
    return status or "", code or "", text, match.start(4) if semicolon else -1, columns


def _posting(line: str, number: int, *, multiplier: bool) -> tuple[RawPosting, int]:
    """A posting without its comment, and where that begins (or -1)."""
    match = _POSTING.match(line)
    if match is None:  # pragma: no cover - the caller has seen something other than blanks
        raise Refused("syntax", "posting", 1, len(line) + 1, found=found(line))
    status, account = match.groups()
    position = match.end()
    start, end = match.span(2)
    if account in {"*", "!"}:
        raise Refused("syntax", "posting", start + 1, end + 1, found=account)
    semicolon = account.find(";")
    if semicolon >= 0:
        raise Refused("syntax", "semicolon", start + semicolon + 1, len(line) + 1, found=found(account))
    if _ODD.search(account):
        account = _single_spaced(account)
    amount = cost = assertion = None
    comment = -1
    text_end = end
    if position < len(line):
        if multiplier:
            factor = _MULTIPLIER.match(line, position)
            position = factor.end() if factor else position
        amount, cost, assertion, position = scan_tail(line, position)
        written = assertion or cost or amount
        text_end = written.end - 1 if written else end
        comment = position if position < len(line) else -1
    column = match.start(1) if status else start
    posting = RawPosting(
        number, column + 1, text_end + 1, status or "", account, start + 1, end + 1, amount, cost, assertion, None
    )
    return posting, comment


def _single_spaced(text: str) -> str:
    return " ".join(text.split())
