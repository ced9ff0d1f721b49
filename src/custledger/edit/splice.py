"""What a file becomes when its splices are made: pure, on bytes."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from custledger.core.trouble import ensure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custledger.edit.plan import Splice


def digest_of(data: bytes) -> str:
    """SHA-256 in hexadecimal: how a plan names the version of a file that it was made for."""
    return sha256(data).hexdigest()


def spliced(old: bytes, splices: Sequence[Splice]) -> bytes:
    """`old` with every splice made. They must be in order, apart, and inside `old`; anything else is our bug."""
    pieces: list[bytes] = []
    at = 0
    for splice in splices:
        ensure(at <= splice.start <= splice.end <= len(old), f"splice {splice.start}-{splice.end} of {len(old)} bytes")
        pieces += [old[at : splice.start], splice.new]
        at = splice.end
    return b"".join((*pieces, old[at:]))
