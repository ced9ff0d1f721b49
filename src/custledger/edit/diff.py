"""A plan as a patch: the exact unified diff, as `patch -p1` and `git apply` take it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from custledger.edit.splice import spliced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from custledger.edit.plan import FileEdit, Plan, Splice

CONTEXT = 3
"""Unchanged lines shown around a change."""

_NO_NEWLINE = b"\\ No newline at end of file\n"


class _Change(NamedTuple):
    """Old lines `first` to `last` (from 0, the end exclusive) become `new`."""

    first: int
    last: int
    new: tuple[bytes, ...]


def unified(plan: Plan, read: Callable[[str], bytes], shown: Callable[[str], str] | None = None) -> str:
    """The patch that `plan` makes of the files that `read` gives; bytes that are no UTF-8 as surrogates.

    `shown` makes lines safe for a terminal; without it the patch is exact to the byte. "" where nothing changes.
    """
    pieces = [piece for edit in plan.edits for piece in _file(edit, b"" if edit.digest is None else read(edit.name))]
    text = b"".join(pieces).decode("utf-8", "surrogateescape")
    if shown is None:
        return text
    return "".join(shown(line) + "\n" for line in text.split("\n")[:-1])


def _lines(data: bytes) -> list[bytes]:
    """Lines with their ends; only a line feed ends one, as for `diff`."""
    lines = [line + b"\n" for line in data.split(b"\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _file(edit: FileEdit, old: bytes) -> Iterator[bytes]:
    old_lines = _lines(old)
    changes = list(_changes(old, old_lines, edit.splices))
    if not changes and edit.digest is not None:
        return
    quoted_old, quoted_new = _quoted(f"a/{edit.name}"), _quoted(f"b/{edit.name}")
    if edit.digest is None:
        yield b"diff --git " + quoted_old.rstrip(b"\t") + b" " + quoted_new.rstrip(b"\t") + b"\nnew file mode 100644\n"
    if changes:
        yield b"--- " + (b"/dev/null" if edit.digest is None else quoted_old) + b"\n+++ " + quoted_new + b"\n"
    yield from _hunks(old_lines, changes)


def _changes(old: bytes, old_lines: Sequence[bytes], splices: Sequence[Splice]) -> Iterator[_Change]:
    """The splices as changes of whole lines, equal lines at both ends left out, neighbours joined."""
    starts = [0]
    for line in old_lines:
        starts.append(starts[-1] + len(line))
    group: list[Splice] = []
    first = last = 0
    for splice in splices:
        begin, end = _covered(splice, starts, old_lines)
        if group and begin > last:
            yield from _trimmed(old, old_lines, starts, first, last, group)
            group = []
        if not group:
            first, last = begin, end
        last = max(last, end)
        group.append(splice)
    if group:
        yield from _trimmed(old, old_lines, starts, first, last, group)


def _covered(splice: Splice, starts: Sequence[int], old_lines: Sequence[bytes]) -> tuple[int, int]:
    """The old lines that a splice touches; none for whole lines put between two lines."""
    from bisect import bisect_left, bisect_right

    at_start = bisect_left(starts, splice.start)
    whole = at_start < len(starts) and starts[at_start] == splice.start
    torn_end = bool(old_lines) and splice.end == starts[-1] and not old_lines[-1].endswith(b"\n")
    if whole and torn_end and splice.start == splice.end:
        return len(old_lines) - 1, len(old_lines)
    first = at_start if whole else at_start - 1
    at_end = bisect_left(starts, splice.end)
    clean = at_end < len(starts) and starts[at_end] == splice.end
    if clean and (splice.new.endswith(b"\n") or (not splice.new and whole) or splice.end == starts[-1]):
        return first, max(first, at_end)
    return first, min(len(old_lines), max(bisect_right(starts, splice.end), first))


def _trimmed(
    old: bytes, old_lines: Sequence[bytes], starts: Sequence[int], first: int, last: int, group: Sequence[Splice]
) -> Iterator[_Change]:
    from custledger.edit.plan import Splice as Moved

    base = starts[first]
    moved = [Moved(splice.start - base, splice.end - base, splice.new) for splice in group]
    new = _lines(spliced(old[base : starts[last]], moved))
    before = old_lines[first:last]
    head = 0
    while head < min(len(before), len(new)) and before[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(new)) - head and before[-1 - tail] == new[-1 - tail]:
        tail += 1
    kept = tuple(new[head : len(new) - tail])
    if kept or first + head < last - tail:
        yield _Change(first + head, last - tail, kept)


def _hunks(old: Sequence[bytes], changes: Sequence[_Change]) -> Iterator[bytes]:
    at = 0
    shift = 0
    while at < len(changes):
        end = at + 1
        while end < len(changes) and changes[end].first - changes[end - 1].last <= 2 * CONTEXT:
            end += 1
        group = changes[at:end]
        first = max(0, group[0].first - CONTEXT)
        last = min(len(old), group[-1].last + CONTEXT)
        growth = sum(len(change.new) - (change.last - change.first) for change in group)
        count_old, count_new = last - first, last - first + growth
        yield f"@@ -{_range(first, count_old)} +{_range(first + shift, count_new)} @@\n".encode()
        position = first
        for change in group:
            yield from _marked(b" ", old[position : change.first])
            yield from _marked(b"-", old[change.first : change.last])
            yield from _marked(b"+", change.new)
            position = change.last
        yield from _marked(b" ", old[position:last])
        shift += growth
        at = end


def _range(first: int, count: int) -> str:
    """`line,count` as diff writes it: without a count of 1, and the line before where there are none."""
    if count == 1:
        return str(first + 1)
    return f"{first + 1 if count else first},{count}"


def _marked(mark: bytes, lines: Sequence[bytes]) -> Iterator[bytes]:
    for line in lines:
        yield mark + line if line.endswith(b"\n") else mark + line + b"\n" + _NO_NEWLINE


def _quoted(name: str) -> bytes:
    """A path in a header: quoted as git does where it would be misread, a tab behind one with blanks."""
    data = name.encode("utf-8", "surrogateescape")
    if any(byte < 0x20 or byte in b'"\\' or byte == 0x7F for byte in data):  # noqa: PLR2004 - control characters
        special = {0x22: b'\\"', 0x5C: b"\\\\", 0x0A: b"\\n", 0x09: b"\\t"}
        return (
            b'"'
            + b"".join(
                special.get(byte, b"\\%03o" % byte if byte < 0x20 or byte == 0x7F else bytes([byte]))  # noqa: PLR2004
                for byte in data
            )
            + b'"'
        )
    return data + b"\t" if b" " in data else data
