"""Writing down that a credit does not pay a charge: `not-invoice:` behind its posting (formats.md §1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.edit.plan import FileEdit, Plan, Splice
from custledger.edit.splice import digest_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custledger.core.span import Span
    from custledger.edit.match_plan import Pages


def reject(pages: Pages, span: Span, numbers: Sequence[str]) -> Plan:
    """The plan that tags the posting at `span`; nothing else in its file changes."""
    lines = pages.lines(span.file)
    line = lines.text(span.line)
    kept = line.rstrip()
    words = ", ".join(f"not-invoice:{number}" for number in numbers)
    if ";" in line:
        between = "" if kept.endswith(";") else ", "
        put = f"{between}{words}"
    else:
        put = f"  ; {words}"
    at = lines.start(span.line) + len(kept.encode())
    return Plan((FileEdit(span.file, digest_of(lines.data), (Splice(at, at, put.encode()),)),))
