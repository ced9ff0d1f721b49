"""Git's name for a file's content."""

from __future__ import annotations

import hashlib
from typing import Literal


def blob_id(data: bytes, algorithm: Literal["sha1", "sha256"] = "sha1") -> str:
    """The id (hex) that git gives a file's content: the hash of `blob SIZE`, a NUL and the bytes."""
    digest = hashlib.new(algorithm, b"blob %d\0" % len(data), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()
