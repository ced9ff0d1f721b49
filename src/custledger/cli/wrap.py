"""Prose for a terminal: paragraphs in lines of a width, Chinese ones too."""

from __future__ import annotations

from custledger.core.text import width

_CJK = 0x2E7F
_NOT_FIRST = "，。；：、？！）】》」』”’…%"
_NOT_LAST = "（【《「『“‘"


def wrap(text: str, columns: int) -> list[str]:
    """`text` in lines of at most `columns`, cut at blanks and between Chinese characters; never before `，` or `）`."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and width(line) + width(piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str) -> list[str]:
    """What stays together on a line: a word with the blank before it, a Chinese character with its punctuation."""
    pieces: list[str] = []
    for char in text:
        last = pieces[-1][-1] if pieces else " "
        begins = char == " " or (ord(char) > _CJK and last not in _NOT_LAST) or (ord(last) > _CJK and char.isascii())
        if pieces and (char in _NOT_FIRST or not begins or last in _NOT_LAST):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def join(parts: list[str]) -> str:
    """Lines of a paragraph as one: between Chinese characters a line's end is no blank."""
    joined = ""
    for part in parts:
        blank = joined and not (ord(joined[-1]) > _CJK and ord(part[0]) > _CJK)
        joined += (" " if blank else "") + part
    return joined


def markdown(text: str, columns: int, *, indent: int = 2) -> list[str]:
    """Markdown paragraphs wrapped, fenced text indented and without its fences, one blank line between them."""
    blocks: list[list[str]] = [[]]
    fenced = False
    paragraph: list[str] = []

    def flush() -> None:
        if paragraph:
            blocks.append([" " * indent + line for line in wrap(join(paragraph), columns - indent)])
            paragraph.clear()

    for line in text.split("\n"):
        if line.startswith("```"):
            flush()
            fenced = not fenced
            if fenced:
                blocks.append([])
        elif fenced:
            blocks[-1].append(f"{' ' * (indent + 4)}{line}".rstrip())
        elif line.strip():
            paragraph.append(line.strip())
        else:
            flush()
    flush()
    lines: list[str] = []
    for block in filter(None, blocks):
        lines += ([""] if lines else []) + block
    return lines
