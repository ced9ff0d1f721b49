"""Two plans, one after the other, as one: what a command that plans in steps shows and makes at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custledger.edit.plan import FileEdit, Plan, Splice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_Piece = tuple[int, int, bytes]
"""Bytes `start` to `end` of the old content (with no new ones), or new bytes (where both are -1)."""


def composed(first: Plan, second: Plan, sizes: Mapping[str, int]) -> Plan:
    """One plan for what `second` makes of the files that `first` has made; `sizes` are those of the old contents."""
    edits = {edit.name: edit for edit in first.edits}
    for edit in second.edits:
        before = edits.get(edit.name)
        if before is None:
            edits[edit.name] = edit
            continue
        pieces = _applied([(0, sizes[edit.name], b"")], before.splices)
        edits[edit.name] = FileEdit(
            edit.name, before.digest, _splices(_applied(pieces, edit.splices), sizes[edit.name])
        )
    return Plan(tuple(edits[name] for name in sorted(edits)))


def _applied(pieces: Sequence[_Piece], splices: Sequence[Splice]) -> list[_Piece]:
    made: list[_Piece] = []
    at = 0
    for splice in splices:
        made += _cut(pieces, at, splice.start)
        made.append((-1, -1, splice.new))
        at = splice.end
    return [*made, *_cut(pieces, at, sum(_size(piece) for piece in pieces))]


def _size(piece: _Piece) -> int:
    return len(piece[2]) if piece[0] < 0 else piece[1] - piece[0]


def _cut(pieces: Sequence[_Piece], start: int, end: int) -> list[_Piece]:
    """What stands from `start` to `end` of the pieces' contents."""
    found: list[_Piece] = []
    at = 0
    for piece in pieces:
        low, high = max(start - at, 0), min(end - at, _size(piece))
        if low < high:
            old = piece[0] >= 0
            found.append((piece[0] + low, piece[0] + high, b"") if old else (-1, -1, piece[2][low:high]))
        at += _size(piece)
    return found


def _splices(pieces: Sequence[_Piece], size: int) -> tuple[Splice, ...]:
    """The pieces as splices of the old content of `size` bytes."""
    made: list[Splice] = []
    at, new, waiting = 0, b"", False
    for start, end, more in pieces:
        if start < 0:
            new, waiting = new + more, True
            continue
        if waiting or start != at:
            made.append(Splice(at, start, new))
        at, new, waiting = end, b"", False
    if waiting or at != size:
        made.append(Splice(at, size, new))
    return tuple(made)
