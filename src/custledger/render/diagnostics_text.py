"""Problems for people: what is wrong, where it stands with the line itself, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.core.diagnostic import Severity
from custledger.core.text import visible, width
from custledger.core.trouble import CustledgerError
from custledger.render.diagnostics_json import label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from custledger.core.diagnostic import Diagnostic
    from custledger.core.span import Span
    from custledger.i18n.catalogue import Catalogue

    Read = Callable[[str], bytes | str | None]

EXCERPT_LINES_MAX = 6
"""Lines shown of a problem that spans more."""
EXCERPT_COLUMNS_MAX = 120
"""Columns shown of a line; a longer one is shown around the problem."""
SHOWN_MAX = 200
"""Problems shown in full; of more, only how many there are. JSON has them all."""
_TAB = "    "
_COLOURS = {"error": "31;1", "warning": "33;1", "muted": "2", "strong": "1", "help": "36"}


def draw_diagnostics(
    diagnostics: Iterable[Diagnostic],
    catalogue: Catalogue,
    *,
    read: Read | Mapping[str, bytes | str] | None = None,
    colour: bool = False,
    width: int | None = None,
) -> str:
    """All problems, a blank line between them. `read` gives a file's content, for the excerpts; None: no excerpts."""
    every = tuple(diagnostics)
    drawing = _Drawing(catalogue, _Lines(read), colour=colour, columns=min(width or EXCERPT_COLUMNS_MAX, 200))
    parts = ["\n".join(drawing.one(diagnostic)) + "\n" for diagnostic in every[:SHOWN_MAX]]
    if len(every) > SHOWN_MAX:
        parts.append(catalogue.text("render.more_problems", count=len(every) - SHOWN_MAX) + "\n")
    return "\n".join(parts) + ("\n" if parts else "")


class _Lines:
    """The lines of files, read once each; none where a file cannot be read."""

    def __init__(self, read: Read | Mapping[str, bytes | str] | None) -> None:
        self._read: Read | None = read if read is None or callable(read) else read.get
        self._known: dict[str, list[str]] = {}

    def of(self, file: str) -> list[str]:
        if file not in self._known:
            self._known[file] = self._load(file)
        return self._known[file]

    def _load(self, file: str) -> list[str]:
        if self._read is None:
            return []
        try:
            content = self._read(file)
        except (CustledgerError, OSError, KeyError):
            return []
        if content is None:
            return []
        text = content.decode("utf-8", "replace") if isinstance(content, bytes) else content
        # Only what an editor counts as line ends: `str.splitlines` also splits at form feeds and U+2028.
        return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


class _Drawing:
    def __init__(self, catalogue: Catalogue, lines: _Lines, *, colour: bool, columns: int) -> None:
        self.catalogue, self.lines, self.colour, self.columns = catalogue, lines, colour, columns

    def pen(self, text: str, style: str) -> str:
        return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m" if self.colour else text

    def one(self, diagnostic: Diagnostic) -> list[str]:
        word = "error" if diagnostic.severity is Severity.ERROR else "warning"
        head = self.pen(f"{self.catalogue.text(f'render.{word}')}[{diagnostic.slug}]", word)
        lines = [f"{head}: {self.pen(visible(self.catalogue.message(diagnostic)), 'strong')}"]
        lines += self.place(diagnostic.span, word)
        for related in diagnostic.related:
            lines.append(f"  {self.pen('=', 'muted')} {visible(label(related.label, self.catalogue))}")
            lines += self.place(related.span, "help")
        hint = self.catalogue.hint(diagnostic)
        if hint:
            lines.append(f"  {self.pen(self.catalogue.text('render.help'), 'help')}: {visible(hint)}")
        return lines

    def place(self, span: Span, style: str) -> list[str]:
        """`--> file:line:col` and the lines meant, with carets below where they are one line."""
        where = ":".join(str(part) for part in (span.file, span.line, span.column) if part)
        lines = [f"  {self.pen('-->', 'muted')} {visible(where)}"]
        text = self.lines.of(span.file) if span.line else []
        if not 0 < span.line <= len(text):
            return lines
        last = min(max(span.end_line, span.line), len(text), span.line + EXCERPT_LINES_MAX - 1)
        several = span.end_line > span.line and not (span.end_line == span.line + 1 and span.end_column <= 1)
        gutter = len(str(last))
        bar = self.pen("|", "muted")
        if not several:
            shown, before, marked = window(text[span.line - 1], span.column, span.end_column, self.columns - gutter - 4)
            lines.append(f" {self.pen(f'{span.line:>{gutter}}', 'muted')} {bar} {shown}".rstrip())
            lines.append(f" {' ' * gutter} {bar} {' ' * before}{self.pen('^' * marked, style)}")
            return lines
        for number in range(span.line, last + 1):
            shown, _, _ = window(text[number - 1], 1, 1, self.columns - gutter - 4)
            lines.append(f" {self.pen(f'{number:>{gutter}}', 'muted')} {bar} {shown}".rstrip())
        if last < span.end_line:
            lines.append(f" {' ' * gutter} {bar} …")
        return lines


def window(line: str, column: int, end: int, room: int) -> tuple[str, int, int]:
    """The part of `line` around columns `column` to `end` that fits `room`: text, blanks before the mark, its width.

    Columns count code points from 1. Tabs and invisible characters are spelt out, wide characters count two.
    """
    first = min(max(column - 1, 0), len(line))
    stop = min(max(end - 1, first), len(line))
    before, marked, after = (_shown(part) for part in (line[:first], line[first:stop], line[stop:]))
    room = max(room, 20)
    if width(before) + width(marked) + width(after) > room:
        spare = max(room - min(width(marked), room // 2), 10)
        before = _tail(before, spare // 2)
        marked = _head(marked, room - width(before) - 2)
        after = _head(after, room - width(before) - width(marked))
    return before + marked + after, width(before), max(1, width(marked))


def _shown(text: str) -> str:
    return "".join(_TAB if char == "\t" else visible(char) for char in text)


def _head(text: str, room: int) -> str:
    if width(text) <= room:
        return text
    kept = text[: max(room - 1, 0)]
    while width(kept) > room - 1 and kept:
        kept = kept[:-1]
    return kept + "…"


def _tail(text: str, room: int) -> str:
    if width(text) <= room:
        return text
    kept = text[-max(room - 1, 1) :]
    while width(kept) > room - 1 and kept:
        kept = kept[1:]
    return "…" + kept
