"""A number is missing in a sequence.

## What
Numbers of invoices and of credit notes that fit the pattern in `numbering:` count up without a gap from
`numbering.from` on, each sequence (`INV-2026-…`) by itself, void documents included. A sequence whose period
begins on or after that day begins at 1. Opening entries fill their place and show no gap. Without `numbering.from`
nothing is looked at.

## Why
Auditors and tax offices ask for every number. A gap is a document that was deleted or not entered; a void one
(`void:`) stays and fills its place.

## Example
```yaml
number: INV-2026-0003
customer: blueocean
date: 2026-01-15
lines: [{text: bearings, price: 850.00}]
---
number: INV-2026-0005
customer: blueocean
date: 2026-01-20
lines: [{text: bearings, price: 850.00}]
```

## Instead
Enter the missing document. If it was withdrawn, enter it with `void: {date: …, reason: …}`.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from custledger.check._places import number_span
from custledger.check._rule import Check
from custledger.check._text import Texts
from custledger.core.diagnostic import Related, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from custledger.book.settings import Settings
    from custledger.check._rule import Checked
    from custledger.core.diagnostic import Diagnostic
    from custledger.core.span import Span

_FIELD = re.compile(r"\{(year|month|day|seq)(?::0?(\d+))?\}")
_SEQ_MAX = 12


class Seen(NamedTuple):
    """A number of a sequence, where it stands and when."""

    seq: int
    number: str
    date: dt.date
    span: Callable[[], Span]
    """Looked for where there is a gap: in most places there is none."""


class _Pattern:
    """`INV-{year}-{seq:04}`: which numbers fit, and how a number of the same sequence is written."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        parts, at = [], 0
        self.width = 1
        names: set[str] = set()
        for match in _FIELD.finditer(pattern):
            parts.append(re.escape(pattern[at : match.start()]))
            name, width = match[1], int(match[2] or 0)
            at = match.end()
            if name in names:
                parts.append(f"(?P={name})")
                continue
            names.add(name)
            if name == "seq":
                self.width = max(1, width)
                parts.append(rf"(?P<seq>[0-9]{{{self.width},{_SEQ_MAX}}})")
            else:
                parts.append(rf"(?P<{name}>[0-9]{{{4 if name == 'year' else 2}}})")
        self.counts = "seq" in names
        self._regex = re.compile("".join(parts) + re.escape(pattern[at:]))

    def read(self, number: str) -> tuple[str, int, dt.date] | None:
        """The sequence (the number with `{seq}` in it), the place in it, and its period's first day; or None."""
        match = self._regex.fullmatch(number) if self.counts else None
        if match is None:
            return None
        groups = match.groupdict()
        if len(groups["seq"]) > self.width and groups["seq"].startswith("0"):
            return None
        sequence = number[: match.start("seq")] + "{seq}" + number[match.end("seq") :]
        try:
            first = dt.date(int(groups.get("year") or 1), int(groups.get("month") or 1), int(groups.get("day") or 1))
        except ValueError:
            return None
        return sequence, int(groups["seq"]), first

    def places(self, texts: Iterable[str], more: Iterable[str]) -> dict[str, tuple[dt.date, set[int]]]:
        """By sequence, its period's first day and every place in it, of numbers a line each and more of them.

        What `read` says of each; of many, sooner.
        """
        found: dict[str, tuple[dt.date, set[int]]] = {}
        if not self.counts:
            return found
        names = list(self._regex.groupindex)
        alike: dict[tuple[str, ...], list[str]] = {}
        place = names.index("seq")
        for text in texts:
            for groups in re.findall(f"\n{self._regex.pattern}(?=\n)", f"\n{text}\n"):
                said = (groups,) if len(names) == 1 else groups
                alike.setdefault((*said[:place], *said[place + 1 :]), []).append(said[place])
        for kind, places in alike.items():
            whole = [seq for seq in places if len(seq) == self.width or seq[0] != "0"]
            values = dict(zip((name for name in names if name != "seq"), kind, strict=True)) | {"seq": "9" * self.width}
            said_of = self.read(_filled(self.pattern, values))
            if said_of is not None and whole:
                found.setdefault(said_of[0], (said_of[2], set()))[1].update(map(int, whole))
        for sequence, seq, first in filter(None, map(self.read, more)):
            found.setdefault(sequence, (first, set()))[1].add(seq)
        return found

    def write(self, sequence: str, seq: int) -> str:
        """The number at a place of a sequence."""
        return sequence.replace("{seq}", f"{seq:0{self.width}d}")


def _filled(pattern: str, values: Mapping[str, str]) -> str:
    return _FIELD.sub(lambda match: values[match[1]], pattern)


def run(checked: Checked) -> Iterator[Diagnostic]:
    """One problem a run of missing numbers, at the number behind it."""
    since = checked.settings.numbering.since
    if since is None:
        return
    numbers = list(_numbers(checked))
    for text in dict.fromkeys((checked.settings.numbering.invoice, checked.settings.numbering.credit_note)):
        pattern = _Pattern(text)
        sequences: dict[str, tuple[dt.date, list[Seen]]] = {}
        for number, date, span in numbers:
            found = pattern.read(number)
            if found:
                sequences.setdefault(found[0], (found[2], []))[1].append(Seen(found[1], number, date, span))
        for sequence, (first, seen) in sorted(sequences.items()):
            yield from _gaps(
                pattern,
                sequence,
                sorted(seen, key=itemgetter(0, 1, 2)),
                since,
                from_one=first >= since,
                elsewhere=checked.elsewhere,
            )


def edges(settings: Settings, texts: Sequence[str], numbers: Iterable[str]) -> set[str]:
    """The numbers before and behind every gap of these, a line each in `texts` and more of them in `numbers`.

    Nothing where there is none. Whether one is a problem depends on the day of the number behind it.
    """
    since = settings.numbering.since
    if since is None:
        return set()
    found: set[str] = set()
    more = list(numbers)
    for text in dict.fromkeys((settings.numbering.invoice, settings.numbering.credit_note)):
        pattern = _Pattern(text)
        for sequence, (first, seen) in pattern.places(texts, more).items():
            start = 0 if first >= since else min(seen) - 1
            if max(seen) - start == len(seen) and min(seen) > start:
                continue
            last = start
            for seq in sorted(seen):
                if seq > last + 1:
                    found.update(pattern.write(sequence, each) for each in (last, seq) if each in seen)
                last = seq
    return found


def _gaps(
    pattern: _Pattern,
    sequence: str,
    seen: list[Seen],
    since: dt.date,
    *,
    from_one: bool,
    elsewhere: Collection[str],
) -> Iterator[Diagnostic]:
    before: Seen | None = None
    for item in seen:
        last = before.seq if before else 0 if from_one else item.seq - 1
        if item.date >= since and item.seq > last + 1 and pattern.write(sequence, item.seq - 1) not in elsewhere:
            first, end = pattern.write(sequence, last + 1), pattern.write(sequence, item.seq - 1)
            variant = "" if first == end else "several"
            related = [Related(before.span(), "number-before")] if before else []
            count = item.seq - last - 1
            yield CHECK.at(item.span(), variant, related=related, name=item.number, first=first, last=end, count=count)
        before = item


def _numbers(checked: Checked) -> Iterator[tuple[str, dt.date, Callable[[], Span]]]:
    texts = Texts(checked.read)
    documents = set()
    for invoice in checked.invoices:
        documents.add(invoice.number)
        yield invoice.number, invoice.date, partial(texts.of, invoice, "number", invoice.number)
    for one in checked.damaged:
        if one.kind == "invoice" and one.name not in documents:
            documents.add(one.name)
            # Its day may not be readable: it fills a place and shows no gap.
            yield one.name, dt.date.min, partial(getattr, one, "span_name")
    for charge in checked.book.charges:
        if charge.number and charge.document is None and charge.number not in documents:
            # What was taken over from elsewhere was not numbered here: it fills a place and shows no gap.
            day = dt.date.min if charge.kind == "opening" else charge.date_claim
            yield charge.number, day, partial(number_span, checked.journal, texts, charge, charge.number)
    for credit in checked.book.credits:
        if credit.code and credit.kind == "credit-note" and credit.code not in documents:
            yield credit.code, credit.date, partial(number_span, checked.journal, texts, credit, credit.code)


CHECK = Check(name="number-gap", stage="book", severity=Severity.WARNING, run=run)
