"""One file of the book as the index has it: its blocks, whose each is, and what they say in plain rows."""

from __future__ import annotations

import marshal
import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from custledger.book.plain import CHARGE
from custledger.parse.journal.pieces import scan_pieces
from custledger.parse.journal.plain import is_plain_text
from custledger.parse.journal.raw import RawTransaction
from custledger.parse.journal.scan import scan
from custledger.resolve.plain import Gap, Read
from custledger.store.index_rows import COMMON

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from custledger.book.plain import Row
    from custledger.parse.journal.raw import RawComment, RawPosting
    from custledger.resolve.plain import Reader
    from custledger.resolve.roles import Receivables

#: Directives that only say what there is; any other changes the meaning of what stands below it.
_ALLOWED = frozenset({"account", "commodity", "include", "price", "payee", "tag", "periodic", "automatic", "ignored"})
_ORPHAN = 0
_BLANK = re.compile(rb"(?:[ \t]*(?:[;#*][^\n]*)?\n?)*")


class NotIndexed(Exception):  # noqa: N818 - no error: the book is read in full
    """The index cannot stand for this book, and why: the precise readers know what to say of it."""


@dataclass(slots=True)
class Names:
    """Whose a receivable posting is: places by id (earlier ids too), and by name."""

    receivables: Receivables
    ids: Mapping[str, int]
    names: Mapping[str, int]

    def whose(self, raw: RawTransaction) -> tuple[set[int], bool]:
        """The customers of a transaction, and whether several of them are credited in it.

        Raises NotIndexed where one is nobody, or where a balance is asserted that its customers alone do not decide.
        """
        found: set[int] = set()
        credited: set[int] = set()
        for posting in raw.postings:
            account = posting.account
            account = account[1:-1] if account[:1] + account[-1:] in {"()", "[]"} else account
            parts = self.receivables.split(account)
            if parts is None:
                if posting.assertion is not None:
                    raise NotIndexed("assertion")
                continue
            if posting.assertion is not None and (posting.assertion.inclusive or not parts[1]):
                raise NotIndexed("assertion")
            place = self.ids.get(parts[1]) if parts[1] else self._by_name(raw, posting)
            if place is None:
                raise NotIndexed("unknown-customer")
            found.add(place)
            if posting.amount is None or posting.amount.negative:
                credited.add(place)
        return found, len(credited) > 1

    def _by_name(self, raw: RawTransaction, posting: RawPosting) -> int | None:
        payee = raw.description.partition("|")[0].strip()
        word = _tag(posting.comment) or _tag(raw.comment) or payee or raw.description
        return self.ids.get(word) or self.names.get(word)


def _tag(comment: RawComment | None) -> str:
    if comment is None:
        return ""
    return next((tag.value.strip() for tag in comment.tags if tag.name == "customer"), "")


@dataclass(slots=True)
class Blocks:
    """A file on its way into the index."""

    starts: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    owned: dict[int, list[int]] = field(default_factory=dict)
    """By owner, the numbers of its blocks, rising."""
    segments: dict[int, bytes] = field(default_factory=dict)
    """By customer, the plain rows (marshalled), for this process and its workers only."""
    units: dict[int, str] = field(default_factory=dict)
    hard: set[int] = field(default_factory=set)
    digests: dict[int, bytes] = field(default_factory=dict)
    numbers: list[bytes] = field(default_factory=list)
    codes: list[bytes] = field(default_factory=list)
    directives: list[bytes] = field(default_factory=list)
    kin: list[tuple[int, ...]] = field(default_factory=list)
    """Customers who are credited in one transaction."""
    blob: str = ""
    """The content's hash."""

    def arrays(self) -> tuple[array[int], array[int], array[int], array[int], array[int], bytes]:
        """starts, lines, whose, begins, blocks, digests as `store.index.FileRow` has them."""
        whose, begins, blocks = array("i"), array("I", [0]), array("I")
        digests = bytearray()
        for owner in sorted(self.owned):
            whose.append(owner)
            blocks.extend(self.owned[owner])
            begins.append(len(blocks))
            digests += self.digests[owner]
        return array("I", self.starts), array("I", self.lines), whose, begins, blocks, bytes(digests)


def digest(data: bytes) -> bytes:
    """Eight bytes that tell one content from another."""
    return blake2b(data, digest_size=8).digest()


def journal(data: bytes, reader: Reader, names: Names) -> Blocks:
    """A journal's blocks and rows. Raises NotIndexed for what may change the meaning of other text, or is wrong."""
    read = reader.read(data) if is_plain_text(data) else _precisely(data)
    made = Blocks(starts=read.starts, lines=read.lines, units=read.units, hard=read.hard)
    owned = made.owned
    for block, owner in enumerate(read.owners):
        if owner > 0:
            found = owned.get(owner)
            if found is None:
                owned[owner] = [block]
            else:
                found.append(block)
    gaps = iter(read.gaps)
    said: dict[int, list[bytes]] = {}
    for block in [block for block, owner in enumerate(read.owners) if owner < 0]:
        gap = next(gaps)
        text = data[gap.start : gap.end]
        for owner in _gap(made, text, gap, names):
            owned.setdefault(owner, []).append(block)
            said.setdefault(owner, []).append(b"%d " % gap.line + text if owner > 0 else text)
    for owner in owned:
        owned[owner].sort()
    for owner, rows in read.rows.items():
        made.segments[owner] = marshal.dumps(rows, 2)
        made.numbers += [row[2] for row in rows if row[1] == CHARGE]
        made.codes += [row[4] for row in rows if row[1] != CHARGE and row[4]]
    for owner in owned:
        made.digests[owner] = digest(made.segments.get(owner, b"") + b"\0".join(said.get(owner, ())))
    made.hard.update(owner for owner in said if owner > 0)
    return made


def _gap(made: Blocks, text: bytes, gap: Gap, names: Names) -> list[int]:
    """The owners of a block that is no plain transaction."""
    if _BLANK.fullmatch(text):
        return []
    found = scan_pieces([(gap.line, text)])
    if found.problems or found.hole:
        raise NotIndexed("problems")
    owners: set[int] = set()
    for item in found.items:
        if isinstance(item, RawTransaction):
            whose, together = names.whose(item)
            owners |= whose
            if together:
                made.kin.append(tuple(sorted(whose)))
        elif item.kind not in _ALLOWED:
            raise NotIndexed(item.kind)
        else:
            owners.add(COMMON)
            made.directives.append(text)
    return sorted(owners)


def _precisely(data: bytes) -> Read:
    """The blocks of a file that is not read by shape: an entry each, every one of them a gap."""
    found = scan(data)
    if found.problems or found.hole:
        raise NotIndexed("problems")
    ends = [0]
    for line in data.splitlines(keepends=True):
        ends.append(ends[-1] + len(line))
    firsts = sorted({1, *(item.line for item in found.items)})
    made = Read()
    for first, after in zip(firsts, [*firsts[1:], len(ends)], strict=True):
        start, end = ends[first - 1], ends[after - 1]
        made.gaps.append(Gap(start, end, first))
        made.block(start, first, -1)
    return made


def documents(data: bytes, beginnings: re.Pattern[bytes], owners: Sequence[tuple[int, int]]) -> Blocks:
    """A YAML file's blocks: one begins where `beginnings` says; `owners` are (line, place) of what stands in it."""
    made = Blocks(starts=[0], lines=[1])
    line, position = 1, 0
    for match in beginnings.finditer(data):
        if match.start():
            line += data.count(b"\n", position, match.start())
            position = match.start()
            made.starts.append(position)
            made.lines.append(line)
    for at, place in owners:
        block = bisect_right(made.lines, at) - 1
        found = made.owned.setdefault(place, [])
        if not found or found[-1] != block:
            found.append(block)
    ends = [*made.starts[1:], len(data)]
    for place, blocks in made.owned.items():
        text = b"".join(b"%d " % made.lines[block] + data[made.starts[block] : ends[block]] for block in blocks)
        made.digests[place] = digest(text)
    return made


def rows_of(segments: Iterable[bytes]) -> list[Row]:
    """The rows of one customer, from the segments of all files in order."""
    found: list[Row] = []
    for segment in segments:
        found += marshal.loads(segment)  # noqa: S302 - made by this process or its workers, never read from a file
    return found
