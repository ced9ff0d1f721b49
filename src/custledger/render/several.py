"""The answers of several books as one page, document or table, in the order in which they are given."""

from __future__ import annotations

import csv
import io
import re
from html import escape as html_escape
from typing import TYPE_CHECKING, NamedTuple

from custledger.core.text import listed, visible, width
from custledger.render.as_csv import guarded
from custledger.render.as_md import escape
from custledger.render.serialise import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custledger.i18n.catalogue import Catalogue

_TITLE_OF_MD = re.compile(r"^#{1,5} ", re.MULTILINE)
_TITLE_OF_HTML = re.compile(r"(</?h)([1-5])>")
_HEAD = re.compile(
    r'(?P<before>.*?<html lang=")(?P<lang>[^"]*)(?P<title>".*?<title>.*?)(?P<after></title>.*?<body>\n)', re.DOTALL
)


class Answer(NamedTuple):
    """What a command says of one book: its text in the format asked for, and the exit status."""

    book: str
    text: str
    status: int


def text_of(answer: Answer, say: Catalogue, *, colour: bool = False) -> str:
    """The answer under a heading that names its book; nothing where the command had nothing to say."""
    if not answer.text and not answer.status:
        return ""
    title = _title(answer, say)
    rule = "─" * width(title)
    if colour:
        title, rule = f"\x1b[1m{title}\x1b[0m", f"\x1b[2m{rule}\x1b[0m"
    return f"{title}\n{rule}\n{answer.text or _nothing(answer, say) + chr(10)}"


def join(answers: Sequence[Answer], wanted: str, say: Catalogue, *, colour: bool = False) -> str:
    """All answers in one of `FORMATS`."""
    return _JOINS[wanted](answers, say) if wanted in _JOINS else _text(answers, say, colour=colour)


def _title(answer: Answer, say: Catalogue) -> str:
    return say.text("cli.group.book", book=visible(answer.book))


def _nothing(answer: Answer, say: Catalogue) -> str:
    return say.text("cli.group.nothing", status=answer.status)


def _text(answers: Sequence[Answer], say: Catalogue, *, colour: bool) -> str:
    return "\n".join(filter(None, (text_of(answer, say, colour=colour) for answer in answers)))


def _json(answers: Sequence[Answer], say: Catalogue) -> str:
    """`books` holds each book's document as it is: its lines are moved to the right, no string of JSON has any."""
    del say
    books = [re.sub("(?m)^(?=.)", "    ", answer.text.rstrip("\n")) for answer in answers]
    inner = "[\n" + ",\n".join(books) + "\n  ]"
    return f'{{\n  "custledger": {VERSION},\n  "report": "group",\n  "books": {inner}\n}}\n'


def _csv(answers: Sequence[Answer], say: Catalogue) -> str:
    """One table: the columns of all books in the order in which they first stand, empty where a book has none."""
    del say
    tables = [
        (answer.book, list(csv.reader(io.StringIO(answer.text, newline="")))) for answer in answers if answer.text
    ]
    names = dict.fromkeys(name for _, (heads, *_rows) in tables for name in heads)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if tables:
        writer.writerow(["book", *names])
    for book, (heads, *rows) in tables:
        places = {name: at for at, name in enumerate(heads)}
        cell = guarded(book)
        writer.writerows([cell, *(row[places[name]] if name in places else "" for name in names)] for row in rows)
    return out.getvalue()


def _markdown(answers: Sequence[Answer], say: Catalogue) -> str:
    """Each page one level deeper, below its book."""
    parts = []
    for answer in answers:
        text = _TITLE_OF_MD.sub(lambda found: "#" + found[0], answer.text) or escape(_nothing(answer, say)) + "\n"
        parts.append(f"# {escape(_title(answer, say))}\n\n{text}")
    return "\n".join(parts)


def _html(answers: Sequence[Answer], say: Catalogue) -> str:
    """One page with the head of the first, and a section for each book in its own language."""
    heads = [_HEAD.match(answer.text) for answer in answers]
    first = next((head for head in heads if head is not None), None)
    if first is None:
        return ""
    books = html_escape(str(listed(visible(answer.book) for answer in answers)))
    lines = [f"{first['before']}{first['lang']}{first['title']} · {books}{first['after']}"]
    for answer, head in zip(answers, heads, strict=True):
        language = first["lang"] if head is None else head["lang"]
        lines.append(f'<section lang="{language}">\n<h1>{html_escape(_title(answer, say))}</h1>\n')
        if head is None:
            lines.append(f"<p>{html_escape(_nothing(answer, say))}</p>\n")
        else:
            inner = answer.text[head.end() : answer.text.rindex("</body>")]
            lines.append(_TITLE_OF_HTML.sub(lambda found: f"{found[1]}{int(found[2]) + 1}>", inner))
        lines.append("</section>\n")
    return "".join([*lines, "</body>\n</html>\n"])


_JOINS = {"json": _json, "csv": _csv, "md": _markdown, "html": _html}
FORMATS = ("text", *_JOINS)
