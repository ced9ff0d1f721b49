"""Numbers of documents: the next one of a pattern (`INV-{year}-{seq:04}`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custledger.core.trouble import UsageError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

_FIELD = re.compile(r"\{(year|month|day|seq)(?::0?(\d+))?\}")


def rendered(pattern: str, day: dt.date, sequence: int) -> str:
    """The number at a place of the sequence that `day` belongs to. It grows past its width."""
    values = {"year": day.year, "month": day.month, "day": day.day, "seq": sequence}
    widths = {"year": 4, "month": 2, "day": 2, "seq": 1}

    def field(match: re.Match[str]) -> str:
        return f"{values[match[1]]:0{int(match[2] or widths[match[1]])}d}"

    return _FIELD.sub(field, pattern)


def next_number(pattern: str, day: dt.date, taken: Iterable[str]) -> str:
    """The number behind the greatest one in use of the sequence that a document of `day` belongs to.

    A sequence counts per rendered prefix: with `{year}` each year begins at 1, whatever order documents were
    entered in. Raises UsageError `edit.pattern_without_sequence` where the pattern has no `{seq}`.
    """
    before, after = around(pattern, day)
    fits = re.compile(re.escape(before) + r"([0-9]{1,12})" + re.escape(after), re.ASCII)
    used = (int(match[1]) for number in taken if (match := fits.fullmatch(number)))
    return rendered(pattern, day, max(used, default=0) + 1)


def around(pattern: str, day: dt.date) -> tuple[str, str]:
    """What stands before and behind the digits of the sequence that a document of `day` belongs to.

    Raises UsageError `edit.pattern_without_sequence` where the pattern has no `{seq}`.
    """
    if not any(match[1] == "seq" for match in _FIELD.finditer(pattern)):
        raise UsageError("edit.pattern_without_sequence", pattern=pattern)
    marked = rendered(_FIELD.sub(lambda match: "\0" if match[1] == "seq" else match[0], pattern), day, 0)
    before, _, rest = marked.partition("\0")
    return before, rest.replace("\0", "")
