"""Transactions of the plainest shape, read at the speed of one regular expression over bytes.

```
transaction = date [" " status] [" (" code ")"] " " description [";" comment] newline posting{2,4} newline*
posting     = blank+ account [blank blank amount] blank* [";" comment] newline
amount      = letter letter letter " " ["-"] digits "." digit digit     digits bare, or in groups of three with commas
```
What is matched is a transaction to the precise reader (`scan`) as well, with the same parts: a law holds them together.
What is not matched is left to it: nothing is skipped, and nothing is judged here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

#: More indented text, or what could be blanks in UTF-8, may go on with the entry.
_END = rb"(\n*)(?![ \t\xc2\xe1\xe2\xe3])"
_AMOUNT = rb"[A-Z]{3} -?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)\.[0-9][0-9]"
_COMMENT = rb"(?:;(?: ?invoice:([A-Za-z0-9][A-Za-z0-9._/-]*) *(?=\n)|([^\n]*)))?"
_POSTING = rb"[ \t]+([^\s;()\[\]!*\"][^\s;]*(?: [^\s;]+)*)(?: {2,}(" + _AMOUNT + rb"))?[ ]*" + _COMMENT + rb"\n"
#: Groups: date, code, description, comment; account, amount, `invoice:` or other comment of each of four postings;
#: the empty lines.
TRANSACTION = re.compile(
    rb"([0-9]{4}-[0-9]{2}-[0-9]{2})(?: [*!])?(?: \(([^()\n;]*)\))? (?![(*! ])([^\n;]*)(?:;([^\n]*))?\n"
    + _POSTING
    + _POSTING
    + rb"(?:"
    + _POSTING
    + rb"(?:"
    + _POSTING
    + rb")?)?"
    + _END
)
_NEXT = re.compile(rb"^(?![ \t\n;#*])", re.MULTILINE)
_CONTROL = bytes([*range(9), *range(0x0B, 0x20), 0x7F])
_C1 = re.compile(rb"\xc2[\x80-\x9f]")


def is_plain_text(data: bytes) -> bool:
    """Whether the file is UTF-8 without a byte order mark, control characters, CR, and comment blocks.

    Only such files are read by shape. Of the others the precise reader knows what to say.
    """
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return (
        not data.startswith(b"\xef\xbb\xbf")
        and len(data.translate(None, _CONTROL)) == len(data)
        and not _C1.search(data)
        and not data.startswith(b"comment")
        and b"\ncomment" not in data
    )


def transactions(data: bytes, position: int) -> Callable[[], re.Match[bytes] | None]:
    """Gives the transactions one after the other from a place on; None at the first thing that is none."""
    match: Callable[[], re.Match[bytes] | None] = TRANSACTION.scanner(data, position).match  # type: ignore[attr-defined]
    return match


def next_entry(data: bytes, position: int) -> int:
    """Where the next line begins that is no blank, no comment and not indented, after the line at `position`."""
    line = data.find(b"\n", position)
    if line < 0:
        return len(data)
    found = _NEXT.search(data, line + 1)
    return found.start() if found else len(data)
