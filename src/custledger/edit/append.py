"""Text put at the end of a file, in the file's own manner; new files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custledger.core.trouble import ensure
from custledger.edit.plan import FileEdit, Splice
from custledger.edit.splice import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable

BOM = b"\xef\xbb\xbf"
_LAST_END = re.compile(rb"\r?\n")


def line_end(data: bytes) -> bytes:
    """How lines end in `data`: as the last of them does; a line feed where there is none."""
    at = data.rfind(b"\n")
    return b"\r\n" if at > 0 and data[at - 1 : at] == b"\r" else b"\n"


def new_file(name: str, text: str) -> FileEdit:
    """The edit that creates `name` with `text`."""
    return FileEdit(name, None, (Splice(0, 0, text.encode("utf-8")),))


def appended(name: str, old: bytes, block: str, *, gap: bool = True) -> FileEdit:
    """The edit that puts `block` (lines ended by line feeds) behind all of `old`, of which no byte changes.

    The block gets the file's line ends. A missing final newline is added first. With `gap` a blank line stands
    between, unless there is one, or there is nothing before it.
    """
    ensure(block.endswith("\n"), "a block without a final newline")
    end = line_end(old)
    before = b""
    body = old.removeprefix(BOM)
    if body and not body.endswith(b"\n"):
        before = end
    if gap and body and not _blank_at_end(body + before):
        before += end
    text = block.encode("utf-8")
    return FileEdit(name, digest_of(old), (Splice(len(old), len(old), before + text.replace(b"\n", end)),))


def _blank_at_end(body: bytes) -> bool:
    lines = _LAST_END.split(body[-400:])
    return len(lines) > 1 and not lines[-1] and not lines[-2].strip()


def appended_or_new(
    name: str, read: Callable[[str], bytes], block: str, *, exists: bool, head: str = "", gap: bool = True
) -> FileEdit:
    """`block` behind what `name` holds, or in a new file under `head` (a comment, a schema line)."""
    if exists:
        return appended(name, read(name), block, gap=gap)
    return new_file(name, head + block)


def document_appended(
    name: str, read: Callable[[str], bytes], document: str, *, exists: bool, head: str = ""
) -> FileEdit:
    """A YAML document behind those that `name` holds, `---` between them; or in a new file under `head`."""
    if not exists:
        return new_file(name, head + document)
    old = read(name)
    return appended(name, old, document if _ends_open(old) else "---\n" + document, gap=False)


def _ends_open(old: bytes) -> bool:
    """Whether nothing but comments stands behind the last `---`, or in the file at all."""
    last = re.split(rb"(?m)^(?:---|\.\.\.)[ \t]*\r?$", old.removeprefix(BOM))[-1]
    return all(not line.strip() or line.lstrip().startswith(b"#") for line in last.splitlines())
