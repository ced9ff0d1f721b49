"""One file of the book as the index has it: its blocks, whose each is, and what they say in plain rows."""

from __future__ import annotations

import marshal
import re
from array import array
from bisect import bisect_right
from hashlib import blake2b
from itertools import groupby
from typing import TYPE_CHECKING

from custledger.book.plain import CHARGE
from custledger.core.frozen import field, mutable
from custledger.indexed import NotIndexed
from custledger.parse.journal.pieces import scan_pieces
from custledger.parse.journal.plain import is_plain_text
from custledger.parse.journal.raw import RawTransaction
from custledger.parse.journal.scan import scan
from custledger.resolve.plain import Gap, Read
from custledger.store.blob import blob_id
from custledger.store.index_rows import COMMON, ORPHAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from custledger.book.plain import Row
    from custledger.parse.journal.raw import RawComment, RawPosting
    from custledger.resolve.plain import Reader
    from custledger.resolve.roles import Receivables

#: Directives that only say what there is; any other changes the meaning of what stands below it.
_ALLOWED = frozenset({"account", "commodity", "include", "price", "payee", "tag", "periodic", "automatic", "ignored"})
_BLANK = re.compile(rb"(?:[ \t]*(?:[;#*][^\n]*)?\n?)*")


@mutable
class Names:
    """Whose a receivable posting is: places by id (earlier ids too), and by name."""

    receivables: Receivables
    ids: Mapping[str, int]
    names: Mapping[str, int]

    def whose(self, raw: RawTransaction) -> tuple[set[int], bool]:
        """The customers of a transaction, and whether several of them are credited in it.

        Raises NotIndexed where one is nobody, or an amount is a balance's.
        """
        found: set[int] = set()
        credited: set[int] = set()
        for posting in raw.postings:
            if posting.assertion is not None and posting.amount is None:
                raise NotIndexed("assignment")
            account = posting.account
            account = account[1:-1] if account[:1] + account[-1:] in {"()", "[]"} else account
            parts = self.receivables.split(account)
            if parts is None:
                continue
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


@mutable
class Blocks:
    """A file on its way into the index; the arrays are those of `store.index_rows.FileRow`."""

    starts: array[int] = field(default_factory=lambda: array("I"))
    lines: array[int] = field(default_factory=lambda: array("I"))
    whose: array[int] = field(default_factory=lambda: array("i"))
    begins: array[int] = field(default_factory=lambda: array("I", [0]))
    blocks: array[int] = field(default_factory=lambda: array("I"))
    digests: bytes = b""
    segments: dict[int, bytes] = field(default_factory=dict)
    """By customer, the plain rows (marshalled), for this process and its workers only."""
    units: dict[int, str] = field(default_factory=dict)
    hard: set[int] = field(default_factory=set)
    refers: set[int] = field(default_factory=set)
    """Customers with plain invoices that say under which other numbers they may be paid."""
    pending: set[str] = field(default_factory=set)
    """Numbers of documents (in a log: ids of entries) in other files, which say whose one of this file is."""
    papers: dict[str, int] = field(default_factory=dict)
    """Whose the documents are that are not plain, by number; in a log whose every entry is, by id."""
    numbers: bytes = b"\n"
    codes: bytes = b"\n"
    directives: list[bytes] = field(default_factory=list)
    kin: list[tuple[int, ...]] = field(default_factory=list)
    """Customers who are credited in one transaction."""
    blob: str = ""
    """The content's hash."""
    entries: int = 0
    """How many transactions stand in it."""
    asserts: bool = False
    """Whether it asserts a balance, which all entries decide."""
    precise: bool = False
    """Whether it was read by the precise reader alone."""

    def block_at(self, line: int) -> int:
        """The block in which a line stands."""
        return bisect_right(self.lines, line) - 1

    def end_of(self, block: int, data: bytes) -> int:
        """Where a block of the file ends."""
        return self.starts[block + 1] if block + 1 < len(self.starts) else len(data)

    def own(
        self, owners: Sequence[int], extra: Iterable[tuple[int, int]], said: Callable[[int, list[int]], bytes]
    ) -> None:
        """File the blocks by owner: `owners` by block (those of nobody are not above 0), and more (owner, block).

        `said` gives what an owner's blocks say, for the digest.
        """
        order = sorted(range(len(owners)), key=owners.__getitem__)
        filed = [(owner, list(group)) for owner, group in groupby(order, key=owners.__getitem__) if owner > 0]
        more = sorted(set(extra))
        if more:
            by_owner = dict(filed)
            for owner, block in more:
                by_owner.setdefault(owner, []).append(block)
            filed = [(owner, sorted(by_owner[owner])) for owner in sorted(by_owner)]
        digests: list[bytes] = []
        for owner, blocks in filed:
            self.whose.append(owner)
            self.blocks.extend(blocks)
            self.begins.append(len(self.blocks))
            digests.append(digest(said(owner, blocks)))
        self.digests = b"".join(digests)


def digest(data: bytes) -> bytes:
    """Eight bytes that tell one content from another."""
    return blake2b(data, digest_size=8).digest()


def journal(data: bytes, reader: Reader, names: Names) -> Blocks:
    """A journal's blocks and rows. Raises NotIndexed for what may change the meaning of other text, or is wrong."""
    plain = is_plain_text(data)
    read = reader.read(data) if plain else _precisely(data)
    made = Blocks(array("I", read.starts), array("I", read.lines), units=read.units, hard=read.hard, precise=not plain)
    said: dict[int, list[bytes]] = {}
    extra: list[tuple[int, int]] = []
    gaps = [block for block, owner in enumerate(read.owners) if owner < 0] if read.gaps else []
    for block, gap in zip(gaps, read.gaps, strict=True):
        text = data[gap.start : gap.end]
        for owner in _gap(made, text, gap, names):
            extra.append((owner, block))
            said.setdefault(owner, []).append(b"%d " % gap.line + text if owner > 0 else text)
    numbers: list[bytes] = [b""]
    codes: list[bytes] = [b""]
    for owner, rows in read.rows.items():
        made.segments[owner] = segment(rows)
        numbers += [row[2] for row in rows if row[1] == CHARGE]
        codes += [row[4] for row in rows if row[1] != CHARGE and row[4]]
    made.numbers, made.codes = b"\n".join([*numbers, b""]), b"\n".join([*codes, b""])
    ends = [*read.starts[1:], len(data)]  # an empty file has one end, and no block
    texts = [data[start:end] for start, end in zip(read.starts, ends, strict=False)]
    owners = read.owners

    def told(owner: int, blocks: list[int]) -> bytes:
        # All of the text: rows leave out the commodity, and what a payment's text mentions.
        if owner not in said:
            return b"\0".join(map(texts.__getitem__, blocks))
        return b"\0".join([*(texts[block] for block in blocks if owners[block] == owner), *said[owner]])

    made.own(owners, extra, told)
    made.hard.update(owner for owner in said if owner > 0)
    made.blob = blob_id(data)
    made.entries += len(read.owners) - len(read.gaps)
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
            made.entries += 1
            made.asserts |= any(posting.assertion is not None for posting in item.postings)
            whose, together = names.whose(item)
            owners |= whose or {ORPHAN}
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


def segment(rows: list[Row]) -> bytes:
    """Rows as this process and its workers hand them about."""
    return marshal.dumps(rows, 2)


def rows_of(segments: Iterable[bytes]) -> list[Row]:
    """The rows of one customer, from the segments of all files in order."""
    found: list[Row] = []
    for segment in segments:
        found += marshal.loads(segment)  # noqa: S302 - made by this process or its workers, never read from a file
    return found
