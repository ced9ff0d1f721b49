"""YAML files of the book as the index has them: whose each document is, and what plain invoices say in rows."""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING

from custledger.indexed import NotIndexed
from custledger.indexed.reading import Blocks, segment
from custledger.schema.documents import read_activities, read_invoices
from custledger.store.blob import blob_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custledger.book.customer import Customer
    from custledger.book.plain import Row
    from custledger.resolve.plain_documents import DocumentReader

_DOCUMENT = re.compile(rb"^---(?=[ \t\r\n]|$)", re.MULTILINE)
_ITEM = re.compile(rb"^(?:- |---(?=[ \t\r\n]|$))", re.MULTILINE)
_TALK = frozenset({"call", "email", "visit", "note", "feedback"})
"""Kinds of log entries that say nothing of what is owed."""


def customers(data: bytes, found: Sequence[Customer], places: Mapping[str, int]) -> Blocks:
    """A file of customers, in which these stand."""
    made = _blocks(data, _DOCUMENT)
    _own(made, data, [(each.span.line, places[each.id]) for each in found])
    made.entries = len(found)
    return made


def invoices(name: str, data: bytes, reader: DocumentReader, corrected: Mapping[str, int] | None = None) -> Blocks:
    """A file of invoices and credit notes. Who has one that is not plain is `hard`.

    Whose a credit note is may stand in another file, with the document that it corrects: it is `pending`, unless
    `corrected` gives the places by number. Raises NotIndexed for who is nobody.
    """
    found, problems = read_invoices([(name, data)])
    if problems:
        raise NotIndexed("problems")
    made = _blocks(data, _DOCUMENT)
    owned: list[tuple[int, int]] = []
    plain: dict[int, list[Row]] = {}
    for invoice in found:
        if not invoice.customer and invoice.corrects and corrected is None:
            made.pending.add(invoice.corrects)
            continue
        place = reader.places.get(invoice.customer, 0) or (corrected or {}).get(invoice.corrects or "", 0)
        if not place:
            raise NotIndexed("unknown-customer")
        block = made.block_at(invoice.span.line)
        owned.append((invoice.span.line, place))
        said = reader.row(invoice)
        if said is None or said[0][2] not in data[made.starts[block] : made.end_of(block, data)]:
            made.hard.add(place)
            made.papers[invoice.number] = place
            continue
        row, unit = said
        plain.setdefault(place, []).append(row)
        if made.units.setdefault(place, unit) != unit:
            made.hard.add(place)
        if invoice.refs:
            made.refers.add(place)
    for place, rows in plain.items():
        made.segments[place] = segment(rows)
    made.numbers = b"\n".join([b"", *(row[2] for rows in plain.values() for row in rows), b""])
    _own(made, data, owned, plain=True)
    made.entries = len(found)
    return made


def activities(name: str, data: bytes, places: Mapping[str, int], closed: Mapping[str, int] | None = None) -> Blocks:
    """A file of the log; its ids are the `codes`. Who has an entry that may say something of what is owed is `hard`.

    Whose an entry is may stand in another file, with the one that it closes: it is `pending`, unless `closed` gives the
    places by id. Raises NotIndexed for who is nobody.
    """
    found, problems = read_activities([(name, data)])
    if problems:
        raise NotIndexed("problems")
    made = _blocks(data, _ITEM)
    made.papers = {each.id: places.get(each.customer, 0) for each in found if each.customer}
    owned: list[tuple[int, int]] = []
    for each in found:
        place = places.get(each.customer or "", 0)
        if not each.customer and each.closes:
            place = made.papers.get(each.closes, 0) or (closed or {}).get(each.closes, 0)
            if not place and closed is None:
                made.pending.add(each.closes)
                continue
        if not place:
            raise NotIndexed("unknown-customer")
        owned.append((each.span.line, place))
        if each.kind not in _TALK or each.invoices or each.amount is not None or each.closes is not None:
            made.hard.add(place)
    made.codes = b"\n".join([b"", *(each.id.encode() for each in found), b""])
    _own(made, data, owned)
    made.entries = len(found)
    return made


def _blocks(data: bytes, beginnings: re.Pattern[bytes]) -> Blocks:
    """A file's blocks, of nobody yet: one begins where `beginnings` says."""
    starts, lines, position = [0], [1], 0
    for match in beginnings.finditer(data):
        if match.start():
            lines.append(lines[-1] + data.count(b"\n", position, match.start()))
            position = match.start()
            starts.append(position)
    return Blocks(array("I", starts), array("I", lines), blob=blob_id(data))


def _own(made: Blocks, data: bytes, owned: Sequence[tuple[int, int]], *, plain: bool = False) -> None:
    """File the documents by owner: `owned` are (line, place).

    What counts is their text. Where some are `plain`, it is rows and commodity of a customer who has no others, and no
    invoices with other numbers, too.
    """

    def said(place: int, blocks: list[int]) -> bytes:
        if plain and place not in made.hard and place not in made.refers:
            return made.segments[place] + made.units[place].encode()
        texts = (data[made.starts[block] : made.end_of(block, data)] for block in blocks)
        return b"\0".join(b"%d " % made.lines[block] + text for block, text in zip(blocks, texts, strict=True))

    made.own((), ((place, made.block_at(line)) for line, place in owned), said)
