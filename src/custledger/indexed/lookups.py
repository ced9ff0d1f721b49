"""What a new record takes from all of the book's text: numbers in use, how amounts are written, the account last used.

Each is found by the index and by a look at the bytes of the journals; blocks in which they may say something are read
precisely. Where that is not enough `NotIndexed` is raised: then the whole text is read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from custledger.core.frozen import mutable
from custledger.edit.numbering import around
from custledger.indexed import NotIndexed
from custledger.indexed.parts import PartSource
from custledger.parse.journal.load import load
from custledger.parse.journal.pieces import scan_pieces
from custledger.parse.journal.raw import RawTransaction
from custledger.resolve.roles import Roles, cash_account
from custledger.store.index_rows import INVOICES, JOURNALS, PRECISE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from custledger.indexed.asking import Asking
    from custledger.parse.journal.model import CommodityDeclared, Journal
    from custledger.pipeline import Opened

LOOKED_MAX = 400
"""Blocks that are read precisely for one question."""
_GROUPED = re.compile(rb"[0-9](?:,|(?: |[^\x00-\x7f]{1,3})[0-9]|\.[0-9]+[.,])")
"""What may be digits in groups (`core.numbers.NUMBER`), where the decimal mark is no comma by the book's settings."""
_EXPONENTS = (rb"e(?<=[0-9]e)[-+]?[0-9]", rb"E(?<=[0-9]E)[-+]?[0-9]")
_COMMAS = (rb",(?:[0-9]{1,2}(?![0-9])|[0-9]{4})", rb"\.[0-9]+,[0-9]")
"""What may be digits behind a decimal comma. Each of these begins with the one byte that it is looked for by."""


@mutable
class _Entries:
    """A file's text by block."""

    name: str
    data: bytes
    starts: Sequence[int]

    @classmethod
    def of(cls, asking: Asking, name: str) -> _Entries:
        """As the index has it."""
        row = asking.index.file(name)
        if row is None:
            raise NotIndexed("files")
        (data,) = asking.text.ranges(name, [(0, -1)])
        if len(data) != row.size:
            raise NotIndexed("files")
        return cls(name, data, row.starts)

    def at(self, position: int) -> int:
        """The block in which a byte stands."""
        return bisect_right(self.starts, position) - 1

    def text(self, block: int) -> bytes:
        """A block."""
        end = self.starts[block + 1] if block + 1 < len(self.starts) else len(self.data)
        return self.data[self.starts[block] : end]

    def holding(self, word: bytes) -> Iterator[int]:
        """The blocks in which a word stands, in order, each once."""
        last, at = -1, self.data.find(word)
        while at >= 0:
            block = self.at(at)
            if block > last:
                yield block
                last = block
            at = self.data.find(word, at + 1)


# numbers in use -------------------------------------------------------------------------------------------------------


def numbers_like(asking: Asking, pattern: str, day: dt.date) -> list[str]:
    """Of the numbers and codes in use that are of a pattern's sequence on a day, the greatest: one, or none.

    As `edit.numbering.next_number` counts them. Raises UsageError where the pattern has no `{seq}`.
    """
    before, after = (re.escape(each.encode()) for each in around(pattern, day))
    wanted = before + rb"([0-9]{1,12})" + after
    listed = re.compile(rb"(?m)^" + wanted + rb"$")
    best, found = 0, b""
    for name, kind, *_ in asking.index.signatures():
        for column in ("numbers", "codes") if kind in _NUMBERED else ():
            for match in listed.finditer(asking.index.column(name, column)):
                if int(match[1]) > best:
                    best, found = int(match[1]), match[0]
    every = re.compile(wanted)
    for _, text, _ in asking.index.named():
        named = every.fullmatch(text.encode())
        if named is not None and int(named[1]) > best:
            best, found = int(named[1]), named[0]
    coded, looked = re.compile(rb"\(" + wanted + rb"\)"), 0
    for name in asking.layout.journals:
        (data,) = asking.text.ranges(name, [(0, -1)])
        over = [match for match in coded.finditer(data) if int(match[1]) > best]
        looked += len(over)
        if looked > LOOKED_MAX:
            raise NotIndexed("numbers")
        entries = _Entries.of(asking, name) if over else None
        for match in over:
            code = match[0][1:-1]
            if entries is not None and int(match[1]) > best and _is_code(entries, match.start(), code):
                best, found = int(match[1]), code
    for name in asking.layout.invoices:
        (data,) = asking.text.ranges(name, [(0, -1)])
        if any(int(match[1]) > best for match in every.finditer(data)):
            raise NotIndexed("numbers")
    return [found.decode()] if found else []


_NUMBERED = frozenset({JOURNALS, PRECISE, INVOICES})


def in_use(asking: Asking, number: str) -> bool:
    """Whether a document or an entry has this number or code, or may have."""
    text = number.encode()
    if any(number == each for _, each, _ in asking.index.named()):
        return True
    for name, kind, *_ in asking.index.signatures():
        if kind in _NUMBERED and any(
            b"\n" + text + b"\n" in asking.index.column(name, column) for column in ("numbers", "codes")
        ):
            return True
    for name in asking.layout.invoices:
        (data,) = asking.text.ranges(name, [(0, -1)])
        if text in data:
            return True
    for name in asking.layout.journals:
        (data,) = asking.text.ranges(name, [(0, -1)])
        if b"(" + text + b")" in data:
            return True
    return False


def _is_code(entries: _Entries, position: int, code: bytes) -> bool:
    """Whether what stands there is a transaction's code."""
    found = scan_pieces([(1, entries.text(entries.at(position)))])
    wanted = code.decode()
    return any(isinstance(item, RawTransaction) and item.code == wanted for item in found.items)


# how amounts are written, and by what account -------------------------------------------------------------------------


def written(asking: Asking, opened: Opened, commodity: str) -> CommodityDeclared | None:
    """How the journals write a commodity, as `Journal.commodities` of the whole book has it; None where none does.

    `opened` is a part of the book. The style is that of the first amount, with the first digit groups that any has,
    and with more digits than are usually shown where any amount has them.
    """
    known = opened.journal.commodities.get(commodity)
    if known is not None and known.declared:
        return known
    _in_order(opened)
    word, usual = commodity.encode(), opened.book.commodities.get(commodity).digits_shown
    if not word:
        raise NotIndexed("commodity")
    grouped, looked = False, 0
    chosen: list[bytes] = []
    found: CommodityDeclared | None = None
    longer = [re.compile(each) for each in (rb"\.[0-9]{%d}" % (usual + 1), *_COMMAS, *_EXPONENTS)]
    more: list[bytes] = []
    for name in asking.layout.journals:
        (data,) = asking.text.ranges(name, [(0, -1)])
        if word not in data:
            continue
        hits = (match.start() for each in longer for match in each.finditer(data))
        places = [place for place in hits if word in _line(data, place)]
        entries = _Entries.of(asking, name) if places or not grouped else None
        if entries is None:
            continue
        more += [entries.text(block) for block in sorted({entries.at(position) for position in places})]
        for block in () if grouped else entries.holding(word):
            text = entries.text(block)
            if found is not None and not any(word in _line(text, m.start()) for m in _GROUPED.finditer(text)):
                continue
            now = _read(opened, [*chosen, text]).commodities.get(commodity)
            looked += 1
            if now is not None:
                chosen.append(text)
                found, grouped = now, bool(now.style.group_mark)
            if grouped:
                break
            if looked > LOOKED_MAX:
                raise NotIndexed("commodity")
        if len(more) > LOOKED_MAX:
            raise NotIndexed("commodity")
    if found is None:
        return known  # what a directive says of it, if any does
    return _read(opened, [*chosen, *more]).commodities.get(commodity) if more else found


def _line(data: bytes, position: int) -> bytes:
    end = data.find(b"\n", position)
    return data[data.rfind(b"\n", 0, position) + 1 : end if end >= 0 else len(data)]


def last_cash(asking: Asking, opened: Opened, commodity: str) -> str | None:
    """The cash account of the last posting in a commodity, in file order; None where there is none in the book."""
    _in_order(opened)
    roles = Roles(opened.settings.accounts, opened.journal.accounts)
    word, looked = commodity.encode(), 0
    for name in reversed(asking.layout.journals):
        (data,) = asking.text.ranges(name, [(0, -1)])
        if word not in data:
            continue
        entries = _Entries.of(asking, name)
        for block in reversed(list(entries.holding(word))):
            looked += 1
            if looked > LOOKED_MAX:
                raise NotIndexed("accounts")
            found = cash_account(_read(opened, [entries.text(block)]), roles, commodity)
            if found is not None:
                return found
    return None


def _in_order(opened: Opened) -> None:
    """Raises NotIndexed unless the journals stand one behind the other, none in another."""
    source = opened.source
    if not isinstance(source, PartSource) or source.including:
        raise NotIndexed("include")


def _read(opened: Opened, texts: Sequence[bytes]) -> Journal:
    """Some entries as a journal of their own."""
    if any(text.startswith(b"include") for text in texts):
        raise NotIndexed("include")
    known = {each.name: each.digits for each in opened.settings.commodities.known.values()}
    pieces = list(zip(_firsts(texts), texts, strict=True))
    return load(
        opened.source,
        ["entries"],
        decimal_mark=opened.settings.decimal_mark,
        commodities=known,
        scans={"entries": scan_pieces(pieces)},
        asserting=False,
    )


def _firsts(texts: Sequence[bytes]) -> list[int]:
    """The first lines of texts that stand one behind the other."""
    found = [1]
    for text in texts:
        found.append(found[-1] + text.count(b"\n") + 1)
    return [first for first, _ in pairwise(found)]
